// Writes docs/access.md: the access policies of scenarios/access against GP first, at the same staff cost, with paired
// differences between twins at the calibrated pressure and at both ends of its interval.
#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "engine/calibration/targets.hpp"
#include "engine/compare/interval.hpp"
#include "engine/core/errors.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/day/catalogue.hpp"
#include "engine/model/money/ledger.hpp"
#include "engine/program/output_file.hpp"
#include "engine/results/durable.hpp"
#include "tools/figures.hpp"

namespace segue::access {
namespace {

using calibration::Figure;
using calibration::Target;

struct Arguments {
    std::string folder{"scenarios/access"};
    std::string rows{"tools/access/rows.csv"};
    std::string targets{"scenarios/england-average/targets.csv"};
    std::string output{"docs/access.md"};
    std::uint32_t replicates{16};
};

struct Policy {
    const char* file;  ///< without its ending
    const char* name;
};
constexpr Policy base{"gp-first", "GP first"};
constexpr std::array<Policy, 3> policies{
    {{"care-navigation", "care navigation"}, {"total-triage", "total triage"}, {"direct-access", "direct access"}}};

/// Where pressure is looked at: as calibrated, and at both ends of its interval.
enum class Pressure : std::uint8_t { calibrated, low, high, count_ };

/// A role's pressure at the ends of its interval, as a ratio to what it is calibrated to.
struct Interval {
    Role role;
    double low;
    double high;
};

/// The role whose time asked for or used the figure divides by what there is of it; nothing where it is another figure.
std::optional<Role> role_pressed_in(const Figure& figure) {
    const std::vector<calibration::Term>& terms = figure.terms();
    const bool is_pressure = terms.size() == 2 && terms[1].name == "minutes_available" &&
                             (terms[0].name == "minutes_offered" || terms[0].name == "minutes_used") &&
                             terms[0].choices == terms[1].choices && terms[0].choices.size() == 1 &&
                             terms[0].choices.front().labels.size() == 1;
    return is_pressure ? from_name<Role>(terms[0].choices.front().labels.front()) : std::nullopt;
}

/// The intervals that the base's targets state of how busy each role is.
std::vector<Interval> read_intervals(const std::string& path) {
    Problems problems;
    std::vector<Interval> intervals;
    for (const Target& target : calibration::read_targets(path, problems)) {
        const auto role = role_pressed_in(target.figure);
        if (role)
            intervals.push_back({*role, target.goal.low / target.goal.value, target.goal.high / target.goal.value});
        if (role && target.goal.low <= 0) {
            problems.add(target.figure.place(), fmt::format("{} has no interval", target.figure.text()))
                .expected("low and high: ends of the pressure that policies are compared at");
        }
    }
    if (intervals.empty()) problems.add({path, 0, 0}, "no target is the pressure on a role");
    problems.raise_if_any();
    return intervals;
}

struct Row {
    std::string name;
    Figure figure;
};

std::vector<Row> read_rows(const std::string& path) {
    const Table table = tools::read_rows(path, {"name", "figure"});
    Problems problems;
    std::vector<Row> rows;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const std::size_t column = *table.column("figure");
        auto figure = Figure::parse(std::string{table.text(i, column)}, table.place(i, column), problems);
        if (figure) rows.push_back({std::string{table.text(i, *table.column("name"))}, std::move(*figure)});
    }
    problems.raise_if_any();
    return rows;
}

using Values = std::vector<std::vector<double>>;  ///< [figure][replicate]

std::string path_of(const Arguments& arguments, const Policy& policy) {
    return (std::filesystem::path{arguments.folder} / fmt::format("{}.toml", policy.file)).string();
}

class Runs {
public:
    Runs(const Arguments& arguments, const std::vector<Row>& rows, const std::vector<Interval>& intervals)
        : arguments_{arguments}, intervals_{intervals} {
        for (const Row& row : rows) figures_.push_back(row.figure);
    }
    [[nodiscard]] EnumArray<Pressure, Values> of(const Policy& policy) const {
        EnumArray<Pressure, Values> values;
        for (const Pressure pressure : all<Pressure>()) values[pressure] = of(policy, pressure);
        return values;
    }

private:
    [[nodiscard]] Values of(const Policy& policy, Pressure pressure) const {
        std::vector<std::string> overrides;
        for (const Interval& one : intervals_) {
            if (pressure == Pressure::calibrated) break;
            overrides.push_back(fmt::format("roles.{}.pressure={:.6f}", name_of(one.role),
                                            pressure == Pressure::low ? one.low : one.high));
        }
        return tools::simulate(path_of(arguments_, policy), figures_, arguments_.replicates, std::move(overrides));
    }

