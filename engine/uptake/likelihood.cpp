#include "engine/uptake/likelihood.hpp"

#include <algorithm>

#include "engine/core/contracts.hpp"
#include "engine/core/math.hpp"

namespace segue::uptake {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double log_two_pi = 1.8378770664093453;
/// Where no replicate counts anybody, the mean is taken for that of half a person in one of them.
constexpr double least_people = 0.5;

/// The share of a sum of squares that is noise, at most all of it. [0 to 1]
double noise_share(double noise, double squares) noexcept {
    return squares <= 0 ? 1 : std::clamp(noise / squares, 0.0, 1.0);
}

/// Variances of sample means of products need this factor on the sum of squared deviations of n products.
double of_products(double n) noexcept { return n / ((n - 1) * (n - 1) * (n - 1)); }

/// Samples less their mean, each column over its standard deviation; zeros where nothing varies.
MatrixXd standardised(const MatrixXd& centred, const VectorXd& variances) {
    MatrixXd scaled = centred;
    for (Index j = 0; j < scaled.cols(); ++j) {
        if (variances[j] > 0) scaled.col(j) /= math::sqrt(variances[j]);
    }
    return scaled;
}

}  // namespace

Shrunk shrunk_covariance(const MatrixXd& samples, const VectorXd& poisson) {
    SEGUE_EXPECT(samples.rows() >= 2);
    const auto n = static_cast<double>(samples.rows());
    const MatrixXd centred = samples.rowwise() - samples.colwise().mean();
    const MatrixXd squares = centred.cwiseAbs2();
    const VectorXd variances = squares.colwise().sum().transpose() / (n - 1);

    const ArrayXd dispersion = variances.array() / poisson.array();
    const MatrixXd ratios = squares.array().rowwise() / poisson.transpose().array();
    const MatrixXd off_mean = ratios.rowwise() - ratios.colwise().mean();
    Shrunk shrunk;
    shrunk.variance_shrinkage = noise_share(of_products(n) * off_mean.squaredNorm(), (dispersion - 1).square().sum());

    const MatrixXd scaled = standardised(centred, variances);
    MatrixXd correlations = scaled.transpose() * scaled / (n - 1);
    const MatrixXd scaled_squares = scaled.cwiseAbs2();
    const MatrixXd means = scaled.transpose() * scaled / n;
    MatrixXd noise = of_products(n) * (scaled_squares.transpose() * scaled_squares - n * means.cwiseAbs2());
    noise.diagonal().setZero();
    correlations.diagonal().setZero();
    shrunk.correlation_shrinkage = noise_share(noise.sum(), correlations.squaredNorm());
    correlations *= 1 - shrunk.correlation_shrinkage;
    correlations.diagonal().setOnes();

    const VectorXd deviations =
        (shrunk.variance_shrinkage * poisson + (1 - shrunk.variance_shrinkage) * variances).cwiseSqrt();
    shrunk.covariance = deviations.asDiagonal() * correlations * deviations.asDiagonal();
    return shrunk;
}

SyntheticLikelihood::SyntheticLikelihood(const ExpectedCounts& expected)
    : mean_{expected.recorded.colwise().mean().transpose()} {
    const auto n = static_cast<double>(expected.recorded.rows());
    const VectorXd twice = expected.twice_recorded.colwise().mean().transpose();
    MatrixXd covariance =
        (1 + 1 / n) * shrunk_covariance(expected.recorded, twice.cwiseMax(least_people / n)).covariance;
    covariance.diagonal() += mean_ - twice + expected.overdispersion.cwiseProduct(mean_.cwiseAbs2());
    factor_.compute(covariance);
    SEGUE_ENSURE(factor_.info() == Eigen::Success);
    const MatrixXd lower = factor_.matrixL();
    for (Index i = 0; i < lower.rows(); ++i) log_determinant_ += 2 * math::log(lower(i, i));
}

double SyntheticLikelihood::squared_distance(const VectorXd& counts) const {
    return factor_.matrixL().solve(counts - mean_).squaredNorm();
}

double SyntheticLikelihood::log_density(const VectorXd& counts) const {
    return -0.5 * (squared_distance(counts) + log_determinant_ + static_cast<double>(counts.size()) * log_two_pi);
}

}  // namespace segue::uptake
