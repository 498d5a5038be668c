#include "engine/population/table_reader.hpp"

#include <charconv>

#include <fmt/format.h>

namespace segue {
namespace {

std::optional<int> whole(std::string_view text) noexcept {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::optional<AgeRange> parse_age_range(std::string_view text) noexcept {
    AgeRange range;
    const std::size_t dash = text.find('-');
    const bool open = !text.empty() && text.back() == '+';
    const auto from = whole(open ? text.substr(0, text.size() - 1) : text.substr(0, dash));
    const auto to = open ? oldest_age : dash == std::string_view::npos ? from : whole(text.substr(dash + 1));
    if (!from || !to) return std::nullopt;
    range = {*from, *to};
    if (range.from < 0 || range.to < range.from || range.to > oldest_age) return std::nullopt;
    return range;
}

TableReader::TableReader(const Table& table, const std::vector<std::string>& columns, Problems& problems)
    : table_{table}, problems_{problems}, rows_{table.rows()} {
    for (const std::string& name : columns) {
        const auto place = table.column(name);
        if (!place) {
            problems_.add({table.path(), 0, 0}, fmt::format("the table {} has no column {}", table.name(), name));
            rows_ = 0;
        }
        places_.push_back(place.value_or(0));
    }
}

double TableReader::number(std::size_t row, std::size_t column, double low, double high) const {
    const double value = table_.number(row, places_[column], problems_);
    if (value >= low && value <= high) return value;
    problems_.add(table_.place(row, places_[column]), fmt::format("{} is {}", table_.columns()[places_[column]], value))
        .expected(fmt::format("{} to {}", low, high));
    return low;
}

std::optional<AgeRange> TableReader::ages(std::size_t row, std::size_t column) const {
    const auto range = parse_age_range(text(row, column));
    if (!range) {
        problems_.add(table_.place(row, places_[column]), fmt::format("'{}' is no range of ages", text(row, column)))
            .expected(fmt::format("years such as 17, 5-9 or 90+, to {}", oldest_age));
    }
    return range;
}

std::optional<int> TableReader::quintile(std::size_t row, std::size_t column) const {
    const auto fifth = whole(text(row, column));
    if (fifth && *fifth >= 1 && *fifth <= 5) return fifth;
    problems_.add(table_.place(row, places_[column]), fmt::format("'{}' is no fifth of deprivation", text(row, column)))
        .expected("1 (most deprived) to 5");
    return std::nullopt;
}

void TableReader::unknown_word(std::size_t row, std::size_t column, const std::vector<std::string>& words) const {
    const std::string found{text(row, column)};
    auto entry = problems_.add(table_.place(row, places_[column]),
                               fmt::format("{} is '{}'", table_.columns()[places_[column]], found));
    entry.expected(fmt::format("one of {}", fmt::join(words, ", ")));
    if (const std::string near = nearest(found, words); !near.empty()) {
        entry.advice(fmt::format("did you mean '{}'?", near));
    }
}

void TableReader::incomplete(const std::string& what) const {
    // A table without rows or columns has had its say already.
    if (rows_ > 0) problems_.add({table_.path(), 0, 0}, fmt::format("the table {} {}", table_.name(), what));
}

}  // namespace segue
