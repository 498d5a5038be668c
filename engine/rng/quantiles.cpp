#include "engine/rng/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/math.hpp"
#include "engine/rng/draws.hpp"

namespace segue {

GammaLevels::GammaLevels(double variance) : levels_(cells, 1.0) {
    if (variance <= 0) return;
    // The mean of a cell follows from the distribution function of a gamma one shape higher:
    // E[X; X < x] = P(shape + 1, x) for mean 1 (integrate by parts).
    const double shape = 1 / variance;
    double below_share = 0;
    for (int cell = 0; cell < cells; ++cell) {
        const double above_share =
            cell + 1 == cells ? 1 : math::gamma_cdf(shape + 1, math::gamma_quantile(shape, (cell + 1.0) / cells));
        levels_[static_cast<std::size_t>(cell)] =
            std::nearbyint((above_share - below_share) * cells * 0x1p16) * 0x1p-16;
        below_share = above_share;
    }
}

int poisson_count(double expected, std::uint32_t word) noexcept {
    const double u = uniform(word);
    // P(N >= 1) is below the mean, which settles nearly every call without an exponential.
    if (u >= expected) return 0;
    // x - x^2/2 < P(N >= 1) and P(N >= 2) < x^2/2 settle most of the others.
    const double half_square = 0.5 * expected * expected;
    if (u >= half_square && u < expected - half_square) return 1;
    double term = math::exp(-expected);
    double at_least = -math::expm1(-expected);
    int count = 0;
    while (u < at_least && count < 10'000) {
        ++count;
        term *= expected / count;
        at_least -= term;
        if (term < 1e-18 && count > expected) break;
    }
    return count;
}

// Floors of an exponential time are geometric: their mean m at rate r is 1 / (e^r - 1).
double rate_of_waiting(double mean_days) noexcept {
    return mean_days > 0 ? math::log1p(1 / mean_days) : std::numeric_limits<double>::infinity();
}

std::int32_t waiting_days(double rate_per_day, std::uint32_t word, std::int32_t limit) noexcept {
    if (rate_per_day <= 0) return limit;
    const double u = uniform(word);
    // 1 - u < -log u settles every call whose answer is the limit by far, without a logarithm.
    if (1 - u >= rate_per_day * limit) return limit;
    const double wait = -math::log(u) / rate_per_day;
    return wait >= limit ? limit : static_cast<std::int32_t>(wait);
}

}  // namespace segue
