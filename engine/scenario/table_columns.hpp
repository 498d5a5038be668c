/// \file
/// Whether a table has the columns that its reader needs.
#pragma once
#include <string>
#include <vector>

#include "engine/core/errors.hpp"
#include "engine/scenario/table.hpp"

namespace segue {

/// Whether all of these columns are there. Each that is not is a problem at the header; a table whose header could not be
/// read has told so already.
[[nodiscard]] bool has_columns(const Table& table, const std::vector<std::string>& columns, Problems& problems);

}  // namespace segue
