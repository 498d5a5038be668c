/// \file
/// The file that a command is told to write with `-o`.
#pragma once
#include <string>

namespace segue::program {

/// Throws BadInput when `path` is a folder or lies in none that is there: asked before the work rather than after it.
void require_output_file(const std::string& path);

}  // namespace segue::program
