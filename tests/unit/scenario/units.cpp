#include "engine/scenario/units.hpp"

#include <gtest/gtest.h>

namespace segue {
namespace {

double in(std::string_view text, std::string_view unit) {
    const auto measured = parse_measured(text);
    return converted(measured->number, *find_unit(measured->word), *find_unit(unit));
}

TEST(Units, ConvertExactlyWhereTheNumbersAllow) {
    EXPECT_EQ(in("0.5 h", "min"), 30);
    EXPECT_EQ(in("25min", "min"), 25);
    EXPECT_EQ(in("365 d", "d"), 365);
    EXPECT_EQ(in("2 weeks", "d"), 14);
    EXPECT_EQ(in("1 a", "d"), 365.25);
    EXPECT_EQ(in("12 1/(1000 a)", "1/a"), 0.012);
    EXPECT_EQ(in("0.5 per year", "1/(1000 a)"), 500);
    EXPECT_EQ(in("150 pence", "GBP"), 1.5);
}

TEST(Units, PartANumberFromItsUnit) {
    EXPECT_EQ(parse_measured("1e3 d")->number, 1000);
    EXPECT_EQ(parse_measured("3 1/a")->word, "1/a");
    EXPECT_EQ(parse_measured("40_000")->number, 40'000);
    EXPECT_EQ(parse_measured("-2 d")->number, -2);
    EXPECT_FALSE(parse_measured("soon").has_value());
    EXPECT_FALSE(parse_measured("").has_value());
}

TEST(Units, TakeOnlyFiniteNumbers) {
    for (const char* text : {"nan", "inf", "-inf", "1e999", "0x10", "1 2", "", "+-1", "1,5"}) {
        EXPECT_FALSE(parse_number(text).has_value()) << text;
    }
    EXPECT_EQ(parse_number("+1.5"), 1.5);
}

TEST(Units, SuggestTheUnitInWhichTheNumberFits) {
    EXPECT_EQ(same_number(25, "d", "min", 5, 180), "25 min");
    EXPECT_EQ(same_number(0.5, "min", "min", 5, 180), "0.5 h");
    EXPECT_EQ(same_number(-1, "min", "min", 5, 180), "");
    EXPECT_EQ(same_number(3, "", "", 0, 1), "");
}

}  // namespace
}  // namespace segue
