/// \file
/// Whether results hold together: what a file promises its readers, asked of the results before they are written and
/// after they are read.
#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "engine/results/results.hpp"

namespace segue {

/// What is wrong with the results, in words; nothing when they hold together: names that netCDF can carry, each once;
/// as many values as the dimensions say; `replicate` first; units and a long name everywhere, and no unit that readers
/// take for a date or a timedelta ("days"); texts of valid UTF-8.
[[nodiscard]] std::optional<std::string> unsound(const Results& results);

/// The file's attributes as they are written: the results' own, then those of Conventions and schema that they lack.
[[nodiscard]] Attributes file_attributes(const Results& results);

/// How many values a variable holds.
[[nodiscard]] std::size_t size(const Variable& variable) noexcept;

/// How many cells `dimensions` span; every one of them must be an axis of `results`.
[[nodiscard]] std::size_t cells(const Results& results, const Variable& variable);

/// The axis of time among the variable's dimensions (one with bounds); null where it has none.
[[nodiscard]] const Axis* time_axis(const Results& results, const Variable& variable) noexcept;

/// The name under which the bounds of a time axis are kept: "month_bounds".
[[nodiscard]] std::string bounds_name(const Axis& axis);

inline constexpr const char* schema_attribute = "schema";
inline constexpr const char* bound_dimension = "bound";             ///< of the first day and the day after the last
inline constexpr const char* time_units = "days since 1970-01-01";  ///< of every time axis, as Day counts
inline constexpr const char* replicate_dimension = "replicate";
inline constexpr const char* provenance_group = "provenance";

}  // namespace segue
