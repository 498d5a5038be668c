/// \file
/// Published figures that a calibration is to meet, as a CSV gives them: target, value, low, high, source, held_out.
#pragma once
#include <string>
#include <vector>

#include "engine/calibration/figure.hpp"
#include "engine/calibration/solver.hpp"
#include "engine/core/errors.hpp"

namespace segue::calibration {

struct Target {
    Figure figure;
    Goal goal;
    std::string source;
};

/// Reads and checks the file; every fault is a problem at its line and column.
[[nodiscard]] std::vector<Target> read_targets(const std::string& path, Problems& problems);

}  // namespace segue::calibration
