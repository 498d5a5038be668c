/// \file
/// The population of a scenario: what it may say, and the laws that follow from it.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/errors.hpp"
#include "engine/population/person_file.hpp"
#include "engine/population/population_laws.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue {

/// Adds the parameters and the data tables of the population.
void declare_population(Catalogue& catalogue);

/// The laws of a scenario; null when something is wrong, which is then among the problems.
[[nodiscard]] std::unique_ptr<const PopulationLaws> read_population(const Scenario& scenario, Problems& problems);

/// The scenario's person file; nothing when it names none. Its path is taken from the folder of the file that names it,
/// or for an override from the scenario's own.
[[nodiscard]] std::optional<PersonFile> read_scenario_person_file(const Scenario& scenario, const PopulationLaws& laws,
                                                                  Problems& problems);

}  // namespace segue
