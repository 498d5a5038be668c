#include "engine/population/dying.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/core/errors.hpp"
#include "engine/scenario/table.hpp"

namespace segue::test {
namespace {

constexpr const char* header =
    "attribute,value,sudden_percent,short_decline_percent,stepwise_decline_percent,slow_decline_percent\n";

DyingLaws laws_with(const std::string& rows, const PassingParameters& parameters = {}) {
    Problems problems;
    const Table table = read_table("dying", "dying.csv", header + rows, problems);
    DyingLaws laws{parameters, table, problems};
    problems.raise_if_any();
    return laws;
}

const std::string two_ways = "condition,cancer,10,70,5,15\nanybody,,20,30,25,25\n";

class Dyings : public testing::Test {
protected:
    [[nodiscard]] const DyingLaws& dying() const { return laws_; }

private:
    DyingLaws laws_ = laws_with(two_ways);
};

ConditionSet cancer() {
    ConditionSet set;
    set.add(Condition::cancer);
    return set;
}

TEST_F(Dyings, AreThoseOfTheFirstRowThatFits) {
    EXPECT_DOUBLE_EQ(dying().shares(70, Frailty::fit, cancer())[Dying::short_decline], 0.7);
    EXPECT_DOUBLE_EQ(dying().shares(70, Frailty::fit, {})[Dying::short_decline], 0.3);
    EXPECT_DOUBLE_EQ(dying().shares(70, Frailty::fit, {})[Dying::sudden], 0.2);
}

// Deaths of people alike are the life table's, mu: those of declines, d_k / tau_k, and those that are sudden among people in
// no decline. And what enters a decline is what leaves it, while all dwindle at mu. To rounding, for any rate.
TEST_F(Dyings, SendEveryDeathOfTheLifeTableAndKeepTheirPrevalence) {
    for (const double mu : {0.0001, 0.01, 0.1, 0.3, 0.6, 1.5, 4.0}) {
        for (const ConditionSet conditions : {ConditionSet{}, cancer()}) {
            const DyingShares shares = dying().shares(80, Frailty::fit, conditions);
            const DyingShares stands = dying().standing(shares, mu);
            // How often each way begins, counted over evenly spaced words.
            DyingShares begins;
            constexpr std::uint32_t words = 1U << 16U;
            for (std::uint32_t word = 0; word < words; ++word)
                begins[dying().begins(shares, mu, word << 16U | 0x8000U)] += 1.0 / words;
            double deaths = stands[Dying::sudden] * mu * begins[Dying::sudden];
            double all_chances = 0;
            for (const Dying way : all<Dying>()) {
                all_chances += stands[way];
                if (way == Dying::sudden) continue;
                const double per_year = days_per_year / dying().mean_days(way, mu);
                deaths += stands[way] * per_year;
                const double entered = stands[Dying::sudden] * mu * begins[way];
                EXPECT_NEAR(entered, stands[way] * (per_year - mu), 4 * mu / words) << mu << name_of(way);
                EXPECT_GE(per_year, mu);
            }
            EXPECT_NEAR(all_chances, 1, 1e-12);
            EXPECT_GE(stands[Dying::sudden], 0.2 - 1e-12);
            EXPECT_NEAR(deaths, mu, 4 * mu / words) << mu;
        }
    }
}

// People who stood as `before` says, each moved by a word of their own, stand as `now` says; and nobody moves who need not.
TEST_F(Dyings, MovePeopleSoThatTheyStandAsTheNewChancesSay) {
    const DyingShares before = dying().standing(dying().shares(80, Frailty::fit, {}), 0.12);
    const DyingShares now = dying().standing(dying().shares(80, Frailty::fit, cancer()), 0.2);
    for (const auto& [from, to] : {std::pair{before, now}, std::pair{now, before}}) {
        DyingShares found;
        double stayed = 0;
        double could_stay = 0;
        constexpr std::uint32_t words = 1U << 14U;
        for (const Dying stood : all<Dying>()) {
            could_stay += std::min(from[stood], to[stood]);
            for (std::uint32_t word = 0; word < words; ++word) {
                const Dying stands = moved(stood, from, to, word << 18U | 0x20000U);
                found[stands] += from[stood] / words;
                stayed += stands == stood ? from[stood] / words : 0;
            }
        }
        for (const Dying way : all<Dying>()) EXPECT_NEAR(found[way], to[way], 8.0 / words) << name_of(way);
        EXPECT_NEAR(stayed, could_stay, 8.0 / words);
    }
}

TEST_F(Dyings, AreAllSuddenWhereTheSwitchIsOff) {
    PassingParameters parameters;
    parameters.declines = false;
    const DyingLaws off = laws_with(two_ways, parameters);
    const DyingShares shares = off.shares(80, Frailty::severe, cancer());
    EXPECT_EQ(shares[Dying::sudden], 1);
    EXPECT_EQ(off.begins(shares, 0.3, 7), Dying::sudden);
}

std::string refused(const std::string& rows) {
    try {
        (void)laws_with(rows);
    } catch (const ScenarioError& error) {
        return error.what();
    }
    return {};
}

TEST_F(Dyings, AreRefusedWhenTheTableIsWrong) {
    EXPECT_NE(refused("anybody,,20,30,25,20\n").find("add up to 95"), std::string::npos);
    EXPECT_NE(refused("condition,cancer,10,70,5,15\n").find("no last row for anybody"), std::string::npos);
    EXPECT_NE(refused("condition,cancr,10,70,5,15\n" + two_ways).find("did you mean 'cancer'"), std::string::npos);
    EXPECT_NE(refused("illness,cancer,10,70,5,15\n" + two_ways).find("attribute is 'illness'"), std::string::npos);
}

}  // namespace
}  // namespace segue::test
