#include "engine/scenario/units.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace segue {
namespace {

constexpr std::string_view time_span = "span of time";
constexpr std::string_view rate = "rate";
constexpr std::string_view money = "sum of money";
constexpr std::string_view staffing = "staffing";
constexpr std::string_view share = "share";

// Times in seconds, a year being 365.25 d; rates per 1,000 years; money in pence. The first word of a size is the one
// that suggestions use.
constexpr std::array units{
    Unit{"min", time_span, 60},
    Unit{"h", time_span, 3600},
    Unit{"d", time_span, 86'400},
    Unit{"weeks", time_span, 604'800},
    Unit{"a", time_span, 31'557'600},
    Unit{"s", time_span, 1},
    Unit{"minute", time_span, 60},
    Unit{"minutes", time_span, 60},
    Unit{"hour", time_span, 3600},
    Unit{"hours", time_span, 3600},
    Unit{"day", time_span, 86'400},
    Unit{"days", time_span, 86'400},
    Unit{"week", time_span, 604'800},
    Unit{"year", time_span, 31'557'600},
    Unit{"years", time_span, 31'557'600},
    Unit{"1/(1000 a)", rate, 1},
    Unit{"1/a", rate, 1000},
    Unit{"1/d", rate, 365'250},
    Unit{"per 1000 years", rate, 1},
    Unit{"per year", rate, 1000},
    Unit{"per day", rate, 365'250},
    Unit{"GBP", money, 100},
    Unit{"pence", money, 1},
    Unit{"WTE", staffing, 1},
    Unit{"%", share, 1},
};

bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace

std::optional<Unit> find_unit(std::string_view word) noexcept {
    for (const Unit& unit : units) {
        if (unit.word == word) return unit;
    }
    return std::nullopt;
}

std::vector<std::string> words_beside(std::string_view unit) {
    std::vector<std::string> words;
    const auto declared = find_unit(unit);
    for (const Unit& one : units) {
        if (declared && one.dimension == declared->dimension) words.emplace_back(one.word);
    }
    return words;
}

std::optional<double> parse_number(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c != '_') digits += c;
    }
    std::string_view rest = digits;
    if (rest.starts_with('+') && !rest.starts_with("+-")) rest.remove_prefix(1);
    if (rest.empty() || rest.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
    double number = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (error != std::errc{} || end != rest.data() + rest.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

std::optional<Measured> parse_measured(std::string_view text) {
    text = trimmed(text);
    // The longest beginning that is a number: "1e3 d" and "1/a" alike.
    std::size_t length = text.find_first_not_of("0123456789.eE+-_");
    if (length == std::string_view::npos) length = text.size();
    while (length > 0) {
        if (const auto number = parse_number(text.substr(0, length))) {
            return Measured{*number, trimmed(text.substr(length))};
        }
        --length;
    }
    return std::nullopt;
}

double converted(double number, const Unit& from, const Unit& to) noexcept {
    return from.size == to.size ? number : number * from.size / to.size;
}

std::string same_number(double number, std::string_view written_word, std::string_view unit, double low, double high) {
    const auto declared = find_unit(unit);
    if (!declared) return {};
    const auto written = find_unit(written_word);
    for (const bool declared_only : {true, false}) {
        for (const Unit& candidate : units) {
            if (candidate.dimension != declared->dimension) continue;
            if (declared_only && candidate.size != declared->size) continue;
            if (written ? candidate.size == written->size : candidate.size == declared->size) continue;
            const double value = converted(number, candidate, *declared);
            if (value >= low && value <= high) return fmt::format("{} {}", number, candidate.word);
        }
    }
    return {};
}

}  // namespace segue
