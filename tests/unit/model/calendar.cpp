#include "engine/model/calendar.hpp"
#include "engine/model/request.hpp"

#include <map>

#include <gtest/gtest.h>

#include "engine/rng/draws.hpp"

namespace segue {
namespace {

TEST(DayCalendar, GivesBackEverythingOnItsDayAndNothingElse) {
    const Day start = to_day({2026, 4, 1});
    DayCalendar calendar{start};
    std::map<std::int32_t, std::vector<std::uint32_t>> expected;
    std::uint32_t n = 0;
    for (std::int32_t today = 0; today < 3000; ++today) {
        std::vector<std::uint32_t> got;
        calendar.take(start + today, [&got](const CalendarEntry& entry) { got.push_back(entry.a); });
        ASSERT_EQ(got, expected[today]) << "day " << today;
        for (std::uint32_t i = 0; i < 40; ++i, ++n) {
            const std::int32_t ahead = 1 + static_cast<std::int32_t>(below(1000, philox(Twin{}, n, 0, 0)[0]));
            CalendarEntry entry;
            entry.a = n;
            calendar.add(start + today + ahead, entry);
            expected[today + ahead].push_back(n);
        }
    }
    std::size_t left = 0;
    calendar.for_each([&left](const CalendarEntry&) { ++left; });
    EXPECT_EQ(left, calendar.size());
}

constexpr std::int32_t quarter_days = 92;

/// 40,000 people's candidates, as many as a quarter of two each has.
OnsetCandidates busy_quarter(Day start) {
    OnsetCandidates candidates{start};
    for (std::uint32_t row = 0; row < 40'000; ++row) {
        OnsetCandidate one{};
        one.row = row & 0xFF'FFFFU;
        for (const std::uint32_t word : {philox(Twin{}, row, 0, 0)[0], philox(Twin{}, row, 0, 0)[1]})
            candidates.add(start + static_cast<std::int32_t>(below(quarter_days, word)), one);
    }
    return candidates;
}

TEST(DayRing, CostsLittleMoreThanItsEntries) {
    const OnsetCandidates candidates = busy_quarter(to_day({2026, 4, 1}));
    ASSERT_EQ(candidates.size(), 80'000U);
    EXPECT_LE(candidates.bytes(), candidates.size() * (sizeof(OnsetCandidate) + 1));
}

TEST(DayRing, UsesTheRoomOfDaysThatArePastAgain) {
    const Day start = to_day({2026, 4, 1});
    OnsetCandidates candidates = busy_quarter(start);
    const std::size_t bytes = candidates.bytes();
    for (std::int32_t today = 0; today < 1000; ++today) {
        candidates.take(start + today,
                        [&](const OnsetCandidate& one) { candidates.add(start + today + quarter_days, one); });
    }
    EXPECT_EQ(candidates.size(), 80'000U);
    EXPECT_LE(candidates.bytes(), bytes + bytes / 50);  // days whose last chunk is not full are others by then
}

TEST(DayRing, TakesWhatIsAddedToADayUntilThatDayIsTaken) {
    const Day today = to_day({2026, 4, 1});
    Birthdays birthdays{today};
    EXPECT_FALSE(birthdays.has_taken(today));
    birthdays.add(today, {1, 2});
    birthdays.add(today + 366, {3, 4});
    std::vector<Birthday> due;
    birthdays.take(today, [&due](const Birthday& one) { due.push_back(one); });
    EXPECT_TRUE(birthdays.has_taken(today));
    EXPECT_FALSE(birthdays.has_taken(today + 1));
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].row, 1U);
    EXPECT_EQ(due[0].generation, 2U);
    EXPECT_EQ(birthdays.size(), 1U);
}

TEST(Requests, KnowTheOpenNeedsOfEachPerson) {
    Requests requests;
    const RequestSlot first = requests.open(3);
    const RequestSlot second = requests.open(3);
    const std::uint32_t serial = requests[first].serial;
    EXPECT_EQ(requests.open_count(), 2U);
    requests.close(first);
    EXPECT_FALSE(requests.is_current(first, serial));
    EXPECT_EQ(requests.first_of(3), second);
    EXPECT_EQ(requests.open(9), first);  // the slot is used again, under another serial
    EXPECT_FALSE(requests.is_current(first, serial));
}

}  // namespace
}  // namespace segue
