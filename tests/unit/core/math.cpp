#include "engine/core/math.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace segue {
namespace {

/// Within `relative` of `truth`, or both tiny.
void expect_close(double found, double truth, double relative, double at) {
    EXPECT_NEAR(found, truth, relative * std::fabs(truth) + 1e-300) << "at " << at;
}

// The C library's functions are right to one unit in the last place; SLEEF's u10 are right to 1.0 units.
TEST(Math, AgreesWithTheCLibraryToTheLastPlaces) {
    constexpr double last_places = 1e-15;
    for (double x = -30; x <= 30; x += 0.37) {
        expect_close(math::exp(x), std::exp(x), last_places, x);
        expect_close(math::expm1(x), std::expm1(x), last_places, x);
    }
    for (double x = 1e-9; x < 1e9; x *= 3.7) {
        expect_close(math::log(x), std::log(x), last_places, x);
        expect_close(math::log1p(x), std::log1p(x), last_places, x);
        expect_close(math::pow(x, 0.37), std::pow(x, 0.37), last_places, x);
        EXPECT_EQ(math::sqrt(x), std::sqrt(x));
    }
    for (double x = 0.1; x < 60; x += 0.13) EXPECT_NEAR(math::log_gamma(x), std::lgamma(x), 1e-13 * (1 + x)) << x;
}

// Abramowitz and Stegun, Handbook of Mathematical Functions, table 26.1, to the digits printed there.
TEST(NormalDistribution, AgreesWithThePublishedTable) {
    EXPECT_NEAR(math::normal_cdf(0), 0.5, 1e-16);
    EXPECT_NEAR(math::normal_cdf(1), 0.841344746068543, 1e-15);
    EXPECT_NEAR(math::normal_cdf(2), 0.977249868051821, 1e-15);
    EXPECT_NEAR(math::normal_cdf(-3), 0.001349898031630, 1e-15);
    EXPECT_NEAR(math::normal_quantile(0.975), 1.959963984540054, 1e-14);
    EXPECT_NEAR(math::normal_quantile(0.5), 0, 1e-16);
    EXPECT_NEAR(math::normal_quantile(0.001), -3.090232306167813, 1e-13);
}

TEST(NormalDistribution, IsInvertedByItsQuantile) {
    for (double x = -8; x <= 8; x += 0.01) {
        const double p = math::normal_cdf(x);
        // Above the middle p carries fewer digits of the tail, and the inverse can be no better than they are.
        const double lost = x > 0 ? 2e-16 * std::exp(x * x / 2) * 2.6 : 0;
        if (p < 1) {
            EXPECT_NEAR(math::normal_quantile(p), x, 2e-14 * (1 + std::fabs(x)) + 2 * lost) << x;
        }
    }
}

TEST(GammaDistribution, OfShapeOneIsTheExponential) {
    for (double x = 0.001; x < 40; x *= 1.3) expect_close(math::gamma_cdf(1, x), -std::expm1(-x), 1e-13, x);
}

// Erlang: for a whole shape k, P(k, x) = 1 - exp(-x) (1 + x + ... + x^(k-1) / (k-1)!).
TEST(GammaDistribution, OfAWholeShapeIsTheErlang) {
    for (const int shape : {2, 3, 5, 12}) {
        for (double x = 0.05 * shape; x < 5 * shape; x += 0.31) {
            double term = 1;
            double sum = 1;
            for (int n = 1; n < shape; ++n) sum += term *= x / n;
            EXPECT_NEAR(math::gamma_cdf(shape, x), 1 - std::exp(-x) * sum, 1e-13) << shape << ' ' << x;
        }
    }
}

// A half: P(1/2, x) = erf(sqrt x), the square of a normal.
TEST(GammaDistribution, OfShapeOneHalfIsTheSquareOfANormal) {
    for (double x = 0.001; x < 30; x *= 1.4) expect_close(math::gamma_cdf(0.5, x), std::erf(std::sqrt(x)), 1e-13, x);
}

TEST(GammaDistribution, IsInvertedByItsQuantile) {
    for (const double shape : {0.2, 0.5, 1.0, 3.7, 40.0}) {
        for (double p = 0.001; p < 1; p += 0.0173) {
            const double x = math::gamma_quantile(shape, p);
            EXPECT_NEAR(math::gamma_cdf(shape, x), p, 1e-11) << shape << ' ' << p;
        }
    }
    EXPECT_NEAR(math::gamma_quantile(1, 0.5), std::log(2.0), 1e-11);
}

TEST(GammaDistribution, HoldsNothingAtOrBelowZero) {
    EXPECT_EQ(math::gamma_cdf(2, 0), 0);
    EXPECT_EQ(math::gamma_cdf(2, -1), 0);
}

TEST(Rates, AndChancesConvertIntoEachOther) {
    EXPECT_NEAR(chance(PerYear{1}, Days{365.25}), 1 - std::exp(-1.0), 1e-15);
    EXPECT_EQ(chance(PerYear{0}, Days{100}), 0);
    for (const double yearly : {1e-6, 0.02, 0.5, 0.99}) {
        EXPECT_NEAR(chance(rate_of(yearly), days(Years{1})), yearly, 1e-15);
    }
    EXPECT_GT(chance(PerYear{1e-12}, Days{1}), 0) << "a small rate does not vanish in a subtraction";
}

}  // namespace
}  // namespace segue
