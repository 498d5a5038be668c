/// \file
/// The elementary functions that state and results may be made with. The C library's own give different bits on
/// processors with and without FMA; SLEEF's `cinz` functions do not.
#pragma once
#include "engine/core/quantity.hpp"

namespace segue::math {

[[nodiscard]] double exp(double x) noexcept;
[[nodiscard]] double expm1(double x) noexcept;
[[nodiscard]] double log(double x) noexcept;
[[nodiscard]] double log1p(double x) noexcept;
[[nodiscard]] double pow(double x, double y) noexcept;
[[nodiscard]] double sqrt(double x) noexcept;
[[nodiscard]] double log_gamma(double x) noexcept;

/// Standard normal distribution function. [1]
[[nodiscard]] double normal_cdf(double x) noexcept;
/// Its inverse, for 0 < p < 1: Acklam's rational approximation and one Halley step.
[[nodiscard]] double normal_quantile(double p) noexcept;
/// Regularised lower incomplete gamma P(shape, x): the series for x < shape + 1, else Lentz's continued fraction
/// (Press and others, Numerical Recipes, 6.2).
[[nodiscard]] double gamma_cdf(double shape, double x) noexcept;
/// The x at which gamma_cdf(shape, x) = p, by bisection.
[[nodiscard]] double gamma_quantile(double shape, double p) noexcept;

}  // namespace segue::math

namespace segue {

/// Chance of at least one event within `span` at a constant rate: 1 - exp(-r t). [1]
[[nodiscard]] inline double chance(PerYear rate, Days span) noexcept { return -math::expm1(-expected(rate, span)); }
/// The constant rate whose chance within a year is `probability`: -ln(1 - p). [1/a]
[[nodiscard]] inline PerYear rate_of(double probability) noexcept { return PerYear{-math::log1p(-probability)}; }

}  // namespace segue
