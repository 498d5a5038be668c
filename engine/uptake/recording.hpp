/// \file
/// From people who reached a stage to the count that somebody recorded of them.
///
///   In     months by stage and group of each replicate; which stage a series counts, what share it records, its drift
///   Out    the recorded count that is to be expected of a replicate, and one drawn for it
///   Draws  Purpose::uptake_recorded by series and cell
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "engine/rng/draws.hpp"
#include "engine/scenario/uptake_parameters.hpp"
#include "engine/uptake/followed.hpp"

namespace segue::uptake {

struct Series {
    std::string name;
    Reached stage{Reached::offered};
    ObservedSeries recording;
};

/// What one count is of: a group, or everybody, in months of the span.
struct Cell {
    std::size_t series{0};
    std::optional<Grouping> grouping;  ///< nothing: everybody
    std::size_t group{0};
    std::size_t first_month{0};
    std::size_t month_after{0};
};

/// What is counted, without the counts.
struct Counting {
    std::vector<Series> series;
    std::vector<Cell> cells;
};

/// Share of those who reach the stage in a month of the span that is recorded: as in the month's middle. [0 to 1]
[[nodiscard]] double share_recorded(const ObservedSeries& recording, std::size_t month) noexcept;

/// What is to be expected of replicates, one a row, in each cell. A month in which c people reach the stage and a share
/// r is recorded gives r c, whose variance is r (1 - r) c.
struct ExpectedCounts {
    Eigen::MatrixXd recorded;        ///< sums of r c
    Eigen::MatrixXd twice_recorded;  ///< sums of r r c: the variance that c has by itself if it is a Poisson count
    Eigen::VectorXd overdispersion;  ///< of each cell
};
[[nodiscard]] ExpectedCounts expected_counts(const Counting& counting, std::span<const Followed> replicates);

/// Counts as somebody might have recorded them of a replicate: normal with the mean and variance above, and whole.
[[nodiscard]] Eigen::VectorXd record(const Counting& counting, const Followed& replicate, Twin twin);

}  // namespace segue::uptake
