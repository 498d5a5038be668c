#include "engine/model/rota.hpp"

#include <numeric>

#include <gtest/gtest.h>

namespace segue::test {
namespace {

MinuteTenths on(const std::vector<Desk>& desks, Weekday day) {
    MinuteTenths sum = 0;
    for (const Desk& desk : desks) sum += desk.minutes[index(day)];
    return sum;
}

int days_at_work(const Desk& desk) {
    int days = 0;
    for (const MinuteTenths minutes : desk.minutes) days += minutes > 0 ? 1 : 0;
    return days;
}

const std::vector<double> weekdays{1, 1, 1, 1, 1, 0, 0};

TEST(Rota, GivesEveryWeekdayTheMinutesOfTheWholeTeamHoweverItsPostsAreCut) {
    const std::vector<double> with_saturday{1, 1, 1, 1, 0.5, 0.2, 0};
    for (const double wte : {0.4, 1.0, 1.1, 2.3, 3.53, 5.0, 17.64}) {
        for (const double wte_per_post : {0.3, 0.65, 0.75, 1.0}) {
            const auto full_day = static_cast<MinuteTenths>(wte * 2325);
            const std::vector<Desk> desks = cut_into_posts(wte, wte_per_post, full_day, with_saturday);
            for (const Weekday day : all<Weekday>()) {
                const auto whole = static_cast<MinuteTenths>(static_cast<double>(full_day) * with_saturday[index(day)]);
                EXPECT_EQ(on(desks, day), whole) << wte << " WTE in posts of " << wte_per_post;
            }
        }
    }
}

TEST(Rota, CutsThreeWholeTimeEquivalentsIntoFourPostsThatWorkThreeDaysAndThreeQuarters) {
    const std::vector<Desk> desks = cut_into_posts(3, 0.75, 30'000, weekdays);
    ASSERT_EQ(desks.size(), 4U);
    for (const Desk& desk : desks) {
        EXPECT_DOUBLE_EQ(desk.wte, 0.75);
        EXPECT_LE(days_at_work(desk), 5);
        EXPECT_GE(days_at_work(desk), 4);
        // Three and three quarters of five days at 10,000 a day, and less than one a day lost to rounding.
        EXPECT_NEAR(static_cast<double>(std::accumulate(desk.minutes.begin(), desk.minutes.end(), MinuteTenths{0})),
                    37'500, 5);
    }
    EXPECT_EQ(desks[0].minutes[index(Weekday::saturday)], 0);
}

TEST(Rota, LetsLessThanOneWholeTimeEquivalentWorkEveryDay) {
    const std::vector<Desk> desks = cut_into_posts(0.6, 0.75, 6000, weekdays);
    ASSERT_EQ(desks.size(), 1U);
    EXPECT_EQ(desks[0].minutes[index(Weekday::friday)], 6000);
}

}  // namespace
}  // namespace segue::test
