/// \file
/// Counts that somebody recorded, as a CSV gives them: series, period_start, period_end, group, count.
///
///   In     the file; the scenario's `[uptake.observed.SERIES]`, months, groups and people
///   Out    what is counted, and the counts
///   Holds  every period is whole months of the span; no group of a series has a gap; nobody is counted twice in one
#pragma once
#include <string>

#include <Eigen/Core>

#include "engine/core/errors.hpp"
#include "engine/day/world.hpp"
#include "engine/uptake/recording.hpp"

namespace segue::uptake {

struct Observed {
    Counting counting;
    Eigen::VectorXd counts;
};

/// Reads and checks the file. Throws a ScenarioError with every fault at its line and column.
[[nodiscard]] Observed read_observed(const std::string& path, const day::World& world);

}  // namespace segue::uptake