    const Arguments& arguments_;
    const std::vector<Interval>& intervals_;
    std::vector<Figure> figures_;
};

/// Of the second over the first, twin by twin.
using Difference = compare::Interval;
Difference difference(const std::vector<double>& from, const std::vector<double>& to) {
    return compare::interval_of(compare::differences(from, to));
}

std::string signed_plain(double value) { return (value < 0 ? "" : "+") + tools::plain(value); }

/// Nothing differs in any replicate, as where neither policy has triage.
bool is_nothing(const Difference& one) { return one.mean == 0 && one.half_width == 0; }

using Differences = EnumArray<Pressure, Difference>;

std::string cell(const Differences& differences) {
    const Difference& one = differences[Pressure::calibrated];
    const auto end = [&](Pressure pressure) -> std::string {
        const Difference& there = differences[pressure];
        if (is_nothing(there)) return "0";
        return there.is_clear() ? signed_plain(there.mean) : "none seen";
    };
    const std::string width = tools::plain_width(one.half_width);
    const std::string shown = is_nothing(one)  ? "0"
                              : one.is_clear() ? fmt::format("{} ± {}", signed_plain(one.mean), width)
                                               : fmt::format("none seen (± {})", width);
    return fmt::format("{}; {} and {}", shown, end(Pressure::low), end(Pressure::high));
}

/// What a difference does from one end of the interval to the other.
enum class Course : std::uint8_t { lower, higher, turns, not_clear, count_ };
constexpr std::array<std::string_view, count_of<Course>> names(Course) {
    return {"Lower at all three pressures", "Higher at all three", "**Sign changes**", "Not clear at all three"};
}

Course course_of(const Differences& differences) {
    const auto is_below = [](const Difference& one) { return one.is_clear() && one.mean < 0; };
    const auto is_above = [](const Difference& one) { return one.is_clear() && one.mean > 0; };
    const auto below = std::count_if(differences.begin(), differences.end(), is_below);
    const auto above = std::count_if(differences.begin(), differences.end(), is_above);
    if (below > 0 && above > 0) return Course::turns;
    const auto pressures = static_cast<std::ptrdiff_t>(count_of<Pressure>);
    if (below == pressures) return Course::lower;
    return above == pressures ? Course::higher : Course::not_clear;
}

/// The table, and for each policy the rows by what their differences do over the pressures.
struct Compared {
    std::string table;
    std::string courses;
};

std::string list_of(const EnumArray<Course, std::vector<std::string>>& rows, const Policy& policy) {
    std::string text = fmt::format("### {}\n\n", policy.name);
    for (const Course course : all<Course>()) {
        const std::string list = rows[course].empty() ? "none" : fmt::format("{}", fmt::join(rows[course], "; "));
        text += fmt::format("- {}: {}.\n", name_of(course), list);
    }
    return text + "\n";
}

Compared compare(const std::vector<Row>& rows, const Runs& runs) {
    const EnumArray<Pressure, Values> first = runs.of(base);
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto level = [&](Pressure p) { return tools::plain(compare::interval_of(first[p][i]).mean); };
        lines.push_back(fmt::format("| {} | {} ({} to {}) |", rows[i].name, level(Pressure::calibrated),
                                    level(Pressure::low), level(Pressure::high)));
    }
    std::string heads = fmt::format("| figure | {} |", base.name);
    std::string courses;
    for (const Policy& policy : policies) {
        const EnumArray<Pressure, Values> second = runs.of(policy);
        EnumArray<Course, std::vector<std::string>> by_course;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            Differences differences;
            for (const Pressure p : all<Pressure>()) differences[p] = difference(first[p][i], second[p][i]);
            const Course course = course_of(differences);
            by_course[course].push_back(rows[i].name);
            lines[i] += fmt::format(" {}{} |", cell(differences), course == Course::turns ? " **sign changes**" : "");
        }
        heads += fmt::format(" {} |", policy.name);
        courses += list_of(by_course, policy);
    }
    return {fmt::format("{}\n|---|---|---|---|---|\n{}\n", heads, fmt::join(lines, "\n")), courses};
}

