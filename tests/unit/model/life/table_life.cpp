#include "engine/model/life/table_life.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/life_alone.hpp"
#include "tests/support/population_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace segue::test {
namespace {

const Day start = to_day({2026, 1, 1});

/// Two segments of adults that nobody moves between or dies in; so many come of age, join and leave each year.
std::unique_ptr<const life::Laws> still_life(const std::string& numbers,
                                             const std::string& moves = "18-110,low,low,1\n18-110,high,high,1\n") {
    return laws_of(
        "[population]\nsize = 2_000\nsegment_by = \"table\"\n[[segment]]\nname = \"low\"\n[[segment]]\nname = "
        "\"high\"\n",
        {{"segment_start", "age_years,segment,people\n18-37,low,1500\n38-57,low,250\n38-57,high,250\n"},
         {"segment_moves", "age_band_years,from_segment,to_segment,probability\n" + moves},
         {"segment_event_rates",
          "event,age_years,segment,rate_per_person\nentering,18,low,1\njoining,18-37,low,1\njoining,38-57,high,3\n"
          "leaving,18-37,low,0.1\nleaving,38-57,high,0.4\n"},
         {"segment_event_numbers", "year,event,people\n" + numbers}});
}

std::vector<Event> of_kind(LifeAlone& life, EventKind kind) {
    std::vector<Event> found;
    for (const Event& event : life.state().events.events()) {
        if (event.kind == kind) found.push_back(event);
    }
    return found;
}

TEST(TableLife, HasAsManyEventsInACalendarYearAsTheTableSays) {
    const auto laws = still_life(
        "2026,entering,20\n2026,joining,60\n2026,leaving,100\n2027,entering,5\n2027,joining,0\n2027,leaving,40\n");
    LifeAlone life{*laws, 2000, start};
    life.until(to_day({2027, 1, 1}));
    EXPECT_EQ(of_kind(life, EventKind::join).size(), 80U);
    const std::size_t first_year = of_kind(life, EventKind::leave).size();
    EXPECT_LE(first_year, 100U);
    EXPECT_GE(first_year, 97U);  // fewer where somebody died before the day on which they would have left
    life.until(to_day({2028, 1, 1}));
    EXPECT_EQ(of_kind(life, EventKind::join).size(), 85U);
    EXPECT_GE(of_kind(life, EventKind::leave).size(), first_year + 38);
}

TEST(TableLife, HasAFractionOfAnEventInThatShareOfRuns) {
    int entered = 0;
    const auto laws = still_life("2026,entering,3\n");  // a list of a tenth of the table's people
    for (std::uint32_t replicate = 0; replicate < 100; ++replicate) {
        LifeAlone life{*laws, 200, start, Twin{1, replicate}};
        life.until(to_day({2026, 12, 31}) + 1);
        entered += static_cast<int>(of_kind(life, EventKind::join).size());
    }
    EXPECT_NEAR(entered, 30, deviate_limit() * std::sqrt(100 * 0.3 * 0.7));  // false alarms 1e-6
}

TEST(TableLife, GivesASmallerListItsShareOfTheEvents) {
    const auto laws = still_life("2026,entering,40\n2026,joining,60\n");
    LifeAlone life{*laws, 500, start};  // of the table's 2,000
    life.until(to_day({2027, 1, 1}));
    EXPECT_EQ(of_kind(life, EventKind::join).size(), 25U);
}

TEST(TableLife, SpreadsThoseWhoLeaveByRateTimesPeople) {
    // About 1,500 at 0.1 and 250 at 0.4: two in five of those who leave are of the second. False alarms 1e-6 at most, since a
    // fixed number varies less than a binomial one.
    const auto laws = still_life("2026,leaving,200\n");
    LifeAlone life{*laws, 2000, start};
    double high_people = 0;
    double low_people = 0;
    for (std::uint32_t row = 0; row < 2000; ++row) {
        const int age = age_years(Day{life.people().birth_day[row]}, start);
        high_people += life.people().segment[row] == 1 ? 1 : 0;
        low_people += age < 38 ? 1 : 0;
    }
    life.until(to_day({2027, 1, 1}));
    double high = 0;
    const auto left = of_kind(life, EventKind::leave);
    for (const Event& event : left) high += event.segment;
    const double share = 0.4 * high_people / (0.4 * high_people + 0.1 * low_people);
    EXPECT_NEAR(high / static_cast<double>(left.size()), share,
                deviate_limit() * std::sqrt(share * (1 - share) / static_cast<double>(left.size())));
}

TEST(TableLife, LetsNoMoreLeaveThanThereAre) {
    const auto laws = still_life("2026,leaving,5000\n");
    LifeAlone life{*laws, 2000, start};
    life.until(to_day({2027, 1, 1}));
    EXPECT_LE(of_kind(life, EventKind::leave).size(), 1800U);
    EXPECT_GT(life.people().registered(), 100U);  // those whom the rates do not know: 38 and over in the first segment
}

TEST(TableLife, PeopleComeOfAgeOnTheirBirthday) {
    const auto laws = still_life("2026,entering,50\n");
    LifeAlone life{*laws, 2000, start};
    life.until(to_day({2027, 1, 1}));
    for (const Event& event : of_kind(life, EventKind::join)) {
        const Day day = start + event.day;
        EXPECT_EQ(birthday(Day{life.people().birth_day[event.row]}, 18), day);
        EXPECT_EQ(event.segment, 0);
    }
}

TEST(TableLife, JoinersAreOfTheEventsAgesWhenTheNextYearOpens) {
    const auto laws = still_life("2026,joining,200\n");
    LifeAlone life{*laws, 2000, start};
    life.until(to_day({2027, 1, 1}));
    for (const Event& event : of_kind(life, EventKind::join)) {
        const int age = age_years(Day{life.people().birth_day[event.row]}, to_day({2027, 1, 1}));
        EXPECT_GE(age, 18);
        EXPECT_LE(age, 57);
        EXPECT_EQ(event.segment, age < 38 ? 0 : 1);
    }
}

TEST(TableLife, DrawsAYearsMoveFromTheRowOfTheAgeWhenTheYearOpens) {
    // Everybody under forty stays in the first segment; whoever is forty or older on 1 January moves to the second.
    const auto laws =
        still_life("2026,entering,0\n", "18-39,low,low,1\n18-39,high,high,1\n40-110,low,high,1\n40-110,high,high,1\n");
    LifeAlone life{*laws, 2000, start};
    life.until(to_day({2029, 1, 1}));
    for (const Event& event : of_kind(life, EventKind::segment_move)) {
        const Day opened = to_day({to_date(start + event.day).year, 1, 1});
        if (life.people().present[event.row] == 0) continue;
        EXPECT_GE(age_years(Day{life.people().birth_day[event.row]}, opened), 40);
    }
    EXPECT_GT(of_kind(life, EventKind::segment_move).size(), 100U);
}

TEST(TableLife, SpreadsMovesEvenlyOverTheYear) {
    // One in two moves on from the first segment: by quarters of three years, chi-squared, false alarms 1e-6.
    const auto laws = still_life(
        "2026,entering,0\n", "18-110,low,low,0.5\n18-110,low,high,0.5\n18-110,high,low,0.5\n18-110,high,high,0.5\n");
    LifeAlone life{*laws, 2000, start};
    life.until(to_day({2029, 1, 1}));
    std::vector<double> quarters(12, 0);
    for (const Event& event : of_kind(life, EventKind::segment_move))
        ++quarters.at(static_cast<std::size_t>(event.day * 12 / (to_day({2029, 1, 1}) - start)));
    double all_moves = 0;
    for (const double moves : quarters) all_moves += moves;
    EXPECT_LT(chi_squared(quarters, std::vector<double>(12, all_moves / 12)), chi_squared_limit(11));
}

}  // namespace
}  // namespace segue::test
