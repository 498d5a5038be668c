#include "engine/rng/quantiles.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "engine/core/math.hpp"
#include "engine/rng/draws.hpp"

namespace segue {
namespace {

/// How many of the 2^32 words fulfil a condition that holds for the lowest words and for no others.
double words_that(const std::function<bool(std::uint32_t)>& fulfil) {
    std::uint64_t low = 0;
    std::uint64_t high = std::uint64_t{1} << 32U;
    while (low < high) {
        const std::uint64_t middle = (low + high) / 2;
        if (fulfil(static_cast<std::uint32_t>(middle))) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return static_cast<double>(low);
}

/// P(N = n) of a Poisson law, n = 0 ... last, by the C library.
std::vector<double> poisson_law(double mean, int last) {
    std::vector<double> law;
    for (int n = 0; n <= last; ++n) law.push_back(std::exp(n * std::log(mean) - mean - std::lgamma(n + 1.0)));
    return law;
}

// Exact: over all 2^32 words, as many give n or more as the law says, to one word.
TEST(PoissonCount, HasThePoissonLawOverAllWords) {
    for (const double mean : {0.0004, 0.05, 0.7, 3.0, 12.0}) {
        const auto law = poisson_law(mean, 60);
        for (int n = 1; n <= 40; ++n) {
            double at_least = 0;
            for (std::size_t k = law.size(); k-- > static_cast<std::size_t>(n);) at_least += law[k];
            const double found = words_that([&](std::uint32_t word) { return poisson_count(mean, word) >= n; });
            ASSERT_NEAR(found, at_least * 0x1p32, 1) << mean << ' ' << n;
        }
    }
}

// One million draws a mean, cells pooled to at least 20 expected. Seed fixed at 1; false alarm 1e-6 each.
TEST(PoissonCount, DrawnForManyPeopleFollowsTheLaw) {
    for (const double mean : {0.05, 0.7, 3.0, 20.0}) {
        constexpr int draws = 1'000'000;
        std::array<double, 128> found{};
        for (std::uint32_t person = 0; person < draws / 4; ++person) {
            for (const std::uint32_t word : Draws{Twin{1, 0}, PersonKey{person}, Purpose::onset_count, 3}.words()) {
                ++found[static_cast<std::size_t>(poisson_count(mean, word))];
            }
        }
        const auto law = poisson_law(mean, 127);
        double chi_square = 0;
        double pooled_found = 0;
        double pooled_law = 0;
        double law_so_far = 0;
        int cells = 0;
        for (std::size_t n = 0; n < law.size(); ++n) {
            pooled_found += found[n];
            pooled_law += law[n] * draws;
            law_so_far += law[n];
            const bool last = n + 1 == law.size();
            if (!last && (pooled_law < 20 || (1 - law_so_far) * draws < 20)) continue;
            chi_square += (pooled_found - pooled_law) * (pooled_found - pooled_law) / pooled_law;
            pooled_found = pooled_law = 0;
            ++cells;
        }
        EXPECT_LT(chi_square, 2 * math::gamma_quantile((cells - 1) / 2.0, 1 - 1e-6)) << mean;
    }
}

TEST(PoissonCount, NeverFallsWhenTheMeanRises) {
    for (std::uint32_t step = 0; step < 2000; ++step) {
        const std::uint32_t word = step * 2'147'483U;
        int before = 0;
        for (double mean = 0; mean < 30; mean += 0.17) {
            const int count = poisson_count(mean, word);
            ASSERT_GE(count, before) << word << ' ' << mean;
            before = count;
        }
    }
}

TEST(PoissonCount, OfNoRateIsNone) {
    EXPECT_EQ(poisson_count(0, 0), 0);
    EXPECT_EQ(poisson_count(0, 0xFFFFFFFF), 0);
}

TEST(PoissonCount, KeepsItsMeanForTheLargestMeansAllowed) {
    for (const double mean : {100.0, 700.0}) {
        double sum = 0;
        constexpr int words = 4096;
        for (std::uint32_t cell = 0; cell < words; ++cell) sum += poisson_count(mean, cell << 20U | 0x80000U);
        EXPECT_NEAR(sum / words, mean, 0.01 * std::sqrt(mean));
    }
}

TEST(WaitingDays, HaveTheExponentialLawOverAllWords) {
    constexpr double rate = 0.03;
    for (const int days : {1, 2, 10, 50, 300}) {
        const double found = words_that([&](std::uint32_t word) { return waiting_days(rate, word, 10'000) >= days; });
        EXPECT_NEAR(found, std::exp(-rate * days) * 0x1p32, 2) << days;
    }
}

TEST(WaitingDays, AreNeverLongerAtAHigherRateAndStopAtTheLimit) {
    for (std::uint32_t step = 0; step < 1000; ++step) {
        const std::uint32_t word = step * 4'294'967U;
        EXPECT_LE(waiting_days(0.02, word, 500), waiting_days(0.01, word, 500));
    }
    EXPECT_EQ(waiting_days(0, 12345, 500), 500);
    EXPECT_EQ(waiting_days(1e-12, 0x80000000, 500), 500);
}

struct Moments {
    double mean;
    double variance;
};
Moments moments(const GammaLevels& levels) {
    double sum = 0;
    double squares = 0;
    for (int cell = 0; cell < GammaLevels::cells; ++cell) {
        const double level = levels.level(static_cast<std::uint16_t>(cell * 16));
        sum += level;
        squares += level * level;
    }
    const double mean = sum / GammaLevels::cells;
    return {mean, squares / GammaLevels::cells - mean * mean};
}

// The cells stand for their means, so what varies within a cell is lost: under 0.2% at these variances.
TEST(GammaLevels, HaveMeanOneAndTheVarianceAsked) {
    for (const double variance : {0.1, 0.25, 0.5, 1.0, 2.0}) {
        const auto [mean, found] = moments(GammaLevels{variance});
        EXPECT_NEAR(mean, 1, 0x1p-16) << variance;
        EXPECT_NEAR(found, variance, 0.002 * variance) << variance;
    }
}

// At variance 1 the law is exponential, whose cell means have a closed form: the integral of x exp(-x).
TEST(GammaLevels, AtVarianceOneAreTheMeansOfAnExponentialsCells) {
    const GammaLevels levels{1};
    const auto above = [](double q) { return q == 0 ? 0 : q * (1 - std::log(q)); };
    for (int cell = 0; cell < GammaLevels::cells; ++cell) {
        const double upper = 1 - static_cast<double>(cell) / GammaLevels::cells;
        const double lower = 1 - (cell + 1.0) / GammaLevels::cells;
        const double truth = (above(upper) - above(lower)) * GammaLevels::cells;
        ASSERT_NEAR(levels.level(static_cast<std::uint16_t>(cell * 16 + 15)), truth, 0x1p-16) << cell;
    }
}

TEST(GammaLevels, RiseWithTheRankAndAreAllOneWithoutVariance) {
    const GammaLevels levels{0.5};
    for (int rank = 1; rank < 65536; ++rank) {
        ASSERT_GE(levels.level(static_cast<std::uint16_t>(rank)), levels.level(static_cast<std::uint16_t>(rank - 1)));
    }
    const GammaLevels same{0};
    EXPECT_EQ(same.level(0), 1);
    EXPECT_EQ(same.level(65535), 1);
}

}  // namespace
}  // namespace segue
