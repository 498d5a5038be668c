#include "engine/uptake/likelihood.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/unit/uptake/replicates.hpp"

namespace segue::uptake {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double pi = 3.141592653589793;

/// Standard normal samples, no two alike.
MatrixXd normal_samples(Eigen::Index rows, Eigen::Index columns) {
    MatrixXd samples(rows, columns);
    for (Eigen::Index i = 0; i < rows; ++i) {
        for (Eigen::Index j = 0; j < columns; ++j) {
            const Draws draws{Twin{5, static_cast<std::uint32_t>(i)}, static_cast<std::uint64_t>(j),
                              Purpose::uptake_habit, 0};
            samples(i, j) = math::normal_quantile(uniform(draws.words()[0]));
        }
    }
    return samples;
}

// Samples 8, 10, 12 of a count: variance 4, Poisson 10. Squares over 10 are .4, 0, .4, and 3/8 of their squared deviations
// is .04; (4/10 - 1)^2 is .36. So 1/9 of the way to 10: 14/3, times 1 + 1/3.
TEST(SyntheticLikelihood, OfOneCountIsTheNormalLawInClosedForm) {
    MatrixXd samples(3, 1);
    samples << 8, 10, 12;
    const SyntheticLikelihood law{{samples, samples, VectorXd::Zero(1)}};
    const double variance = 14.0 / 3 * 4 / 3;
    const VectorXd count = VectorXd::Constant(1, 13);
    EXPECT_NEAR(law.squared_distance(count), 9 / variance, 1e-12);
    EXPECT_NEAR(law.log_density(count), -0.5 * (9 / variance + std::log(2 * pi * variance)), 1e-12);
}

TEST(SyntheticLikelihood, IsWiderByWhatRecordingAddsAndByOverdispersion) {
    MatrixXd samples(3, 1);
    samples << 8, 10, 12;
    MatrixXd twice = samples / 2;
    const VectorXd count = VectorXd::Constant(1, 13);
    const SyntheticLikelihood plain{{samples, twice, VectorXd::Zero(1)}};
    const SyntheticLikelihood dispersed{{samples, twice, VectorXd::Constant(1, 0.25)}};
    EXPECT_NEAR(9 / dispersed.squared_distance(count) - 9 / plain.squared_distance(count), 0.25 * 100, 1e-9);
}

TEST(SyntheticLikelihood, HoldsForMoreCellsThanReplicatesAndCellsWithoutAnybody) {
    MatrixXd samples = (normal_samples(5, 60) * 2).array().round() + 6;
    samples.col(7).setZero();
    const SyntheticLikelihood law{{samples, samples, VectorXd::Zero(60)}};
    EXPECT_TRUE(std::isfinite(law.log_density(samples.row(0).transpose())));
    EXPECT_LT(law.log_density(samples.row(0).transpose() * 3), law.log_density(samples.row(0).transpose()));
}

TEST(ShrunkCovariance, LetsGoOfCorrelationsThatAreNoiseAndKeepsThoseThatAreNot) {
    const MatrixXd independent = normal_samples(200, 6);
    const VectorXd ones = VectorXd::Ones(6);
    EXPECT_GT(shrunk_covariance(independent, ones).correlation_shrinkage, 0.7);
    MatrixXd together = independent;
    for (Eigen::Index j = 1; j < 6; ++j) together.col(j) = independent.col(0) + 0.1 * independent.col(j);
    const Shrunk kept = shrunk_covariance(together, ones);
    EXPECT_LT(kept.correlation_shrinkage, 0.02);
    EXPECT_NEAR(kept.covariance(0, 1) / std::sqrt(kept.covariance(0, 0) * kept.covariance(1, 1)), 0.99, 0.02);
}

TEST(ShrunkCovariance, KeepsAVarianceThatIsClearlyNotPoisson) {
    const MatrixXd samples = normal_samples(400, 3) * 3;
    const Shrunk shrunk = shrunk_covariance(samples, VectorXd::Ones(3));
    EXPECT_LT(shrunk.variance_shrinkage, 0.05);
    EXPECT_NEAR(shrunk.covariance(0, 0), 9, 2);
}

}  // namespace
}  // namespace segue::uptake