/// How much each role is asked for at the ends, roles of one interval together: "gp -8% and +8%".
std::string told(const std::vector<Interval>& intervals) {
    std::vector<std::pair<std::string, std::vector<std::string_view>>> groups;
    for (const Interval& one : intervals) {
        const std::string ends = fmt::format("{:+.0f}% and {:+.0f}%", 100 * (one.low - 1), 100 * (one.high - 1));
        const auto same = [&](const auto& group) { return group.first == ends; };
        auto found = std::find_if(groups.begin(), groups.end(), same);
        if (found == groups.end()) found = groups.insert(groups.end(), {ends, {}});
        found->second.push_back(name_of(one.role));
    }
    std::vector<std::string> texts;
    for (const auto& [ends, roles] : groups) texts.push_back(fmt::format("{} {}", fmt::join(roles, ", "), ends));
    return fmt::format("{}", fmt::join(texts, "; "));
}

/// What staff cost with GP first, and how far the others are off.
std::string told_costs(const Arguments& arguments) {
    const auto cost_of = [&](const Policy& policy) {
        Problems warnings;
        return money::staff_cost_per_year(load(path_of(arguments, policy), day::catalogue(), {}, warnings)).value();
    };
    const double first = cost_of(base);
    double most = 0;
    for (const Policy& policy : policies) most = std::max(most, std::abs(cost_of(policy) / first - 1));
    return fmt::format("{:.3f} million GBP a year with {}, and in the others at most {:.3f}% more or less", first / 1e6,
                       base.name, 100 * most);
}

program::ExitCode write(const Arguments& arguments) {
    program::require_output_file(arguments.output);
    const std::vector<Row> rows = read_rows(arguments.rows);
    const std::vector<Interval> intervals = read_intervals(arguments.targets);
    const std::string kept = tools::kept_by_hand(arguments.output);
    const Compared compared = compare(rows, Runs{arguments, rows, intervals});
    write_durably(
        arguments.output,
        fmt::format(
            "# Ways to the same team\n\n"
            "Made by `segue_access --replicates {}` (`tools/access`) from each file in `{}`: one year after a year of "
            "warm-up, the same people and the same needs in all. Staff cost {}.\n\n"
            "{}: its level, and in brackets its levels at both ends of the interval of pressure. That interval is how "
            "far `{}` says that the assumed pressure on each role may be off: {}; other roles stay as they are. The "
            "others: the paired difference from {} with its 95% interval, then the differences at the two ends. *None "
            "seen* stands where a difference's own 95% interval includes 0, at an end too; a difference that is clear "
            "and of both signs among the three says that its sign changes. One in twenty such intervals misses by "
            "chance.\n\n"
            "{}\n## What holds over the interval of pressure\n\nBeside {}:\n\n{}{}",
            arguments.replicates, arguments.folder, told_costs(arguments), base.name, arguments.targets,
            told(intervals), base.name, compared.table, base.name, compared.courses, kept));
    return program::ExitCode::done;
}

}  // namespace
}  // namespace segue::access

int main(int argc, char** argv) {
    segue::access::Arguments arguments;
    CLI::App parser{"Writes docs/access.md: access policies against GP first, at equal staff cost"};
    parser.add_option("folder", arguments.folder, "Where the policies' scenarios lie")->capture_default_str();
    parser.add_option("--rows", arguments.rows, "Figures that are compared")->capture_default_str();
    parser
        .add_option("--targets", arguments.targets, "The base's targets: how far the pressure on each role may be off")
        ->capture_default_str();
    parser.add_option("-o,--output", arguments.output)->capture_default_str();
    parser.add_option("--replicates", arguments.replicates)->capture_default_str()->check(CLI::Range(2, 1000));
    CLI11_PARSE(parser, argc, argv);
    return segue::tools::answer("segue_access", [&] { return segue::access::write(arguments); });
}
