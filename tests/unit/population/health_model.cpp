#include "engine/population/health_model.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/population/health_solver.hpp"
#include "engine/rng/draws.hpp"
#include "tests/unit/population/chances.hpp"
#include "tests/unit/population/shipped_tables.hpp"

namespace segue {
namespace {

using test::shipped_health;
using test::shipped_tables;

/// A cohort of one sex and fifth in expected numbers, aged from birth by the rates that life uses.
class Cohort {
public:
    Cohort(Sex sex, int quintile) : sex_{sex}, quintile_{quintile} {
        for (auto& bin : alive_) bin = {1.0 / health_bins, 0, 0, 0};
    }
    void live_a_year(int age) {
        const HealthModel& model = shipped_health();
        for (std::size_t bin = 0; bin < health_bins; ++bin) {
            const HealthCell who{age, sex_, quintile_, static_cast<std::uint8_t>(bin)};
            grow_frail_and_die(who, alive_[bin]);
            for (const Condition condition : all<Condition>()) {
                const double onset = static_cast<double>(model.onset_rate(condition, who));
                const double remission = static_cast<double>(model.remission_rate(condition, who));
                double& share = ill_[bin][index(condition)];
                const double total = onset + remission;
                if (total > 0) share = onset / total + (share - onset / total) * std::exp(-total);
            }
        }
    }
    [[nodiscard]] double alive() const {
        double sum = 0;
        for (const auto& bin : alive_) sum += bin[0] + bin[1] + bin[2] + bin[3];
        return sum;
    }
    [[nodiscard]] double prevalence(Condition condition) const {
        double sum = 0;
        for (std::size_t bin = 0; bin < health_bins; ++bin) {
            sum += (alive_[bin][0] + alive_[bin][1] + alive_[bin][2] + alive_[bin][3]) * ill_[bin][index(condition)];
        }
        return sum / alive();
    }
    [[nodiscard]] double at_least(Frailty frailty) const {
        double sum = 0;
        for (const auto& bin : alive_) {
            for (std::size_t level = index(frailty); level < bin.size(); ++level) sum += bin[level];
        }
        return sum / alive();
    }

private:
    /// A year of the chain in a thousand steps: plain, and apart from how the model solved it.
    void grow_frail_and_die(const HealthCell& who, std::array<double, 4>& levels) const {
        const HealthModel& model = shipped_health();
        constexpr int steps = 1000;
        std::array<double, 4> stays{};
        std::array<double, 4> onward{};
        for (std::size_t level = 0; level < 4; ++level) {
            const auto frailty = static_cast<Frailty>(level);
            const double up = static_cast<double>(model.frailty_up_rate(frailty, who));
            const double death = static_cast<double>(model.death_rate(who.age, who.sex, who.quintile, frailty));
            stays[level] = std::exp(-(up + death) / steps);
            onward[level] = up > 0 ? (1 - stays[level]) * up / (up + death) : 0;
        }
        for (int step = 0; step < steps; ++step) {
            for (std::size_t level = 3; level > 0; --level) {
                levels[level] = levels[level] * stays[level] + levels[level - 1] * onward[level - 1];
            }
            levels[0] *= stays[0];
        }
    }

