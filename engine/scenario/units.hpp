/// \file
/// Units that a scenario file may spell beside a number: "25 min", "2 weeks", "1.5 1/a", "300 GBP".
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

/// A unit by one of its words. Units of one dimension convert by the ratio of their sizes.
struct Unit {
    std::string_view word;
    std::string_view dimension;  ///< "span of time", "rate", "sum of money", "staffing", "share"
    double size;                 ///< in the smallest unit of its dimension that makes every size a short number
};

/// The unit of that word; none when there is no such unit.
[[nodiscard]] std::optional<Unit> find_unit(std::string_view word) noexcept;

/// The words of the units that convert to `unit`, for suggestions; none when there is no such unit.
[[nodiscard]] std::vector<std::string> words_beside(std::string_view unit);

/// A finite decimal number over the whole of `text`, as TOML writes numbers; digits may be grouped by underscores.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// A number and the word that follows it: "0.5 h" or "25min". `word` is empty when nothing follows.
struct Measured {
    double number;
    std::string_view word;
};
[[nodiscard]] std::optional<Measured> parse_measured(std::string_view text);

/// `number` in `from`, as a number in `to`, which must be of the same dimension.
[[nodiscard]] double converted(double number, const Unit& from, const Unit& to) noexcept;

/// A spelling of the same number with another unit that brings it inside low to high (both in `unit`), without
/// quotes: "25 min". Empty when no unit of the dimension does.
[[nodiscard]] std::string same_number(double number, std::string_view written_word, std::string_view unit, double low,
                                      double high);

}  // namespace segue
