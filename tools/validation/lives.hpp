/// \file
/// What is known of people by their records: figures that no output counts, since they look at one person twice.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/day/neighbourhood.hpp"
#include "engine/day/world.hpp"

namespace segue::validation {

/// Terms of figures by name, from one replicate's records and from the people as they stand at its end.
[[nodiscard]] std::map<std::string, double> terms_of_lives(const day::World& world,
                                                           const day::Neighbourhood& neighbourhood,
                                                           const std::vector<day::KeptEvent>& events);

/// The names of those terms.
[[nodiscard]] const std::vector<std::string>& names_of_terms();

}  // namespace segue::validation
