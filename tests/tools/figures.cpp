#include "tools/figures.hpp"

#include <gtest/gtest.h>

namespace segue::tools {
namespace {

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
