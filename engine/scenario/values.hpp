/// \file
/// From what a file wrote to a checked value in the declared unit, or a problem that says what would do.
#pragma once
#include <optional>
#include <string>

#include "engine/parameters/declaration.hpp"
#include "engine/scenario/toml.hpp"

namespace segue {

/// The value in the declared form and unit. A fault is a problem at the node, which calls the parameter `label`.
[[nodiscard]] std::optional<Value> checked_value(const Declaration& row, const std::string& label, const TomlNode& node,
                                                 Problems& problems);

/// A cell of a table as the node that a TOML file would have had for it; lists are separated by `;`.
[[nodiscard]] TomlNode cell_node(const Declaration& row, std::string_view text, Place place);

/// Whether a value satisfies its own row: a default outside it stands for "must be given".
[[nodiscard]] bool is_allowed(const Declaration& row, const Value& value);

/// Which end of what may be written stands for a value that was refused or is missing.
enum class StandIn : std::uint8_t { low, high };

/// Stands for a value that was refused or is missing, so that the whole can be looked at all the same: what is wrong with
/// either end in its place is wrong whatever it will be. Where there are no ends, the default and something else.
[[nodiscard]] Value stand_in(const Declaration& row, StandIn end);

/// What may be written for it: "5 to 180 min", "one of practice, hub", "a date such as 2026-04-01".
[[nodiscard]] std::string expectation(const Declaration& row);

}  // namespace segue
