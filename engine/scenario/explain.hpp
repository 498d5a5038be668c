/// \file
/// Everything known of a parameter, for people to read.
#pragma once
#include <optional>
#include <string>

#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue {

/// About one key ("book.contact_minutes", "team.roles.gp.wte", "team.roles.*.wte", "segment.when"); about a table of
/// keys ("book"), a line for each; without a key, a line for every key. With a scenario (may be null), what is in force
/// and where it was written. Throws a ScenarioError that names the nearest key when there is none of that name.
[[nodiscard]] std::string explain(const Catalogue& catalogue, const Scenario* scenario,
                                  const std::optional<std::string>& key);

}  // namespace segue
