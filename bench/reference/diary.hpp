/// \file
/// Who is on the list, day by day: life as it went in the engine, for a reference that has no life of its own.
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "engine/model/needs/onset.hpp"
#include "engine/population/people.hpp"

namespace segue::reference {

/// What needs and care depend on in one person.
struct Member {
    RateBasis who;
    needs::LevelRanks level_rank;
    std::uint8_t practice{0};
    std::uint32_t household{no_household};
    [[nodiscard]] Residence residence() const noexcept {
        return static_cast<Residence>(std::uint32_t{who.frailty_residence} & 3U);
    }
    friend bool operator==(const Member&, const Member&) = default;
};

/// Those registered, by key.
using Members = std::map<std::uint64_t, Member>;
[[nodiscard]] Members members(const People& people);

/// What a night has changed: those who entered or are not as they were, and those who died or left.
struct Morning {
    Members changed;
    std::vector<std::uint64_t> gone;
};
[[nodiscard]] Morning morning(const Members& before, const Members& now);

}  // namespace segue::reference
