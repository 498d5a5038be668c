/// \file
/// Factors solved so that figures meet their goals: Gauss and Newton's steps in the logarithms of both, damped where
/// they overshoot (Levenberg and Marquardt) and toward the start where the goals leave a factor free.
///
///   In     goals, bounds, and what replicates give at any point: the same luck at every point
///   Out    factors, what they reach, how each figure answers each factor, and how sure each factor is
///   Holds  the same answers give the same steps; no factor leaves its bounds
#pragma once
#include <functional>
#include <string>
#include <vector>

#include <Eigen/Core>

namespace segue::calibration {

/// What a figure should be.
struct Goal {
    double value;
    double low{0};  ///< 95% interval of the published figure; 0: none is stated
    double high{0};
    bool held_out{false};  ///< shown, never solved for
};

/// Ends of a factor's logarithm, and where between them the search begins.
struct Bounds {
    double least;
    double most;
    double start{0};
};

struct SolverSettings {
    int steps_most{12};
    double tolerance{0.03};  ///< share of a goal by which it may be missed
};

/// What replicates give at one point: a row a replicate, a column a goal.
using Readings = Eigen::MatrixXd;
using Simulate = std::function<std::vector<Readings>(const std::vector<Eigen::VectorXd>& log_factors)>;

struct Solution {
    Eigen::VectorXd log_factors;
    Eigen::VectorXd reached;         ///< mean over replicates
    Eigen::MatrixXd elasticity;      ///< of each figure (row) to each factor (column)
    Eigen::VectorXd standard_error;  ///< of each factor's logarithm, by the delta method
    std::size_t points{0};           ///< that were simulated
};

/// Told before the first step and after each: its number, the goal that is missed by most, and by what
/// logarithm of reached over goal, whichever its sign.
using Tell = std::function<void(int step, std::size_t worst, double miss)>;

[[nodiscard]] Solution solve(const std::vector<Goal>& goals, const std::vector<Bounds>& bounds,
                             const SolverSettings& settings, const Simulate& simulate, const Tell& tell);

/// Whether the figure is within the tolerance of its goal, or within its interval.
[[nodiscard]] bool is_met(const Goal& goal, double reached, double tolerance) noexcept;

/// Why a goal is missed at the solution.
struct Obstacle {
    bool moves{false};                   ///< whether any factor moves the figure
    std::vector<std::size_t> at_bounds;  ///< factors that would have to go on beyond their ends
    std::vector<std::size_t> against;    ///< goals that would be missed if this one were met
};
[[nodiscard]] Obstacle obstacle(const std::vector<Goal>& goals, const std::vector<Bounds>& bounds,
                                const Solution& solution, std::size_t missed, double tolerance);

}  // namespace segue::calibration
