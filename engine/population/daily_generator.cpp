#include "engine/population/daily_generator.hpp"

#include <cmath>

#include <Eigen/Dense>
#include <unsupported/Eigen/MatrixFunctions>

namespace segue {
namespace {

Eigen::MatrixXd to_matrix(const std::vector<std::vector<double>>& rows) {
    const auto size = static_cast<Eigen::Index>(rows.size());
    Eigen::MatrixXd matrix(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
        for (Eigen::Index j = 0; j < size; ++j)
            matrix(i, j) = rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
    return matrix;
}

/// A real matrix has a real principal logarithm when no eigenvalue is zero or on the negative axis.
bool has_real_logarithm(const Eigen::MatrixXd& matrix) {
    const auto values = matrix.eigenvalues();
    for (Eigen::Index i = 0; i < values.size(); ++i) {
        if (std::abs(values(i).imag()) < 1e-12 && values(i).real() <= 1e-12) return false;
    }
    return true;
}

}  // namespace

std::optional<DailyGenerator> daily_generator(const std::vector<std::vector<double>>& yearly) {
    const Eigen::MatrixXd matrix = to_matrix(yearly);
    if (!has_real_logarithm(matrix)) return std::nullopt;
    Eigen::MatrixXd rates = matrix.log();
    if (!rates.allFinite()) return std::nullopt;
    for (Eigen::Index i = 0; i < rates.rows(); ++i) {
        double leaving = 0;
        for (Eigen::Index j = 0; j < rates.cols(); ++j) {
            if (i == j) continue;
            rates(i, j) = std::nearbyint(std::max(rates(i, j), 0.0) * 0x1p32) * 0x1p-32;
            leaving += rates(i, j);
        }
        rates(i, i) = -leaving;
    }
    DailyGenerator made;
    made.error = (rates.exp() - matrix).cwiseAbs().maxCoeff();
    made.rates.assign(yearly.size(), std::vector<double>(yearly.size()));
    for (Eigen::Index i = 0; i < rates.rows(); ++i) {
        for (Eigen::Index j = 0; j < rates.cols(); ++j) {
            made.rates[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] = rates(i, j);
        }
    }
    return made;
}

}  // namespace segue
