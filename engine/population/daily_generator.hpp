/// \file
/// The rates of a chain in continuous time whose year is a given yearly matrix, where there are any.
#pragma once
#include <optional>
#include <vector>

namespace segue {

struct DailyGenerator {
    std::vector<std::vector<double>> rates;  ///< [1/a], rows add up to 0, rounded to 2^-32
    double error{0};                         ///< greatest difference in a cell between a year of it and the matrix
};

/// The principal logarithm of a stochastic matrix, negative rates between states set to 0 and the diagonal put right.
/// Nothing when the matrix has no real logarithm.
[[nodiscard]] std::optional<DailyGenerator> daily_generator(const std::vector<std::vector<double>>& yearly);

}  // namespace segue
