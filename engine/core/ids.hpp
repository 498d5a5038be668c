/// \file
/// Names for people and things: a row is where somebody is stored today, a key is who somebody is for life.
#pragma once
#include <bit>
#include <compare>
#include <cstdint>

namespace segue {

/// A row number that knows what it counts: a PersonRow is never a NeighbourhoodRow.
template <class Tag>
class Id {
public:
    constexpr Id() noexcept = default;
    constexpr explicit Id(std::uint32_t value) noexcept : value_{value} {}
    [[nodiscard]] constexpr std::uint32_t value() const noexcept { return value_; }
    friend constexpr auto operator<=>(Id, Id) = default;

private:
    std::uint32_t value_{0};
};

/// A 64-bit identity for life: what draws are keyed by.
template <class Tag>
class Key {
public:
    constexpr Key() noexcept = default;
    constexpr explicit Key(std::uint64_t value) noexcept : value_{value} {}
    [[nodiscard]] constexpr std::uint64_t value() const noexcept { return value_; }
    friend constexpr auto operator<=>(Key, Key) = default;

private:
    std::uint64_t value_{0};
};

using PersonRow = Id<struct PersonRowTag>;  ///< never drawn from, sorted by, or written out
using PersonKey = Key<struct PersonTag>;
using NeighbourhoodRow = Id<struct NeighbourhoodRowTag>;
using PracticeRow = Id<struct PracticeRowTag>;

/// The key of somebody who enters by registering: neighbourhood 12 bits | day of entry 20 bits | slot 32 bits. A number of
/// a neighbourhood that is longer than its 12 bits goes on into the day's, by exclusive or.
/// `entry_day` counts days from 1 January 1970; the start of the run is the entry day of the first list.
[[nodiscard]] constexpr PersonKey entrant_key(NeighbourhoodRow neighbourhood, std::int32_t entry_day,
                                              std::uint32_t slot) noexcept {
    const std::uint32_t place = std::rotl(neighbourhood.value(), 20);
    const std::uint32_t day = static_cast<std::uint32_t>(entry_day) & 0xF'FFFFU;
    return PersonKey{std::uint64_t{place ^ day} << 32U | slot};
}

}  // namespace segue
