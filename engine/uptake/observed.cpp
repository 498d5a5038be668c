#include "engine/uptake/observed.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/core/words.hpp"
#include "engine/scenario/gate.hpp"
#include "engine/scenario/table_columns.hpp"

namespace segue::uptake {
namespace {

/// A row that could be read, with where it stands.
struct Row {
    Cell cell;
    std::int64_t count;
    std::size_t number;
};

class ObservedReader {
public:
    ObservedReader(const Table& table, const day::World& world, Problems& problems)
        : table_{table}, world_{world}, months_{world.plan().periods(Period::month)}, problems_{problems} {
        for (const day::NeighbourhoodPlan& one : world.neighbourhoods()) people_ += one.size;
    }

    Observed read() {
        if (!has_columns(table_, {"series", "period_start", "period_end", "group", "count"}, problems_)) return {};
        for (std::size_t row = 0; row < table_.rows(); ++row) read_row(row);
        if (table_.rows() == 0) problems_.add({table_.path(), 0, 0}, "there are no counts").expected("a row for each");
        check_groupings();
        if (!problems_.has_errors()) check_periods();  // a row that could not be read is no gap
        return assembled();
    }

private:
    using Group = std::pair<std::optional<Grouping>, std::size_t>;

    [[nodiscard]] std::string text(std::size_t row, std::string_view column) const {
        return std::string{table_.text(row, *table_.column(column))};
    }
    [[nodiscard]] Place place(std::size_t row, std::string_view column) const {
        return table_.place(row, *table_.column(column));
    }

    void read_row(std::size_t row) {
        const auto series = read_series(row);
        const auto first = month_of(row, "period_start", months_.first_days, 0);
        const auto last = month_of(row, "period_end", months_.day_after, 1);
        const auto group = read_group(row);
        const auto count = read_count(row);
        if (first && last && *last < *first) {
            problems_
                .add(place(row, "period_end"),
                     fmt::format("the period ends before it begins, on {}", text(row, "period_start")))
                .expected("period_end on or after period_start");
            return;
        }
        if (series && first && last && group && count)
            rows_.push_back({{*series, group->first, group->second, *first, *last + 1}, *count, row});
    }

    /// The series of this name, made where it is new; nothing where what it counts is not known.
    std::optional<std::size_t> read_series(std::size_t row) {
        const std::string name = text(row, "series");
        const auto found =
            std::find_if(series_.begin(), series_.end(), [&](const Series& one) { return one.name == name; });
        if (found != series_.end()) return static_cast<std::size_t>(found - series_.begin());
        const std::vector<std::string> described = world_.scenario().names_in(ObservedSeries::prefix);
        ObservedSeries recording;
        if (std::find(described.begin(), described.end(), name) != described.end()) {
            recording = world_.scenario().read<ObservedSeries>({name});
        } else if (from_name<Reached>(name)) {
            recording.stage = name;
        } else {
            problems_.add(place(row, "series"), fmt::format("nothing says what the series \"{}\" counts", name))
                .expected(
                    fmt::format("a stage ({}), or a name under uptake.observed", fmt::join(words<Reached>(), ", ")))
                .advice(advice_for(name, described));
            return std::nullopt;
        }
        series_.push_back({name, *from_name<Reached>(recording.stage), recording});
        return series_.size() - 1;
    }

    static std::string advice_for(const std::string& name, std::vector<std::string> known) {
        for (const std::string& stage : words<Reached>()) known.push_back(stage);
        const std::string near = nearest(name, known);
        return near.empty() ? "write uptake.observed.NAME.stage in the scenario"
                            : fmt::format("did you mean {}?", near);
    }

    /// The month of the span that begins on a date, or that ends on it: `days_before` the day in `days`.
    std::optional<std::size_t> month_of(std::size_t row, std::string_view column, const std::vector<Day>& days,
                                        std::int32_t days_before) {
        const std::string written = text(row, column);
        const std::string verb = days_before == 0 ? "begins" : "ends";
        const auto date = parse_date(written);
        if (!date) {
            problems_.add(place(row, column), fmt::format("{} is \"{}\"", column, written))
                .expected("a date such as 2026-04-01");
            return std::nullopt;
        }
        const auto found = std::find(days.begin(), days.end(), to_day(*date) + days_before);
        if (found == days.end()) {
            problems_.add(place(row, column), fmt::format("no month of the span {} on {}", verb, written))
                .expected(fmt::format("whole months between {} and {}", to_string(to_date(months_.first_days.front())),
                                      to_string(to_date(months_.day_after.back() - 1))))
                .advice("period_end is the period's last day; run.start and run.years make the span");
            return std::nullopt;
        }
        return static_cast<std::size_t>(found - days.begin());
    }

