// People as they are made, against figures that were not used to make them, or that they were only tuned to meet nearly.
#include <gtest/gtest.h>

#include "engine/population/synthesis.hpp"
#include "tests/unit/population/made_people.hpp"

namespace segue {
namespace {

const Day start = to_day(test::list_date);

const People& list() {
    static const People people = test::list_of(400'000, Twin{21, 0});
    return people;
}

/// Share of those of an age from `from` to `to` who are as `is` says.
template <class F>
double share(int from, int to, F is) {
    double people = 0;
    double found = 0;
    for (std::uint32_t row = 0; row < list().rows(); ++row) {
        const int age = age_years(Day{list().birth_day[row]}, start);
        if (age < from || age > to) continue;
        ++people;
        found += is(row) ? 1 : 0;
    }
    return found / people;
}

bool has_two(std::uint32_t row) { return ConditionSet{list().conditions[row]}.count() >= 2; }
bool anybody(std::uint32_t) { return true; }

// Lists of conditions differ: ours has 20. Adults with two or more of 36: 27.2% (Cassell and others 2018); all ages with
// two or more of 35: 14.8%, 0.9% at 0-19 and 68.2% at 80+ (Valabhji and others 2023). The bounds are wider than sampling
// by far: standard errors are below 0.3 points.
TEST(Multimorbidity, LiesAmongThePublishedFigures) {
    const double adults = share(18, 200, has_two);
    EXPECT_GT(adults, 0.17);
    EXPECT_LT(adults, 0.272);
    EXPECT_NEAR(share(0, 200, has_two), 0.148, 0.03);
    EXPECT_NEAR(share(0, 19, has_two), 0.009, 0.004);
    EXPECT_GT(share(80, 200, has_two), 0.50);
    EXPECT_LT(share(80, 200, has_two), 0.72);
}

TEST(Multimorbidity, IsMoreCommonInWomenAndInTheMostDeprived) {
    // Cassell and others 2018: women 30.0%, men 24.4%; most deprived fifth 30.0%, least 25.8%.
    const auto among = [&](auto who) {
        double people = 0;
        double two = 0;
        for (std::uint32_t row = 0; row < list().rows(); ++row) {
            if (age_years(Day{list().birth_day[row]}, start) < 18 || !who(row)) continue;
            ++people;
            two += has_two(row) ? 1 : 0;
        }
        return two / people;
    };
    const auto of_sex = [&](Sex sex) {
        return among([sex](std::uint32_t row) { return sex_of(list().cell[row]) == sex; });
    };
    const auto of_fifth = [&](int fifth) {
        return among([fifth](std::uint32_t row) { return quintile_of(list().cell[row]) == fifth; });
    };
    EXPECT_GT(of_sex(Sex::female) / of_sex(Sex::male), 1.10);
    EXPECT_LT(of_sex(Sex::female) / of_sex(Sex::male), 1.35);
    EXPECT_GT(of_fifth(1) / of_fifth(5), 1.03);
    EXPECT_LT(of_fifth(1) / of_fifth(5), 1.25);
}

// Registered list of England, April 2020 (NHS Digital): 79.7% adults, 36.4% aged 50+, mean age 40.2; one point either way
// for four years that lie between, 0.5 years for the mean.
TEST(List, LooksLikeTheRegisteredListOfEngland) {
    double adults = 0, over_50 = 0, ages = 0;
    for (std::uint32_t row = 0; row < list().rows(); ++row) {
        const int age = age_years(Day{list().birth_day[row]}, start);
        adults += age >= 18 ? 1 : 0;
        over_50 += age >= 50 ? 1 : 0;
        ages += age + 0.5;
    }
    const auto people = static_cast<double>(list().rows());
    EXPECT_NEAR(adults / people, 0.797, 0.015);
    EXPECT_NEAR(over_50 / people, 0.364, 0.015);
    EXPECT_NEAR(ages / people, 40.7, 0.7);
}

// Expected numbers in a year. ONS, England, year to mid-2021: 9.0 deaths and 10.9 births per 1,000 residents; total
// fertility has fallen from 1.61 to 1.44 since, which is 9.7 births.
TEST(List, DiesAndBearsChildrenAtPublishedRates) {
    double deaths = 0;
    double births = 0;
    const PopulationLaws& laws = test::shipped_laws();
    for (std::uint32_t row = 0; row < list().rows(); ++row) {
        const int age = age_years(Day{list().birth_day[row]}, start);
        const Sex sex = sex_of(list().cell[row]);
        deaths += static_cast<double>(
            laws.health.death_rate(age, sex, quintile_of(list().cell[row]), list().frailty(PersonRow{row})));
        births += sex == Sex::female ? static_cast<double>(laws.movement.birth_rate(age)) : 0;
    }
    const auto people = static_cast<double>(list().rows());
    EXPECT_NEAR(1000 * deaths / people, 9.0, 0.7);
    EXPECT_NEAR(1000 * births / people, 9.7, 0.7);
}

// eFI, 50+: 38.9% any frailty in 2017 (Walsh and others 2023), 26.5% in 2006; the shares by age come from elsewhere.
TEST(Frailty, LiesBetweenTwoYearsOfItsPublishedShare) {
    const double frail =
        share(50, 200, [](std::uint32_t row) { return list().frailty(PersonRow{row}) != Frailty::fit; });
    EXPECT_GT(frail, 0.24);
    EXPECT_LT(frail, 0.389);
}

TEST(Registers, ShowTheirLevelsOverTheWholeList) {
    // QOF, England: diabetes 6.23% of the list (2023/24); hypertension 14.08, COPD 1.94, dementia 0.785 (2019/20).
    const auto register_share = [&](Condition condition) {
        return 100 * share(0, 200, [condition](std::uint32_t row) {
                   return ConditionSet{list().conditions[row]}.has(condition);
               });
    };
    EXPECT_NEAR(register_share(Condition::hypertension), 14.08, 0.4);
    EXPECT_NEAR(register_share(Condition::diabetes), 6.23, 0.3);
    EXPECT_NEAR(register_share(Condition::copd), 1.94, 0.15);
    EXPECT_NEAR(register_share(Condition::dementia), 0.785, 0.08);
    EXPECT_EQ(share(0, 200, anybody), 1);
}

}  // namespace
}  // namespace segue
