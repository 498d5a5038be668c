/// \file
/// What a results file holds, told to a person and to a script.
#pragma once
#include <string>

#include "engine/results/results.hpp"

namespace segue {

/// Title, where the results came from (hash, seed, origin, versions, self-checks), the digest, each axis and each
/// variable with its dimensions, units and long name. Lines end with a newline. `name` is what to call the file.
[[nodiscard]] std::string info(const Results& results, const std::string& name);

/// The same as JSON, indented, every short text of provenance included.
[[nodiscard]] std::string info_json(const Results& results, const std::string& name);

}  // namespace segue
