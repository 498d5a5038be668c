/// \file
/// A comparison of uptake models as a results file.
#pragma once
#include "engine/results/results.hpp"
#include "engine/uptake/fit.hpp"

namespace segue::uptake {

/// Variables along uptake_model and replicate: people reached by group, month and load, waits, targets. Provenance holds
/// the scenario as given.
[[nodiscard]] Results to_results(const UptakeComparison& comparison, const day::World& world);

}  // namespace segue::uptake
