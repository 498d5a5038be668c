/// \file
/// From the counts of neighbourhoods to results with names, units and labels.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/day/neighbourhood.hpp"
#include "engine/day/world.hpp"
#include "engine/results/results.hpp"

namespace segue::run {

/// One replicate: the outcomes of its neighbourhoods, in the order of the scenario.
struct Replicate {
    std::int64_t number{0};
    std::vector<day::Outcome> neighbourhoods;
};

/// Results of one replicate: every output of the plan as a variable [replicate, neighbourhood, time, ..., bin].
[[nodiscard]] Results assemble(const day::World& world, const Replicate& replicate);

}  // namespace segue::run
