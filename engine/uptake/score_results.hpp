/// \file
/// What observed counts say of the models of a comparison, and that in its results file.
#pragma once
#include "engine/results/results.hpp"
#include "engine/uptake/fit.hpp"
#include "engine/uptake/observed.hpp"
#include "engine/uptake/score.hpp"

namespace segue::uptake {

/// Scores a comparison's models by their replicates, with the priors that the scenario gives.
[[nodiscard]] Scores score(const UptakeComparison& comparison, const Observed& observed, const Scenario& scenario);

/// Adds variables along uptake_model, and the counts along `observed_count`; the verdict is an attribute of the
/// posterior.
/// \param results of the comparison whose models were scored
void add_scores(const Observed& observed, const Scores& scores, Results& results);

}  // namespace segue::uptake
