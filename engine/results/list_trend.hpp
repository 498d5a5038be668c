/// \file
/// Whether the numbers of people who wait hold still: one test for any number of replicates, made from the results alone.
///
///   In     people waiting, summed over each week's days, of each list: the variable `waiting_days`
///   Out    each list's trend, with an interval
///   Holds  a list that stands still is called growing or shrinking in at most `list_error_rate` of runs, both lists
///          taken together
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/enum_array.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/results/results.hpp"

namespace segue {

/// How often, by chance, lists that stand still are said not to.
inline constexpr double list_error_rate = 0.05;
/// A list whose change is not beyond this share of it in a year stands still: the registered population changes as fast.
inline constexpr double standing_still_per_year = 0.01;
/// Fewer whole weeks tell no trend.
inline constexpr std::size_t fewest_weeks = 8;

/// A straight line's slope, with its interval. [1/week]
struct Slope {
    double value;
    double least;
    double most;
};

/// The slope of weekly means, by least squares for errors that follow one another (see odd.md#stationarity). The interval
/// misses it with chance `error`. Nothing where there are fewer than `fewest_weeks`.
[[nodiscard]] std::optional<Slope> slope_of(std::span<const double> weekly, double error);

enum class Trend { stable, growing, shrinking, count_ };
[[nodiscard]] constexpr auto names(Trend) { return std::array<std::string_view, 3>{"stable", "growing", "shrinking"}; }

/// A list over the whole weeks of a run: people in all neighbourhoods, mean over complete replicates.
struct ListTrend {
    Trend trend{Trend::stable};
    double waiting{0};  ///< mean of the last quarter of the weeks [people]
    Slope change{};     ///< [people a week]
};
[[nodiscard]] std::optional<ListTrend> trend_of(std::span<const double> weekly);

/// The variable that trends are read from: days waited by (replicate, neighbourhood, week, waiting_list).
inline constexpr std::string_view waiting_days_name = "waiting_days";

using ListTrends = EnumArray<WaitingList, std::optional<ListTrend>>;

/// Of every list; nothing where the results do not hold its weeks, or too few.
[[nodiscard]] ListTrends list_trends(const Results& results);

/// "stable", "growing by 12.3 a week (8.1 to 16.5)"; "not known" where there is no trend.
[[nodiscard]] std::string trend_text(const std::optional<ListTrend>& list);

}  // namespace segue
