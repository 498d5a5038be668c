/// \file
/// Why conditions cluster: two lasting causes, bodily and mental, behind every condition and frailty.
#pragma once
#include <array>

#include "engine/population/population_tables.hpp"

namespace segue {

/// How far a liability (variance 1) follows each cause; what is left over is the person's own. [1]
struct Loading {
    double bodily{0};
    double mental{0};
};
using Loadings = std::array<Loading, liability_count>;

/// The two-factor form of a correlation matrix: principal axes with communalities iterated (Harman, Modern Factor
/// Analysis, ch. 8), turned so that the bodily cause points at the mean of the conditions that are not of the mind and
/// depression loads on the mental cause positively. Rounded to 2^-20, so that the last bits of a solver never matter.
[[nodiscard]] Loadings two_causes(const std::array<std::array<double, liability_count>, liability_count>& correlation);

}  // namespace segue
