#include "engine/program/words.hpp"

#include <gtest/gtest.h>

namespace segue::program {
namespace {

TEST(Words, SetThousandsApart) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1'000), "1,000");
    EXPECT_EQ(grouped(1'234'567.891, 2), "1,234,567.89");
    EXPECT_EQ(grouped(-12'345), "-12,345");
}

TEST(Words, GiveNothingASignOnlyWhenThereIsSomething) { EXPECT_EQ(grouped(-0.001, 1), "0.0"); }

TEST(Words, SayBytesAndTimeInTheUnitThatFits) {
    EXPECT_EQ(bytes_text(820), "820 bytes");
    EXPECT_EQ(bytes_text(5'200'000), "5.2 MB");
    EXPECT_EQ(duration(4.12), "4.1 s");
    EXPECT_EQ(duration(200), "3 min 20 s");
    EXPECT_EQ(duration(7'500), "2 h 5 min");
}

TEST(Words, CountOneOfAKind) {
    EXPECT_EQ(counted(0, "value"), "0 values");
    EXPECT_EQ(counted(1, "value"), "1 value");
    EXPECT_EQ(counted(1'204, "value"), "1,204 values");
}

TEST(Words, TellNoFewPeople) {
    EXPECT_EQ(people_text(0), "0");
    EXPECT_EQ(people_text(0.25), "<5");
    EXPECT_EQ(people_text(4.9), "<5");
    EXPECT_EQ(people_text(5), "5");
    EXPECT_EQ(people_text(1'204), "1,204");
}

TEST(Words, KeepTheCapitalsOfAbbreviations) {
    EXPECT_EQ(spaced("practice_nurse"), "practice nurse");
    EXPECT_EQ(spaced("gp"), "GP");
    EXPECT_EQ(spaced("ae_attendances"), "A&E attendances");
    EXPECT_EQ(spaced("nhs_and_social_care"), "NHS and social care");
}

}  // namespace
}  // namespace segue::program
