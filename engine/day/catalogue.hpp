/// \file
/// Every parameter and table of the engine, in one catalogue.
#pragma once
#include "engine/scenario/catalogue.hpp"

namespace segue::day {

[[nodiscard]] const Catalogue& catalogue();

}  // namespace segue::day
