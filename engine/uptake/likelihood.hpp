/// \file
/// Synthetic likelihood: how likely counts are under a model that can only be simulated, by a normal law with the mean
/// and covariance of its replicates (Wood 2010, doi:10.1038/nature09319).
///
///   In     the counts to be expected of each replicate
///   Out    log density of observed counts; how far they are from the mean
///   Holds  positive definite for any number of replicates from two on, and for more cells than replicates
#pragma once
#include <Eigen/Cholesky>
#include <Eigen/Core>

#include "engine/uptake/recording.hpp"

namespace segue::uptake {

/// Covariance over replicates, with correlations shrunk toward 0 as far as they are noise (Schaefer and Strimmer 2005,
/// doi:10.2202/1544-6115.1175), and with each variance over `poisson` shrunk toward 1 in the same way (after
/// Opgen-Rhein and Strimmer 2007, doi:10.2202/1544-6115.1252).
struct Shrunk {
    Eigen::MatrixXd covariance;
    double correlation_shrinkage{1};  ///< 0: as over the replicates; 1: none
    double variance_shrinkage{1};     ///< 0: as over the replicates; 1: Poisson
};
/// \param samples one a row, at least two
/// \param poisson variances of the columns if they were Poisson counts, more than 0
[[nodiscard]] Shrunk shrunk_covariance(const Eigen::MatrixXd& samples, const Eigen::VectorXd& poisson);

/// The normal law. Its covariance is the shrunk one times 1 + 1/n, because the mean of n replicates is itself in doubt,
/// plus what recording adds: r (1 - r) c for people of whom a share r is recorded, and over-dispersion times the square
/// of the mean.
class SyntheticLikelihood {
public:
    explicit SyntheticLikelihood(const ExpectedCounts& expected);

    /// Natural logarithm of the density.
    [[nodiscard]] double log_density(const Eigen::VectorXd& counts) const;
    /// Square of the Mahalanobis distance from the mean.
    [[nodiscard]] double squared_distance(const Eigen::VectorXd& counts) const;
    [[nodiscard]] const Eigen::VectorXd& mean() const noexcept { return mean_; }

private:
    Eigen::VectorXd mean_;
    Eigen::LLT<Eigen::MatrixXd> factor_;
    double log_determinant_{0};
};

}  // namespace segue::uptake
