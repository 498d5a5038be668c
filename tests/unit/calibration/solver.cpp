#include "engine/calibration/solver.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace segue::calibration {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Figures that answer factors as powers: figure i = start[i] * product over j of factor[j] ^ power(i, j), with a
/// spread over two replicates that does not move.
struct Powers {
    VectorXd start;
    MatrixXd power;
    double spread{0.01};

    [[nodiscard]] std::vector<Readings> operator()(const std::vector<VectorXd>& points) const {
        std::vector<Readings> readings;
        for (const VectorXd& at : points) {
            const VectorXd logs = power * at;
            Readings one(2, start.size());
            for (Eigen::Index i = 0; i < start.size(); ++i) {
                const double value = start[i] * std::exp(logs[i]);
                one(0, i) = value * (1 - spread);
                one(1, i) = value * (1 + spread);
            }
            readings.push_back(one);
        }
        return readings;
    }
};

Solution solved(const Powers& powers, const std::vector<Goal>& goals, const std::vector<Bounds>& bounds) {
    return solve(goals, bounds, {30, 0.01}, powers, [](int, std::size_t, double) {});
}

const Bounds wide{-5, 5};

TEST(Solver, MeetsAsManyGoalsAsThereAreFactors) {
    Powers powers{VectorXd(2), MatrixXd(2, 2)};
    powers.start << 3, 40;
    powers.power << 1, 0.5, -0.2, 0.8;
    const std::vector<Goal> goals{{5, 0, 0, false}, {20, 0, 0, false}};
    const Solution solution = solved(powers, goals, {wide, wide});
    EXPECT_TRUE(is_met(goals[0], solution.reached[0], 0.01));
    EXPECT_TRUE(is_met(goals[1], solution.reached[1], 0.01));
}

TEST(Solver, BeginsWhereItIsToldAndStaysThereIfNothingAsksForMore) {
    Powers powers{VectorXd(1), MatrixXd(1, 2)};
    powers.start << 3;
    powers.power << 1, 0;
    const Solution solution = solved(powers, {{6, 0, 0, false}}, {{-5, 5, 0.5}, {-5, 0.7, 2}});
    EXPECT_NEAR(solution.log_factors[0], std::log(2), 0.01);
    EXPECT_DOUBLE_EQ(solution.log_factors[1], 0.7) << "no start is beyond the bounds";
}

TEST(Solver, LeavesAFactorThatNothingAsksForAtItsStart) {
    Powers powers{VectorXd(1), MatrixXd(1, 2)};
    powers.start << 3;
    powers.power << 1, 0;
    const Solution solution = solved(powers, {{6, 0, 0, false}}, {wide, wide});
    EXPECT_NEAR(solution.log_factors[0], std::log(2), 0.01);
    EXPECT_DOUBLE_EQ(solution.log_factors[1], 0);
}

TEST(Solver, NeverLeavesTheBoundsAndSaysWhichStandsInTheWay) {
    Powers powers{VectorXd(1), MatrixXd(1, 1)};
    powers.start << 1;
    powers.power << 1;
    const std::vector<Goal> goals{{10, 0, 0, false}};
    const std::vector<Bounds> bounds{{-1, 0.5}};
    const Solution solution = solved(powers, goals, bounds);
    EXPECT_NEAR(solution.log_factors[0], 0.5, 1e-12);
    EXPECT_FALSE(is_met(goals[0], solution.reached[0], 0.01));
    EXPECT_EQ(obstacle(goals, bounds, solution, 0, 0.01).at_bounds, std::vector<std::size_t>{0});
}

TEST(Solver, NamesTheGoalThatContradictsAnother) {
    Powers powers{VectorXd(2), MatrixXd(2, 1)};
    powers.start << 1, 1;
    powers.power << 1, 1;
    const std::vector<Goal> goals{{2, 0, 0, false}, {0.5, 0, 0, false}};
    const Solution solution = solved(powers, goals, {wide});
    const Obstacle found = obstacle(goals, {wide}, solution, 0, 0.01);
    EXPECT_TRUE(found.moves);
    EXPECT_EQ(found.against, std::vector<std::size_t>{1});
}

TEST(Solver, SaysWhenNoFactorMovesAGoal) {
    Powers powers{VectorXd(1), MatrixXd::Zero(1, 1)};
    powers.start << 1;
    const std::vector<Goal> goals{{2, 0, 0, false}};
    EXPECT_FALSE(obstacle(goals, {wide}, solved(powers, goals, {wide}), 0, 0.01).moves);
}

TEST(Solver, LooksAtAHeldOutGoalAndDoesNotSolveForIt) {
    Powers powers{VectorXd(1), MatrixXd(1, 1)};
    powers.start << 1;
    powers.power << 1;
    EXPECT_DOUBLE_EQ(solved(powers, {{2, 0, 0, true}}, {wide}).log_factors[0], 0);
}

/// One goal, one factor of elasticity 1: the factor's error is that of the mean of the two replicates.
TEST(Solver, GivesTheErrorOfTheDeltaMethod) {
    Powers powers{VectorXd(1), MatrixXd(1, 1)};
    powers.start << 3;
    powers.power << 1;
    const Solution solution = solved(powers, {{6, 0, 0, false}}, {wide});
    const double error_of_mean = std::sqrt(2 * 0.01 * 0.01) / std::sqrt(2);
    EXPECT_NEAR(solution.standard_error[0], error_of_mean, 0.01 * error_of_mean);
}

TEST(Goal, IsMetWithinItsIntervalOrTheTolerance) {
    EXPECT_TRUE(is_met({10, 8, 12, false}, 8.5, 0.01));
    EXPECT_FALSE(is_met({10, 8, 12, false}, 7.5, 0.01));
    EXPECT_TRUE(is_met({10, 0, 0, false}, 10.09, 0.01));
    EXPECT_FALSE(is_met({10, 0, 0, false}, 10.2, 0.01));
}

}  // namespace
}  // namespace segue::calibration
