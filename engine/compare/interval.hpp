/// \file
/// How sure a mean over replicates is, and what pairing twins bought.
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace segue::compare {

/// A mean over replicates with half the width of its 95% interval, by Student's t; infinite for a single replicate.
struct Interval {
    double mean{0};
    double half_width{0};
    /// Whether 0 lies outside; never where every replicate gave 0.
    [[nodiscard]] bool is_clear() const noexcept;
};
/// Of at least one value.
[[nodiscard]] Interval interval_of(std::span<const double> values);

/// Of at least two values, about their mean.
[[nodiscard]] double variance_of(std::span<const double> values);

/// `b` less `a`, twin by twin.
[[nodiscard]] std::vector<double> differences(std::span<const double> a, std::span<const double> b);

/// By how much the variance of the difference is smaller between twins than between arms whose luck is their own:
/// (var A + var B) / var(B - A). Nothing where that says nothing: a single replicate, or a difference that is the same in
/// all.
[[nodiscard]] std::optional<double> variance_reduction(std::span<const double> a, std::span<const double> b);

/// Replicates after which half the 95% interval of the mean of such values is at most `half_width`: the least n with
/// t(n - 1) s / sqrt(n) <= half_width. At least 2; nothing where `values` are fewer than 2 or `half_width` is not positive.
[[nodiscard]] std::optional<std::size_t> replicates_needed(std::span<const double> values, double half_width);

}  // namespace segue::compare
