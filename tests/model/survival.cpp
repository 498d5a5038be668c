// People die by the life table, whatever their illnesses; registers and the list keep to their published figures.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "engine/core/math.hpp"
#include "engine/population/population_tables.hpp"
#include "tests/support/life_alone.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/village.hpp"

namespace segue::test {
namespace {

constexpr std::int64_t people_at_start = 40'000;

/// The tables as the scenario names them.
PopulationTables tables_of(const Scenario& scenario) {
    Problems problems;
    const auto t = [&](const char* name) -> const Table& { return scenario.table(name); };
    auto tables = read_population_tables(
        {t("list_by_age_sex"), t("deprivation_by_age_sex"), t("life_table"), t("mortality_by_deprivation"),
         t("condition_prevalence"), t("condition_by_deprivation"), t("condition_remission"), t("liability_correlation"),
         t("frailty"), t("frailty_mortality"), t("fertility"), t("movers"), t("circumstances"),
         t("circumstance_ratios"), t("wellbeing"), t("quality_of_life"), t("quality_of_life_by_condition")},
        problems);
    problems.raise_if_any();
    return tables;
}

/// Deaths a year by the life table and the ratio of the deprivation fifth alone, conditions and frailty left out. [1/a]
double table_hazard(const HealthTables& tables, int age, Sex sex, int quintile) {
    const std::size_t row = age_index(age);
    double mean_ratio = 0;
    for (std::size_t i = 0; i < deprivation_quintiles; ++i)
        mean_ratio += tables.quintile_share[row][sex][i] * tables.mortality_ratio[row][sex][i];
    const double ratio = tables.mortality_ratio[row][sex][static_cast<std::size_t>(quintile - 1)] / mean_ratio;
    return -std::log1p(-std::min(0.95, tables.death_probability[row][sex] * ratio));
}

/// Age in ten groups, sex and fifth.
constexpr std::size_t groups = 10 * 2 * 5;
std::size_t group_of(int age, Sex sex, int quintile) {
    const auto decade = static_cast<std::size_t>(std::min(age, 99) / 10);
    return (decade * 2 + index(sex)) * 5 + static_cast<std::size_t>(quintile - 1);
}

/// What happened in three years to 40,000 people, beside what the laws expect of those who were there.
struct Three {
    std::vector<double> deaths = std::vector<double>(groups, 0);
    std::vector<double> by_rates = std::vector<double>(groups, 0);
    std::vector<double> by_table = std::vector<double>(groups, 0);
    double person_years{0};
    double births{0}, expected_births{0};
    double joins{0}, expected_joins{0};
    double leaves{0}, expected_leaves{0};
    double at_end{0};
};

class Survival : public testing::Test {
protected:
    static void SetUpTestSuite() {
        world_ = world(village()).release();
        three_ = new Three;
        const PopulationTables tables = tables_of(world_->scenario());
        LifeAlone life{world_->laws(), people_at_start, to_day({2026, 1, 1}), Twin{5, 0}};
        // Who is at risk is looked at every fifth day: rates change by the year of age, so that this is near enough.
        constexpr int stride = 5;
        const Day end = to_day({2029, 1, 1});
        while (life.today() < end) {
            if ((end - life.today()) % stride == 0)
                expect(life.people(), life.today(), tables.health, stride / days_per_year);
            life.day();
        }
        count(life.state());
        three_->at_end = static_cast<double>(life.people().registered());
    }
    static void TearDownTestSuite() {
        delete three_;
        delete world_;
    }

    static void expect(const People& people, Day today, const HealthTables& tables, double years) {
        const PopulationLaws& laws = world_->laws().population();
        for (std::uint32_t row = 0; row < people.rows(); ++row) {
            if (people.present[row] == 0) continue;
            const int age = age_years(Day{people.birth_day[row]}, today);
            const Sex sex = sex_of(people.cell[row]);
            const int quintile = quintile_of(people.cell[row]);
            const std::size_t group = group_of(age, sex, quintile);
            three_->by_rates[group] +=
                years * static_cast<double>(laws.health.death_rate(age, sex, quintile, people.frailty(PersonRow{row})));
            three_->by_table[group] += years * table_hazard(tables, age, sex, quintile);
            three_->person_years += years;
            three_->expected_leaves += years * static_cast<double>(laws.movement.leave_rate(age));
            if (sex == Sex::female)
                three_->expected_births += years * static_cast<double>(laws.movement.birth_rate(age));
        }
        three_->expected_joins = three_->person_years * laws.movement.joiners_per_person().value();
    }
    static void count(const NeighbourhoodState& state) {
        for (const Event& event : state.events.events()) {
            if (event.kind == EventKind::birth) ++three_->births;
            if (event.kind == EventKind::join) ++three_->joins;
            if (event.kind == EventKind::leave) ++three_->leaves;
            if (event.kind != EventKind::death) continue;
            // The last band of ages ends at 100 here, as in the groups.
            const auto band = index(band_of(event.cell));
            const int age = band == 0 ? 0 : static_cast<int>(band - 1) * 5;
            ++three_->deaths[group_of(age, sex_of(event.cell), quintile_of(event.cell))];
        }
    }
    /// Groups with fewer than ten expected deaths are taken together.
    static void compare(const std::vector<double>& expected_deaths) {
        std::vector<double> seen{0};
        std::vector<double> due{0};
        for (std::size_t i = 0; i < groups; ++i) {
            if (expected_deaths[i] < 10) {
                seen[0] += three_->deaths[i];
                due[0] += expected_deaths[i];
            } else {
                seen.push_back(three_->deaths[i]);
                due.push_back(expected_deaths[i]);
            }
        }
        EXPECT_GT(seen.size(), 20U);
        EXPECT_LT(chi_squared(seen, due), chi_squared_limit(static_cast<double>(seen.size())));
    }
    /// A count of independent events lies within this of what is expected, but for one in a million.
    static double margin(double expected_count) { return deviate_limit() * std::sqrt(expected_count); }

