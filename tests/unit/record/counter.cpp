#include "engine/record/counter.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "tests/unit/record/counting.hpp"

namespace segue::test {
namespace {

TEST(Counter, CountsARecordInThePeriodOfItsDay) {
    Counting counting{output("by_week", "births", "every = \"week\"\n") +
                      output("by_year", "births", "every = \"year\"\n")};
    counting.record(EventKind::birth, {2026, 4, 5});   // Sunday of the first, cut week
    counting.record(EventKind::birth, {2026, 4, 6});   // Monday
    counting.record(EventKind::birth, {2027, 3, 31});  // the last day
    counting.count();
    EXPECT_EQ(counting.values("births")[0], 2);
    EXPECT_EQ(counting.values("births")[11], 1);
    EXPECT_EQ(counting.values("by_week")[0], 1);
    EXPECT_EQ(counting.values("by_week")[1], 1);
    EXPECT_EQ(counting.values("by_week").back(), 1);
    EXPECT_EQ(counting.values("by_year"), std::vector<std::int64_t>{3});
}

TEST(Counter, PassesOverWhatHappenedInTheWarmUp) {
    Counting counting;
    counting.events.start(to_day({2026, 3, 1}));
    counting.record(EventKind::birth, {2026, 3, 31});
    counting.record(EventKind::birth, {2026, 4, 1});
    counting.count();
    EXPECT_EQ(counting.sum("births"), 1);
}

TEST(Counter, CountsAsAppointmentsOnlyThePairsOfNeedAndRoleThatAreSome) {
    Counting counting;
    for (const EventKind kind : {EventKind::contact, EventKind::missed}) {
        for (const std::uint8_t need : {std::uint8_t{0}, std::uint8_t{1}}) {
            for (const Role role : {Role::gp, Role::district_nurse}) {
                Event& event = counting.record(kind, {2026, 5, 4});
                event.need = need;
                event.role = static_cast<std::uint8_t>(role);
            }
        }
    }
    counting.count();
    EXPECT_EQ(counting.sum("contacts"), 4);
    EXPECT_EQ(counting.sum("appointments"), 2);
    EXPECT_EQ(counting.sum("missed_appointments"), 1);
}

/// A hundred contacts, no two of which are of the same people, roles, modes and needs.
void record_a_hundred(Counting& counting) {
    for (std::uint32_t i = 0; i < 100; ++i) {
        Event& event =
            counting.record(EventKind::contact, {2026, static_cast<int>(4 + i % 9), static_cast<int>(1 + i % 28)}, i);
        event.cell = static_cast<DemographicCell>(i * 37 % demographic_cells);
        event.segment = static_cast<std::uint8_t>(i % 2);
        event.practice = static_cast<std::uint8_t>(i / 2 % 2);
        event.frailty_residence = static_cast<std::uint8_t>(i % 16);
        event.role = static_cast<std::uint8_t>(i % count_of<Role>);
        event.need = static_cast<std::uint8_t>(i / 4 % 2);
        event.mode = static_cast<std::uint8_t>(i % count_of<Mode>);
        event.value = static_cast<std::int32_t>(50 + i);
        event.lead = static_cast<std::uint16_t>(i % 40);
        event.delay = static_cast<std::uint16_t>(i % 30);
    }
}

TEST(Counter, SplitsAddUpToTheUndividedCount) {
    const std::vector<std::string> dimensions{"age_band", "sex",       "deprivation", "segment", "practice",
                                              "frailty",  "residence", "role",        "need",    "mode"};
    std::string outputs = output("together", "contacts") +
                          output("all_at_once", "contacts", "by = [\"mode\", \"residence\", \"sex\", \"segment\"]\n");
    for (const std::string& dimension : dimensions)
        outputs += output("by_" + dimension, "contacts", "by = [\"" + dimension + "\"]\n");
    Counting counting{outputs};
    ASSERT_EQ(counting.problems(), "");
    record_a_hundred(counting);
    counting.count();
    for (const std::string& dimension : dimensions) {
        const auto& together = counting.values("together");
        const auto& split = counting.values("by_" + dimension);
        const auto members = static_cast<std::ptrdiff_t>(split.size() / together.size());
        for (std::size_t month = 0; month < together.size(); ++month) {
            const auto first = split.begin() + static_cast<std::ptrdiff_t>(month) * members;
            EXPECT_EQ(std::accumulate(first, first + members, std::int64_t{0}), together[month])
                << dimension << ", month " << month;
        }
    }
    EXPECT_EQ(counting.sum("all_at_once"), 100);
}

TEST(Counter, PutsARecordIntoTheCellOfItsMembers) {
    Counting counting{output("cells", "contacts", "by = [\"segment\", \"frailty\", \"mode\"]\nevery = \"year\"\n")};
    Event& event = counting.record(EventKind::contact, {2026, 5, 1});
    event.segment = 1;
    event.frailty_residence = static_cast<std::uint8_t>(index(Frailty::moderate) * 4 + index(Residence::care_home));
    event.mode = static_cast<std::uint8_t>(Mode::telephone);
    counting.count();
    const std::size_t place =
        (1 * count_of<Frailty> + index(Frailty::moderate)) * count_of<Mode> + index(Mode::telephone);
    EXPECT_EQ(counting.values("cells").at(place), 1);
    EXPECT_EQ(counting.sum("cells"), 1);
}

TEST(Counter, SumsWhatAMeasureMeasures) {
    Counting counting;
    record_a_hundred(counting);
    counting.record(EventKind::missed, {2026, 6, 1}).value = 100;
    counting.count();
    EXPECT_EQ(counting.sum("minutes_used"), 100 * 50 + 99 * 100 / 2 + 100);  // tenths of a minute, missed contacts too
    EXPECT_EQ(counting.sum("contacts"), 100);
}

TEST(Counter, BinsOfAHistogramHoldTheirLowerEdge) {
    Counting counting{
        output("delays", "delay_days", "by = []\nstatistic = \"histogram\"\nedges = [1, 2, 8]\nevery = \"year\"\n")};
    for (const int days : {0, 1, 2, 7, 8, 400})
        counting.record(EventKind::contact, {2026, 4, 2}).delay = static_cast<std::uint16_t>(days);
    counting.count();
    EXPECT_EQ(counting.values("delays"),
              (std::vector<std::int64_t>{1, 2, 2}));  // what lies below the first edge is in no bin
}

TEST(Counter, AWiderScopeHoldsTheNarrower) {
    Counting counting;
    const auto spend = [&](Setting setting, std::int32_t pence) {
        Event& event = counting.record(EventKind::cost, {2026, 4, 1});
        event.what = static_cast<std::uint8_t>(setting);
        event.value = pence;
    };
    spend(Setting::general_practice, 1);
    spend(Setting::community_nursing, 20);
    spend(Setting::inpatient_ward, 300);
    spend(Setting::social_care, 4000);
    counting.count();
    const auto& april = counting.values("cost_gbp");
    EXPECT_EQ(std::vector<std::int64_t>(april.begin(), april.begin() + 4),
              (std::vector<std::int64_t>{1, 21, 321, 4321}));
    EXPECT_EQ(counting.sum("cost_by_setting_gbp"), 4321);
}

TEST(Counter, ShareOfTopIsThatOfThosePeopleWhoHadMost) {
    Counting counting{output("top", "contacts", "statistic = \"share_of_top\"\ntop_share = 0.1\nevery = \"year\"\n")};
    // Twenty people: two with 30 contacts each, eighteen with 5. The top tenth has 60 of 150.
    for (std::uint32_t row = 0; row < 20; ++row) {
        for (int i = 0; i < (row < 2 ? 30 : 5); ++i) counting.record(EventKind::contact, {2026, 5, 1}, row);
    }
    counting.count();
    counting.counter().close_shares(to_day({2027, 3, 30}));  // not the year's end
    EXPECT_EQ(counting.values("top")[0], 0);
    counting.counter().close_shares(to_day({2027, 3, 31}));
    EXPECT_EQ(counting.values("top")[0], 400'000'000);
}

TEST(Counter, ShareOfTopTellsWhoHasGoneFromWhoCameAfterIntoTheSameRow) {
    Counting counting{output("top", "contacts", "statistic = \"share_of_top\"\ntop_share = 0.34\nevery = \"year\"\n")};
    for (int i = 0; i < 4; ++i) counting.record(EventKind::contact, {2026, 5, 1}, 7);
    counting.record(EventKind::leave, {2026, 5, 2}, 7);
    for (int i = 0; i < 4; ++i) counting.record(EventKind::contact, {2026, 6, 1}, 7);
    for (int i = 0; i < 2; ++i) counting.record(EventKind::contact, {2026, 6, 1}, 8);
    counting.count();
    counting.counter().close_shares(to_day({2027, 3, 31}));
    EXPECT_EQ(counting.values("top")[0], 800'000'000);  // three people; 34% of them, rounded up, are two, with 8 of 10
}

TEST(Counter, ShareOfTopBeginsAgainWithEachPeriod) {
    Counting counting{output("top", "contacts", "statistic = \"share_of_top\"\ntop_share = 0.5\nevery = \"month\"\n")};
    for (int i = 0; i < 3; ++i) counting.record(EventKind::contact, {2026, 4, 1}, 0);
    counting.record(EventKind::contact, {2026, 4, 1}, 1);
    counting.count();
    counting.counter().close_shares(to_day({2026, 4, 30}));
    counting.record(EventKind::contact, {2026, 5, 1}, 0);
    counting.record(EventKind::contact, {2026, 5, 1}, 1);
    counting.count();
    counting.counter().close_shares(to_day({2026, 5, 31}));
    EXPECT_EQ(counting.values("top")[0], 750'000'000);
    EXPECT_EQ(counting.values("top")[1], 500'000'000);
}

TEST(Counter, StocksAreAsAtTheCloseOfThePeriodsLastDay) {
    Counting counting{output("daily", "population", "every = \"day\"\n")};
    People people;
    Person person;
    person.birth = to_day({1980, 1, 1});
    person.segment = 1;
    person.conditions.add(Condition::asthma);
    person.conditions.add(Condition::copd);
    person.utility_micro = 800'000;
    person.passing = 1U << index(Passing::pregnant);
    for (std::uint64_t key = 1; key <= 3; ++key) {
        person.key = PersonKey{key};
        people.enter(person, to_day({2026, 4, 1}));
    }
    Holdings holdings{people, {}, {}, 5};
    holdings.waiting[Role::gp] = 12;
    holdings.wte_thousandths[Role::gp] = 1500;
    EXPECT_TRUE(counting.counter().closes_a_stock(to_day({2026, 4, 29})));  // of the daily one
    counting.counter().close_day(to_day({2026, 4, 29}), holdings);
    EXPECT_EQ(counting.sum("waiting"), 0);
    people.leave(PersonRow{1});
    counting.counter().close_day(to_day({2026, 4, 30}), holdings);
    EXPECT_EQ(counting.values("daily")[28], 3);
    EXPECT_EQ(counting.values("daily")[29], 2);
    EXPECT_EQ(counting.sum("population"), 2);
    EXPECT_EQ(counting.values("on_register")[index(Condition::copd)], 2);
    EXPECT_EQ(counting.sum("on_register"), 4);
    EXPECT_EQ(counting.values("in_passing_state")[index(Passing::pregnant)], 2);
    EXPECT_EQ(counting.sum("in_passing_state"), 2);
    EXPECT_EQ(counting.sum("utility"), 1'600'000);
    EXPECT_EQ(counting.values("waiting")[index(Role::gp)], 12);
    EXPECT_EQ(counting.values("wte_in_post")[index(Role::gp)], 1500);
    EXPECT_EQ(counting.values("in_a_bed")[0], 5);
}

}  // namespace
}  // namespace segue::test
