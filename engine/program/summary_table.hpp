/// \file
/// Results side by side on one screen, a column a file.
#pragma once
#include <string>
#include <vector>

#include "engine/program/figures.hpp"

namespace segue::program {

/// The table, ending with a newline. Three files stand beside each other; more are told three at a time.
[[nodiscard]] std::string summary_table(const std::vector<Figures>& files);

/// The same figures as JSON, unrounded, a member for each row.
[[nodiscard]] std::string summary_json(const std::vector<Figures>& files);

}  // namespace segue::program
