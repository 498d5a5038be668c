#include "engine/results/merge.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/results/info.hpp"
#include "engine/results/same.hpp"
#include "tests/unit/results/sample.hpp"

namespace segue {
namespace {

using test::sample;

std::string refusal(const std::vector<Results>& pieces) {
    try {
        static_cast<void>(merge(pieces));
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "merged";
}

TEST(Merge, JoinsReplicatesInTheOrderOfTheirNumbers) {
    EXPECT_EQ(same(merge({sample({3, 0}), sample({2}), sample({1, 4})}), sample({0, 1, 2, 3, 4})), std::nullopt);
    EXPECT_EQ(merge({sample({1}), sample({0})}).provenance, sample().provenance);
}

TEST(Merge, RefusesPiecesThatDifferAndSaysInWhat) {
    Results other = sample({1});
    other.axes[2].labels[1] = "nurse";
    EXPECT_EQ(refusal({sample({0}), other}),
              "pieces of different results cannot be merged: axis role at place 2: "
              "\"infirmière\" in the first, \"nurse\" in the second");
    other = sample({1});
    std::get<2>(other.variables[4].values)[0] = 3;
    EXPECT_EQ(refusal({sample({0}), other}),
              "pieces of different results cannot be merged: wte at role general "
              "practitioner: 12.5 in the first, 3 in the second");
    EXPECT_EQ(refusal({sample({0, 1}), sample({1})}), "two pieces hold replicate 1");
    EXPECT_EQ(refusal({}), "there is nothing to merge");
}

TEST(Select, TakesReplicatesOut) {
    const std::vector<std::int64_t> wanted{2, 0};
    EXPECT_EQ(same(select(sample({0, 1, 2}), wanted), sample({2, 0})), std::nullopt);
    EXPECT_THROW(static_cast<void>(select(sample({0}), wanted)), std::invalid_argument);
}

TEST(WithMissing, TellsMissingReplicatesByTheirStatus) {
    const std::vector<std::int64_t> wanted{0, 1, 2};
    const Results filled = with_missing(sample({0, 2}), wanted);
    EXPECT_EQ(std::get<0>(filled.variable("replicate_status")->values), (std::vector<std::int32_t>{0, 1, 0}));
    EXPECT_EQ(std::get<0>(filled.variable("waiting")->values)[4], 0);
    EXPECT_TRUE(std::isnan(std::get<2>(filled.variable("delay_share")->values)[4]));
    const std::vector<std::int64_t> there{0, 2};
    EXPECT_EQ(same(select(filled, there), sample({0, 2})), std::nullopt);
    EXPECT_THROW(static_cast<void>(with_missing(sample({0, 7}), wanted)), std::invalid_argument);
}

TEST(Info, TellsAPersonWhatTheFileHolds) {
    const std::string text = info(sample(), "north.h5");
    EXPECT_NE(text.find("title: Two roles – a village\n"), std::string::npos) << text;
    EXPECT_NE(text.find("calendar month: 2026-04-01 to 2026-05-01\n"), std::string::npos) << text;
    EXPECT_NE(text.find("waiting                      int32   (replicate, month, role) [1]  people waiting"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("seed                 7\n"), std::string::npos) << text;
    EXPECT_NE(text.find("scenario_toml        100011 bytes\n"), std::string::npos) << text;
}

TEST(Info, TellsAScriptTheSame) {
    const std::string text = info_json(sample(), "north.h5");
    EXPECT_NE(text.find("\"digest\": \""), std::string::npos) << text;
    EXPECT_NE(text.find("\"seed\": \"7\""), std::string::npos) << text;
    EXPECT_NE(text.find("\"2026-05-01\""), std::string::npos) << text;
}

}  // namespace
}  // namespace segue
