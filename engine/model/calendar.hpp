/// \file
/// What is due on which day: a ring of day buckets over a pool of chunks, so that adding costs a few nanoseconds and
/// the loop allocates nothing once the pool has grown.
#pragma once
#include <cstdint>
#include <deque>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/memory.hpp"

namespace segue {

enum class Due : std::uint8_t {
    birthday,
    life_event,    ///< a: kind of life event; b: threshold
    segment_move,  ///< a: destination
    segment_step,  ///< a: word of the destination; b: threshold
    table_entry,   ///< a: which of the year's; c: age; d: segment and event
    table_exit,
    onset,         ///< a: request key; b: threshold; c: stream
    request,       ///< a: slot of the request
    leaves_line,   ///< a: slot of the request; b: the request's serial; d: its attempts
    discharge,     ///< a: nights
    passing_ends,  ///< c: Passing state; of a decline also a: 1 when it lasts beyond this day, d: its serial
};

struct CalendarEntry {
    std::uint32_t row{0};
    std::uint32_t a{0};
    std::uint32_t b{0};
    std::uint8_t generation{0};  ///< of the row when the entry was made: another means that the person has gone
    Due due{Due::birthday};
    std::uint8_t c{0};
    std::uint8_t d{0};
};
static_assert(sizeof(CalendarEntry) == 16);

class DayCalendar {
public:
    static constexpr std::int32_t horizon_days = 1023;

    explicit DayCalendar(Day today);
    /// Adds an entry to a day that is later than the last one taken and at most `horizon_days` ahead of it.
    void add(Day day, const CalendarEntry& entry);
    /// Moves everything due on the next day, which must be `day`, to the end of `out`.
    void take(Day day, std::vector<CalendarEntry>& out);
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return bytes_of(buckets_, free_) + chunks_.size() * sizeof(Chunk);
    }

    /// Calls `see` with every entry still to come.
    template <class See>
    void for_each(See see) const {
        for (const Bucket& bucket : buckets_) {
            std::uint32_t left = bucket.count;
            for (std::uint32_t chunk = bucket.first; left > 0; chunk = chunks_[chunk].next) {
                const std::uint32_t n = left < chunk_entries ? left : chunk_entries;
                for (std::uint32_t i = 0; i < n; ++i) see(chunks_[chunk].entries[i]);
                left -= n;
            }
        }
    }

private:
    static constexpr std::uint32_t chunk_entries = 15;
    static constexpr std::uint32_t none = 0xFFFF'FFFFU;
    struct Chunk {
        CalendarEntry entries[chunk_entries];
        std::uint32_t next;
        std::uint32_t unused[3];
    };
    struct Bucket {
        std::uint32_t first{none};
        std::uint32_t last{none};
        std::uint32_t count{0};
    };
    [[nodiscard]] std::uint32_t fresh_chunk();

    std::vector<Bucket> buckets_;
    std::deque<Chunk> chunks_;  // grows without moving what it holds
    std::vector<std::uint32_t> free_;
    Day taken_;  ///< the last day taken
    std::size_t size_{0};
};

}  // namespace segue
