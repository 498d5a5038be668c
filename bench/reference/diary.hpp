/// \file
/// Who is on the list, day by day: life as it went in the engine, for a reference that has no life of its own.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "engine/model/needs/onset.hpp"
#include "engine/model/today.hpp"
#include "engine/population/people.hpp"

namespace segue::reference {

/// What needs and care depend on in one person.
struct Member {
    RateBasis who;
    needs::LevelRanks level_rank;
    std::uint8_t practice{0};
    std::uint32_t household{no_household};
    bool changes_tonight{false};  ///< care changed them after the day's needs arose
    [[nodiscard]] Residence residence() const noexcept {
        return static_cast<Residence>(std::uint32_t{who.frailty_residence} & 3U);
    }
    friend bool operator==(const Member&, const Member&) = default;
};

/// Those registered, by key.
using Members = std::map<std::uint64_t, Member>;
/// As they were when the day's needs arose.
[[nodiscard]] Members members(const NeighbourhoodState& state);

/// What a night has changed: those whom care changed the day before, those who entered or whom life changed, and those
/// who died or left.
struct Morning {
    Members changed_late;
    Members changed;
    std::vector<std::uint64_t> gone;
    std::set<std::uint64_t> in_a_bed{};  ///< those whom the hospital kept: planned care is not the reference's
};
[[nodiscard]] Morning morning(const Members& before, const Members& now);

/// Those in a hospital bed, by key.
[[nodiscard]] std::set<std::uint64_t> in_a_bed(const NeighbourhoodState& state);

}  // namespace segue::reference
