// Held against what is published: writes docs/validation.md from rows.csv and from runs of the base. Fails when an emergent
// row is more than a fifth off and rows.csv does not say why.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "engine/compare/interval.hpp"
#include "engine/day/catalogue.hpp"
#include "engine/program/output_file.hpp"
#include "engine/results/durable.hpp"
#include "tools/figures.hpp"
#include "tools/validation/lives.hpp"

namespace segue::validation {
namespace {

using calibration::Figure;
using compare::Interval;

struct Arguments {
    std::string scenario{"scenarios/england-average/gp-led.toml"};
    std::string rows{"tools/validation/rows.csv"};
    std::string output{"docs/validation.md"};
    std::uint32_t replicates{8};
    std::uint32_t drift_replicates{4};
};

/// Of rows, in the order of the table.
constexpr std::array<std::string_view, 3> kinds{"fitted", "input", "emergent"};

struct Row {
    std::string name;
    Figure figure;
    std::optional<double> published;
    std::string interval;  ///< of the published figure, as it was printed
    std::string kind;      ///< input, fitted or emergent
    std::string by;        ///< what fits it
    std::string source;
    std::string why;  ///< it is off
};

std::vector<Row> read_rows(const std::string& path) {
    const Table table =
        tools::read_rows(path, {"name", "figure", "published", "interval", "kind", "by", "source", "why"});
    Problems problems;
    std::vector<Row> rows;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const auto text = [&](const char* column) { return std::string{table.text(i, *table.column(column))}; };
        auto figure = Figure::parse(text("figure"), table.place(i, *table.column("figure")), problems);
        std::optional<double> published;
        if (!text("published").empty()) published = table.number(i, *table.column("published"), problems);
        if (std::find(kinds.begin(), kinds.end(), text("kind")) == kinds.end()) {
            problems.add(table.place(i, *table.column("kind")), fmt::format("kind is \"{}\"", text("kind")))
                .expected("fitted, input or emergent");
        }
        if (!figure) continue;
        rows.push_back({text("name"), std::move(*figure), published, text("interval"), text("kind"), text("by"),
                        text("source"), text("why")});
    }
    problems.raise_if_any();
    return rows;
}

/// Each figure's mean over replicates of a scenario.
std::vector<Interval> simulate(const std::string& path, const std::vector<Figure>& figures, std::uint32_t replicates,
                               std::vector<std::string> overrides) {
    const std::vector<std::string>& lives = names_of_terms();
    std::vector<Interval> means;
    for (const std::vector<double>& one : tools::simulate(path, figures, replicates, std::move(overrides),
                                                          {{lives.begin(), lives.end()}, terms_of_lives}))
        means.push_back(compare::interval_of(one));
    return means;
}

std::string with_interval(const Interval& one) {
    return fmt::format("{} ± {}", tools::plain(one.mean), tools::plain_width(one.half_width));
}

/// One line of the table; counts the emergent rows that are off without a reason.
std::string line_of(const Row& row, const Interval& one, int& unexplained) {
    const std::string kind = row.by.empty() ? row.kind : fmt::format("{}: {}", row.kind, row.by);
    if (!row.published) {
        return fmt::format("| {} | {} | none found | | {} | {} | {} |\n", row.name, with_interval(one), kind,
                           row.source, row.why);
    }
    const double off = one.mean / *row.published - 1;
    const bool far = std::abs(off) > 0.2;
    if (row.kind == "emergent" && far && row.why.empty()) {
        ++unexplained;
        fmt::print(stderr, "{} is {:.3g}, {:+.0f}% from {:.3g}, and rows.csv does not say why\n", row.name, one.mean,
                   100 * off, *row.published);
    }
    const std::string published = row.interval.empty() ? fmt::format("{:.4g}", *row.published)
                                                       : fmt::format("{:.4g} ({})", *row.published, row.interval);
    return fmt::format("| {} | {} | {} | {:+.0f}% | {} | {} | {} |\n", row.name, with_interval(one), published,
                       100 * off, kind, row.source, far ? row.why : "");
}

struct Drifting {
    std::string name;
    Figure figure;
};

std::vector<Drifting> drifting(const day::World& world) {
    Problems problems;
    std::vector<Drifting> all_of_them;
    const auto add = [&](const std::string& name, const std::string& text) {
        all_of_them.push_back({name, *Figure::parse(text, {}, problems)});
    };
    for (const std::string_view condition : names(Condition{}))
        add(fmt::format("{}, share of the list", condition),
            fmt::format("on_register[condition={}] / person_years", condition));
    for (const std::string& segment : world.plan().labels().segments)
        add(fmt::format("segment {}, share of the list", segment),
            fmt::format("population[segment={}] / population", segment));
    add("people of 65 and over, share of the list",
        "population[age_band=65-69|70-74|75-79|80-84|85-89|90+] / population");
    add("appointments a person-year", "appointments / person_years");
    add("A&E attendances a person-year", "ae_attendances / person_years");
    add("emergency admissions a person-year", "emergency_admissions / person_years");
    add("cost a head, all NHS [GBP]", "cost_gbp[scope=all_nhs] / person_years");
    problems.raise_if_any();
    return all_of_them;
}

/// The first year of results against the tenth, with the same date: a year's figures after 1 and after 10 years.
std::string drift(const Arguments& arguments) {
    Problems warnings;
    const day::World world{load(arguments.scenario, day::catalogue(), {{}, {}}, warnings)};
    const std::vector<Drifting> rows = drifting(world);
    std::vector<Figure> figures;
    for (const Drifting& row : rows) figures.push_back(row.figure);
    const auto first = simulate(arguments.scenario, figures, arguments.drift_replicates, {"run.warm_up=365 d"});
    const auto tenth = simulate(arguments.scenario, figures, arguments.drift_replicates, {"run.warm_up=3650 d"});
    std::string text =
        "| figure | a year after the list was drawn | nine years later | drift |\n|---|---:|---:|---:|\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double change = tenth[i].mean / first[i].mean - 1;
        const double noise = std::hypot(first[i].half_width / first[i].mean, tenth[i].half_width / tenth[i].mean);
        text += fmt::format("| {} | {:.4g} | {:.4g} | {:+.1f} ± {:.1f}% |\n", rows[i].name, first[i].mean,
                            tenth[i].mean, 100 * change, 100 * noise);
    }
    return text;
}

