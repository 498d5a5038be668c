/// \file
/// TOML as the loader sees it: a tree of our own whose nodes know their place, made by the one source file that
/// includes the parser.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/errors.hpp"

namespace segue {

struct TomlNode;
struct TomlField;

/// A form that no parameter has: a time, or a date with a time.
struct TomlOther {
    std::string what;
};

using TomlList = std::vector<TomlNode>;
using TomlTable = std::vector<TomlField>;  ///< in the order of the file

struct TomlNode {
    Place place;
    std::variant<bool, std::int64_t, double, std::string, Date, TomlOther, TomlList, TomlTable> value;

    template <class T>
    [[nodiscard]] const T* as() const noexcept {
        return std::get_if<T>(&value);
    }
};

struct TomlField {
    std::string key;
    Place place;  ///< of the key
    TomlNode node;
};

/// The whole of a TOML 1.0 document as a table, or nothing and at least one problem. Takes any bytes: checks them with
/// the gate first, and refuses numbers that are not finite.
[[nodiscard]] std::optional<TomlTable> parse_toml_bytes(const std::string& file, std::string_view bytes,
                                                        Problems& problems);

/// What a message calls the node: its TOML spelling, "a list" or "a table"; long texts are cut.
[[nodiscard]] std::string shown(const TomlNode& node);

/// `text` cut to so many bytes, at the end of a character: what one line of a message bears, or a cell of a table.
[[nodiscard]] std::string shortened(std::string text, std::size_t most = 80);

}  // namespace segue
