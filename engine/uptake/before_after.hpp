/// \file
/// Contacts with GPs before and after a referral: what an evaluation without controls sees, beside what twins say.
#pragma once
#include <array>
#include <cstdint>
#include <map>

#include "engine/day/world.hpp"
#include "engine/rng/draws.hpp"

namespace segue::uptake {

/// Quarters of 91 days on either side of the day on which a referral was accepted.
inline constexpr int quarters_each_side = 4;

/// Contacts with GPs of one person by quarter: four before the referral, then four after it.
using Quarters = std::array<int, 2 * quarters_each_side>;

/// By person key: everybody who accepted a referral with a year of the span before it and a year after it, and who stayed
/// on the list.
using ReferredPeople = std::map<std::uint64_t, Quarters>;

/// One replicate of the only neighbourhood, or of the first.
/// \param accepted_on of whoever is to be looked at; null: whoever accepted in this run
struct ReferralCohort {
    std::map<std::uint64_t, Day> accepted_on;
    ReferredPeople people;
};
[[nodiscard]] ReferralCohort referred_people(const day::World& world, Twin twin,
                                             const std::map<std::uint64_t, Day>* accepted_on = nullptr);

/// Means over people. [contacts a quarter]
struct BeforeAfter {
    std::size_t people{0};
    double before{0};        ///< in the year before the referral
    double last_quarter{0};  ///< of that year
    double after{0};
    double below_zero_share{0};  ///< people whose mean before is less than `subtracted`
};
[[nodiscard]] BeforeAfter before_after(const ReferredPeople& people, double subtracted);

/// Mean of `treated` less `untreated` over the year after, of people in both. [contacts a quarter]
[[nodiscard]] double twin_difference(const ReferredPeople& untreated, const ReferredPeople& treated);

}  // namespace segue::uptake