    std::optional<Group> read_group(std::size_t row) {
        const std::string written = text(row, "group");
        if (written == "all") return Group{std::nullopt, 0};
        const auto equals = written.find('=');
        const auto grouping = from_name<Grouping>(written.substr(0, equals));
        if (equals == std::string::npos || !grouping) {
            problems_.add(place(row, "group"), fmt::format("group is \"{}\"", written))
                .expected(
                    fmt::format("all, or one of {} and a value, as deprivation=1", fmt::join(words<Grouping>(), ", ")));
            return std::nullopt;
        }
        const std::vector<std::string> labels = group_labels(world_, *grouping);
        const auto label = std::find(labels.begin(), labels.end(), written.substr(equals + 1));
        if (label == labels.end()) {
            problems_
                .add(place(row, "group"),
                     fmt::format("there is no {} {}", name_of(*grouping), written.substr(equals + 1)))
                .expected(fmt::format("one of {}", fmt::join(labels, ", ")));
            return std::nullopt;
        }
        return Group{grouping, static_cast<std::size_t>(label - labels.begin())};
    }

    std::optional<std::int64_t> read_count(std::size_t row) {
        const std::size_t problems_before = problems_.all().size();
        const std::int64_t count = table_.integer(row, *table_.column("count"), problems_);
        if (problems_.all().size() != problems_before) return std::nullopt;
        if (count >= 0 && count <= people_) return count;
        problems_.add(place(row, "count"), fmt::format("count is {}", count))
            .expected(fmt::format("0 to {}, the people of the scenario", people_));
        return std::nullopt;
    }

    [[nodiscard]] std::string told(const Cell& cell) const {
        return fmt::format("{}, {}", series_[cell.series].name,
                           cell.grouping ? fmt::format("{}={}", name_of(*cell.grouping),
                                                       group_labels(world_, *cell.grouping)[cell.group])
                                         : "all");
    }

    /// Whoever is counted by sex and by deprivation in one series would be counted twice.
    void check_groupings() {
        std::map<std::size_t, std::optional<Grouping>> grouping_of;
        for (const Row& row : rows_) {
            const auto [found, is_first] = grouping_of.try_emplace(row.cell.series, row.cell.grouping);
            if (is_first || found->second == row.cell.grouping) continue;
            problems_
                .add(place(row.number, "group"),
                     fmt::format("the series {} has groups of two kinds", series_[row.cell.series].name))
                .expected("one kind in each series, so that nobody is counted twice");
        }
    }

    /// Every group of a series has each month from the series' first to its last, once.
    void check_periods() {
        std::map<std::pair<std::size_t, Group>, std::vector<Row>> by_group;
        std::map<std::size_t, std::pair<std::size_t, std::size_t>> range_of;
        for (const Row& row : rows_) {
            by_group[{row.cell.series, {row.cell.grouping, row.cell.group}}].push_back(row);
            const auto [range, is_first] =
                range_of.try_emplace(row.cell.series, row.cell.first_month, row.cell.month_after);
            range->second.first = std::min(range->second.first, row.cell.first_month);
            range->second.second = std::max(range->second.second, row.cell.month_after);
        }
        for (auto& [key, rows] : by_group) {
            std::sort(rows.begin(), rows.end(),
                      [](const Row& a, const Row& b) { return a.cell.first_month < b.cell.first_month; });
            const auto [first, after] = range_of[key.first];
            std::size_t next = first;
            for (const Row& row : rows) {
                if (row.cell.first_month < next) tell_overlap(row);
                if (row.cell.first_month > next) tell_gap(row, next, row.cell.first_month);
                next = std::max(next, row.cell.month_after);
            }
            if (next < after) tell_gap(rows.back(), next, after);
        }
    }

    void tell_overlap(const Row& row) {
        problems_
            .add(place(row.number, "period_start"),
                 fmt::format("{} is counted twice from {} on", told(row.cell), text(row.number, "period_start")))
            .expected("periods that do not overlap");
    }

    void tell_gap(const Row& row, std::size_t from, std::size_t to) {
        problems_
            .add(place(row.number, "period_start"), fmt::format("{} has a gap: nothing from {} to {}", told(row.cell),
                                                                to_string(to_date(months_.first_days[from])),
                                                                to_string(to_date(months_.day_after[to - 1] - 1))))
            .expected("every month from the series' first to its last, in each of its groups");
    }

    Observed assembled() {
        Observed observed;
        observed.counts.resize(static_cast<Eigen::Index>(rows_.size()));
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            observed.counting.cells.push_back(rows_[i].cell);
            observed.counts[static_cast<Eigen::Index>(i)] = static_cast<double>(rows_[i].count);
        }
        observed.counting.series = std::move(series_);
        return observed;
    }

    const Table& table_;
    const day::World& world_;
    const Periods& months_;
    Problems& problems_;
    std::int64_t people_{0};
    std::vector<Series> series_;
    std::vector<Row> rows_;
};

}  // namespace

Observed read_observed(const std::string& path, const day::World& world) {
    Problems problems;
    auto bytes = read_regular_file(path, most_table_bytes, {path, 0, 0}, "", problems);
    problems.raise_if_any();
    const Table table = read_table("observed", path, std::move(*bytes), problems);
    Observed observed = ObservedReader{table, world, problems}.read();
    problems.raise_if_any();
    return observed;
}

}  // namespace segue::uptake
