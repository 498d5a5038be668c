#include "engine/results/list_trend.hpp"

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"

namespace segue {
namespace {

using Weeks = std::vector<double>;

constexpr std::size_t a_year = 52;

/// A list that stands still around 1,000: this week's chance is `autocorrelation` times last week's, and something new.
Weeks standing_still(std::mt19937_64& luck, std::size_t weeks, double autocorrelation) {
    std::normal_distribution<double> normal{0, 10};
    Weeks list;
    double away = normal(luck) / std::sqrt(1 - autocorrelation * autocorrelation);
    for (std::size_t week = 0; week < weeks; ++week) {
        list.push_back(1'000 + away);
        away = autocorrelation * away + normal(luck);
    }
    return list;
}

/// Weekly means of one place a day for `places` of the people who arrive: Lindley's recursion from `waiting` on.
Weeks book(std::mt19937_64& luck, std::size_t weeks, double arrivals_a_day, int places, int waiting) {
    std::poisson_distribution<int> arrivals{arrivals_a_day};
    Weeks list;
    for (std::size_t week = 0; week < weeks; ++week) {
        double sum = 0;
        for (int day = 0; day < 7; ++day) {
            waiting = std::max(0, waiting + arrivals(luck) - places);
            sum += waiting;
        }
        list.push_back(sum / 7);
    }
    return list;
}

/// At most so many of `tries` come about where each does with this chance, but for one in a million.
double most_of(int tries, double chance) {
    return tries * chance + test::deviate_limit() * std::sqrt(tries * chance * (1 - chance));
}

TEST(Slope, OfAStraightLineIsTheLine) {
    Weeks line;
    for (int week = 0; week < 60; ++week) line.push_back(100 + 2.5 * week);
    const auto slope = slope_of(line, 0.05);
    ASSERT_TRUE(slope);
    EXPECT_NEAR(slope->value, 2.5, 1e-6);
    EXPECT_NEAR(slope->least, 2.5, 1e-3);
    EXPECT_NEAR(slope->most, 2.5, 1e-3);
    EXPECT_EQ(trend_of(line)->trend, Trend::growing);
}

TEST(Slope, OfAListThatNeverChangesIsNothing) {
    const auto trend = trend_of(Weeks(a_year, 0.0));
    ASSERT_TRUE(trend);
    EXPECT_EQ(trend->trend, Trend::stable);
    EXPECT_EQ(trend->change.value, 0);
}

TEST(Slope, NeedsEightWeeks) {
    EXPECT_FALSE(slope_of(Weeks{1, 2, 1, 2, 1, 2, 1}, 0.05));
    EXPECT_TRUE(slope_of(Weeks{1, 2, 1, 2, 1, 2, 1, 2}, 0.05));
}

TEST(Slope, TakesASeasonForNoTrend) {
    Weeks season;
    for (int week = 0; week < 55; ++week) {
        const double angle = 2 * std::numbers::pi * week * 7 / 365.25;
        season.push_back(1'000 + 200 * std::sin(angle) + (week % 2 == 0 ? 3 : -3));
    }
    EXPECT_EQ(trend_of(season)->trend, Trend::stable);
}

// The stated rate, whatever the autocorrelation. Our own limit lets one test in a million fail by chance.
TEST(Slope, OfAListThatStandsStillIsSaidNotToBeNoughtAtTheStatedRate) {
    constexpr int tries = 200;
    constexpr double error = 0.1;
    for (const double autocorrelation : {0.0, 0.5, 0.8, 0.95}) {
        std::mt19937_64 luck{7};
        int wrong = 0;
        for (int i = 0; i < tries; ++i) {
            const auto slope = slope_of(standing_still(luck, a_year, autocorrelation), error);
            if (slope->least > 0 || slope->most < 0) ++wrong;
        }
        EXPECT_LE(wrong, most_of(tries, error)) << autocorrelation;
    }
}

TEST(Trend, OfABookWithRoomIsStable) {
    constexpr int tries = 300;
    std::mt19937_64 luck{11};
    int moves = 0;
    for (int i = 0; i < tries; ++i) {
        const Weeks settled = book(luck, 30 + a_year, 9, 10, 5);
        if (trend_of(std::span{settled}.last(a_year))->trend != Trend::stable) ++moves;
    }
    EXPECT_LE(moves, most_of(tries, list_error_rate / 2));
}

// Beyond what it can serve a book grows by arrivals less places, a random walk with Poisson steps.
TEST(Trend, OfAnOverloadedBookIsArrivalsLessPlaces) {
    constexpr int tries = 300;
    constexpr double a_week = 7 * (10.5 - 10);
    std::mt19937_64 luck{13};
    int missed = 0;
    int growing = 0;
    test::Moments slopes;
    for (int i = 0; i < tries; ++i) {
        const Weeks list = book(luck, 2 * a_year, 10.5, 10, 100);
        const auto trend = trend_of(list);
        slopes.add(trend->change.value);
        if (trend->change.least > a_week || trend->change.most < a_week) ++missed;
        if (trend->trend == Trend::growing) ++growing;
    }
    EXPECT_NEAR(slopes.mean(), a_week, test::deviate_limit() * slopes.standard_error());
    EXPECT_LE(missed, most_of(tries, list_error_rate / 2));
    EXPECT_GT(growing, tries * 9 / 10);
}

TEST(Trend, OfABacklogBeingWorkedOffShrinks) {
    std::mt19937_64 luck{17};
    const auto trend = trend_of(book(luck, a_year, 9, 10, 2'000));
    EXPECT_EQ(trend->trend, Trend::shrinking);
    EXPECT_NEAR(trend->change.value, -7, 2);
}

TEST(Trend, WithinOnePercentAYearIsStable) {
    Weeks slow;
    for (int week = 0; week < 52; ++week) slow.push_back(10'000 + 1.5 * week);
    EXPECT_EQ(trend_of(slow)->trend, Trend::stable);
    for (int week = 0; week < 52; ++week) slow[static_cast<std::size_t>(week)] += week;
    EXPECT_EQ(trend_of(slow)->trend, Trend::growing);
}

TEST(Trend, IsSaidWithItsInterval) {
    EXPECT_EQ(trend_text(ListTrend{Trend::growing, 100, {12.34, 8.1, 16.5}}), "growing by 12.3 a week (8.1 to 16.5)");
    EXPECT_EQ(trend_text(ListTrend{Trend::shrinking, 100, {-2, -3, -1}}), "shrinking by 2.0 a week (1.0 to 3.0)");
    EXPECT_EQ(trend_text(ListTrend{Trend::stable, 100, {0.1, -3, 3}}), "stable");
    EXPECT_EQ(trend_text(std::nullopt), "not known");
}

/// Ten whole weeks and a cut one before them; two neighbourhoods; a replicate that grows by 2 a week, one by 4, and one
/// that is missing.
Results eleven_weeks() {
    Axis weeks{"week", "Week", "days since 1970-01-01", {}, {}, {}, {}};
    for (std::int64_t week = 0; week < 11; ++week) {
        weeks.numbers.push_back(week == 0 ? 4 : 7 * week);
        weeks.bounds.insert(weeks.bounds.end(), {weeks.numbers.back(), 7 * (week + 1)});
    }
    Results results;
    results.axes = {{"replicate", "Replicate", "1", {}, {0, 1, 2}, {}, {}},
                    {"neighbourhood", "Neighbourhood", "1", {"north", "south"}, {}, {}, {}},
                    std::move(weeks),
                    {"waiting_list", "List", "1", {"books", "hospital"}, {}, {}, {}}};
    std::vector<std::int64_t> days;
    for (const std::int64_t a_week : {1, 2, 900}) {
        for (int place = 0; place < 2; ++place) {
            for (std::int64_t week = 0; week < 11; ++week)
                days.insert(days.end(), {7 * (50 + a_week * week), week == 0 ? 0 : 7 * 500});
        }
    }
    results.variables = {{std::string{waiting_days_name},
                          {"replicate", "neighbourhood", "week", "waiting_list"},
                          "d",
                          "days",
                          {},
                          std::move(days)},
                         {"replicate_status", {"replicate"}, "1", "status", {}, std::vector<std::int32_t>{0, 0, 1}}};
    return results;
}

TEST(ListTrends, SumNeighbourhoodsAndAverageCompleteReplicatesOverWholeWeeks) {
    const ListTrends trends = list_trends(eleven_weeks());
    EXPECT_EQ(trends[WaitingList::books]->trend, Trend::growing);
    EXPECT_NEAR(trends[WaitingList::books]->change.value, 3, 1e-6);
    EXPECT_NEAR(trends[WaitingList::books]->waiting, 100 + 3 * 9.5, 1e-9);
    EXPECT_EQ(trends[WaitingList::hospital]->trend, Trend::stable);
    EXPECT_EQ(trends[WaitingList::hospital]->waiting, 1'000);
}

TEST(ListTrends, OfResultsWithoutWeeksAreNone) { EXPECT_FALSE(list_trends(Results{})[WaitingList::books]); }

}  // namespace
}  // namespace segue
