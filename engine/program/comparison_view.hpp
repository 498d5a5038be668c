/// \file
/// A comparison on one screen, and as JSON.
#pragma once
#include <string>

#include "engine/compare/attribution.hpp"
#include "engine/compare/comparison.hpp"

namespace segue::program {

/// What was compared, for both forms.
struct ComparisonView {
    const compare::Arms& arms;
    const compare::Comparison& comparison;
    const compare::Attribution* attribution;  ///< null: none was asked for
    double share;                             ///< of the first arm's mean, for which the replicates needed are told
};

/// What each arm's team costs a year, and by how much that differs: the first thing to know of a comparison.
[[nodiscard]] std::string staff_costs_text(const compare::Arms& arms);

/// Tables of every arm against the first: headlines, where twins part, who gains and who loses, shares of parts.
[[nodiscard]] std::string comparison_text(const ComparisonView& view);

/// The same unrounded, a member for each table; counts of people too few to tell are null.
[[nodiscard]] std::string comparison_json(const ComparisonView& view, const std::string& path,
                                          const std::string& digest);

}  // namespace segue::program
