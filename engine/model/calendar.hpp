/// \file
/// What a neighbourhood expects of its days to come: birthdays and candidates of needs, which are many and small, and
/// everything else.
#pragma once
#include <cstdint>

#include "engine/model/day_ring.hpp"

namespace segue {

/// Each person's next birthday. `generation` is that of the row when the entry was made: another means that the person
/// has gone, here as in every entry.
struct Birthday {
    std::uint32_t row : 24;
    std::uint32_t generation : 8;
};
static_assert(sizeof(Birthday) == 4);

/// A need that arises if its threshold lies below the rate then in force.
/// There are two of them a person when a quarter opens, so they are packed.
struct [[gnu::packed]] OnsetCandidate {
    std::uint32_t row : 24;
    std::uint32_t generation : 8;
    float threshold;  ///< [1/d]
    std::uint32_t stream : 7;
    bool strip : 1;        ///< drawn when a rate rose within the quarter
    std::uint8_t ordinal;  ///< of its tile or strip; the top bit: one that waiting for treatment adds, due as it is

    static constexpr std::uint8_t while_waiting = 0x80;
    [[nodiscard]] bool is_while_waiting() const noexcept { return (ordinal & while_waiting) != 0; }
};
static_assert(sizeof(OnsetCandidate) == 10);

enum class Due : std::uint8_t {
    life_event,    ///< a: threshold; c: kind of life event
    segment_move,  ///< a: destination
    segment_step,  ///< a: threshold; b: word of the destination
    table_entry,   ///< nobody's yet. a: which of the year's; b: word of the birth; c: age; d: segment and event
    table_exit,
    request,       ///< a: slot of the request; b: its serial; d: the low byte of its attempts
    leaves_line,   ///< the same
    discharge,     ///< a: nights
    passing_ends,  ///< c: Passing state; of a decline also a: 1 when it lasts beyond this day, d: its serial
    clock,         ///< a: slot of the referral clock; b: its serial
    visit,         ///< a: key of the referral; b: *block* of the next draw; c: need
    link_worker,   ///< a: slot of the referral to social prescribing; b: its serial
    activity,      ///< the same
};

struct CalendarEntry {
    std::uint32_t row{0};
    std::uint32_t a{0};
    std::uint32_t b{0};
    std::uint8_t generation{0};
    Due due{Due::life_event};
    std::uint8_t c{0};
    std::uint8_t d{0};
};
static_assert(sizeof(CalendarEntry) == 16);

using Birthdays = DayRing<Birthday, 512>;              // up to 366 days ahead
using OnsetCandidates = DayRing<OnsetCandidate, 128>;  // within a quarter
using DayCalendar = DayRing<CalendarEntry, 1024>;

}  // namespace segue
