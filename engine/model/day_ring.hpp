/// \file
/// What is due on which day, for entries of one kind: a ring of day buckets over a pool of small chunks, so that adding
/// costs a few nanoseconds, an entry costs little more than its own size, and the loop allocates nothing once the pool
/// has grown.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/contracts.hpp"
#include "engine/core/memory.hpp"

namespace segue {

/// \tparam days of the ring, a power of two: the last day taken and those that can be added to
template <class Entry, std::int32_t days>
class DayRing {
public:
    static constexpr std::int32_t horizon_days = days - 1;

    explicit DayRing(Day today) : buckets_(static_cast<std::size_t>(days)), taken_{today - 1} {}

    /// Adds an entry to a day that is later than the last one taken and at most `horizon_days` ahead of it.
    void add(Day day, const Entry& entry);
    /// Calls `see` with everything due on the next day, which must be `day`, in the order in which it was added, and drops
    /// it. `see` may add entries to later days.
    template <class See>
    void take(Day day, See see);
    [[nodiscard]] bool has_taken(Day day) const noexcept { return day <= taken_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }  ///< entries still to come
    [[nodiscard]] std::size_t bytes() const noexcept {
        return bytes_of(buckets_, slabs_, next_) + slabs_.size() * sizeof(Chunk) * slab_chunks;
    }

    /// Calls `see` with every entry still to come.
    template <class See>
    void for_each(See see) const {
        for (const Bucket& bucket : buckets_) for_each_in(bucket, see);
    }

private:
    static constexpr std::uint32_t chunk_entries = 8;
    static constexpr std::uint32_t slab_chunks = 64;
    static constexpr std::uint32_t none = 0xFFFF'FFFFU;
    static_assert((days & (days - 1)) == 0);
    using Chunk = std::array<Entry, chunk_entries>;
    struct Bucket {
        std::uint32_t first{none};
        std::uint32_t last{none};
        std::uint32_t count{0};
    };

    [[nodiscard]] Bucket& bucket_of(Day day) noexcept {
        return buckets_[static_cast<std::uint32_t>(day.number()) % static_cast<std::uint32_t>(days)];
    }
    [[nodiscard]] Chunk& chunk(std::uint32_t number) noexcept {
        return slabs_[number / slab_chunks][number % slab_chunks];
    }
    [[nodiscard]] const Chunk& chunk(std::uint32_t number) const noexcept {
        return slabs_[number / slab_chunks][number % slab_chunks];
    }
    template <class See>
    void for_each_in(const Bucket& bucket, See& see) const {
        std::uint32_t left = bucket.count;
        for (std::uint32_t number = bucket.first; left > 0; number = next_[number]) {
            const std::uint32_t n = std::min(left, chunk_entries);
            for (std::uint32_t i = 0; i < n; ++i) see(chunk(number)[i]);
            left -= n;
        }
    }
    [[nodiscard]] std::uint32_t free_chunk();

    std::vector<Bucket> buckets_;
    std::vector<std::vector<Chunk>> slabs_;  ///< of `slab_chunks` each: growing moves none
    std::vector<std::uint32_t> next_;        ///< by chunk: the next of its bucket, or of those that are free
    std::uint32_t free_{none};
    Day taken_;  ///< the last day taken
    std::size_t size_{0};
};

template <class Entry, std::int32_t days>
std::uint32_t DayRing<Entry, days>::free_chunk() {
    if (free_ == none) {
        free_ = static_cast<std::uint32_t>(next_.size());
        slabs_.emplace_back(slab_chunks);
        for (std::uint32_t i = 1; i <= slab_chunks; ++i) {
            make_room(next_);
            next_.push_back(i < slab_chunks ? free_ + i : none);
        }
    }
    const std::uint32_t number = free_;
    free_ = next_[number];
    return number;
}

template <class Entry, std::int32_t days>
void DayRing<Entry, days>::add(Day day, const Entry& entry) {
    SEGUE_EXPECT(day > taken_ && day - taken_ <= horizon_days);
    Bucket& bucket = bucket_of(day);
    const std::uint32_t at = bucket.count % chunk_entries;
    if (at == 0) {
        const std::uint32_t number = free_chunk();
        (bucket.count == 0 ? bucket.first : next_[bucket.last]) = number;
        bucket.last = number;
    }
    chunk(bucket.last)[at] = entry;
    ++bucket.count;
    ++size_;
}

template <class Entry, std::int32_t days>
template <class See>
void DayRing<Entry, days>::take(Day day, See see) {
    SEGUE_EXPECT(day == taken_ + 1);
    taken_ = day;
    Bucket& bucket = bucket_of(day);
    if (bucket.count == 0) return;
    for_each_in(bucket, see);
    next_[bucket.last] = free_;
    free_ = bucket.first;
    size_ -= bucket.count;
    bucket = Bucket{};
}

}  // namespace segue