program::ExitCode validate(const Arguments& arguments) {
    program::require_output_file(arguments.output);
    const std::vector<Row> rows = read_rows(arguments.rows);
    std::vector<Figure> figures;
    for (const Row& row : rows) figures.push_back(row.figure);
    const std::vector<Interval> means = simulate(arguments.scenario, figures, arguments.replicates, {"run.years=2"});
    int unexplained = 0;
    std::string table =
        "| figure | simulated | published | off by | kind | source | why |\n|---|---|---|---:|---|---|---|\n";
    for (const std::string_view kind : kinds) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].kind == kind) table += line_of(rows[i], means[i], unexplained);
        }
    }
    const std::string text = fmt::format(
        "# Held against what is published\n\n"
        "Made by `segue_validation` (`tools/validation`) from {} replicates of `{}`, two years each after a year of "
        "warm-up. *Fitted* rows are what `segue calibrate` solves for, or what a table was set by hand to give; "
        "*input* "
        "rows go in and come out; *emergent* rows are used for nothing and never tuned. ± is the 95% interval over "
        "replicates; what the published figure's own interval is stands beside it. \"Why\" is said where a row is more "
        "than a fifth off.\n\n{}\n## Ten years with nothing changed\n\n{} replicates; the same scenario with a warm-up "
        "of one year and of ten.\n\n{}\n{}",
        arguments.replicates, arguments.scenario, table, arguments.drift_replicates, drift(arguments),
        tools::kept_by_hand(arguments.output));
    write_durably(arguments.output, text);
    return unexplained == 0 ? program::ExitCode::done : program::ExitCode::failed;
}

}  // namespace
}  // namespace segue::validation

int main(int argc, char** argv) {
    segue::validation::Arguments arguments;
    CLI::App parser{"Writes docs/validation.md: simulated beside published"};
    parser.add_option("scenario", arguments.scenario)->capture_default_str();
    parser.add_option("--rows", arguments.rows, "Figures and what is published of them")->capture_default_str();
    parser.add_option("-o,--output", arguments.output)->capture_default_str();
    parser.add_option("--replicates", arguments.replicates)->capture_default_str()->check(CLI::Range(2, 1000));
    parser.add_option("--drift-replicates", arguments.drift_replicates)
        ->capture_default_str()
        ->check(CLI::Range(2, 1000));
    CLI11_PARSE(parser, argc, argv);
    return segue::tools::answer("segue_validation", [&] { return segue::validation::validate(arguments); });
}