    static inline const day::World* world_ = nullptr;
    static inline Three* three_ = nullptr;
};

// Given everybody's rates as they are each day, deaths are Poisson in each group: chi-squared at a false-alarm rate of 1e-6.
TEST_F(Survival, DeathsFollowTheRateOfEachPersonsAgeSexDeprivationAndFrailty) { compare(three_->by_rates); }

// Seen without frailty, each person's chance is the life table's: the same test, with the table alone.
TEST_F(Survival, DeathsFollowTheLifeTableByAgeSexAndDeprivation) { compare(three_->by_table); }

TEST_F(Survival, TheFrailDieSoonerAndTheLifeTableStillHoldsOnTheWhole) {
    double by_rates = 0;
    double by_table = 0;
    for (std::size_t i = 0; i < groups; ++i) {
        by_rates += three_->by_rates[i];
        by_table += three_->by_table[i];
    }
    EXPECT_NEAR(by_rates / by_table, 1, 0.02);  // who is frail is drawn: about 0.5% of sampling error
    // About 9 deaths a year for 1,000 registered.
    EXPECT_NEAR(by_table / three_->person_years * 1000, 9, 1.5);
}

TEST_F(Survival, BirthsJoinersAndLeaversComeAtTheirRates) {
    EXPECT_NEAR(three_->births, three_->expected_births, margin(three_->expected_births));
    EXPECT_NEAR(three_->joins, three_->expected_joins, margin(three_->expected_joins));
    EXPECT_NEAR(three_->leaves, three_->expected_leaves, margin(three_->expected_leaves));
}

TEST_F(Survival, TheListTurnsOverAndGrowsAsItsRatesSay) {
    // Inputs, for 1,000 registered and year: 70 join, 65 leave (of a list of the starting ages).
    const double thousand_years = three_->person_years / 1000;
    EXPECT_NEAR(three_->joins / thousand_years, 70, 5);
    EXPECT_NEAR(three_->leaves / thousand_years, 65, 5);
    // The net of joins, leaves, births and deaths. England's registered lists grew by 1.3% from 2023 to 2024, more than
    // moves within England can show: docs/odd.md#life.
    double expected_deaths = 0;
    for (const double deaths : three_->by_table) expected_deaths += deaths;
    const double expected_growth =
        (three_->expected_joins + three_->expected_births - three_->expected_leaves - expected_deaths) /
        thousand_years / 10;
    const double growth = (three_->at_end - people_at_start) / thousand_years / 10;
    fmt::print("[   NOTE   ] the list grows by {:.2f}% a year, {:.2f}% by its rates; England's lists grew by 1.3%\n",
               growth, expected_growth);
    const double all_events =
        three_->expected_joins + three_->expected_births + three_->expected_leaves + expected_deaths;
    EXPECT_NEAR(growth, expected_growth, margin(all_events) / thousand_years / 10);  // false alarms 1e-6
    EXPECT_NEAR(expected_growth, 0.7, 0.15);
}

/// Of everybody registered, how many are on each register.
EnumArray<Condition, double> register_shares(const People& people) {
    EnumArray<Condition, double> shares;
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (people.present[row] == 0) continue;
        for (const Condition condition : all<Condition>())
            shares[condition] += ConditionSet{people.conditions[row]}.has(condition) ? 1 : 0;
    }
    for (double& share : shares) share /= static_cast<double>(people.registered());
    return shares;
}

/// What the tables say of people of these ages, sexes and fifths.
EnumArray<Condition, double> table_shares(const People& people, Day today, const HealthModel& health) {
    EnumArray<Condition, double> shares;
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (people.present[row] == 0) continue;
        const Day born{people.birth_day[row]};
        const int age = age_years(born, today);
        const double passed = (today - birthday(born, age)) / days_per_year;
        const Sex sex = sex_of(people.cell[row]);
        const int quintile = quintile_of(people.cell[row]);
        for (const Condition condition : all<Condition>()) {
            shares[condition] += (1 - passed) * health.prevalence(condition, age, sex, quintile) +
                                 passed * health.prevalence(condition, age + 1, sex, quintile);
        }
    }
    for (double& share : shares) share /= static_cast<double>(people.registered());
    return shares;
}

// Each register lies within 2% of what the table says of people of these ages, sexes and fifths, or within the sampling
// error of so many people, at a false-alarm rate of 1e-6 for each.
void expect_registers_hold(LifeAlone& life, const HealthModel& health) {
    const auto shares = register_shares(life.people());
    const auto table = table_shares(life.people(), life.today(), health);
    const double n = static_cast<double>(life.people().registered());
    for (const Condition condition : all<Condition>()) {
        const double error = deviate_limit() * std::sqrt(table[condition] * (1 - table[condition]) / n);
        EXPECT_NEAR(shares[condition], table[condition], std::max(0.02 * table[condition], error))
            << name_of(condition);
    }
}

TEST_F(Survival, RegistersStandAtTheirPublishedLevelsAtTheStartAndFiveYearsOn) {
    LifeAlone life{world_->laws(), people_at_start, to_day({2026, 1, 1}), Twin{6, 0}};
    expect_registers_hold(life, world_->laws().population().health);
    life.until(to_day({2031, 1, 1}));
    expect_registers_hold(life, world_->laws().population().health);
}

}  // namespace
}  // namespace segue::test
