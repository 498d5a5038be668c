/// \file
/// Replicates with counts that a test makes up.
#pragma once
#include <cmath>
#include <vector>

#include "engine/core/math.hpp"
#include "engine/uptake/recording.hpp"

namespace segue::uptake::test {

inline constexpr std::size_t months = 24;

/// Nobody, in two years and the groups of a scenario with three segments.
inline Followed nobody() {
    EnumArray<Grouping, std::size_t> groups;
    groups[Grouping::deprivation] = deprivation_quintiles;
    groups[Grouping::age_band] = count_of<AgeBand>;
    groups[Grouping::sex] = count_of<Sex>;
    groups[Grouping::segment] = 3;
    return Followed{months, groups};
}

/// Replicates in which about so many people reach the offer in each month: normal with the variance of a Poisson count.
/// Which draws are used is told by `luck`.
inline std::vector<Followed> replicates(std::size_t number, double people_a_month, std::uint32_t luck = 1) {
    std::vector<Followed> made(number, nobody());
    for (std::size_t i = 0; i < number; ++i) {
        for (std::size_t month = 0; month < months; ++month) {
            const Draws draws{Twin{luck, static_cast<std::uint32_t>(i)}, std::uint64_t{month}, Purpose::uptake_habit,
                              0};
            const double deviate = math::normal_quantile(uniform(draws.words()[0]));
            made[i].by_month[Reached::offered][month] =
                std::max<std::int64_t>(0, std::lround(people_a_month + std::sqrt(people_a_month) * deviate));
        }
    }
    return made;
}

/// Offers to everybody, month by month.
inline Counting monthly_offers(const ObservedSeries& recording = {}) {
    Counting counting{{{"offered", Reached::offered, recording}}, {}};
    for (std::size_t month = 0; month < months; ++month)
        counting.cells.push_back({0, std::nullopt, 0, month, month + 1});
    return counting;
}

}  // namespace segue::uptake::test
