#include "engine/model/treated.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/alike.hpp"

namespace segue {
namespace {

const Day first = test::first_day();

EffectSize half() {
    return {.need_ratio = 0.5, .course = {.full_after_days = 20, .lasts_days = 100, .half_life_days = 30}};
}

TEST(TreatedPeople, RisesLastsAndHalves) {
    TreatedPeople treated;
    treated.set(half(), first);
    treated.begin(3, first + 5);
    const auto strength = [&](int days) { return treated.strength(3, first + 5 + days); };
    EXPECT_EQ(strength(0), 0);
    EXPECT_DOUBLE_EQ(strength(5), 0.25);
    EXPECT_EQ(strength(20), 1);
    EXPECT_EQ(strength(120), 1);
    EXPECT_NEAR(strength(150), 0.5, 1e-12);
    EXPECT_NEAR(strength(180), 0.25, 1e-12);
    EXPECT_NEAR(strength(133), std::exp(-std::log(2.0) * 13 / 30), 1e-12);
    for (int days = 1; days < 200; ++days) EXPECT_LE(std::abs(strength(days) - strength(days - 1)), 0.0500001) << days;
}

TEST(TreatedPeople, IsFullAtOnceWhereItTakesNoTime) {
    const EffectCourse course{.full_after_days = 0, .lasts_days = 0, .half_life_days = 10};
    EXPECT_EQ(course.strength(0), 1);
    EXPECT_NEAR(course.strength(10), 0.5, 1e-12);
}

TEST(TreatedPeople, MultipliesRatesByTheRatioAtFullStrengthAlone) {
    TreatedPeople treated;
    treated.set(half(), first);
    treated.begin(0, first);
    EXPECT_EQ(treated.need_ratio(0, first), 1);
    EXPECT_DOUBLE_EQ(treated.need_ratio(0, first + 10), 0.75);
    EXPECT_DOUBLE_EQ(treated.need_ratio(0, first + 60), 0.5);
    EXPECT_NEAR(treated.need_ratio(0, first + 150), 0.75, 1e-12);
    EXPECT_EQ(treated.need_ratio(1, first + 60), 1);  // another row
}

TEST(TreatedPeople, RisesAgainFromWhatIsLeft) {
    TreatedPeople treated;
    treated.set(half(), first);
    treated.begin(0, first);
    treated.begin(0, first + 150);  // half is left, which is ten days of the rise
    EXPECT_NEAR(treated.strength(0, first + 150), 0.5, 1e-12);
    EXPECT_NEAR(treated.strength(0, first + 155), 0.75, 1e-12);
    EXPECT_EQ(treated.strength(0, first + 160), 1);
    EXPECT_EQ(treated.strength(0, first + 260), 1);  // and lasts as long as the first time
    EXPECT_LT(treated.strength(0, first + 261), 1);
}

TEST(TreatedPeople, KeepsNothingOfWhoeverHadTheRow) {
    TreatedPeople treated;
    treated.set(half(), first);
    treated.begin(2, first);
    treated.forget(2);
    treated.forget(9);  // never treated
    EXPECT_FALSE(treated.is_treated(2));
    EXPECT_EQ(treated.strength(2, first + 60), 0);
}

TEST(TreatedPeople, TreatsNobodyWithAnEffectThatIsNone) {
    TreatedPeople treated;
    treated.set({}, first);
    treated.begin(0, first);
    EXPECT_FALSE(treated.is_treated(0));
    EXPECT_EQ(treated.bytes(), 0U);
}

}  // namespace
}  // namespace segue
