#include "engine/calibration/solver.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Cholesky>

#include "engine/core/math.hpp"

namespace segue::calibration {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double difference_step = 0.08;  // of a factor's logarithm: 8%, well above what queues do by chance
constexpr double longest_step = 0.3;      // a factor moves by a third at most at once: books that fill up are no powers
constexpr double start_doubt = 1;         // of a factor's logarithm about its start: weak against any goal
constexpr double goal_doubt = 0.01;       // of a goal's logarithm where no interval is stated
constexpr double least_share = 1e-3;      // of its goal that a figure of nothing counts as
constexpr double near_enough = 1.0 / 6;   // of the tolerance: further steps are not worth their time
constexpr double two_sided_95 = 1.96;
constexpr double bound_margin = 1e-9;

bool has_interval(const Goal& goal) { return goal.low > 0 && goal.high > goal.low; }

/// Of the published figure's logarithm.
double interval_error(const Goal& goal) {
    return has_interval(goal) ? math::log(goal.high / goal.low) / (2 * two_sided_95) : 0;
}

double weight(const Goal& goal) {
    if (goal.held_out) return 0;
    return 1 / (has_interval(goal) ? std::clamp(interval_error(goal), 0.003, 0.05) : goal_doubt);
}

struct Point {
    VectorXd at;
    VectorXd reached;
    VectorXd miss;   ///< logarithm of reached over goal
    VectorXd error;  ///< of the logarithm of each mean, from the spread of the replicates
    double cost{0};
};

class Solver {
public:
    Solver(const std::vector<Goal>& goals, const std::vector<Bounds>& bounds, const SolverSettings& settings,
           const Simulate& simulate, const Tell& tell)
        : goals_{goals},
          bounds_{bounds},
          settings_{settings},
          simulate_{simulate},
          tell_{tell},
          weights_(static_cast<Eigen::Index>(goals.size())),
          start_(static_cast<Eigen::Index>(bounds.size())) {
        for (std::size_t j = 0; j < bounds.size(); ++j)
            start_[static_cast<Eigen::Index>(j)] = std::clamp(bounds[j].start, bounds[j].least, bounds[j].most);
        for (std::size_t i = 0; i < goals.size(); ++i) weights_[static_cast<Eigen::Index>(i)] = weight(goals[i]);
    }

    Solution solve() {
        best_ = point(start_, simulate({start_}).front());
        tell(0);
        take_differences();
        double damping = 0;
        for (int step = 1; step <= settings_.steps_most; ++step) {
            if (miss_of(worst(best_), best_) <= settings_.tolerance * near_enough) break;
            const VectorXd way = way_from_best(damping);
            const bool stands_still = way.size() == 0 || way.cwiseAbs().maxCoeff() < 1e-4;
            if (stands_still && is_fresh_) break;
            const Point next = stands_still ? best_ : point(best_.at + way, simulate({best_.at + way}).front());
            if (!stands_still && next.cost < best_.cost) {
                learn(next);
                damping = damping < 1e-2 ? 0 : damping / 10;
            } else if (!is_fresh_) {
                take_differences();
            } else {
                damping = std::max(damping * 10, 1e-2);
                if (damping > 1e4) break;
            }
            tell(step);
        }
        if (!is_fresh_) take_differences();
        return {best_.at, best_.reached, elasticity_, standard_error(), points_};
    }

private:
    std::vector<Readings> simulate(const std::vector<VectorXd>& points) {
        points_ += points.size();
        return simulate_(points);
    }

    Point point(const VectorXd& at, const Readings& readings) const {
        Point made;
        made.at = at;
        made.reached = readings.colwise().mean();
        made.miss.resize(made.reached.size());
        made.error = VectorXd::Zero(made.reached.size());
        const auto replicates = static_cast<double>(readings.rows());
        for (Eigen::Index i = 0; i < made.reached.size(); ++i) {
            const double goal = goals_[static_cast<std::size_t>(i)].value;
            const double floor = goal * least_share;
            const double counted = made.reached[i] > floor ? made.reached[i] : floor;
            made.miss[i] = math::log(counted / goal);
            if (readings.rows() < 2) continue;
            const double spread = (readings.col(i).array() - made.reached[i]).square().sum() / (replicates - 1);
            made.error[i] = std::sqrt(spread / replicates) / counted;
        }
        made.cost = made.miss.cwiseProduct(weights_).squaredNorm() + ((at - start_) / start_doubt).squaredNorm();
        return made;
    }

