/// \file
/// Every model fitted to the same targets and run on the same people, so that what still differs is the models'.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/core/isa.hpp"
#include "engine/scenario/uptake_parameters.hpp"
#include "engine/uptake/followed.hpp"
#include "engine/uptake/stack_of.hpp"

namespace segue::uptake {

/// What is compared, as `segue uptake` was asked.
struct Request {
    std::string scenario;
    std::vector<std::string> overrides;
    std::vector<std::string> models;  ///< by name; empty: all
    int threads{1};
    Isa isa{Isa::scalar};
};

/// One target and how near a model comes to it.
struct FittedTarget {
    std::string_view name;  ///< "offered_per_person_year"
    double wanted{0};
    double reached{0};
    bool is_met{false};
    std::string free_key;
    double free_value{0};
};

/// Link workers in post, as a ratio to the scenario's.
struct LoadResponse {
    double ratio{1};
    std::vector<Followed> replicates;
};

struct FittedModel {
    const prescribing::ModelEntry* model{nullptr};
    std::vector<FittedTarget> targets;
    std::vector<Followed> replicates;  ///< under the fitted values
    std::vector<LoadResponse> loads;   ///< few and many link workers, fitted values kept
    std::size_t points{0};             ///< that the fit simulated
    /// Cases that one whole-time link worker would have to take on in a year for the contacts that are wanted; nothing
    /// where what they take on now is enough.
    std::optional<double> cases_needed_per_wte_year;
};

struct UptakeComparison {
    std::string scenario;
    UptakeTargets targets;
    UptakeRuns runs;
    double cases_per_wte_year{0};
    double wte{0};
    std::vector<FittedModel> models;
    std::vector<std::pair<std::string, std::string>> provenance;
};

/// Told while it goes on: one line at a time.
using TellLine = std::function<void(const std::string&)>;

/// Throws a ScenarioError where the scenario cannot be fitted: no social prescribing, nobody on the list, a span too short
/// for a year's cohort, a model that does not exist.
[[nodiscard]] UptakeComparison compare_models(const Request& request, const TellLine& tell);

}  // namespace segue::uptake
