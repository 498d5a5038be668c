/// \file
/// What arms' teams cost, and how large a role must be for two arms to cost the same.
#pragma once
#include <optional>

#include "engine/core/errors.hpp"
#include "engine/core/quantity.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/day/world.hpp"

namespace segue::compare {

/// Yearly cost of the teams in post, over the days of the span and all neighbourhoods. [GBP/a]
[[nodiscard]] Pounds staff_cost_per_year(const day::World& world);

/// The WTE of `role` (team.roles.ROLE.wte) with which the teams of `arm` cost as much as those of `first`. Where a dated
/// change sets it, that stands. Nothing where there is none, which is then among the problems: the role is made of named
/// clinicians, costs nothing, or would have to be less than nobody.
[[nodiscard]] std::optional<Wte> equal_cost_wte(const day::World& first, const day::World& arm, Role role,
                                                Problems& problems);

}  // namespace segue::compare
