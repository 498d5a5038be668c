#include "engine/core/calendar.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "engine/core/enum_array.hpp"

namespace segue {
namespace {

Day on(int year, int month, int day) { return to_day({year, month, day}); }

std::vector<std::string> bank_holidays(int year) {
    std::vector<std::string> dates;
    for (Day day = on(year, 1, 1); day < on(year + 1, 1, 1); ++day) {
        if (is_bank_holiday(day)) dates.push_back(to_string(to_date(day)).substr(5));
    }
    return dates;
}

TEST(Calendar, CountsDaysFromTheFirstOfJanuary1970) {
    EXPECT_EQ(on(1970, 1, 1).number(), 0);
    EXPECT_EQ(on(1969, 12, 31).number(), -1);
    EXPECT_EQ(on(2000, 3, 1) - on(2000, 2, 28), 2);
    EXPECT_EQ(on(2100, 3, 1) - on(2100, 2, 28), 1);
}

TEST(Calendar, GivesEveryDayOfTwoCenturiesItsOwnDateAndBack) {
    for (Day day = on(1900, 1, 1); day < on(2100, 1, 1); ++day) {
        ASSERT_EQ(to_day(to_date(day)), day);
        ASSERT_TRUE(is_valid(to_date(day)));
    }
}

TEST(Calendar, KnowsTheWeekday) {
    EXPECT_EQ(weekday(on(1970, 1, 1)), Weekday::thursday);
    EXPECT_EQ(weekday(on(2026, 4, 1)), Weekday::wednesday);
    EXPECT_EQ(weekday(on(2024, 2, 29)), Weekday::thursday);
    EXPECT_EQ(weekday(on(1966, 7, 30)), Weekday::saturday);
    EXPECT_EQ(name_of(weekday(on(2000, 1, 2))), "sunday");
}

TEST(Calendar, ReadsADateInOneSpellingOnly) {
    EXPECT_EQ(parse_date("2026-04-01"), (Date{2026, 4, 1}));
    EXPECT_EQ(parse_date("2024-02-29"), (Date{2024, 2, 29}));
    for (const char* wrong :
         {"", "2026-4-1", "2026/04/01", "01-04-2026", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31",
          "2026-04-01 ", " 2026-04-1", "2026-+4-01", "2026--4-01", "20a6-04-01", "1799-12-31", "2301-01-01"}) {
        EXPECT_EQ(parse_date(wrong), std::nullopt) << '"' << wrong << '"';
    }
}

TEST(Calendar, WritesADateAsItReadsIt) {
    EXPECT_EQ(to_string(Date{2026, 4, 1}), "2026-04-01");
    EXPECT_EQ(to_string(*parse_date("1931-11-09")), "1931-11-09");
}

TEST(Calendar, EndsAYearOnItsOwnDate) {
    EXPECT_EQ(same_date(on(2026, 4, 1), 1), on(2027, 4, 1));
    EXPECT_EQ(same_date(on(2024, 2, 29), 1), on(2025, 2, 28));
    EXPECT_EQ(same_date(on(2024, 2, 29), 4), on(2028, 2, 29));
    EXPECT_EQ(same_date(on(2026, 4, 1), -1), on(2025, 4, 1));
}

TEST(Age, RisesOnTheBirthdayAndNotBefore) {
    const Day birth = on(1950, 6, 15);
    EXPECT_EQ(age_years(birth, birth), 0);
    EXPECT_EQ(age_years(birth, on(2020, 6, 14)), 69);
    EXPECT_EQ(age_years(birth, on(2020, 6, 15)), 70);
}

TEST(Age, OfALeapDayChildRisesOnTheFirstOfMarchInOtherYears) {
    const Day birth = on(2004, 2, 29);
    EXPECT_EQ(age_years(birth, on(2005, 2, 28)), 0);
    EXPECT_EQ(age_years(birth, on(2005, 3, 1)), 1);
    EXPECT_EQ(age_years(birth, on(2008, 2, 29)), 4);
    EXPECT_EQ(birthday(birth, 1), on(2005, 3, 1));
    EXPECT_EQ(birthday(birth, 4), on(2008, 2, 29));
}

TEST(Age, AgreesWithBirthdaysForEveryDayOfBirth) {
    for (Day birth = on(2000, 1, 1); birth < on(2005, 1, 1); ++birth) {
        for (const int age : {1, 18, 65, 100}) {
            const Day turning = birthday(birth, age);
            ASSERT_EQ(age_years(birth, turning), age) << birth.number();
            ASSERT_EQ(age_years(birth, turning - 1), age - 1) << birth.number();
        }
    }
}

// Dates of Easter as the Church of England's calendar lists them.
TEST(Easter, FallsOnTheDatesOfTheChurchCalendar) {
    EXPECT_EQ(easter_sunday(1943), on(1943, 4, 25));  // the latest there can be is 25 April
    EXPECT_EQ(easter_sunday(1818), on(1818, 3, 22));  // the earliest, 22 March
    EXPECT_EQ(easter_sunday(2000), on(2000, 4, 23));
    EXPECT_EQ(easter_sunday(2008), on(2008, 3, 23));
    EXPECT_EQ(easter_sunday(2024), on(2024, 3, 31));
    EXPECT_EQ(easter_sunday(2025), on(2025, 4, 20));
    EXPECT_EQ(easter_sunday(2026), on(2026, 4, 5));
    EXPECT_EQ(easter_sunday(2038), on(2038, 4, 25));
}

TEST(Easter, IsASundayFromMarch22ToApril25) {
    for (int year = 1900; year < 2200; ++year) {
        const Day easter = easter_sunday(year);
        ASSERT_EQ(weekday(easter), Weekday::sunday) << year;
        ASSERT_GE(easter, on(year, 3, 22));
        ASSERT_LE(easter, on(year, 4, 25));
    }
}

// As proclaimed for England and Wales (gov.uk/bank-holidays), by the standing rules. Left out are the days of one
// year only: 8 May 2020 stood for the 4th, 2 June 2022 for 30 May; 3 June and 19 September 2022 and 8 May 2023 were
// added.
TEST(BankHolidays, AreEnglandsFrom2020To2030) {
    using Dates = std::vector<std::string>;
    EXPECT_EQ(bank_holidays(2020), (Dates{"01-01", "04-10", "04-13", "05-04", "05-25", "08-31", "12-25", "12-28"}));
    EXPECT_EQ(bank_holidays(2021), (Dates{"01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"}));
    EXPECT_EQ(bank_holidays(2022), (Dates{"01-03", "04-15", "04-18", "05-02", "05-30", "08-29", "12-26", "12-27"}));
    EXPECT_EQ(bank_holidays(2023), (Dates{"01-02", "04-07", "04-10", "05-01", "05-29", "08-28", "12-25", "12-26"}));
    EXPECT_EQ(bank_holidays(2024), (Dates{"01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"}));
    EXPECT_EQ(bank_holidays(2025), (Dates{"01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"}));
    EXPECT_EQ(bank_holidays(2026), (Dates{"01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"}));
    EXPECT_EQ(bank_holidays(2027), (Dates{"01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"}));
    EXPECT_EQ(bank_holidays(2028), (Dates{"01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"}));
    EXPECT_EQ(bank_holidays(2029), (Dates{"01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26"}));
    EXPECT_EQ(bank_holidays(2030), (Dates{"01-01", "04-19", "04-22", "05-06", "05-27", "08-26", "12-25", "12-26"}));
}

TEST(BankHolidays, AreEightAYearAndNeverOnAWeekend) {
    for (int year = 1980; year < 2100; ++year) EXPECT_EQ(bank_holidays(year).size(), 8U) << year;
    for (Day day = on(1980, 1, 1); day < on(2100, 1, 1); ++day) {
        if (weekday(day) >= Weekday::saturday) {
            ASSERT_FALSE(is_bank_holiday(day)) << to_string(to_date(day));
        }
    }
}

}  // namespace
}  // namespace segue
