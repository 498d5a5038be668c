/// \file
/// People who are all alike but for their keys.
#pragma once
#include <cstdint>

#include "engine/model/today.hpp"

namespace segue::test {

/// A Wednesday.
[[nodiscard]] inline Day first_day() { return to_day({2026, 4, 1}); }

/// `people` of one neighbourhood, born in 1980.
[[nodiscard]] inline NeighbourhoodState people_alike(std::uint32_t people, std::uint32_t seed = 1) {
    NeighbourhoodState made{Twin{seed, 0}, NeighbourhoodRow{0}, first_day(), Isa::scalar};
    for (std::uint32_t slot = 0; slot < people; ++slot) {
        Person person;
        person.key = entrant_key(NeighbourhoodRow{0}, first_day().number(), slot);
        person.birth = to_day({1980, 1, 1});
        made.people.enter(person, first_day());
    }
    made.today.day = first_day();
    made.events.start(first_day());
    return made;
}

}  // namespace segue::test
