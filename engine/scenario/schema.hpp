/// \file
/// The JSON Schema (2020-12) of a scenario file, made from the declarations: editors complete and explain keys by it.
#pragma once
#include <nlohmann/json.hpp>

#include "engine/scenario/catalogue.hpp"

namespace segue {

/// Describes every key: meaning, unit, range, default, doubt, source, certainty, kind.
[[nodiscard]] nlohmann::json json_schema(const Catalogue& catalogue);

}  // namespace segue
