#include "engine/record/output_plan.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/record/counting.hpp"

namespace segue::test {
namespace {

TEST(Periods, AreWholeButForTheFirstAndTheLast) {
    // From Wednesday 1 April 2026 to Friday 14 May 2027.
    const Span span{to_day({2026, 4, 1}), to_day({2027, 5, 14})};
    const Periods weeks{Period::week, span};
    EXPECT_EQ(weeks.first_days[0], span.first);
    EXPECT_EQ(weeks.day_after[0], to_day({2026, 4, 6}));  // the first Monday
    EXPECT_EQ(weeks.first_days.back(), to_day({2027, 5, 10}));
    EXPECT_EQ(weeks.day_after.back(), span.last + 1);
    const Periods months{Period::month, span};
    EXPECT_EQ(months.size(), 14U);
    EXPECT_EQ(months.day_after.back(), to_day({2027, 5, 15}));
    const Periods years{Period::year, span};
    ASSERT_EQ(years.size(), 2U);
    EXPECT_EQ(years.day_after[0], to_day({2027, 4, 1}));
    EXPECT_EQ(years.day_after[1], span.last + 1);
    EXPECT_EQ(Periods(Period::day, span).size(), 409U);
}

TEST(Periods, FollowOneAnotherAndHoldEveryDayOnce) {
    const Span span{to_day({2024, 2, 28}), to_day({2026, 3, 1})};
    for (const Period step : all<Period>()) {
        const Periods periods{step, span};
        EXPECT_EQ(periods.first_days.front(), span.first);
        EXPECT_EQ(periods.day_after.back(), span.last + 1);
        for (std::size_t i = 0; i + 1 < periods.size(); ++i) EXPECT_EQ(periods.day_after[i], periods.first_days[i + 1]);
        for (Day day = span.first; day <= span.last; ++day) {
            const std::size_t i = periods.of(day);
            ASSERT_TRUE(periods.first_days[i] <= day && day < periods.day_after[i]) << to_string(to_date(day));
        }
    }
}

TEST(Periods, YearsOfARunThatStartsOnALeapDayEndOnTheLastOfFebruary) {
    const Periods years{Period::year, {to_day({2024, 2, 29}), to_day({2028, 2, 28})}};
    ASSERT_EQ(years.size(), 4U);
    EXPECT_EQ(years.first_days[1], to_day({2025, 2, 28}));
    EXPECT_EQ(years.first_days[3], to_day({2027, 2, 28}));
}

/// The village has no activities, so that nothing can be counted by them.
std::size_t measures_without_activities() {
    const auto& all_of_them = measures();
    return static_cast<std::size_t>(std::count_if(all_of_them.begin(), all_of_them.end(), [](const Measure& one) {
        const auto& by = one.default_by;
        return std::find(by.begin(), by.end(), Dimension::activity) == by.end();
    }));
}

TEST(OutputPlan, HasEveryMeasureAsADefaultAndTheScenariosOwnBesideThem) {
    const Counting counting{output("ill_contacts", "contacts", "by = [\"segment\"]\nevery = \"week\"\n")};
    EXPECT_EQ(counting.problems(), "");
    EXPECT_EQ(counting.plan().outputs().size(), measures_without_activities() + 1);
    const Output& own = counting.plan().outputs().back();
    EXPECT_EQ(own.every, Period::week);
    EXPECT_EQ(own.cells, 2U);
}

TEST(OutputPlan, AnOutputOfADefaultsNameTakesItsPlace) {
    const Counting counting{output("contacts", "contacts", "every = \"day\"\n")};
    EXPECT_EQ(counting.plan().outputs().size(), measures_without_activities());
    EXPECT_EQ(counting.values("contacts").size(), 365U);
}

TEST(OutputPlan, RefusesWhatCannotBeCounted) {
    const Counting counting{
        output("a", "contcats") + output("b", "births", "by = [\"role\"]\n") +
        output("c", "contacts", "by = [\"age_band\", \"age_band\"]\n") +
        output("d", "population", "statistic = \"histogram\"\nedges = [0, 1]\n") +
        output("e", "contacts", "statistic = \"histogram\"\n") +
        output("f", "contacts",
               "by = [\"age_band\", \"sex\", \"deprivation\", \"role\", \"mode\", \"need\"]\nevery = \"day\"\n")};
    EXPECT_EQ(counting.problems(),
              "output \"a\" measures \"contcats\", which is unknown\n"
              "output \"b\" cannot be split by \"role\"\n"
              "output \"c\" cannot be split by \"age_band\" twice\n"
              "output \"d\" asks for histogram of a stock\n"
              "output \"e\" is a histogram without whole edges that rise\n"
              "output \"f\" would have 11680000 values a replicate\n");
}

}  // namespace
}  // namespace segue::test
