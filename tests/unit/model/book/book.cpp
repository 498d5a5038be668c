#include "engine/model/book/book.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "engine/rng/quantiles.hpp"
#include "tests/support/desk.hpp"

namespace segue::test {
namespace {

/// Poisson arrivals, a day's number from a keyed word.
int arrivals(std::uint32_t seed, int day, double mean) {
    return poisson_count(mean, philox(Twin{seed, 7}, 1, 0, static_cast<std::uint32_t>(day))[0]);
}

TEST(Book, FollowsTheExactRecursionOfAQueueWithFixedMinutes) {
    // Lindley: waiting tonight = max(0, waiting last night + arrivals - places), whoever they are.
    Desk desk{12};
    NeighbourhoodState state = desk.state(1000);
    book::Book book{desk.kinds(), desk.terms()};
    std::int64_t expected_waiting = 0;
    std::uint32_t next = 0;
    for (int day = 0; day < 400; ++day) {
        const int new_people = arrivals(3, day, 11.8);
        for (int i = 0; i < new_people; ++i) Desk::ask(state, next++ % 1000);
        Desk::work(state, book);
        expected_waiting = std::max<std::int64_t>(0, expected_waiting + new_people - 12);
        ASSERT_EQ(book.waiting(Role::gp), expected_waiting) << "day " << day;
    }
}

TEST(Book, HasTheMeanLineOfQueueingTheory) {
    // One place a day and Poisson(r) arrivals: in the long run r^2 / (2 (1 - r)) people wait overnight
    // (Lindley's recursion with batches; Bruneel and Kim 1993, ch. 1). For r = 0.8 that is 1.6. Over 200,000 days the
    // standard error, with the queue's correlation of about 1 / (1 - r)^2 days, is 0.03: 0.15 is five of them, so the
    // false-alarm rate is below 1e-6.
    Desk desk{1};
    NeighbourhoodState state = desk.state(1000);
    book::Book book{desk.kinds(), desk.terms()};
    constexpr int days = 200'000;
    double waiting = 0;
    std::uint32_t next = 0;
    for (int day = 0; day < days; ++day) {
        if (day % 1000 == 0) state.events.start(state.today.day);
        const int new_people = arrivals(5, day, 0.8);
        for (int i = 0; i < new_people; ++i) Desk::ask(state, next++ % 1000);
        Desk::work(state, book);
        waiting += static_cast<double>(book.waiting());
    }
    EXPECT_NEAR(waiting / days, 1.6, 0.15);
}

TEST(Book, ObeysLittlesLawInWholePeople) {
    Desk desk{10, 20};
    NeighbourhoodState state = desk.state(500);
    book::Book book{desk.kinds(), desk.terms()};
    std::uint32_t next = 0;
    for (int day = 0; day < 300; ++day) {
        for (int i = arrivals(9, day, 10.5); i > 0; --i) Desk::ask(state, next++ % 500);
        Desk::work(state, book);
    }
    const std::size_t line = desk.terms().lines.of(0, Role::gp);
    const book::LineTotals& totals = book.totals()[line];
    EXPECT_GT(totals.waiting_at_day_ends, 0);
    EXPECT_EQ(totals.waiting_at_day_ends,
              totals.days_waited_by_left + book.days_so_far(state, line, state.today.day - 1));
    EXPECT_EQ(totals.joined, totals.left + book.waiting());
}

TEST(Book, OrdersEqualsByAKeyedDrawAndNeverByWhoTheyAre) {
    // Everybody asks on the same morning; half are served. The mean row of those served is that of everybody: 499.5,
    // with a standard error of 288.7 sqrt(1 / 500 - 1 / 1000) = 9.1 in each of 20 mornings, so 2.04 over all of them.
    // Five standard errors: false alarms below 1e-6.
    double sum = 0;
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        Desk desk{500};
        NeighbourhoodState state = desk.state(1000, seed);
        book::Book book{desk.kinds(), desk.terms()};
        for (std::uint32_t row = 0; row < 1000; ++row) Desk::ask(state, row);
        const auto served = Desk::work(state, book);
        ASSERT_EQ(served.size(), 500U);
        sum += std::accumulate(served.begin(), served.end(), 0.0) / 500;
    }
    EXPECT_NEAR(sum / 20, 499.5, 10.2);
}

TEST(Book, ServesTheSamePeopleWhateverTheOrderOfAsking) {
    Desk desk{30};
    const auto served_when = [&](bool reversed) {
        NeighbourhoodState state = desk.state(100);
        book::Book book{desk.kinds(), desk.terms()};
        for (std::uint32_t i = 0; i < 100; ++i) Desk::ask(state, reversed ? 99 - i : i);
        auto served = Desk::work(state, book);
        std::sort(served.begin(), served.end());
        return served;
    };
    EXPECT_EQ(served_when(false), served_when(true));
}

TEST(Book, SeesTheLongestWaitFirst) {
    Desk desk{5};
    NeighbourhoodState state = desk.state(20);
    book::Book book{desk.kinds(), desk.terms()};
    for (std::uint32_t row = 0; row < 10; ++row) Desk::ask(state, row);
    Desk::work(state, book);
    for (std::uint32_t row = 10; row < 20; ++row) Desk::ask(state, row);
    for (const std::uint32_t row : Desk::work(state, book)) EXPECT_LT(row, 10U);
}

TEST(Book, KeepsTheCarveOutForUrgentRequestsAndGivesTheRestOfItAwayAtTheDaysEnd) {
    Desk desk{10};
    desk.terms().book.urgent_carve_out_share = 0.4;
    NeighbourhoodState state = desk.state(100);
    book::Book book{desk.kinds(), desk.terms()};
    for (std::uint32_t row = 0; row < 50; ++row) Desk::ask(state, row);
    for (std::uint32_t row = 50; row < 60; ++row) Desk::ask(state, row, Priority::urgent);
    const auto first = Desk::work(state, book);
    EXPECT_EQ(std::count_if(first.begin(), first.end(), [](std::uint32_t row) { return row >= 50; }), 4);
    EXPECT_EQ(first.size(), 10U);
    Desk::work(state, book);
    const auto third = Desk::work(state, book);  // two urgent are left: the carve-out's other half goes to routine
    EXPECT_EQ(std::count_if(third.begin(), third.end(), [](std::uint32_t row) { return row >= 50; }), 2);
    EXPECT_EQ(third.size(), 10U);
}

TEST(Book, WorksOvertimeForUrgentRequestsOnlyWhenCapacityIsElastic) {
    for (const Capacity capacity : {Capacity::hard, Capacity::elastic}) {
        Desk desk{10};
        desk.terms().book.capacity = capacity;
        desk.terms().book.overtime_share = 0.2;
        NeighbourhoodState state = desk.state(100);
        book::Book book{desk.kinds(), desk.terms()};
        for (std::uint32_t row = 0; row < 50; ++row)
            Desk::ask(state, row, row < 10 ? Priority::booked : Priority::urgent);
        const auto served = Desk::work(state, book);
        EXPECT_EQ(served.size(), capacity == Capacity::hard ? 10U : 12U);
        EXPECT_GE(book.least_minutes_left(), 0);
        EXPECT_EQ(book.overtime()[Role::gp], capacity == Capacity::hard ? 0 : 200);
    }
}

TEST(Book, LosesThoseWhosePatienceEndsOnTheDayThatItEnds) {
    // Nobody is ever served; patience is exponential with a mean of 10 days, in whole days: the share still in line
    // after n nights is exp(-(n - 1) / 10). Of 20,000 people 5 standard errors are 0.018: false alarms below 1e-6.
    Desk desk{0, 10};
    NeighbourhoodState state = desk.state(20'000);
    book::Book book{desk.kinds(), desk.terms()};
    for (std::uint32_t row = 0; row < 20'000; ++row) Desk::ask(state, row);
    for (int night = 0; night <= 30; ++night) {
        Desk::work(state, book);
        const double left = std::exp(-std::max(0, night) / 10.0);
        EXPECT_NEAR(static_cast<double>(book.waiting()) / 20'000, left, 0.018) << "night " << night;
    }
}

TEST(Book, ForgetsWhoLeftTheList) {
    Desk desk{0};
    NeighbourhoodState state = desk.state(2);
    book::Book book{desk.kinds(), desk.terms()};
    Desk::ask(state, 0);
    Desk::ask(state, 1);
    Desk::work(state, book);
    book.forget(state, 0);
    EXPECT_EQ(book.waiting(), 1);
    EXPECT_EQ(state.tally.needs_unmet, 1);
    EXPECT_EQ(state.requests.first_of(0), no_request);
}

TEST(Book, AsksAgainForThoseWhoseLineTheNewTermsClose) {
    Desk desk{0};
    NeighbourhoodState state = desk.state(3);
    book::Book book{desk.kinds(), desk.terms()};
    for (std::uint32_t row = 0; row < 3; ++row) Desk::ask(state, row);
    Desk::work(state, book);
    book::Terms none = desk.terms();
    none.seat({});
    book.change_terms(none);
    book.move_people(state);
    EXPECT_EQ(book.waiting(), 0);
    ASSERT_EQ(state.today.asking.size(), 3U);
    EXPECT_EQ(state.requests[state.today.asking[0]].origin, RequestOrigin::moved);
}

TEST(Book, HasNoOvertimeOnADayThatItIsClosed) {
    Desk desk{10};
    desk.terms().book.capacity = Capacity::elastic;
    desk.terms().book.overtime_share = 0.2;
    desk.terms().book.weekday_share = {1, 1, 1, 0, 0, 0, 0};
    NeighbourhoodState state = desk.state(50);  // a Wednesday
    book::Book book{desk.kinds(), desk.terms()};
    for (std::uint32_t row = 0; row < 50; ++row) Desk::ask(state, row, Priority::urgent);
    Desk::work(state, book);
    EXPECT_EQ(book.overtime()[Role::gp], 200);
    Desk::work(state, book);
    EXPECT_EQ(book.overtime()[Role::gp], 0);
}

TEST(Book, MovesNobodyWhoHasGoneMeanwhile) {
    Desk desk{0};
    NeighbourhoodState state = desk.state(2);
    book::Book book{desk.kinds(), desk.terms()};
    Desk::ask(state, 0);
    Desk::ask(state, 1);
    Desk::work(state, book);
    book::Terms none = desk.terms();
    none.seat({});
    book.change_terms(none);
    book.forget(state, 0);  // dies on the day of the change
    book.move_people(state);
    ASSERT_EQ(state.today.asking.size(), 1U);
    EXPECT_EQ(state.requests[state.today.asking[0]].row, 1U);
}

TEST(Book, IsClosedAtWeekendsAndOnBankHolidays) {
    Desk desk{10};
    desk.terms().book.weekday_share = {1, 1, 1, 1, 0.5, 0, 0};
    desk.terms().desks[0].minutes = {1000, 1000, 1000, 1000, 500, 0, 0};
    desk.terms().book.open_on_bank_holidays = false;
    const std::uint16_t line = desk.terms().lines.of(0, Role::gp);
    EXPECT_EQ(desk.terms().minutes(line, to_day({2026, 4, 2})), 1000);  // Thursday
    EXPECT_EQ(desk.terms().minutes(line, to_day({2026, 4, 3})), 0);     // Good Friday
    EXPECT_EQ(desk.terms().minutes(line, to_day({2026, 4, 10})), 500);  // a Friday
    EXPECT_EQ(desk.terms().minutes(line, to_day({2026, 4, 11})), 0);
}

/// Rows of today's contacts by who saw them.
std::vector<Seen> seen_by(NeighbourhoodState& state, book::Book& book) {
    book.leave_lines(state);
    book.join(state);
    book.open_day(state);
    book.serve(state);
    std::vector<Seen> seen;
    for (const Contact& contact : state.today.contacts) {
        seen.push_back(contact.seen);
        state.met(contact.slot);
    }
    state.today.contacts.clear();
    return seen;
}

TEST(Book, SharesPeopleOverCliniciansByTheirWholeTimeEquivalent) {
    // A quarter of the WTE should have a quarter of 20,000 people; five standard errors are 0.0153.
    Desk desk{0};
    desk.staff({0, 0});
    desk.terms().desks[0].wte = 0.25;
    desk.terms().desks[1].wte = 0.75;
    NeighbourhoodState state = desk.state(20'000);
    book::Book book{desk.kinds(), desk.terms()};
    for (std::uint32_t row = 0; row < 20'000; ++row) Desk::ask(state, row);
    Desk::work(state, book);
    int first = 0;
    for (std::uint32_t row = 0; row < 20'000; ++row) first += book.usual_of(row) == std::size_t{0} ? 1 : 0;
    EXPECT_NEAR(first / 20'000.0, 0.25, 0.0153);
}

TEST(Book, SeesPeopleByTheirUsualClinicianWhenTheyPreferToAndByAnybodyWhenTheyDoNot) {
    // Two clinicians with room for all: everybody who prefers the usual one sees them. Of those who do not, each next
    // goes to whoever has more time left, whoever is theirs: half, with 5 standard errors of 0.079 for 1,000 people.
    for (const bool prefer : {true, false}) {
        Desk desk{0};
        desk.staff({1000, 1000});
        desk.terms().prefers_usual.fill(Chance{prefer ? 1.0 : 0.0});
        NeighbourhoodState state = desk.state(1000);
        book::Book book{desk.kinds(), desk.terms()};
        for (std::uint32_t row = 0; row < 1000; ++row) Desk::ask(state, row);
        const std::vector<Seen> seen = seen_by(state, book);
        ASSERT_EQ(seen.size(), 1000U);
        const auto usual = std::count(seen.begin(), seen.end(), Seen::by_usual_clinician);
        EXPECT_NEAR(static_cast<double>(usual) / 1000, prefer ? 1.0 : 0.5, prefer ? 0 : 0.079);
    }
}

TEST(Book, LetsPeopleWaitForTheirUsualClinicianAndThenTakeAnother) {
    Desk desk{0};
    desk.staff({1000, 1000});
    desk.terms().desks[0].minutes.fill(0);  // is away
    desk.terms().prefers_usual.fill(Chance{1});
    desk.terms().waits_for_usual_days.fill(3);
    NeighbourhoodState state = desk.state(400);
    book::Book book{desk.kinds(), desk.terms()};
    for (std::uint32_t row = 0; row < 400; ++row) Desk::ask(state, row);
    const std::size_t first_day = Desk::work(state, book).size();
    std::size_t others = 0;
    for (std::uint32_t row = 0; row < 400; ++row) others += book.usual_of(row) == std::size_t{1} ? 1U : 0U;
    EXPECT_EQ(first_day, others);
    EXPECT_GT(first_day, 0U);
    EXPECT_EQ(Desk::work(state, book).size(), 0U);
    EXPECT_EQ(Desk::work(state, book).size(), 0U);
    EXPECT_EQ(Desk::work(state, book).size(), 400 - first_day);
}

TEST(Book, ServesUrgentRequestsByWhoeverHasTime) {
    Desk desk{0};
    desk.staff({1000, 1000});
    desk.terms().desks[0].minutes.fill(0);
    desk.terms().prefers_usual.fill(Chance{1});
    desk.terms().waits_for_usual_days.fill(3);
    NeighbourhoodState state = desk.state(400);
    book::Book book{desk.kinds(), desk.terms()};
    for (std::uint32_t row = 0; row < 400; ++row) Desk::ask(state, row, Priority::urgent);
    EXPECT_EQ(Desk::work(state, book).size(), 400U);
}

TEST(Book, LetsPatientsOfAClinicianWhoLeavesChooseAgainAndNobodyElse) {
    Desk desk{0};
    desk.staff({0, 0, 0});
    NeighbourhoodState state = desk.state(3000);
    book::Book book{desk.kinds(), desk.terms()};
    for (std::uint32_t row = 0; row < 3000; ++row) Desk::ask(state, row);
    Desk::work(state, book);
    std::vector<std::size_t> before;
    for (std::uint32_t row = 0; row < 3000; ++row) before.push_back(book.usual_of(row).value());
    book::Terms fewer = desk.terms();
    fewer.seat({desk.terms().desks[0], desk.terms().desks[2]});
    book.change_terms(fewer);
    book.move_people(state);
    std::array<int, 2> chosen{};
    state.today.joining.clear();
    state.today.asking.clear();
    for (std::uint32_t row = 0; row < 3000; ++row) {
        if (before[row] == 0) {
            EXPECT_EQ(book.usual_of(row), std::size_t{0});
        } else if (before[row] == 2) {
            EXPECT_EQ(book.usual_of(row), std::size_t{1});
        } else {
            EXPECT_FALSE(book.usual_of(row).has_value());
            Desk::ask(state, row);
        }
    }
    book.join(state);
    for (std::uint32_t row = 0; row < 3000; ++row) {
        if (before[row] == 1) ++chosen[book.usual_of(row).value()];
    }
    // A third of 3,000 people choose between two: 5 standard errors of 500 are 79.
    EXPECT_NEAR(chosen[0], (chosen[0] + chosen[1]) / 2.0, 79);
}

/// Requests booked last week for today, with a desk that a change cuts from ten contacts to four.
std::int64_t moved(int booked, bool cut) {
    Desk desk{10};
    NeighbourhoodState state = desk.state(100);
    book::Book book{desk.kinds(), desk.terms()};
    book::Terms fewer = desk.terms();
    fewer.desks[0].minutes.fill(400);
    if (cut) book.change_terms(fewer);
    book.move_people(state);
    for (int row = 0; row < booked; ++row) {
        const RequestSlot slot = Desk::ask(state, static_cast<std::uint32_t>(row), Priority::booked);
        state.requests[slot].asked = state.today.day - 7;
    }
    const std::size_t seen = Desk::work(state, book).size();
    EXPECT_EQ(seen, static_cast<std::size_t>(std::min(booked, cut ? 4 : 10)));
    return std::count_if(state.events.events().begin(), state.events.events().end(),
                         [](const Event& event) { return event.kind == EventKind::moved; });
}

TEST(Book, CountsThoseBookedIntoMinutesThatAChangeTook) {
    EXPECT_EQ(moved(3, true), 0);   // what is left carries them
    EXPECT_EQ(moved(9, true), 5);   // nine were promised, four are seen
    EXPECT_EQ(moved(15, true), 6);  // five could not have been seen before the change either
    EXPECT_EQ(moved(15, false), 0);
}

TEST(Book, CountsAsMovedThoseWhoseLineAChangeCloses) {
    Desk desk{0};
    desk.staff({1});
    NeighbourhoodState state = desk.state(5);
    book::Book book{desk.kinds(), desk.terms()};
    for (std::uint32_t row = 0; row < 5; ++row) Desk::ask(state, row);
    Desk::work(state, book);
    book::Terms none = desk.terms();
    none.seat({});
    book.change_terms(none);
    book.move_people(state);
    EXPECT_EQ(state.today.asking.size(), 4U);
    EXPECT_EQ(std::count_if(state.events.events().begin(), state.events.events().end(),
                            [](const Event& event) { return event.kind == EventKind::moved; }),
              4);
}

TEST(Book, TellsEveryMondayHowEasyAccessWasAsAPowerOfTheDelay) {
    // Ten come and five are seen each day: the mean delay rises, and the share who seek help falls by the closed form.
    Desk desk{5};
    desk.terms().induced_demand.elasticity = 0.5;
    desk.terms().induced_demand.baseline_delay = Days{3};
    NeighbourhoodState state = desk.state(2000);
    book::Book book{desk.kinds(), desk.terms()};
    std::uint32_t next = 0;
    double days = 0;
    double contacts = 0;
    for (int day = 0; day < 28; ++day) {
        const bool monday = weekday(state.today.day) == Weekday::monday;
        const double mean = contacts > 0 ? days / contacts : 0;
        if (monday) days = contacts = 0;
        for (int i = 0; i < 10; ++i) Desk::ask(state, next++);
        state.today.leaving_lines.clear();
        book.join(state);
        book.open_day(state);
        if (monday) {
            ASSERT_EQ(state.presents_factor.size(), 1U);
            EXPECT_NEAR(state.presents_factor[0], std::sqrt(4 / (1 + mean)), 1e-12) << "day " << day;
        }
        book.serve(state);
        for (const Contact& contact : state.today.contacts) {
            days += state.today.day - state.requests[contact.slot].wanted;
            ++contacts;
            state.met(contact.slot);
        }
        state.today.contacts.clear();
        ++state.today.day;
    }
    EXPECT_LT(state.presents_factor[0], 1);
}

TEST(Request, NumbersItsAttemptsUpToTheMostThatADrawCanHave) {
    Request request;
    for (int attempt = 0; attempt < 70'000; ++attempt) request.count_attempt();
    EXPECT_EQ(request.attempts, 65'535);
}

}  // namespace
}  // namespace segue::test
