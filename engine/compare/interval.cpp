#include "engine/compare/interval.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "engine/core/contracts.hpp"

namespace segue::compare {
namespace {

constexpr double upper_tail = 0.975;  // of a two-sided interval of 95%

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double student_t(std::size_t replicates) {
    return boost::math::quantile(boost::math::students_t{static_cast<double>(replicates - 1)}, upper_tail);
}

double half_width(double deviation, std::size_t replicates) {
    return student_t(replicates) * deviation / std::sqrt(static_cast<double>(replicates));
}

}  // namespace

bool Interval::is_clear() const noexcept { return std::abs(mean) > half_width; }

Interval interval_of(std::span<const double> values) {
    SEGUE_EXPECT(!values.empty());
    if (values.size() == 1) return {values.front(), std::numeric_limits<double>::infinity()};
    return {mean_of(values), half_width(std::sqrt(variance_of(values)), values.size())};
}

double variance_of(std::span<const double> values) {
    SEGUE_EXPECT(values.size() >= 2);
    const double mean = mean_of(values);
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return squares / static_cast<double>(values.size() - 1);
}

std::vector<double> differences(std::span<const double> a, std::span<const double> b) {
    SEGUE_EXPECT(a.size() == b.size());
    std::vector<double> made;
    for (std::size_t i = 0; i < a.size(); ++i) made.push_back(b[i] - a[i]);
    return made;
}

std::optional<double> variance_reduction(std::span<const double> a, std::span<const double> b) {
    if (a.size() < 2) return std::nullopt;
    const double paired = variance_of(differences(a, b));
    if (!(paired > 0)) return std::nullopt;
    return (variance_of(a) + variance_of(b)) / paired;
}

std::optional<std::size_t> replicates_needed(std::span<const double> values, double wanted) {
    if (values.size() < 2 || !(wanted > 0)) return std::nullopt;
    const double deviation = std::sqrt(variance_of(values));
    if (half_width(deviation, 2) <= wanted) return 2;
    // The interval by the normal needs fewer: from there up, one by one.
    const double z = boost::math::quantile(boost::math::normal{}, upper_tail);
    auto needed = std::max<std::size_t>(3, static_cast<std::size_t>(std::pow(z * deviation / wanted, 2)));
    while (half_width(deviation, needed) > wanted) ++needed;
    return needed;
}

}  // namespace segue::compare
