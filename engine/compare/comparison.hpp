/// \file
/// Arms compared over replicates of twins.
///
///   In     arms; how many replicates, or how precise a headline must be
///   Out    every headline of every arm in every replicate; twins counted
///   Holds  the same bits for any number of threads; replicates that --precision adds change none of the first
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/compare/arms.hpp"
#include "engine/compare/interval.hpp"
#include "engine/compare/twin_watch.hpp"
#include "engine/core/isa.hpp"
#include "engine/run/tasks.hpp"

namespace segue::compare {

/// How sure a difference must be: half its 95% interval at most `share` of the first arm's mean, in every other arm.
struct Precision {
    std::size_t headline{0};  ///< its place among the headlines
    double share{0.01};
};

/// Replicates that a precision may ask for, in all.
inline constexpr std::size_t most_replicates = 1'000;
/// Replicates before which no precision is believed.
inline constexpr std::size_t least_replicates = 5;

/// "ae_attendances 1%". Reports what it does not understand.
[[nodiscard]] std::optional<Precision> parse_precision(const std::string& text, const std::vector<Headline>& headlines,
                                                       Problems& problems);

struct ReplicateComparison {
    std::vector<std::vector<double>> values;  ///< [arm][headline]
    std::vector<TwinCounts> twins;            ///< by arm
    std::int64_t number{0};
};

struct Options {
    int threads{1};
    Isa isa{Isa::scalar};
    std::optional<Precision> precision;
    std::size_t memory_limit_bytes{0};  ///< 0: none
    /// Replicates that an earlier, interrupted comparison left, by number: they are not run again.
    std::map<std::int64_t, ReplicateComparison> known{};
    /// Told of each replicate that is complete and sound, by one thread at a time; may be empty.
    std::function<void(const ReplicateComparison&)> on_complete{};
    std::function<void(day::Audit&)> spoil{};  ///< for tests of the self-checks: changes an audit before it is judged
};

/// The share that the replicates needed are told for where no precision was asked.
inline constexpr double usual_share = 0.01;

struct Comparison {
    std::vector<ReplicateComparison> replicates;  ///< number i at place i
    std::vector<day::SelfCheck> checks;           ///< of every arm in every replicate
    bool finished{true};                          ///< false: stopped when asked, and not complete
    bool is_precise{true};                        ///< false: the most replicates were not enough, or the mean is 0
    double person_years{0};                       ///< simulated, warm-up included

    /// One headline of an arm, by replicate.
    [[nodiscard]] std::vector<double> values(std::size_t arm, std::size_t headline) const;
};

/// A headline of one arm beside the first.
struct PairedDifference {
    double first{0};      ///< mean over replicates
    double arm{0};        ///< mean over replicates
    Interval difference;  ///< the arm's less the first's, twin by twin
    std::optional<double> variance_reduction;
    std::optional<std::size_t> needed;  ///< replicates for half an interval of `share` of the first's mean
};
[[nodiscard]] PairedDifference paired_difference(const Comparison& comparison, std::size_t arm, std::size_t headline,
                                                 double share);

/// Twins of an arm and the first, summed over replicates.
[[nodiscard]] TwinCounts twins_in_all(const Comparison& comparison, std::size_t arm);

/// Runs the replicates that the arms ask for, or as many as the precision needs. Throws a ScenarioError when it would need
/// more memory than it may.
[[nodiscard]] Comparison compare(const Arms& arms, const Options& options, run::Observer& observer);

/// Whether half the interval of every arm's difference from the first is within the precision.
[[nodiscard]] bool is_met(const Precision& precision, const Comparison& comparison);

}  // namespace segue::compare
