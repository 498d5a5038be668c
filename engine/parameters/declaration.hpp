/// \file
/// A parameter is declared once, in the struct that uses it; reading, checking, `--set`, the schema, `explain`, the
/// ODD tables, results and sweeps are made from that row.
///
///   struct BookParameters {
///       Minutes contact{25};
///       static constexpr std::string_view prefix = "book";
///       static auto declarations() {
///           return std::tuple{parameter(&BookParameters::contact, "contact_minutes", "Time one contact takes ...",
///                                       Range{5, 180}, Uncertain::triangular(15, 25, 40),
///                                       Source{"assumption; no study found"}, Certainty::C, Kind::evidence)};
///       }
///   };
///
/// What exists once per role, need or setting has a prefix with a star, "team.roles.*": see Catalogue::add_table.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/enum_array.hpp"
#include "engine/core/quantity.hpp"
#include "engine/core/words.hpp"

namespace segue {

/// Who may set it: a configuration sets policy and nothing else; evidence and calibrated values belong to the site
/// and to the world; data says who the people are.
enum class Kind : std::uint8_t { policy, evidence, calibrated, data, count_ };
[[nodiscard]] constexpr auto names(Kind) {
    return std::array<std::string_view, 4>{"policy", "evidence", "calibrated", "data"};
}

/// A: official statistic or large study; B: secondary; C: assumption.
enum class Certainty : std::uint8_t { A, B, C, count_ };
[[nodiscard]] constexpr auto names(Certainty) { return std::array<std::string_view, 3>{"A", "B", "C"}; }

/// What a value may be, inclusive.
struct Range {
    double low;
    double high;
};

struct Source {
    std::string text;
};

/// How far a value is in doubt; what a sweep draws from.
struct Uncertain {
    enum class Shape : std::uint8_t { known, uniform, triangular, normal, lognormal };
    Shape shape{Shape::known};
    double low{0};   ///< uniform, triangular: least; normal, lognormal: mean (of the logarithm)
    double mode{0};  ///< triangular: most likely; normal, lognormal: standard deviation
    double high{0};  ///< uniform, triangular: greatest
    [[nodiscard]] static Uncertain known() { return {}; }
    [[nodiscard]] static Uncertain uniform(double low, double high) { return {Shape::uniform, low, 0, high}; }
    [[nodiscard]] static Uncertain triangular(double low, double mode, double high) {
        return {Shape::triangular, low, mode, high};
    }
};
[[nodiscard]] std::string to_string(const Uncertain& doubt);

/// What a scenario file may write for it.
enum class Form : std::uint8_t { number, integer, boolean, text, choice, date, span, numbers, texts, count_ };
[[nodiscard]] constexpr auto names(Form) {
    return std::array<std::string_view, 9>{"number", "integer", "boolean", "text", "choice",
                                           "date",   "span",    "numbers", "texts"};
}

/// A value as read from a file or about to be written: a choice is its word, a span (of time) is in its unit.
using Value =
    std::variant<bool, std::int64_t, double, std::string, Date, std::vector<double>, std::vector<std::string>>;
[[nodiscard]] std::string to_string(const Value& value);  ///< as TOML spells it

/// One row, without the C++ type behind it.
struct Declaration {
    std::string key;  ///< "book.contact_minutes"; a star stands for the name in a keyed table: "team.roles.*.wte"
    Form form{Form::number};
    std::string unit;  ///< "" when it has none
    Range range{0, 0};
    std::vector<std::string> choices;  ///< for a choice, or for the items of `texts`; empty: any
    Value default_value;
    std::string meaning;
    Uncertain doubt;
    std::string source;
    Certainty certainty{Certainty::C};
    Kind kind{Kind::evidence};
};

/// Converts between a member's type and the value that files hold. Specialised for each type a parameter may have.
template <class T, class = void>
struct Convert;

template <>
struct Convert<double> {
    static constexpr Form form = Form::number;
    static constexpr std::string_view unit = "";
    static Value value(double v) { return v; }
    static double from(const Value& v) { return std::get<double>(v); }
};
template <>
struct Convert<bool> {
    static constexpr Form form = Form::boolean;
    static constexpr std::string_view unit = "";
    static Value value(bool v) { return v; }
    static bool from(const Value& v) { return std::get<bool>(v); }
};
template <class T>
struct Convert<T, std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool>>> {
    static constexpr Form form = Form::integer;
    static constexpr std::string_view unit = "";
    static Value value(T v) { return static_cast<std::int64_t>(v); }
    static T from(const Value& v) { return static_cast<T>(std::get<std::int64_t>(v)); }
};
template <class U>
struct Convert<Quantity<U>> {
    static constexpr Form form =
        std::is_same_v<U, DayUnit> || std::is_same_v<U, YearUnit> || std::is_same_v<U, MinuteUnit> ? Form::span
                                                                                                   : Form::number;
    static constexpr std::string_view unit = U::symbol;
    static Value value(Quantity<U> v) { return v.value(); }
    static Quantity<U> from(const Value& v) { return Quantity<U>{std::get<double>(v)}; }
};
template <>
struct Convert<std::string> {
    static constexpr Form form = Form::text;
    static constexpr std::string_view unit = "";
    static Value value(const std::string& v) { return v; }
    static std::string from(const Value& v) { return std::get<std::string>(v); }
};
template <>
struct Convert<Date> {
    static constexpr Form form = Form::date;
    static constexpr std::string_view unit = "";
    static Value value(const Date& v) { return v; }
    static Date from(const Value& v) { return std::get<Date>(v); }
};
template <>
struct Convert<std::vector<double>> {
    static constexpr Form form = Form::numbers;
    static constexpr std::string_view unit = "";
    static Value value(const std::vector<double>& v) { return v; }
    static std::vector<double> from(const Value& v) { return std::get<std::vector<double>>(v); }
};
template <>
struct Convert<std::vector<std::string>> {
    static constexpr Form form = Form::texts;
    static constexpr std::string_view unit = "";
    static Value value(const std::vector<std::string>& v) { return v; }
    static std::vector<std::string> from(const Value& v) { return std::get<std::vector<std::string>>(v); }
};
template <class E>
struct Convert<E, std::enable_if_t<std::is_enum_v<E>>> {
    static constexpr Form form = Form::choice;
    static constexpr std::string_view unit = "";
    static Value value(E v) { return std::string{name_of(v)}; }
    static E from(const Value& v) { return *from_name<E>(std::get<std::string>(v)); }
};

/// A row with the member that it fills.
template <class S, class T>
struct Parameter {
    T S::*member;
    Declaration declaration;  ///< its key is the name alone, until `declarations_of` puts the prefix before it
};

namespace detail {
template <class T>
std::vector<std::string> choices_of() {
    if constexpr (std::is_enum_v<T>) {
        return words<T>();
    } else {
        return {};
    }
}
}  // namespace detail

template <class S, class T>
[[nodiscard]] Parameter<S, T> parameter(T S::*member, std::string name, std::string meaning, Range range,
                                        Uncertain doubt, Source source, Certainty certainty, Kind kind) {
    Declaration row;
    row.key = std::move(name);
    row.form = Convert<T>::form;
    row.unit = Convert<T>::unit;
    row.range = range;
    row.choices = detail::choices_of<T>();
    row.default_value = Convert<T>::value(S{}.*member);
    row.meaning = std::move(meaning);
    row.doubt = doubt;
    row.source = std::move(source.text);
    row.certainty = certainty;
    row.kind = kind;
    return {member, std::move(row)};
}

/// The same with the words that a text, or each text of a list, may be.
template <class S, class T>
[[nodiscard]] Parameter<S, T> parameter(T S::*member, std::string name, std::string meaning,
                                        std::vector<std::string> choices, Uncertain doubt, Source source,
                                        Certainty certainty, Kind kind) {
    auto made =
        parameter(member, std::move(name), std::move(meaning), Range{0, 0}, doubt, std::move(source), certainty, kind);
    made.declaration.choices = std::move(choices);
    return made;
}

/// The rows of a struct, each with its full key.
template <class S>
[[nodiscard]] std::vector<Declaration> declarations_of() {
    std::vector<Declaration> rows;
    std::apply([&rows](auto&&... made) { (rows.push_back(made.declaration), ...); }, S::declarations());
    for (Declaration& row : rows) row.key = std::string{S::prefix} + "." + row.key;
    return rows;
}

}  // namespace segue
