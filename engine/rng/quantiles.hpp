/// \file
/// Draws that are made by inverting a distribution: one uniform in, one value out, so that twins whose parameter
/// differs a little get values that differ a little.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/core/quantity.hpp"

namespace segue {

/// A gamma distribution of mean 1 by its quantiles in fixed point: 4,096 cells of equal chance, each standing for
/// its own mean. The table's mean is 1 to 2^-16 whatever the shape.
class GammaLevels {
public:
    /// \param variance of the level over people (mean 1); 0 gives everybody exactly 1
    explicit GammaLevels(double variance);
    static constexpr int cells = 4096;
    /// The level whose rank among people is `rank` / 65,536. [1]
    [[nodiscard]] double level(std::uint16_t rank) const noexcept { return levels_[rank >> 4U]; }

private:
    std::vector<double> levels_;
};

/// How many events a Poisson law of mean `expected` gives for this word, counted from the top: at least n events
/// exactly when the uniform lies below the chance of n or more. A larger mean never gives fewer. Means to 700.
[[nodiscard]] int poisson_count(double expected, std::uint32_t word) noexcept;

/// Whole days until the first event of a constant rate, from one uniform; at most `limit`.
[[nodiscard]] std::int32_t waiting_days(double rate_per_day, std::uint32_t word, std::int32_t limit) noexcept;

/// The rate at which `waiting_days` have this mean. [1/d]
[[nodiscard]] double rate_of_waiting(double mean_days) noexcept;

}  // namespace segue