    /// How each figure answers each factor, from the best point on: the same luck everywhere makes small steps tell.
    void take_differences() {
        std::vector<VectorXd> points;
        for (Eigen::Index j = 0; j < best_.at.size(); ++j) {
            VectorXd at = best_.at;
            const bool down = at[j] + difference_step > bounds_[static_cast<std::size_t>(j)].most;
            at[j] += down ? -difference_step : difference_step;
            points.push_back(std::move(at));
        }
        const std::vector<Readings> readings = simulate(points);
        elasticity_.resize(best_.miss.size(), best_.at.size());
        for (std::size_t j = 0; j < points.size(); ++j) {
            const auto column = static_cast<Eigen::Index>(j);
            const double step = points[j][column] - best_.at[column];
            elasticity_.col(column) = (point(points[j], readings[j]).miss - best_.miss) / step;
        }
        is_fresh_ = true;
    }

    /// Broyden's correction: what the step showed of the answers along it.
    void learn(const Point& next) {
        const VectorXd way = next.at - best_.at;
        const VectorXd surprise = next.miss - best_.miss - elasticity_ * way;
        elasticity_ += surprise * way.transpose() / way.squaredNorm();
        best_ = next;
        is_fresh_ = false;
    }

    /// The damped step. Factors that would leave their bounds stop there, and the others make up for them.
    VectorXd way_from_best(double damping) const {
        const MatrixXd weighted = weights_.asDiagonal() * elasticity_;
        MatrixXd curvature = weighted.transpose() * weighted;
        curvature.diagonal().array() += 1 / (start_doubt * start_doubt);
        curvature.diagonal() *= 1 + damping;
        const VectorXd slope = -(weighted.transpose() * weights_.cwiseProduct(best_.miss) +
                                 (best_.at - start_) / (start_doubt * start_doubt));
        VectorXd way = VectorXd::Zero(best_.at.size());
        std::vector<bool> stopped(bounds_.size(), false);
        for (std::size_t round = 0; round <= bounds_.size(); ++round) {
            std::vector<Eigen::Index> free;
            for (std::size_t j = 0; j < bounds_.size(); ++j) {
                if (!stopped[j]) free.push_back(static_cast<Eigen::Index>(j));
            }
            if (free.empty()) break;
            const VectorXd fixed = curvature * way_of_stopped(way, stopped);
            const VectorXd solved = MatrixXd(curvature(free, free)).ldlt().solve(VectorXd((slope - fixed)(free)));
            bool all_within = true;
            for (std::size_t k = 0; k < free.size(); ++k) {
                const auto j = static_cast<std::size_t>(free[k]);
                const double low = std::max(bounds_[j].least - best_.at[free[k]], -longest_step);
                const double high = std::min(bounds_[j].most - best_.at[free[k]], longest_step);
                way[free[k]] = std::clamp(solved[static_cast<Eigen::Index>(k)], low, high);
                if (way[free[k]] == solved[static_cast<Eigen::Index>(k)]) continue;
                stopped[j] = true;
                all_within = false;
            }
            if (all_within) break;
        }
        return way;
    }
    static VectorXd way_of_stopped(const VectorXd& way, const std::vector<bool>& stopped) {
        VectorXd kept = way;
        for (std::size_t j = 0; j < stopped.size(); ++j) {
            if (!stopped[j]) kept[static_cast<Eigen::Index>(j)] = 0;
        }
        return kept;
    }

