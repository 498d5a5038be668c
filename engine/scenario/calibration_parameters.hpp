/// \file
/// What a calibration may change, and how long it tries. Read by segue calibrate alone: no run depends on it.
#pragma once
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/parameters/declaration.hpp"

namespace segue {

struct CalibrationParameters {
    int replicates{4};
    int steps_most{12};
    double tolerance{0.03};

    static constexpr std::string_view prefix = "calibration";
    static auto declarations() {
        using C = CalibrationParameters;
        const Source own{"the calibration's own choice"};
        const auto row = [&](auto member, const char* name, const char* meaning, Range range) {
            return parameter(member, name, meaning, range, Uncertain::known(), own, Certainty::C, Kind::evidence);
        };
        return std::tuple{row(&C::replicates, "replicates",
                              "Replicates at each point, under the same keys at all of them", {1, 1000}),
                          row(&C::steps_most, "steps_most", "Steps after which the nearest point is taken", {1, 1000}),
                          row(&C::tolerance, "tolerance_share",
                              "Share by which a target without an interval may be missed", {1e-6, 0.5})};
    }
};

/// One unknown: a factor on the values of some parameters.
struct CalibrationFactorParameters {
    std::vector<std::string> keys;
    double least{0.1};
    double most{10};
    double start{1};

    static constexpr std::string_view prefix = "calibration.factors.*";
    static auto declarations() {
        using F = CalibrationFactorParameters;
        const Source own{"the calibration's own choice"};
        const auto row = [&](auto member, const char* name, const char* meaning, Range range) {
            return parameter(member, name, meaning, range, Uncertain::known(), own, Certainty::C, Kind::evidence);
        };
        return std::tuple{
            row(&F::keys, "keys", "Parameters that it multiplies, each by its full key", {0, 0}),
            row(&F::least, "least", "Least that it may be, further limited by the parameters' own ranges", {1e-6, 1}),
            row(&F::most, "most", "Most that it may be, likewise", {1, 1e6}),
            row(&F::start, "start", "Where the search begins, and what it stays near where no target asks for more",
                {1e-6, 1e6})};
    }
};

}  // namespace segue
