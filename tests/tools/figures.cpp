#include "tools/figures.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace segue::tools {
namespace {

// Student's t at 97.5%: 12.706 for one degree of freedom, 2.365 for seven (any table of it).
TEST(MeanOf, HasAnIntervalByStudentsT) {
    const Mean two = mean_of({0, 2});
    EXPECT_DOUBLE_EQ(two.value, 1);
    EXPECT_NEAR(two.half_width, 12.706, 1e-3);
    const Mean eight = mean_of({-1, 1, -1, 1, -1, 1, -1, 1});
    EXPECT_DOUBLE_EQ(eight.value, 0);
    EXPECT_NEAR(eight.half_width, 2.365 / std::sqrt(7.0), 1e-3);
}

TEST(MeanOf, IsSureOfWhatNeverVaries) { EXPECT_EQ(mean_of({3, 3, 3}).half_width, 0); }

TEST(PlainWidth, HasOneDigitThatCountsAndNoExponentOnTheWayToTen) {
    EXPECT_EQ(plain_width(9.4), "9");
    EXPECT_EQ(plain_width(9.5), "10");
    EXPECT_EQ(plain_width(9.99), "10");
    EXPECT_EQ(plain_width(23.4), "23");
    EXPECT_EQ(plain_width(0.97), "1");
    EXPECT_EQ(plain_width(0.0234), "0.02");
}

}  // namespace
}  // namespace segue::tools
