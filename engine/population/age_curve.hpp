/// \file
/// Shares published by band of ages, as one smooth curve over exact age whose band means are the published ones.
#pragma once
#include <array>
#include <span>
#include <vector>

#include "engine/population/population_tables.hpp"

namespace segue {

/// Birthdays 0 to 111: a year of age a runs from birthday a to birthday a + 1.
inline constexpr int birthday_count = age_count + 1;
template <class T>
using ByBirthday = std::array<T, static_cast<std::size_t>(birthday_count)>;

/// The share at each birthday: a monotone cubic (Fritsch and Carlson 1980, doi:10.1137/0717021) through one node a
/// band, 0 at birth, level after the last node, with nodes moved until each band's mean over the middles of its
/// years, weighted by `weights`, is the published share. A band at 0 stays at 0 throughout.
/// Bands are ascending and leave no gap.
[[nodiscard]] ByBirthday<double> age_curve(std::span<const BandShare> bands, const ByAge<double>& weights);

}  // namespace segue
