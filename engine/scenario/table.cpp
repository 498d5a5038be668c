#include "engine/scenario/table.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "engine/scenario/gate.hpp"
#include "engine/scenario/toml.hpp"
#include "engine/scenario/units.hpp"

namespace segue {

/// One pass over the bytes of a table.
class TableReader {
public:
    TableReader(Table& table, Problems& problems)
        : table_{table}, text_{without_byte_order_mark(table.bytes_)}, problems_{problems} {}

    void read() {
        if (!is_clean_text(table_.path_, text_, most_table_line_bytes, problems_)) return;
        read_notes();
        if (at_end()) {
            problems_.add({table_.path_, 0, 0}, "the table is empty").expected("a line of column names");
            return;
        }
        read_header();
        while (!at_end()) read_row();
    }

private:
    struct Cell {
        std::string text;
        int line;
        int column;
    };

    [[nodiscard]] bool at_end() const noexcept { return position_ >= text_.size(); }
    [[nodiscard]] char front() const noexcept { return text_[position_]; }
    [[nodiscard]] bool at_line_end() const noexcept {
        return at_end() || front() == '\n' || text_.substr(position_).starts_with("\r\n");
    }

    Place here() const {
        return {table_.path_, line_, characters(text_.substr(line_start_, position_ - line_start_)) + 1};
    }

    void next_line() {
        if (!at_end()) position_ += front() == '\r' ? 2U : 1U;
        ++line_;
        line_start_ = position_;
    }

    void read_notes() {
        while (!at_end() && (front() == '#' || at_line_end())) {
            const std::size_t start = position_;
            while (!at_line_end()) ++position_;
            if (position_ > start) {
                const std::string_view note = text_.substr(start + 1, position_ - start - 1);
                table_.notes_.emplace_back(note.substr(std::min(note.find_first_not_of(' '), note.size())));
            }
            next_line();
        }
    }

    void read_header() {
        std::set<std::string> seen;
        for (Cell& cell : read_cells()) {
            const Place place{table_.path_, cell.line, cell.column};
            if (cell.text.empty()) problems_.add(place, "a column has no name").expected("a name");
            if (!cell.text.empty() && !seen.insert(cell.text).second) {
                problems_.add(place, fmt::format("the column {} comes twice", shortened(cell.text)))
                    .expected("each column once");
            }
            if (cell.text.size() > most_column_name_bytes) {
                problems_.add(place, fmt::format("the name of a column has {} bytes", cell.text.size()))
                    .expected(fmt::format("at most {}", most_column_name_bytes));
            }
            // Messages about cells name their column.
            table_.columns_.push_back(shortened(std::move(cell.text), most_column_name_bytes));
        }
    }

    void read_row() {
        const Place place{table_.path_, line_, 1};
        if (at_line_end()) {
            next_line();
            return;
        }
        std::vector<Cell> cells = read_cells();
        if (cells.size() != table_.columns_.size()) {
            problems_.add(place, fmt::format("the row has {} cells", cells.size()))
                .expected(fmt::format("{}, as the header has", table_.columns_.size()));
            return;
        }
        table_.places_.push_back(place);
        for (Cell& cell : cells) {
            table_.cells_.push_back(std::move(cell.text));
            table_.cell_lines_.push_back(static_cast<std::uint32_t>(cell.line - place.line));
            table_.cell_columns_.push_back(static_cast<std::uint32_t>(cell.column));
        }
    }

    /// The cells up to the end of the line, and past it.
    std::vector<Cell> read_cells() {
        std::vector<Cell> cells;
        for (;;) {
            const Place place = here();
            cells.push_back({read_cell(), place.line, place.column});
            if (at_end() || front() != ',') break;
            ++position_;
        }
        next_line();
        return cells;
    }

    std::string read_cell() {
        if (!at_end() && front() == '"') return read_quoted();
        const std::size_t start = position_;
        while (!at_line_end() && front() != ',') {
            if (front() == '"') {
                problems_.add(here(), "a quote stands inside a cell without quotes")
                    .expected("the whole cell in quotes, inner quotes doubled");
                skip_cell();
                break;
            }
            ++position_;
        }
        return std::string{text_.substr(start, position_ - start)};
    }

    std::string read_quoted() {
        const Place opening = here();
        std::string cell;
        ++position_;
        while (!at_end()) {
            if (front() == '"') {
                ++position_;
                if (at_end() || front() != '"') return past_quote(std::move(cell));
            }
            cell += front();
            const bool line_end = front() == '\n';
            ++position_;
            if (line_end) {
                ++line_;
                line_start_ = position_;
            }
        }
        problems_.add(opening, "a quoted cell does not end").expected("a closing quote");
        return cell;
    }

    std::string past_quote(std::string cell) {
        if (!at_line_end() && front() != ',') {
            problems_.add(here(), "text follows a closing quote").expected("a comma or the end of the line");
            skip_cell();
        }
        return cell;
    }

    void skip_cell() {
        while (!at_line_end() && front() != ',') ++position_;
    }

    Table& table_;
    std::string_view text_;
    Problems& problems_;
    std::size_t position_{0};
    int line_{1};
    std::size_t line_start_{0};
};

std::optional<std::size_t> Table::column(std::string_view name) const noexcept {
    const auto found = std::find(columns_.begin(), columns_.end(), name);
    if (found == columns_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns_.begin());
}

double Table::number(std::size_t row, std::size_t column, Problems& problems) const {
    const auto value = parse_number(text(row, column));
    if (value) return *value;
    problems
        .add(place(row, column),
             fmt::format("{} is \"{}\"", columns_[column], shortened(std::string{text(row, column)})))
        .expected("a finite number");
    return 0;
}

std::int64_t Table::integer(std::size_t row, std::size_t column, Problems& problems) const {
    const std::string_view cell = text(row, column);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error == std::errc{} && end == cell.data() + cell.size() && !cell.empty()) return value;
    problems.add(place(row, column), fmt::format("{} is \"{}\"", columns_[column], shortened(std::string{cell})))
        .expected("a whole number");
    return 0;
}

Place Table::place(std::size_t row, std::size_t column) const {
    const std::size_t cell = row * columns_.size() + column;
    return {path_, places_[row].line + static_cast<int>(cell_lines_[cell]), static_cast<int>(cell_columns_[cell])};
}

Table read_table(std::string name, std::string path, std::string bytes, Problems& problems) {
    Table table;
    table.name_ = std::move(name);
    table.path_ = std::move(path);
    table.bytes_ = std::move(bytes);
    TableReader{table, problems}.read();
    return table;
}

}  // namespace segue
