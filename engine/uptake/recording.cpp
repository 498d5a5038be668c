#include "engine/uptake/recording.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/math.hpp"

namespace segue::uptake {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

std::span<const std::int64_t> months_of(const Series& series, const Cell& cell, const Followed& replicate) {
    if (!cell.grouping) return replicate.by_month[series.stage];
    return replicate.by_month_of(series.stage, *cell.grouping, cell.group);
}

struct Recorded {
    double once{0};
    double twice{0};
};

Recorded recorded_in(const Series& series, const Cell& cell, const Followed& replicate) {
    const auto people = months_of(series, cell, replicate);
    Recorded sum;
    for (std::size_t month = cell.first_month; month < cell.month_after; ++month) {
        const double share = share_recorded(series.recording, month);
        sum.once += share * static_cast<double>(people[month]);
        sum.twice += share * share * static_cast<double>(people[month]);
    }
    return sum;
}

}  // namespace

double share_recorded(const ObservedSeries& recording, std::size_t month) noexcept {
    const double years = (static_cast<double>(month) + 0.5) / 12;
    return std::min(1.0, recording.recorded_share * math::pow(recording.recording_drift, years));
}

ExpectedCounts expected_counts(const Counting& counting, std::span<const Followed> replicates) {
    const auto rows = static_cast<Index>(replicates.size());
    const auto columns = static_cast<Index>(counting.cells.size());
    ExpectedCounts expected{{rows, columns}, {rows, columns}, VectorXd(columns)};
    for (Index column = 0; column < columns; ++column) {
        const Cell& cell = counting.cells[static_cast<std::size_t>(column)];
        const Series& series = counting.series[cell.series];
        expected.overdispersion[column] = series.recording.overdispersion;
        for (Index row = 0; row < rows; ++row) {
            const Recorded sum = recorded_in(series, cell, replicates[static_cast<std::size_t>(row)]);
            expected.recorded(row, column) = sum.once;
            expected.twice_recorded(row, column) = sum.twice;
        }
    }
    return expected;
}

VectorXd record(const Counting& counting, const Followed& replicate, Twin twin) {
    VectorXd counts(static_cast<Index>(counting.cells.size()));
    for (std::size_t i = 0; i < counting.cells.size(); ++i) {
        const Cell& cell = counting.cells[i];
        const Series& series = counting.series[cell.series];
        const Recorded sum = recorded_in(series, cell, replicate);
        const double variance = sum.once - sum.twice + series.recording.overdispersion * sum.once * sum.once;
        const Draws draws{twin, number_of_name(series.name), Purpose::uptake_recorded, static_cast<std::uint32_t>(i)};
        const double deviate = math::normal_quantile(uniform(draws.words()[0]));
        counts[static_cast<Index>(i)] =
            std::max(0.0, std::round(sum.once + deviate * math::sqrt(std::max(0.0, variance))));
    }
    return counts;
}

}  // namespace segue::uptake
