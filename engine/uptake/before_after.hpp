/// \file
/// Appointments of general practice before and after social prescribing: what an evaluation without controls sees, beside what twins say.
#pragma once
#include <array>
#include <cstdint>
#include <map>

#include "engine/day/world.hpp"
#include "engine/model/prescribing/prescribing_parameters.hpp"
#include "engine/rng/draws.hpp"

namespace segue::uptake {

/// Quarters of 91 days on either side of the day on which somebody's treatment began: a referral accepted, or an engagement
/// (third contact with the link worker, or an activity started).
inline constexpr int quarters_each_side = 4;

/// Appointments of one person by quarter: four before that day, then four after it.
using Quarters = std::array<int, 2 * quarters_each_side>;

/// By person key: everybody whose treatment began with a year of the span before it and a year after it, and who stayed on
/// the list.
using TreatedQuarters = std::map<std::uint64_t, Quarters>;

/// One replicate of the only neighbourhood, or of the first.
/// \param as who counts as treated
/// \param began_on of whoever is to be looked at; null: whoever was treated in this run
struct TreatedCohort {
    std::map<std::uint64_t, Day> began_on;
    TreatedQuarters people;
};
[[nodiscard]] TreatedCohort treated_cohort(const day::World& world, Twin twin, Treated as,
                                           const std::map<std::uint64_t, Day>* began_on = nullptr);

/// Means over people. [appointments a quarter]
struct BeforeAfter {
    std::size_t people{0};
    double before{0};        ///< in the year before
    double last_quarter{0};  ///< of that year
    double after{0};
    double below_zero_share{0};  ///< people whose mean before is less than `subtracted`
};
[[nodiscard]] BeforeAfter before_after(const TreatedQuarters& people, double subtracted);

/// Mean of `treated` less `untreated` over the year after, of people in both. [appointments a quarter]
[[nodiscard]] double twin_difference(const TreatedQuarters& untreated, const TreatedQuarters& treated);

}  // namespace segue::uptake
