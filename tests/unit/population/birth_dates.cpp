#include "engine/population/birth_dates.hpp"

#include <gtest/gtest.h>

namespace segue {
namespace {

TEST(BirthDates, GiveTheAgeThatTheCalendarGives) {
    for (const Date& date :
         {Date{2026, 1, 1}, Date{2026, 4, 1}, Date{2024, 2, 29}, Date{2100, 2, 28}, Date{2100, 3, 1}}) {
        const Day today = to_day(date);
        const BirthDates births{today};
        // From somebody born tomorrow to somebody older than any table.
        for (Day birth = today + 1; birth > today - 130 * 366; birth = birth - 1) {
            ASSERT_EQ(births.age(birth), age_years(birth, today)) << to_string(to_date(birth)) << to_string(date);
        }
    }
}

TEST(BirthDates, KnowTheLastBirthOfEachAge) {
    for (const Date& date : {Date{2026, 4, 1}, Date{2024, 2, 29}, Date{2023, 3, 1}, Date{2023, 2, 28}}) {
        const Day today = to_day(date);
        const BirthDates births{today};
        for (int age = 0; age <= age_count; ++age) {
            EXPECT_EQ(age_years(births.latest(age), today), age);
            EXPECT_EQ(age_years(births.latest(age) + 1, today), age - 1);
            EXPECT_EQ(latest_birth(today, age), births.latest(age));
        }
    }
}

}  // namespace
}  // namespace segue
