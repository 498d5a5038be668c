/// \file
/// A scenario calibrated: factors on parameters (`calibration.factors.*`) solved so that a run of it meets published
/// figures.
///
///   In     a scenario, without what an earlier calibration found; targets
///   Out    the value of every parameter that a factor multiplies, with interval, and what each target came to
///   Holds  the same scenario, targets and seed give the same bytes, on any number of threads; what is reached is what
///          the values give as they are written
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/calibration/targets.hpp"
#include "engine/core/isa.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue::calibration {

struct Request {
    std::string scenario;                ///< path
    std::vector<std::string> overrides;  ///< "key.path=value"
    std::string targets;                 ///< path
    int threads{1};
    Isa isa{Isa::scalar};
};

/// A parameter that was solved for.
struct CalibratedValue {
    std::string key;
    double value;
    double low;  ///< 95% interval
    double high;
    double start;        ///< before any calibration
    std::string factor;  ///< the name of what multiplies it
    std::size_t target;  ///< that answers the factor most
};

struct ReachedTarget {
    Target target;
    double reached;
    double miss;  ///< reached over published, less 1
    bool is_met;
};

struct Calibration {
    std::string scenario;  ///< "england-average/gp-led"
    std::vector<CalibratedValue> values;
    std::vector<ReachedTarget> targets;
    std::size_t points{0};  ///< simulated, each with all replicates
    int replicates{0};
};

/// Told before the first and after each step.
using TellLine = std::function<void(const std::string& line)>;

/// Throws a ScenarioError when the input is at fault, or when targets that are not held out cannot be met: it names the
/// nearest that was reached, and why no nearer.
[[nodiscard]] Calibration calibrate(const Request& request, const TellLine& tell);

/// The values as a table that a scenario names as data.calibrated.
[[nodiscard]] std::string as_csv(const Calibration& calibration);

}  // namespace segue::calibration
