#include "engine/population/liability.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Dense>

namespace segue {
namespace {

constexpr auto size = static_cast<Eigen::Index>(liability_count);
using Matrix = Eigen::Matrix<double, size, size>;
using Causes = Eigen::Matrix<double, size, 2>;

/// The two greatest axes of a matrix, each scaled to the root of its share of variance.
Causes greatest_axes(const Matrix& matrix) {
    const Eigen::SelfAdjointEigenSolver<Matrix> solver{matrix};
    Causes axes;
    for (Eigen::Index k = 0; k < 2; ++k) {
        const Eigen::Index place = size - 1 - k;
        axes.col(k) = solver.eigenvectors().col(place) * std::sqrt(std::max(0.0, solver.eigenvalues()(place)));
    }
    return axes;
}

bool is_of_the_mind(std::size_t liability) {
    return liability == index(Condition::depression) || liability == index(Condition::anxiety) ||
           liability == index(Condition::serious_mental_illness);
}

/// Turns the axes as the header says; signs follow.
void turn(Causes& axes) {
    Eigen::RowVector2d bodily = Eigen::RowVector2d::Zero();
    for (std::size_t i = 0; i < liability_count; ++i) {
        if (!is_of_the_mind(i)) bodily += axes.row(static_cast<Eigen::Index>(i));
    }
    if (bodily.norm() > 0) {
        bodily.normalize();
        Eigen::Matrix2d rotation;
        rotation << bodily(0), -bodily(1), bodily(1), bodily(0);
        axes = axes * rotation;
    }
    if (axes(static_cast<Eigen::Index>(index(Condition::depression)), 1) < 0) axes.col(1) *= -1;
}

double rounded(double value) { return std::nearbyint(value * 0x1p20) * 0x1p-20; }

}  // namespace

Loadings two_causes(const std::array<std::array<double, liability_count>, liability_count>& correlation) {
    Matrix matrix;
    for (Eigen::Index a = 0; a < size; ++a) {
        for (Eigen::Index b = 0; b < size; ++b) {
            matrix(a, b) = correlation[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
        }
    }
    // A cause explains at most this much of a liability; the rest stays a person's own.
    constexpr double most_shared = 0.95;
    constexpr int rounds = 200;
    Causes axes = greatest_axes(matrix);
    for (int round = 0; round < rounds; ++round) {
        for (Eigen::Index i = 0; i < size; ++i) matrix(i, i) = std::min(axes.row(i).squaredNorm(), most_shared);
        axes = greatest_axes(matrix);
    }
    turn(axes);
    Loadings loadings;
    for (std::size_t i = 0; i < liability_count; ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        const double shrink = std::min(1.0, std::sqrt(most_shared / std::max(axes.row(row).squaredNorm(), 1e-12)));
        loadings[i] = {rounded(axes(row, 0) * shrink), rounded(axes(row, 1) * shrink)};
    }
    return loadings;
}

}  // namespace segue
