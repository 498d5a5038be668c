/// \file
/// A difference between two arms split over the parts in which they differ: Shapley's value. A part's share is what it
/// adds to the parts before it, averaged over orders in which the parts may be taken up, in runs of the same twins.
///
///   In     two arms and what they came to; a budget of runs
///   Out    each part's share of every headline's difference, in every replicate
///   Holds  the shares of a replicate add up to its difference exactly; parts that do the same have the same share
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/compare/comparison.hpp"
#include "engine/scenario/changed_parts.hpp"

namespace segue::compare {

/// Parts up to which every order is taken: 2^6 combinations of them are run.
inline constexpr std::size_t most_parts_in_all_orders = 6;
/// Parts that can be told apart.
inline constexpr std::size_t most_parts = 63;
/// Combinations that are run of each replicate where there are more parts, unless the user says otherwise.
inline constexpr std::size_t runs_by_default = 64;

/// Parts that are as in the second arm: bit i stands for part i.
using Coalition = std::uint64_t;
/// An order in which parts are taken up.
using Order = std::vector<std::size_t>;

/// Every order of so few parts; or orders drawn under `seed`, each followed by its reverse, that need at most `runs`
/// combinations beside none and all, and at least one order and its reverse.
[[nodiscard]] std::vector<Order> orders_of(std::size_t parts, std::size_t runs, std::uint32_t seed);

/// Combinations that the orders pass through, none and all left out, ascending.
[[nodiscard]] std::vector<Coalition> coalitions_of(std::span<const Order> orders);

/// Each part's share of value(all) - value(none), averaged over the orders; multiples of headline_grain, as the values are.
/// Not a number where a value is none.
[[nodiscard]] std::vector<double> shares_of(std::span<const Order> orders,
                                            const std::function<double(Coalition)>& value);

struct Attribution {
    std::vector<std::string> parts;
    bool in_all_orders{true};
    std::size_t orders{0};
    std::size_t runs{0};                                   ///< of each replicate, beside the two arms
    std::vector<std::vector<std::vector<double>>> shares;  ///< [replicate][headline][part]
    std::vector<day::SelfCheck> checks;                    ///< of the runs between the arms
    double person_years{0};                                ///< of those runs, warm-up included
    bool finished{true};

    /// One part's share of a headline, by replicate.
    [[nodiscard]] std::vector<double> values(std::size_t headline, std::size_t part) const;
};

/// Splits the difference of the second arm from the first. Throws a ScenarioError where there are other than two arms, no
/// part or too many, or where some parts cannot be had without others.
[[nodiscard]] Attribution attribute(const Arms& arms, const Comparison& comparison, const Options& options,
                                    std::size_t runs, run::Observer& observer);

}  // namespace segue::compare
