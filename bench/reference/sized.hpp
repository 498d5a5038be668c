/// \file
/// A shipped scenario with a list of another size and a team in proportion, so that lines are as busy as they were.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/scenario/scenario.hpp"

namespace segue::reference {

/// \param overrides as --set takes them; they come last and win
/// Throws a ScenarioError as `load` does.
[[nodiscard]] Scenario sized(const std::string& path, std::int64_t people,
                             const std::vector<std::string>& overrides = {});

}  // namespace segue::reference
