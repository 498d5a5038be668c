#include "engine/calibration/targets.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/scenario/gate.hpp"
#include "engine/scenario/table_columns.hpp"

namespace segue::calibration {
namespace {

class TargetReader {
public:
    TargetReader(const Table& table, Problems& problems) : table_{table}, problems_{problems} {}

    std::vector<Target> read() {
        if (!has_columns(table_, {"target", "value", "low", "high", "source", "held_out"}, problems_)) return {};
        for (std::size_t row = 0; row < table_.rows(); ++row) read_row(row);
        if (table_.rows() == 0) {
            problems_.add({table_.path(), 0, 0}, "there is no target").expected("a row for each");
        } else if (!targets_.empty() &&
                   std::all_of(targets_.begin(), targets_.end(), [](const Target& one) { return one.goal.held_out; })) {
            problems_.add({table_.path(), 0, 0}, "every target is held out, so that nothing is solved for")
                .expected("at least one with held_out = false");
        }
        return std::move(targets_);
    }

private:
    [[nodiscard]] std::size_t column(std::string_view name) const { return *table_.column(name); }
    [[nodiscard]] std::string_view text(std::size_t row, std::string_view name) const {
        return table_.text(row, column(name));
    }
    /// An end of the interval: nothing where the cell is empty.
    double end(std::size_t row, std::string_view name) {
        return text(row, name).empty() ? 0 : table_.number(row, column(name), problems_);
    }

    void read_row(std::size_t row) {
        const std::size_t problems_before = problems_.all().size();
        auto figure = Figure::parse(std::string{text(row, "target")}, table_.place(row, column("target")), problems_);
        Goal goal{table_.number(row, column("value"), problems_), end(row, "low"), end(row, "high"), false};
        if (problems_.all().size() != problems_before) return;
        if (goal.value <= 0) {
            problems_.add(table_.place(row, column("value")), fmt::format("value is {}", goal.value))
                .expected("more than 0: targets are met in proportion");
        }
        const bool has_interval = goal.low != 0 || goal.high != 0;
        if (has_interval && !(goal.low > 0 && goal.low <= goal.value && goal.value <= goal.high)) {
            problems_
                .add(table_.place(row, column("low")),
                     fmt::format("the interval is {} to {}, and the value {}", goal.low, goal.high, goal.value))
                .expected("0 < low <= value <= high, or both ends empty");
        }
        const std::string_view held_out = text(row, "held_out");
        if (held_out != "true" && held_out != "false" && !held_out.empty()) {
            problems_.add(table_.place(row, column("held_out")), fmt::format("held_out is \"{}\"", held_out))
                .expected("true or false");
        }
        goal.held_out = held_out == "true";
        if (text(row, "source").empty())
            problems_.add(table_.place(row, column("source")), "the target has no source").expected("who published it");
        const bool twice = std::any_of(targets_.begin(), targets_.end(),
                                       [&](const Target& one) { return one.figure.text() == figure->text(); });
        if (twice) problems_.add(table_.place(row, 0), "the target comes twice").expected("one row for each");
        targets_.push_back({std::move(*figure), goal, std::string{text(row, "source")}});
    }

    const Table& table_;
    Problems& problems_;
    std::vector<Target> targets_;
};

}  // namespace

std::vector<Target> read_targets(const std::string& path, Problems& problems) {
    auto bytes = read_regular_file(path, most_table_bytes, {path, 0, 0}, "", problems);
    if (!bytes) return {};
    const Table table = read_table("targets", path, std::move(*bytes), problems);
    return TargetReader{table, problems}.read();
}

}  // namespace segue::calibration
