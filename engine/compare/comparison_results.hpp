/// \file
/// A comparison as results with names, units and labels.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/compare/attribution.hpp"
#include "engine/compare/comparison.hpp"
#include "engine/results/results.hpp"

namespace segue::compare {

/// Headlines [replicate, arm(, role or scope)], people by first cause, people and sums by better, same and worse; with an
/// attribution, each headline's difference by part. Provenance tells the scenario of every arm under arm_1, arm_2 and so on.
[[nodiscard]] Results to_results(const Arms& arms, const Comparison& comparison, const Attribution* attribution);

/// The replicates of a comparison of these arms, as to_results gave them.
[[nodiscard]] std::vector<ReplicateComparison> replicates_in(const Results& results, const Arms& arms);

/// Stands for all that the replicates of a comparison depend on: the arms, and the budget of runs of an attribution.
[[nodiscard]] std::string content_hash(const Arms& arms, std::optional<std::size_t> attribution_runs);

}  // namespace segue::compare