    Sex sex_;
    int quintile_;
    std::array<std::array<double, 4>, health_bins> alive_{};
    std::array<std::array<double, count_of<Condition>>, health_bins> ill_{};
};

/// Beyond 95 a prevalence that stays level among ever fitter survivors asks for fast onset in bins of hardly anybody.
bool is_rate(float rate, int age) { return rate >= 0 && rate < (age <= 95 ? 3 : 20); }

void expect_kept(double found, double wanted, const std::string& what) {
    EXPECT_NEAR(found, wanted, std::max(0.02 * wanted, 0.0005)) << what;
}

// No sampling: expected numbers. Tolerance 2% of the prevalence, or 0.05 percentage points where that is more.
TEST(HealthModel, KeepsEveryPrevalenceThroughALifetime) {
    for (const Sex sex : all<Sex>()) {
        for (const int quintile : {1, 3, 5}) {
            Cohort cohort{sex, quintile};
            for (int age = 0; age <= 100; ++age) {
                cohort.live_a_year(age);
                const std::string who =
                    std::string{name_of(sex)} + " " + std::to_string(quintile) + " at " + std::to_string(age + 1);
                for (const Condition condition : all<Condition>()) {
                    expect_kept(cohort.prevalence(condition),
                                shipped_health().prevalence(condition, age + 1, sex, quintile),
                                std::string{name_of(condition)} + ", " + who);
                }
                for (const Frailty frailty : {Frailty::mild, Frailty::moderate, Frailty::severe}) {
                    expect_kept(cohort.at_least(frailty), shipped_health().frailty_at_least(frailty, age + 1),
                                std::string{name_of(frailty)} + ", " + who);
                }
            }
        }
    }
}

// The frail die sooner, and yet deaths by age, sex and deprivation are the life table's. Expected numbers; 0.1%.
TEST(HealthModel, LetsDeathsFollowTheLifeTable) {
    const HealthTables& tables = shipped_tables().health;
    for (const Sex sex : all<Sex>()) {
        for (int quintile = 1; quintile <= 5; ++quintile) {
            Cohort cohort{sex, quintile};
            double alive = 1;
            for (int age = 0; age <= 100; ++age) {
                cohort.live_a_year(age);
                const auto row = static_cast<std::size_t>(age);
                const auto fifth = static_cast<std::size_t>(quintile - 1);
                double mean = 0;
                for (std::size_t i = 0; i < 5; ++i) {
                    mean += tables.quintile_share[row][sex][i] * tables.mortality_ratio[row][sex][i];
                }
                const double risk = tables.death_probability[row][sex] * tables.mortality_ratio[row][sex][fifth] / mean;
                EXPECT_NEAR(1 - cohort.alive() / alive, risk, 0.001 * risk)
                    << name_of(sex) << quintile << " at " << age;
                alive = cohort.alive();
            }
        }
    }
}

TEST(HealthModel, GivesTheFrailTheirHazardRatios) {
    const auto rate = [](Frailty frailty) { return shipped_health().death_rate(80, Sex::male, 3, frailty); };
    EXPECT_NEAR(rate(Frailty::mild) / rate(Frailty::fit), 1.92F, 1e-4F);
    EXPECT_NEAR(rate(Frailty::moderate) / rate(Frailty::fit), 3.10F, 1e-4F);
    EXPECT_NEAR(rate(Frailty::severe) / rate(Frailty::fit), 4.52F, 1e-4F);
}

TEST(HealthModel, StartsEverybodyInBinsOfEqualChanceAndLosesTheIllestFirst) {
    double oldest_illest = 0;
    double oldest_fittest = 0;
    for (int bin = 0; bin < health_bins; ++bin) {
        const auto at = static_cast<std::uint8_t>(bin);
        EXPECT_NEAR(shipped_health().bin_share({0, Sex::female, 3, at}), 1.0 / health_bins, 1e-8);
        const double share = shipped_health().bin_share({95, Sex::female, 3, at});
        (bin / cause_cells == 7 ? oldest_illest : oldest_fittest) +=
            bin / cause_cells == 7 || bin / cause_cells == 0 ? share : 0;
    }
    EXPECT_LT(oldest_illest, 0.7 * oldest_fittest);
}

TEST(HealthModel, HasNoRateBelowZeroAndNoneThatIsNotANumber) {
    for (const Sex sex : all<Sex>()) {
        for (int quintile = 1; quintile <= 5; ++quintile) {
            for (int age = 0; age <= oldest_age; ++age) {
                for (int bin = 0; bin < health_bins; ++bin) {
                    const HealthCell who{age, sex, quintile, static_cast<std::uint8_t>(bin)};
                    for (const Condition condition : all<Condition>()) {
                        ASSERT_TRUE(is_rate(shipped_health().onset_rate(condition, who), age))
                            << shipped_health().onset_rate(condition, who) << " " << name_of(condition) << " at "
                            << age;
                        ASSERT_TRUE(is_rate(shipped_health().remission_rate(condition, who), age))
                            << shipped_health().remission_rate(condition, who) << " " << name_of(condition) << " at "
                            << age;
                    }
                    for (const Frailty frailty : all<Frailty>()) {
                        ASSERT_TRUE(shipped_health().frailty_up_rate(frailty, who) >= 0 &&
                                    shipped_health().frailty_up_rate(frailty, who) <= 3);
                    }
                }
            }
        }
    }
}

TEST(HealthModel, LetsOnlyDeclaredConditionsAndFallingOnesRemit) {
    const HealthCell who{50, Sex::female, 3, 30};
    EXPECT_NEAR(shipped_health().remission_rate(Condition::depression, who), 0.12F, 1e-5F);
    EXPECT_EQ(shipped_health().remission_rate(Condition::coronary_heart_disease, who), 0.0F);
    EXPECT_EQ(shipped_health().remission_rate(Condition::dementia, who), 0.0F);
}

// A fixed seed; five standard deviations, a false alarm of 5.7e-7 for each of 23 comparisons.
TEST(HealthModel, DrawsBinsConditionsAndFrailtyWithItsOwnChances) {
    const HealthModel& model = shipped_health();
    constexpr std::uint32_t people = 200'000;
    std::array<double, count_of<Condition>> ill{};
    std::array<double, count_of<Frailty>> frail{};
    for (std::uint32_t i = 0; i < people; ++i) {
        HealthCell who{78, Sex::female, 2, 0};
        const auto four = [&](Purpose purpose, std::uint32_t block) {
            return philox(Twin{11, 0}, i, purpose_and_block(purpose, block), 0);
        };
        who.bin = model.draw_bin(78, Sex::female, 2, four(Purpose::latent_health, 0)[0]);
        std::array<std::uint32_t, count_of<Condition>> words;
        for (std::uint32_t c = 0; c < words.size(); ++c) words[c] = four(Purpose::conditions, c / 4)[c % 4];
        const ConditionSet conditions = model.draw_conditions(who, 0, words);
        for (const Condition condition : all<Condition>()) ill[index(condition)] += conditions.has(condition) ? 1 : 0;
        const Frailty frailty = model.draw_frailty(who, 0, four(Purpose::frailty, 0)[0]);
        for (std::size_t level = 0; level <= index(frailty); ++level) ++frail[level];
    }
    for (const Condition condition : all<Condition>()) {
        test::expect_share(ill[index(condition)], people, model.prevalence(condition, 78, Sex::female, 2),
                           std::string{name_of(condition)}.c_str());
    }
    for (const Frailty frailty : {Frailty::mild, Frailty::moderate, Frailty::severe}) {
        test::expect_share(frail[index(frailty)], people, model.frailty_at_least(frailty, 78),
                           std::string{name_of(frailty)}.c_str());
    }
}

// Both to the last bit: a word at a threshold is past it, the word below is not.
TEST(HealthModel, MovesChancesFromBirthdayToBirthdayInEqualSteps) {
    const HealthModel& model = shipped_health();
    for (const HealthCell& who : {HealthCell{17, Sex::female, 1, 63}, HealthCell{61, Sex::male, 3, 20},
                                  HealthCell{89, Sex::female, 5, 40}, HealthCell{106, Sex::male, 2, 7}}) {
        HealthCell older = who;
        ++older.age;
        for (std::uint32_t passed = 0; passed < 256; ++passed) {
            std::array<std::uint32_t, count_of<Condition>> words{};
            ConditionSet possible;
            for (const Condition condition : all<Condition>()) {
                const double from = model.chance(condition, who) * 0x1p32;
                const double to = model.chance(condition, older) * 0x1p32;
                words[index(condition)] = static_cast<std::uint32_t>(from + std::floor((to - from) * passed / 256));
                if (words[index(condition)] > 0) possible.add(condition);
            }
            ASSERT_EQ(model.draw_conditions(who, passed, words), ConditionSet{});
            for (std::uint32_t& word : words) word -= word > 0 ? 1 : 0;
            ASSERT_EQ(model.draw_conditions(who, passed, words), possible) << who.age << " " << passed;
        }
    }
}

TEST(HealthModel, DrawsEachBinFromItsOwnPartOfTheRange) {
    for (const int age : {0, 40, 85, oldest_age}) {
        double below = 0;
        for (int bin = 0; bin < health_bins; ++bin) {
            const HealthCell who{age, Sex::male, 4, static_cast<std::uint8_t>(bin)};
            const double upto = below + shipped_health().bin_share(who) * 0x1p32;
            ASSERT_GT(upto, below);
            const auto drawn = [&](double word) {
                return shipped_health().draw_bin(age, Sex::male, 4, static_cast<std::uint32_t>(word));
            };
            EXPECT_EQ(drawn(below), bin);
            EXPECT_EQ(drawn(upto - 1), bin);
            below = upto;
        }
    }
}

TEST(HealthModel, IsSolvedOnceForTheSameTables) {
    const auto first = solved_health(shipped_tables().health);
    EXPECT_EQ(solved_health(shipped_tables().health), first);
    HealthTables other = shipped_tables().health;
    other.hazard_ratio[Frailty::severe] = 5;
    EXPECT_NE(solved_health(other), first);
}

TEST(Turnover, TakesAShareWhereItShouldGo) {
    const auto after = [](double from, Turnover rates) {
        const double total = rates.onset + rates.remission;
        return total > 0 ? rates.onset / total + (from - rates.onset / total) * std::exp(-total) : from;
    };
    for (const double from : {0.0, 0.01, 0.3}) {
        for (const double to : {0.0, 0.012, 0.25, 0.4}) {
            for (const double remission : {0.0, 0.1}) {
                if (to == 0 && from > 0) continue;  // nobody is cured of everything within a year
                EXPECT_NEAR(after(from, turnover(from, to, remission)), to, 1e-9)
                    << from << " " << to << " " << remission;
            }
        }
    }
}

TEST(Loadings, GiveBackACorrelationOfTwoCauses) {
    const auto& correlation = shipped_tables().health.correlation;
    const Loadings loadings = two_causes(correlation);
    for (std::size_t a = 0; a < liability_count; ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            const double made = loadings[a].bodily * loadings[b].bodily + loadings[a].mental * loadings[b].mental;
            EXPECT_NEAR(made, correlation[a][b], 0.002);
        }
    }
    EXPECT_GT(loadings[index(Condition::depression)].mental, 0.5);
    EXPECT_GT(loadings[index(Condition::heart_failure)].bodily, 0.5);
}

TEST(AgeCurve, KeepsEveryBandsMean) {
    ByAge<double> weights{};
    for (std::size_t age = 0; age < weights.size(); ++age)
        weights[age] = age < 60 ? 1 : 60.0 / static_cast<double>(age) - 0.4;
    const std::vector<BandShare> bands{
        {{0, 9}, 0}, {{10, 29}, 0.01}, {{30, 59}, 0.12}, {{60, 79}, 0.4}, {{80, oldest_age}, 0.35}};
    const auto curve = age_curve(bands, weights);
    for (const BandShare& band : bands) {
        double sum = 0;
        double weight = 0;
        for (int age = band.ages.from; age <= band.ages.to; ++age) {
            const auto i = static_cast<std::size_t>(age);
            sum += weights[i] * (curve[i] + curve[i + 1]) / 2;
            weight += weights[i];
        }
        EXPECT_NEAR(sum / weight, band.share, 0.01 * band.share + 1e-4) << band.ages.from;
    }
    for (std::size_t birthday = 0; birthday <= 10; ++birthday) EXPECT_EQ(curve[birthday], 0);
}

}  // namespace
}  // namespace segue
