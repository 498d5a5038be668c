/// \file
/// Limits of statistical tests from the false-alarm rate that they are to have.
#pragma once
#include <cmath>
#include <cstddef>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>

namespace segue::test {

/// The rate at which each of our statistical tests would fail by chance, were its seed not fixed.
inline constexpr double false_alarms = 1e-6;

/// A chi-squared statistic lies above this at the false-alarm rate.
[[nodiscard]] inline double chi_squared_limit(double degrees, double rate = false_alarms) {
    return quantile(complement(boost::math::chi_squared{degrees}, rate));
}

/// A standard normal deviate lies outside this, on either side, at the false-alarm rate.
[[nodiscard]] inline double deviate_limit(double rate = false_alarms) {
    return quantile(complement(boost::math::normal{}, rate / 2));
}

/// Sum of squared deviations of Poisson counts from their expectations, over the expectations.
[[nodiscard]] inline double chi_squared(const std::vector<double>& observed, const std::vector<double>& expected) {
    double sum = 0;
    for (std::size_t i = 0; i < observed.size(); ++i) {
        sum += (observed[i] - expected[i]) * (observed[i] - expected[i]) / expected[i];
    }
    return sum;
}

/// Mean and variance of some numbers.
struct Moments {
    double n{0};
    double sum{0};
    double squares{0};
    void add(double value) noexcept {
        ++n;
        sum += value;
        squares += value * value;
    }
    [[nodiscard]] double mean() const noexcept { return sum / n; }
    [[nodiscard]] double variance() const noexcept { return (squares - sum * sum / n) / (n - 1); }
    [[nodiscard]] double standard_error() const noexcept { return std::sqrt(variance() / n); }
};

}  // namespace segue::test
