#include "engine/population/movement.hpp"

#include <gtest/gtest.h>

#include "engine/population/population_laws.hpp"
#include "tests/unit/population/made_people.hpp"

namespace segue {
namespace {

using test::shipped_tables;

TEST(Movement, JoinsAndLeavesAtTheLevelAskedFor) {
    PopulationParameters parameters;
    parameters.joiners = PerThousandYears{90};
    parameters.leavers = PerThousandYears{40};
    const auto& list = shipped_tables().list.share;
    const Movement movement{parameters, shipped_tables().movement, list};
    double leaving = 0;
    for (std::size_t age = 0; age < age_count; ++age) {
        leaving += (list[age][Sex::female] + list[age][Sex::male]) *
                   static_cast<double>(movement.leave_rate(static_cast<int>(age)));
    }
    EXPECT_NEAR(leaving, 0.040, 1e-6);
    EXPECT_NEAR(movement.joiners_per_person().value(), 0.090, 1e-12);
    EXPECT_GT(movement.leave_rate(22), 2 * movement.leave_rate(72));
    EXPECT_GT(movement.birth_rate(31), 0.09F);
    EXPECT_EQ(movement.birth_rate(12), 0);
}

TEST(AgeSexDraw, ReachesOnlyWhoeverExists) {
    ByAgeSex<double> shares{};
    shares[20][Sex::male] = 0.25;
    shares[21][Sex::female] = 0.75;
    const AgeSexDraw draw{shares};
    for (const std::uint32_t word : {0U, 1U, 0x3FFF'FFFFU}) {
        EXPECT_EQ(draw.draw(word).age, 20) << word;
        EXPECT_EQ(draw.draw(word).sex, Sex::male) << word;
    }
    for (const std::uint32_t word : {0x4000'0000U, 0x8000'0000U, 0xFFFF'FFFEU, 0xFFFF'FFFFU}) {
        EXPECT_EQ(draw.draw(word).age, 21) << word;
        EXPECT_EQ(draw.draw(word).sex, Sex::female) << word;
    }
}

TEST(ShareAged75, IsMetByWeightingAges) {
    const auto older = with_share_aged_75(shipped_tables().list.share, 15);
    double total = 0;
    double old = 0;
    for (std::size_t age = 0; age < age_count; ++age) {
        const double both = older[age][Sex::female] + older[age][Sex::male];
        total += both;
        old += age >= 75 ? both : 0;
    }
    EXPECT_NEAR(total, 1, 1e-12);
    EXPECT_NEAR(old, 0.15, 1e-9);
    EXPECT_EQ(with_share_aged_75(older, 0)[30][Sex::male], older[30][Sex::male]);
}

TEST(DeprivationMix, IsMetOverTheListAndKeepsItsShapeByAge) {
    const ByQuintile<double> mix{0.6, 0.2, 0.1, 0.05, 0.05};
    const auto& list = shipped_tables().list;
    const auto fitted = with_deprivation_mix(list.quintile_share, list.share, mix);
    ByQuintile<double> found{};
    for (std::size_t age = 0; age < age_count; ++age) {
        for (const Sex sex : all<Sex>()) {
            for (std::size_t fifth = 0; fifth < mix.size(); ++fifth)
                found[fifth] += list.share[age][sex] * fitted[age][sex][fifth];
        }
    }
    for (std::size_t fifth = 0; fifth < mix.size(); ++fifth) EXPECT_NEAR(found[fifth], mix[fifth], 1e-9);
    EXPECT_GT(fitted[5][Sex::male][0], fitted[85][Sex::male][0]);
}

}  // namespace
}  // namespace segue
