/// \file
/// Reads a data table's cells as the field's words, ages and shares; what is wrong is noted at its cell.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/core/errors.hpp"
#include "engine/scenario/table.hpp"

namespace segue {

/// Completed years of age, inclusive.
struct AgeRange {
    int from{0};
    int to{0};
    friend bool operator==(const AgeRange&, const AgeRange&) = default;
};

inline constexpr int oldest_age = 110;  ///< who lives longer stays in its row
inline constexpr int age_count = oldest_age + 1;

/// "5-9", "90+" or "17"; nothing else, and nothing above `oldest_age`.
[[nodiscard]] std::optional<AgeRange> parse_age_range(std::string_view text) noexcept;

/// One table and the columns that its reader needs. Without one of them it has no rows, and the problem is noted.
class TableReader {
public:
    TableReader(const Table& table, const std::vector<std::string>& columns, Problems& problems);

    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
    [[nodiscard]] std::string_view text(std::size_t row, std::size_t column) const {
        return table_.text(row, places_[column]);
    }
    /// A number from `low` to `high`; otherwise a problem and `low`. Columns count as the constructor lists them.
    [[nodiscard]] double number(std::size_t row, std::size_t column, double low, double high) const;
    [[nodiscard]] std::optional<AgeRange> ages(std::size_t row, std::size_t column) const;
    [[nodiscard]] std::optional<int> quintile(std::size_t row, std::size_t column) const;
    template <class E>
    [[nodiscard]] std::optional<E> word(std::size_t row, std::size_t column) const {
        const auto found = from_name<E>(text(row, column));
        if (!found) {
            const auto& words = names(E{});
            unknown_word(row, column, {words.begin(), words.end()});
        }
        return found;
    }
    void unknown_word(std::size_t row, std::size_t column, const std::vector<std::string>& words) const;
    /// A problem of the file as a whole: what it should have said and did not.
    void incomplete(const std::string& what) const;

private:
    const Table& table_;
    Problems& problems_;
    std::vector<std::size_t> places_;
    std::size_t rows_{0};
};

}  // namespace segue
