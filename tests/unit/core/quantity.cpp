#include "engine/core/quantity.hpp"

#include <type_traits>

#include <gtest/gtest.h>

namespace segue {
namespace {

template <class A, class B>
concept Addable = requires(A a, B b) {
    a + b;
};
template <class A, class B>
concept Comparable = requires(A a, B b) {
    a < b;
};

// What must not compile is claimed here, and fails the build when it does.
static_assert(Addable<Minutes, Minutes> && !Addable<Minutes, Days> && !Addable<Minutes, double>);
static_assert(Comparable<Days, Days> && !Comparable<Days, Years>);
static_assert(!std::is_convertible_v<double, Minutes> && !std::is_convertible_v<Minutes, double>);

TEST(Quantity, AddsScalesAndComparesInItsOwnUnit) {
    EXPECT_EQ(Minutes{10} + Minutes{5} * 2, Minutes{20});
    EXPECT_EQ(Minutes{30} - 0.5 * Minutes{20}, Minutes{20});
    EXPECT_EQ(Minutes{30} / 4, Minutes{7.5});
    EXPECT_DOUBLE_EQ(Minutes{30} / Minutes{12}, 2.5);
    EXPECT_LT(Days{6.5}, Days{7});
}

TEST(Quantity, ConvertsByNamedFunctionsOnly) {
    EXPECT_EQ(days(Years{2}), Days{730.5});
    EXPECT_EQ(years(Days{365.25}), Years{1});
    EXPECT_EQ(per_year(PerThousandYears{250}), PerYear{0.25});
    EXPECT_DOUBLE_EQ(expected(PerYear{4}, Days{365.25}), 4);
}

TEST(Money, IsRoundedToTheNearestPennyOnBothSidesOfZero) {
    EXPECT_EQ(pence(Pounds{12.34}), 1234);
    EXPECT_EQ(pence(Pounds{0.005}), 1);
    EXPECT_EQ(pence(Pounds{-12.34}), -1234);
    EXPECT_EQ(pence(Pounds{-0.004}), 0);
}

TEST(Time, IsCountedInTenthsOfAMinute) {
    EXPECT_EQ(tenths(Minutes{9.22}), 92);
    EXPECT_EQ(tenths(Minutes{0}), 0);
    EXPECT_EQ(tenths(Minutes{9.25}), 93);
}

}  // namespace
}  // namespace segue
