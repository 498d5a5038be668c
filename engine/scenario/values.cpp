#include "engine/scenario/values.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/scenario/gate.hpp"
#include "engine/scenario/units.hpp"

namespace segue {
namespace {

std::string range_text(const Declaration& row) {
    const std::string span = fmt::format("{} to {}", row.range.low, row.range.high);
    return row.unit.empty() ? span : span + " " + row.unit;
}

bool is_in_range(const Declaration& row, double number) { return number >= row.range.low && number <= row.range.high; }

bool is_choice(const Declaration& row, const std::string& word) {
    return row.choices.empty() || std::find(row.choices.begin(), row.choices.end(), word) != row.choices.end();
}

/// Checks one node against one row.
class Check {
public:
    Check(const Declaration& row, const std::string& label, Problems& problems)
        : row_{row}, label_{label}, problems_{problems} {}

    std::optional<Value> value(const TomlNode& node) const {
        switch (row_.form) {
            case Form::number:
            case Form::span: return as_value(number(node));
            case Form::integer: return as_value(integer(node));
            case Form::boolean: return same<bool>(node);
            case Form::text:
            case Form::choice: return as_value(word(node));
            case Form::date: return date(node);
            case Form::numbers: return items<double>(node, [this](const TomlNode& item) { return number(item); });
            default: return items<std::string>(node, [this](const TomlNode& item) { return word(item); });
        }
    }

private:
    template <class T>
    static std::optional<Value> as_value(std::optional<T> value) {
        if (!value) return std::nullopt;
        return Value{std::move(*value)};
    }

    Problems::Entry refuse(const TomlNode& node, const std::string& note = {}) const {
        Problems::Entry entry = problems_.add(node.place, fmt::format("{} is {}{}", label_, shown(node), note));
        entry.expected(expectation(row_));
        return entry;
    }

    template <class T>
    std::optional<Value> same(const TomlNode& node) const {
        if (const T* value = node.as<T>()) return Value{*value};
        refuse(node);
        return std::nullopt;
    }

    std::optional<double> number(const TomlNode& node) const {
        if (const auto* whole = node.as<std::int64_t>()) return ranged(node, static_cast<double>(*whole));
        if (const auto* real = node.as<double>()) return ranged(node, *real);
        if (const auto* text = node.as<std::string>()) return measured(node, *text);
        refuse(node);
        return std::nullopt;
    }

    std::optional<double> ranged(const TomlNode& node, double number) const {
        if (is_in_range(row_, number)) return number;
        auto entry = problems_.add(node.place, fmt::format("{} is {}", label_, number));
        entry.expected(range_text(row_));
        advise(entry, number, row_.unit);
        return std::nullopt;
    }

    std::optional<double> measured(const TomlNode& node, const std::string& text) const {
        const auto found = parse_measured(text);
        if (!found) {
            refuse(node);
            return std::nullopt;
        }
        const auto written = find_unit(found->word);
        const auto declared = find_unit(row_.unit);
        if (!written) {
            refuse_word(node, *found);
            return std::nullopt;
        }
        if (!declared || written->dimension != declared->dimension) {
            refuse_dimension(node, *found, *written);
            return std::nullopt;
        }
        const double value = converted(found->number, *written, *declared);
        if (is_in_range(row_, value)) return value;
        auto entry = problems_.add(node.place, fmt::format("{} is {} ({})", label_, value, shown(node)));
        entry.expected(range_text(row_));
        advise(entry, found->number, found->word);
        return std::nullopt;
    }

    void refuse_word(const TomlNode& node, const Measured& found) const {
        if (found.word.empty()) {
            const std::string unit = row_.unit.empty() ? "" : fmt::format(" or \"{} {}\"", found.number, row_.unit);
            refuse(node).advice(fmt::format("write {}{}", found.number, unit));
            return;
        }
        const std::string near = nearest(found.word, words_beside(row_.unit));
        auto entry = refuse(node, ", whose unit is unknown");
        if (!near.empty()) entry.advice(fmt::format("did you mean \"{} {}\"?", found.number, near));
    }

    void refuse_dimension(const TomlNode& node, const Measured& found, const Unit& written) const {
        auto entry = refuse(node, fmt::format(", a {}", written.dimension));
        if (written.dimension == "share" && is_in_range(row_, found.number / 100)) {
            entry.advice(fmt::format("did you mean {:.6g}?", found.number / 100));
        }
    }

    void advise(Problems::Entry& entry, double number, std::string_view word) const {
        const std::string other = same_number(number, word, row_.unit, row_.range.low, row_.range.high);
        if (!other.empty()) entry.advice(fmt::format("did you mean \"{}\"?", other));
        const bool share =
            row_.form == Form::number && row_.unit.empty() && row_.range.low >= 0 && row_.range.high <= 1;
        if (share && number > 1 && is_in_range(row_, number / 100))
            entry.advice(fmt::format("did you mean {:.6g}?", number / 100));
    }

    std::optional<std::int64_t> integer(const TomlNode& node) const {
        if (const auto* whole = node.as<std::int64_t>()) {
            if (is_in_range(row_, static_cast<double>(*whole))) return *whole;
            problems_.add(node.place, fmt::format("{} is {}", label_, *whole)).expected(expectation(row_));
            return std::nullopt;
        }
        std::string note;
        if (const auto* text = node.as<std::string>()) {
            const auto found = parse_measured(*text);
            const auto unit = found ? find_unit(found->word) : std::nullopt;
            if (unit) note = fmt::format(", a {}", unit->dimension);
        }
        refuse(node, note);
        return std::nullopt;
    }

