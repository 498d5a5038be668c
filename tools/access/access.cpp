// Writes docs/access.md: the access policies of scenarios/access against GP first, at the same staff cost, with paired
// differences between twins at the calibrated pressure and at both ends of its interval.
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "engine/core/errors.hpp"
#include "engine/core/vocabulary.hpp"
#include "tools/figures.hpp"

namespace segue::access {
namespace {

using calibration::Figure;
using tools::Mean;

struct Arguments {
    std::string folder{"scenarios/access"};
    std::string rows{"tools/access/rows.csv"};
    std::string output{"docs/access.md"};
    std::uint32_t replicates{16};
};

const std::string base = "gp-first";
const std::array<std::string, 3> policies{"care-navigation", "total-triage", "direct-access"};
/// The calibrated pressure, then the ends of its interval (team_parameters.hpp).
const std::array<std::string, 3> pressures{"1", "0.95", "1.05"};

struct Row {
    std::string name;
    Figure figure;
};

std::vector<Row> read_rows(const std::string& path) {
    const Table table = tools::read_rows(path);
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

class Runs {
public:
    Runs(const Arguments& arguments, const std::vector<Row>& rows) : arguments_{arguments} {
        for (const Row& row : rows) figures_.push_back(row.figure);
    }
    [[nodiscard]] Values of(const std::string& policy, const std::string& pressure) const {
        std::vector<std::string> overrides;
        for (const std::string_view role : names(Role{}))
            overrides.push_back(fmt::format("roles.{}.pressure={}", role, pressure));
        const auto path = std::filesystem::path{arguments_.folder} / (policy + ".toml");
        return tools::simulate(path.string(), figures_, arguments_.replicates, overrides);
    }

private:
    const Arguments& arguments_;
    std::vector<Figure> figures_;
};

/// Of the second over the first, twin by twin.
Mean difference(const std::vector<double>& from, const std::vector<double>& to) {
    std::vector<double> differences;
    for (std::size_t i = 0; i < from.size(); ++i) differences.push_back(to[i] - from[i]);
    return tools::mean_of(differences);
}

bool is_clear(const Mean& one) { return std::abs(one.value) > one.half_width; }

std::string signed_plain(double value) { return (value < 0 ? "" : "+") + tools::plain(value); }

std::string shown(const Mean& one) {
    const std::string width = tools::plain_width(one.half_width);
    return is_clear(one) ? fmt::format("{} ± {}", signed_plain(one.value), width)
                         : fmt::format("none seen (± {})", width);
}

/// The difference at the calibrated pressure, and at both ends of its interval; whether its sign holds over the interval.
std::string cell(const std::array<Mean, pressures.size()>& by_pressure) {
    bool up = false;
    bool down = false;
    for (const Mean& one : by_pressure) {
        up = up || (is_clear(one) && one.value > 0);
        down = down || (is_clear(one) && one.value < 0);
    }
    return fmt::format("{}; {} to {}{}", shown(by_pressure[0]), signed_plain(by_pressure[1].value),
                       signed_plain(by_pressure[2].value), up && down ? " **sign changes**" : "");
}

std::string table_of(const std::vector<Row>& rows, const Runs& runs) {
    std::array<Values, pressures.size()> first;
    for (std::size_t p = 0; p < pressures.size(); ++p) first[p] = runs.of(base, pressures[p]);
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto level = [&](std::size_t p) { return tools::plain(tools::mean_of(first[p][i]).value); };
        lines.push_back(fmt::format("| {} | {} ({} to {}) |", rows[i].name, level(0), level(1), level(2)));
    }
    for (const std::string& policy : policies) {
        std::array<Values, pressures.size()> second;
        for (std::size_t p = 0; p < pressures.size(); ++p) second[p] = runs.of(policy, pressures[p]);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            std::array<Mean, pressures.size()> by_pressure;
            for (std::size_t p = 0; p < pressures.size(); ++p) by_pressure[p] = difference(first[p][i], second[p][i]);
            lines[i] += fmt::format(" {} |", cell(by_pressure));
        }
    }
    std::string text =
        "| figure | GP first | care navigation | total triage | direct access |\n|---|---|---|---|---|\n";
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

void write(const Arguments& arguments) {
    const std::vector<Row> rows = read_rows(arguments.rows);
    const Runs runs{arguments, rows};
    const std::string text = fmt::format(
        "# Ways to the same team\n\n"
        "Made by `segue_access` (`tools/access`): {} replicates of each file in `{}`, one year after a year of "
        "warm-up, "
        "the same people and the same needs in all, and staff cost that is equal to within 0.1%. GP first: its level, "
        "and in brackets its levels where 5% less and 5% more is asked for than at the calibrated pressure. The "
        "others: "
        "the paired difference from GP first with its 95% interval, then the differences at those two pressures. A "
        "difference whose sign changes between them says so.\n\n{}\n{}",
        arguments.replicates, arguments.folder, table_of(rows, runs), tools::kept_by_hand(arguments.output));
    std::ofstream{arguments.output} << text;
}

}  // namespace
}  // namespace segue::access

int main(int argc, char** argv) {
    segue::access::Arguments arguments;
    CLI::App parser{"Writes docs/access.md: access policies against GP first, at equal staff cost"};
    parser.add_option("folder", arguments.folder, "Where the policies' scenarios lie")->capture_default_str();
    parser.add_option("--rows", arguments.rows, "Figures that are compared")->capture_default_str();
    parser.add_option("-o,--output", arguments.output)->capture_default_str();
    parser.add_option("--replicates", arguments.replicates)->capture_default_str()->check(CLI::Range(2, 1000));
    CLI11_PARSE(parser, argc, argv);
    try {
        segue::access::write(arguments);
    } catch (const std::exception& error) {
        fmt::print(stderr, "segue_access: {}\n", error.what());
        return 1;
    }
    return 0;
}
