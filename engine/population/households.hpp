/// \file
/// Who lives with whom at the start: within one practice and fifth of deprivation, in time linear in people once sorted.
///
///   In     who lives alone, who lives in a care home, ages, sexes
///   Out    a household number for everybody outside care homes
///   Order  by birth, then key: never by row, so the order in which people are stored does not matter
///   Law    couples are a woman and a man whose ages are near (shares of age: circumstances.csv, in_couple); children, and
///          adults under 30 in no couple, live with a woman of an age to be their mother, drawn by fertility; adults left
///          over share by twos. All certainty C but the shares who live alone.
///   Draws  Purpose::household by person: word 0 couple, word 1 age of the mother, word 2 heads a family
#pragma once
#include <cstdint>

#include "engine/core/calendar.hpp"
#include "engine/core/isa.hpp"
#include "engine/population/people.hpp"
#include "engine/population/population_laws.hpp"
#include "engine/rng/draws.hpp"

namespace segue {

/// Gives a household to everybody present who has none and does not live in a care home. Numbers start at `first`.
/// Returns the number after the last one given.
std::uint32_t match_households(People& people, Twin twin, const PopulationLaws& laws, Day today,
                               std::uint32_t first = 0, Isa isa = best_isa());

}  // namespace segue