    std::optional<std::string> word(const TomlNode& node) const {
        const auto* text = node.as<std::string>();
        if (text == nullptr) {
            refuse(node);
            return std::nullopt;
        }
        if (text->size() > most_text_bytes) {
            problems_.add(node.place, fmt::format("{} has {} bytes", label_, text->size()))
                .expected(fmt::format("at most {}", most_text_bytes));
            return std::nullopt;
        }
        if (is_choice(row_, *text)) return *text;
        auto entry = refuse(node);
        const std::string near = nearest(*text, row_.choices);
        if (!near.empty()) entry.advice(fmt::format("did you mean \"{}\"?", near));
        return std::nullopt;
    }

    std::optional<Value> date(const TomlNode& node) const {
        if (const auto* value = node.as<Date>(); value != nullptr && is_valid(*value)) return Value{*value};
        auto entry = refuse(node);
        if (const auto* text = node.as<std::string>(); text != nullptr && parse_date(*text)) {
            entry.advice(fmt::format("write {} without quotes", *text));
        }
        return std::nullopt;
    }

    template <class T, class One>
    std::optional<Value> items(const TomlNode& node, One one) const {
        const auto* list = node.as<TomlList>();
        if (list == nullptr) {
            refuse(node);
            return std::nullopt;
        }
        std::vector<T> values;
        for (const TomlNode& item : *list) {
            if (auto value = one(item)) values.push_back(std::move(*value));
        }
        if (values.size() != list->size()) return std::nullopt;
        return Value{std::move(values)};
    }

    const Declaration& row_;
    const std::string& label_;
    Problems& problems_;
};

std::vector<std::string_view> split_list(std::string_view text) {
    std::vector<std::string_view> items;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        std::string_view item = text.substr(0, end);
        while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
        while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
        items.push_back(item);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return items;
}

bool is_numeric(Form form) noexcept {
    return form == Form::number || form == Form::span || form == Form::integer || form == Form::numbers;
}

TomlNode scalar_node(Form form, std::string_view text, const Place& place) {
    TomlNode node{place, std::string{text}};
    std::int64_t whole = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (is_numeric(form) && error == std::errc{} && end == text.data() + text.size()) {
        node.value = whole;
    } else if (const auto real = parse_number(text); is_numeric(form) && real) {
        node.value = *real;
    } else if (form == Form::boolean && (text == "true" || text == "false")) {
        node.value = text == "true";
    } else if (const auto date = parse_date(text); form == Form::date && date) {
        node.value = *date;
    }
    return node;
}

}  // namespace

std::optional<Value> checked_value(const Declaration& row, const std::string& label, const TomlNode& node,
                                   Problems& problems) {
    return Check{row, label, problems}.value(node);
}

TomlNode cell_node(const Declaration& row, std::string_view text, Place place) {
    if (row.form != Form::numbers && row.form != Form::texts) return scalar_node(row.form, text, place);
    TomlList items;
    for (const std::string_view item : split_list(text)) items.push_back(scalar_node(row.form, item, place));
    return {std::move(place), std::move(items)};
}

bool is_allowed(const Declaration& row, const Value& value) {
    switch (row.form) {
        case Form::number:
        case Form::span: return is_in_range(row, std::get<double>(value));
        case Form::integer: return is_in_range(row, static_cast<double>(std::get<std::int64_t>(value)));
        case Form::text:
        case Form::choice: return is_choice(row, std::get<std::string>(value));
        default: return true;
    }
}

Value stand_in(const Declaration& row, StandIn end) {
    const bool low = end == StandIn::low;
    const double number = low ? row.range.low : row.range.high;
    switch (row.form) {
        case Form::number:
        case Form::span: return number;
        case Form::integer: return static_cast<std::int64_t>(number);
        case Form::boolean: return !low;
        case Form::choice: return low ? row.choices.front() : row.choices.back();
        case Form::date: {
            Date date = std::get<Date>(row.default_value);
            date.year += low ? 0 : 1;
            return date;
        }
        case Form::numbers: return low ? row.default_value : Value{std::vector<double>{row.range.low, row.range.high}};
        case Form::texts: return low ? row.default_value : Value{std::vector<std::string>{}};
        default: return low ? row.default_value : Value{std::string{"?"}};
    }
}

std::string expectation(const Declaration& row) {
    switch (row.form) {
        case Form::number: return range_text(row);
        case Form::span: return range_text(row);
        case Form::integer: return "a whole number, " + range_text(row);
        case Form::boolean: return "true or false";
        case Form::date: return "a date such as 2026-04-01";
        case Form::numbers: return "a list of numbers, " + range_text(row);
        case Form::texts:
            return row.choices.empty() ? "a list of texts"
                                       : fmt::format("a list of texts out of {}", fmt::join(row.choices, ", "));
        default:
            return row.choices.empty() ? "a text in quotes" : fmt::format("one of {}", fmt::join(row.choices, ", "));
    }
}

}  // namespace segue
