#include "engine/compare/attribution.hpp"

#include <bit>
#include <cmath>
#include <numeric>
#include <set>

#include <gtest/gtest.h>

namespace segue::compare {
namespace {

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Something that is nowhere near linear, in whole grains.
double crooked(Coalition coalition) {
    const double size = std::popcount(coalition);
    return std::nearbyint(std::pow(1.37, size) * static_cast<double>(coalition % 7 + 1) / headline_grain) *
           headline_grain;
}

TEST(Orders, AreAllOfFewParts) {
    EXPECT_EQ(orders_of(3, 0, 1).size(), 6U);
    EXPECT_EQ(orders_of(6, 0, 1).size(), 720U);
    EXPECT_EQ(coalitions_of(orders_of(6, 0, 1)).size(), 62U);  // 2^6, none and all left out
}

TEST(Orders, OfManyPartsKeepToTheBudget) {
    const auto orders = orders_of(10, 64, 1);
    EXPECT_EQ(orders.size(), 6U);
    EXPECT_LE(coalitions_of(orders).size(), 64U);
    for (const Order& order : orders) EXPECT_EQ(std::set<std::size_t>(order.begin(), order.end()).size(), 10U);
    EXPECT_EQ(Order(orders[1].rbegin(), orders[1].rend()), orders[0]);
    EXPECT_NE(orders[2], orders[0]);
    EXPECT_EQ(orders_of(10, 64, 1), orders);
    EXPECT_NE(orders_of(10, 64, 2), orders);
}

TEST(Shares, AddUpToTheWholeExactly) {
    for (const std::size_t parts : {1U, 2U, 5U, 6U, 9U}) {
        const auto orders = orders_of(parts, 40, 1);
        const Coalition whole = (Coalition{1} << parts) - 1;
        EXPECT_EQ(sum(shares_of(orders, crooked)), crooked(whole) - crooked(0)) << parts;
    }
}

// Shapley's value of v(S) = sum of a_i over S is a_i; by hand for two parts with an interaction, half of it each.
TEST(Shares, AreTheClosedForm) {
    const auto additive = shares_of(orders_of(4, 0, 1), [](Coalition c) {
        return ((c & 1U) != 0 ? 3.0 : 0) + ((c & 2U) != 0 ? 0.5 : 0) - ((c & 4U) != 0 ? 2.0 : 0);
    });
    EXPECT_EQ(additive, (std::vector<double>{3, 0.5, -2, 0}));
    const auto interacting = shares_of(orders_of(2, 0, 1), [](Coalition c) {
        return c == 3 ? 8.0 : c == 1 ? 2.0 : 0.0;
    });
    EXPECT_EQ(interacting, (std::vector<double>{5, 3}));
}

TEST(Shares, OfPartsThatDoTheSameAreTheSame) {
    const auto shares = shares_of(orders_of(5, 0, 1), [](Coalition c) {
        const double size = std::popcount(c);
        return size * size;
    });
    EXPECT_EQ(shares, std::vector<double>(5, 5.0));
}

TEST(Shares, AreNoneWhereAValueIsNone) {
    const auto shares = shares_of(orders_of(2, 0, 1), [](Coalition c) { return c == 1 ? std::nan("") : 1.0; });
    EXPECT_TRUE(std::isnan(shares[0]) && std::isnan(shares[1]));
}

}  // namespace
}  // namespace segue::compare
