#include "engine/model/calendar.hpp"

#include "engine/core/contracts.hpp"

namespace segue {
namespace {
constexpr std::size_t ring = static_cast<std::size_t>(DayCalendar::horizon_days) + 1;

std::size_t place(Day day) noexcept { return static_cast<std::size_t>(day.number()) % ring; }
}  // namespace

DayCalendar::DayCalendar(Day today) : buckets_(ring), taken_{today - 1} {}

std::uint32_t DayCalendar::fresh_chunk() {
    std::uint32_t chunk = 0;
    if (free_.empty()) {
        chunk = static_cast<std::uint32_t>(chunks_.size());
        chunks_.emplace_back();
    } else {
        chunk = free_.back();
        free_.pop_back();
    }
    chunks_[chunk].next = none;
    return chunk;
}

void DayCalendar::add(Day day, const CalendarEntry& entry) {
    SEGUE_EXPECT(day > taken_ && day - taken_ <= horizon_days);
    Bucket& bucket = buckets_[place(day)];
    const std::uint32_t at = bucket.count % chunk_entries;
    if (at == 0) {
        const std::uint32_t chunk = fresh_chunk();
        if (bucket.count == 0) {
            bucket.first = chunk;
        } else {
            chunks_[bucket.last].next = chunk;
        }
        bucket.last = chunk;
    }
    chunks_[bucket.last].entries[at] = entry;
    ++bucket.count;
    ++size_;
}

void DayCalendar::take(Day day, std::vector<CalendarEntry>& out) {
    SEGUE_EXPECT(day == taken_ + 1);
    taken_ = day;
    Bucket& bucket = buckets_[place(day)];
    std::uint32_t left = bucket.count;
    for (std::uint32_t chunk = bucket.first; left > 0;) {
        const std::uint32_t n = left < chunk_entries ? left : chunk_entries;
        out.insert(out.end(), chunks_[chunk].entries, chunks_[chunk].entries + n);
        left -= n;
        free_.push_back(chunk);
        chunk = chunks_[chunk].next;
    }
    size_ -= bucket.count;
    bucket = Bucket{};
}

}  // namespace segue
