/// \file
/// When two results are the same: the content digest.
#pragma once
#include <optional>
#include <string>

#include "engine/core/calendar.hpp"
#include "engine/results/results.hpp"

namespace segue {

/// SHA-256 (hex) over every axis, bounds and variable, sorted by name: name, type, dimensions, attributes, values. Neither
/// provenance nor the attributes of the whole file count. Every NaN is one NaN.
///
/// With `before`, only variables along time count, of those the values of periods that end before that day, and the
/// axes that they lie along; attributes do not. So two arms are equal before the day on which they part.
[[nodiscard]] std::string digest(const Results& results, std::optional<Day> before = {});

/// SHA-256 (hex) over what the digest leaves out: the file's attributes, the order of axes and variables, provenance.
/// Kept in the file so that damage to them is seen.
[[nodiscard]] std::string seal(const Results& results);

/// How many periods of a time axis end before `before`; all that the axis has, time or not, where no day is given.
/// Periods are in order, so that these are its first ones.
[[nodiscard]] std::size_t kept(const Axis& axis, std::optional<Day> before) noexcept;

/// Whether the variable counts when only periods before a day do.
[[nodiscard]] bool counts(const Results& results, const Variable& variable, std::optional<Day> before) noexcept;

/// Which cells of a variable count: of every `period` cells the first `length`, over and over.
struct Kept {
    std::size_t length;
    std::size_t period;
};
[[nodiscard]] std::size_t cells_after(const Results& results, const Variable& variable, const std::string& dimension);
[[nodiscard]] Kept kept_cells(const Results& results, const Variable& variable, std::optional<Day> before);

}  // namespace segue