    double miss_of(std::size_t goal, const Point& point) const {
        return goals_[goal].held_out ? 0 : std::abs(point.miss[static_cast<Eigen::Index>(goal)]);
    }
    std::size_t worst(const Point& point) const {
        std::size_t worst = 0;
        for (std::size_t i = 1; i < goals_.size(); ++i) {
            if (miss_of(i, point) > miss_of(worst, point)) worst = i;
        }
        return worst;
    }
    void tell(int step) const { tell_(step, worst(best_), miss_of(worst(best_), best_)); }

    /// From the goals' intervals and the spread of the replicates; a factor that neither informs keeps its start's doubt.
    VectorXd standard_error() const {
        MatrixXd information = MatrixXd::Identity(best_.at.size(), best_.at.size()) / (start_doubt * start_doubt);
        for (std::size_t i = 0; i < goals_.size(); ++i) {
            if (goals_[i].held_out) continue;
            const auto row = static_cast<Eigen::Index>(i);
            const double published = interval_error(goals_[i]);
            const double variance = std::max(published * published + best_.error[row] * best_.error[row], 1e-12);
            information += elasticity_.row(row).transpose() * elasticity_.row(row) / variance;
        }
        const MatrixXd covariance = information.ldlt().solve(MatrixXd::Identity(best_.at.size(), best_.at.size()));
        return covariance.diagonal().cwiseMax(0).cwiseSqrt();
    }

    const std::vector<Goal>& goals_;
    const std::vector<Bounds>& bounds_;
    const SolverSettings& settings_;
    const Simulate& simulate_;
    const Tell& tell_;
    VectorXd weights_;
    VectorXd start_;
    Point best_;
    MatrixXd elasticity_;
    bool is_fresh_{false};  ///< whether the elasticities were taken at the best point itself
    std::size_t points_{0};
};

}  // namespace

Solution solve(const std::vector<Goal>& goals, const std::vector<Bounds>& bounds, const SolverSettings& settings,
               const Simulate& simulate, const Tell& tell) {
    return Solver{goals, bounds, settings, simulate, tell}.solve();
}

bool is_met(const Goal& goal, double reached, double tolerance) noexcept {
    if (has_interval(goal) && reached >= goal.low && reached <= goal.high) return true;
    return std::abs(reached / goal.value - 1) <= tolerance;
}

Obstacle obstacle(const std::vector<Goal>& goals, const std::vector<Bounds>& bounds, const Solution& solution,
                  std::size_t missed, double tolerance) {
    Obstacle found;
    const VectorXd answers = solution.elasticity.row(static_cast<Eigen::Index>(missed));
    const double strength = answers.squaredNorm();
    const double reached = solution.reached[static_cast<Eigen::Index>(missed)];
    if (strength < 1e-4 || !(reached > 0)) return found;
    found.moves = true;
    // The shortest way on which this goal alone would be met, and what it would do to the others.
    const VectorXd way = answers * (math::log(goals[missed].value / reached) / strength);
    for (std::size_t j = 0; j < bounds.size(); ++j) {
        const auto place = static_cast<Eigen::Index>(j);
        if (std::abs(way[place]) < 0.1 * way.cwiseAbs().maxCoeff()) continue;
        const double at = solution.log_factors[place];
        const bool at_most = way[place] > 0 && at >= bounds[j].most - bound_margin;
        if (at_most || (way[place] < 0 && at <= bounds[j].least + bound_margin)) found.at_bounds.push_back(j);
    }
    const VectorXd change = solution.elasticity * way;
    for (std::size_t i = 0; i < goals.size(); ++i) {
        const auto place = static_cast<Eigen::Index>(i);
        if (i == missed || goals[i].held_out || !(solution.reached[place] > 0)) continue;
        const double after = solution.reached[place] * math::exp(change[place]);
        const bool worse =
            std::abs(math::log(after / goals[i].value)) > std::abs(math::log(solution.reached[place] / goals[i].value));
        if (worse && !is_met(goals[i], after, tolerance)) found.against.push_back(i);
    }
    return found;
}

}  // namespace segue::calibration
