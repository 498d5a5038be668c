/// \file
/// A CSV file in memory, whose cells know their line and column.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/errors.hpp"

namespace segue {

/// RFC 4180, UTF-8, a header line first; lines that begin with `#` before the header are its source notes.
class Table {
public:
    [[nodiscard]] const std::string& name() const noexcept { return name_; }  ///< as [data] calls it
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }  ///< the file as read, for the hash
    [[nodiscard]] const std::vector<std::string>& notes() const noexcept { return notes_; }  ///< without the `#`
    [[nodiscard]] std::size_t rows() const noexcept { return places_.size(); }
    [[nodiscard]] const std::vector<std::string>& columns() const noexcept { return columns_; }
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const noexcept;
    [[nodiscard]] std::string_view text(std::size_t row, std::size_t column) const noexcept {
        return cells_[row * columns_.size() + column];
    }
    /// A finite number; otherwise a problem at the cell, and 0.
    [[nodiscard]] double number(std::size_t row, std::size_t column, Problems& problems) const;
    [[nodiscard]] std::int64_t integer(std::size_t row, std::size_t column, Problems& problems) const;
    [[nodiscard]] Place place(std::size_t row, std::size_t column) const;  ///< column counts characters from 1

    friend Table read_table(std::string name, std::string path, std::string bytes, Problems& problems);

private:
    friend class TableReader;

    std::string name_;
    std::string path_;
    std::string bytes_;
    std::vector<std::string> notes_;
    std::vector<std::string> columns_;
    std::vector<std::string> cells_;
    std::vector<Place> places_;                ///< of each row
    std::vector<std::uint32_t> cell_lines_;    ///< lines after its row's first, where a quoted cell before it held some
    std::vector<std::uint32_t> cell_columns_;  ///< where each cell begins in its line
};

/// Reads a table. Every fault (bytes that are not UTF-8, a long line, a quote out of place, a ragged row, a column
/// twice) is a problem at its place; the rows that are sound are kept, so that their cells can be checked as well.
[[nodiscard]] Table read_table(std::string name, std::string path, std::string bytes, Problems& problems);

}  // namespace segue
