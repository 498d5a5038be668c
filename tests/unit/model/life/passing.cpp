#include "engine/model/life/passing.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/life_alone.hpp"
#include "tests/support/population_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace segue::test {
namespace {

const Day start = to_day({2026, 1, 1});
const Day end = to_day({2029, 1, 1});
constexpr const char* dying_table =
    "attribute,value,sudden_percent,short_decline_percent,stepwise_decline_percent,slow_decline_percent\n"
    "condition,cancer,10,70,5,15\nfrailty,severe,6,10,24,60\nanybody,,20,30,25,25\n";
constexpr const char* text = "[passing]\nhigh_need_spells_per_year = 0.5\nhigh_need_spell_days = 60\n";

/// Chances of standing in each decline, summed over people, beside how many stand there.
struct Stand {
    DyingShares expected_people;
    DyingShares variance;
    DyingShares seen;
};

/// Three years of 30,000 people, and what they passed through.
class Passings : public testing::Test {
protected:
    static void SetUpTestSuite() {
        laws_ = laws_of(text, {{"dying", dying_table}}).release();
        LifeAlone life{*laws_, 30'000, start, Twin{3, 0}};
        first_ = stand(life);
        spells_at_start_ = count(life, Passing::high_need);
        while (life.today() < end) {
            const std::size_t told = life.state().events.events().size();
            life.day();
            expose(life);
            for (std::size_t i = told; i < life.state().events.events().size(); ++i)
                see(life.state().events.events()[i]);
        }
        last_ = stand(life);
        people_at_end_ = static_cast<double>(life.people().registered());
        spells_at_end_ = count(life, Passing::high_need);
    }
    static void TearDownTestSuite() { delete laws_; }

    static double count(LifeAlone& life, Passing passing) {
        double found = 0;
        for (std::uint32_t row = 0; row < life.people().rows(); ++row)
            found += life.people().present[row] != 0 && life.people().is(PersonRow{row}, passing) ? 1 : 0;
        return found;
    }
    static Stand stand(LifeAlone& life) {
        Stand made;
        const People& people = life.people();
        const PopulationLaws& laws = laws_->population();
        for (std::uint32_t row = 0; row < people.rows(); ++row) {
            if (people.present[row] == 0) continue;
            // The day has been lived through: those of tomorrow's birthday are as they were.
            const int age = age_years(Day{people.birth_day[row]}, life.today() == start ? start : life.today() - 1);
            const Frailty frailty = people.frailty(PersonRow{row});
            const double rate = static_cast<double>(
                laws.health.death_rate(age, sex_of(people.cell[row]), quintile_of(people.cell[row]), frailty));
            const DyingShares chances =
                laws.dying.standing(laws.dying.shares(age, frailty, ConditionSet{people.conditions[row]}), rate);
            for (const Dying way : all<Dying>()) {
                made.expected_people[way] += chances[way];
                made.variance[way] += chances[way] * (1 - chances[way]);
            }
            ++made.seen[life::decline_of(people, row)];
        }
        return made;
    }
    /// A night of everybody in a state, weighed by the chance that it ends.
    static void expose(LifeAlone& life) {
        const People& people = life.people();
        const PopulationLaws& laws = laws_->population();
        for (std::uint32_t row = 0; row < people.rows(); ++row) {
            if (people.present[row] == 0 || people.passing[row] == 0) continue;
            const Dying way = life::decline_of(people, row);
            if (way != Dying::sudden) {
                const int age = age_years(Day{people.birth_day[row]}, life.today() - 1);
                const double rate = static_cast<double>(laws.health.death_rate(
                    age, sex_of(people.cell[row]), quintile_of(people.cell[row]), people.frailty(PersonRow{row})));
                expected_deaths_[way] += 1 / laws.dying.mean_days(way, rate);
            }
            if (people.is(PersonRow{row}, Passing::pregnant)) pregnant_days_ += 1;
            if (people.is(PersonRow{row}, Passing::high_need)) spell_days_ += 1;
        }
    }
    static void see(const Event& event) {
        if (event.kind == EventKind::death) ++deaths_[static_cast<Dying>(event.what)];
        if (event.kind == EventKind::birth) ++births_;
        if (event.kind != EventKind::passing_begins) return;
        if (event.what == index(Passing::high_need)) ++spells_begun_;
    }
    static void expect_poisson(double seen, double due) { EXPECT_NEAR(seen, due, deviate_limit() * std::sqrt(due)); }

    static inline const life::Laws* laws_ = nullptr;
    static inline Stand first_;
    static inline Stand last_;
    static inline DyingShares expected_deaths_;
    static inline DyingShares deaths_;
    static inline double births_ = 0, pregnant_days_ = 0;
    static inline double spells_begun_ = 0, spell_days_ = 0, spells_at_start_ = 0, spells_at_end_ = 0;
    static inline double people_at_end_ = 0;
};

// Given who people are, where each stands among declines is a draw of its own with the chance of the law: so many are in
// each, at the start and three years on. False alarms 1e-6 each.
TEST_F(Passings, AsManyDeclineAsTheLawSaysAtTheStartAndThreeYearsOn) {
    for (const Stand& at : {first_, last_}) {
        for (const Dying way : all<Dying>()) {
            EXPECT_NEAR(at.seen[way], at.expected_people[way], deviate_limit() * std::sqrt(at.variance[way]))
                << name_of(way);
        }
    }
    EXPECT_GT(last_.seen[Dying::slow_decline], 50);
}

// Deaths from each decline against the nights that people spent in it over its mean length: Poisson, false alarms 1e-6.
TEST_F(Passings, ADeclineLastsItsMeanTime) {
    for (const Dying way : all<Dying>()) {
        if (way == Dying::sudden) continue;
        expect_poisson(deaths_[way], expected_deaths_[way]);
        EXPECT_GT(deaths_[way], 100) << name_of(way);
    }
}

// 266 nights, or what is left of them at the start; some leave the list before and others join, about as many.
TEST_F(Passings, APregnancyTakesAbout266DaysAndEndsInABirth) {
    expect_poisson(births_, pregnant_days_ / Movement::pregnancy_days);
    EXPECT_GT(births_, 700);
}

// Spells begin in those who have none and last an exponential time: the share in one is e t / (1 + e t).
TEST_F(Passings, SpellsOfHighNeedHaveTheirPrevalenceAndLength) {
    const double share = laws_->population().passing.spell_share();
    EXPECT_NEAR(share, 0.5 * 60 / days_per_year / (1 + 0.5 * 60 / days_per_year), 1e-12);
    const auto margin = [&](double people) { return deviate_limit() * std::sqrt(people * share * (1 - share)); };
    EXPECT_NEAR(spells_at_start_, 30'000 * share, margin(30'000));
    EXPECT_NEAR(spells_at_end_, people_at_end_ * share, margin(people_at_end_));
    // As many begin as 60-day spells are to fill the nights seen. The share in one hardly changes, so that it is Poisson.
    expect_poisson(spells_begun_, spell_days_ / 60);
}

}  // namespace
}  // namespace segue::test
