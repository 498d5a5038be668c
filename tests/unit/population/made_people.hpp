/// \file
/// Laws and lists of people for the tests of this room.
#pragma once
#include "engine/population/population_laws.hpp"
#include "engine/population/synthesis.hpp"
#include "tests/unit/population/shipped_tables.hpp"

namespace segue::test {

inline constexpr Date list_date{2026, 4, 1};

inline PopulationInputs shipped_inputs(const PopulationParameters& parameters = {}) {
    PopulationInputs inputs;
    inputs.parameters = parameters;
    inputs.tables = shipped_tables();
    inputs.practice_shares = {3, 2, 1};
    Problems problems;
    inputs.segmentation =
        Segmentation{{{"old", "age >= 75", {}}, {"ill", "conditions >= 2", {}}, {"well", "", {}}}, problems};
    problems.raise_if_any();
    return inputs;
}

inline const PopulationLaws& shipped_laws() {
    static const PopulationLaws laws{shipped_inputs()};
    return laws;
}

/// A list made under the shipped laws.
inline People list_of(std::uint32_t size, Twin twin, const PopulationLaws& laws = shipped_laws(),
                      NeighbourhoodRow neighbourhood = NeighbourhoodRow{0}) {
    People people;
    Synthesis{laws}.populate(people, twin, neighbourhood, size, to_day(list_date));
    return people;
}

}  // namespace segue::test
