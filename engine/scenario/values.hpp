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

/// What may be written for it: "5 to 180 min", "one of practice, hub", "a date such as 2026-04-01".
[[nodiscard]] std::string expectation(const Declaration& row);

}  // namespace segue
