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
        std::vector<CalendarEntry> due;
        calendar.take(start + today, due);
        std::vector<std::uint32_t> got;
        for (const CalendarEntry& entry : due) got.push_back(entry.a);
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
