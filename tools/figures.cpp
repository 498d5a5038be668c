#include "tools/figures.hpp"

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "engine/calibration/figure_counts.hpp"
#include "engine/core/isa.hpp"
#include "engine/day/catalogue.hpp"
#include "engine/program/program.hpp"
#include "engine/results/durable.hpp"
#include "engine/scenario/gate.hpp"
#include "engine/scenario/table_columns.hpp"

namespace segue::tools {

std::string plain(double value) {
    return std::abs(value) >= 100 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
}

std::string plain_width(double half_width) {
    const double rounds_to_ten = 9.5;
    return half_width >= rounds_to_ten ? fmt::format("{:.0f}", half_width) : fmt::format("{:.1g}", half_width);
}

Table read_rows(const std::string& path, const std::vector<std::string>& columns) {
    Problems problems;
    auto bytes = read_regular_file(path, most_table_bytes, {path, 0, 0}, "", problems);
    problems.raise_if_any();
    Table table = read_table("rows", path, std::move(*bytes), problems);
    static_cast<void>(has_columns(table, columns, problems));
    problems.raise_if_any();
    return table;
}

std::vector<std::vector<double>> simulate(const std::string& path, const std::vector<calibration::Figure>& figures,
                                          std::uint32_t replicates, std::vector<std::string> overrides,
                                          const OwnTerms& own) {
    Problems problems;
    calibration::FigureCounts counts{figures, own.names, problems};
    problems.raise_if_any();
    overrides.insert(overrides.end(), counts.overrides().begin(), counts.overrides().end());
    Problems warnings;
    const day::World world{load(path, day::catalogue(), {.overrides = std::move(overrides), .settings = {}}, warnings)};
    counts.bind(world.plan(), problems);
    problems.raise_if_any();
    std::vector<std::vector<double>> values(figures.size(), std::vector<double>(replicates));
    tbb::parallel_for(std::uint32_t{0}, replicates, [&](std::uint32_t replicate) {
        day::Neighbourhood neighbourhood{world, NeighbourhoodRow{0}, Twin{world.run().seed, replicate}, best_isa()};
        if (own.count) neighbourhood.keep_events();
        const day::Outcome outcome = neighbourhood.run({});
        const auto terms =
            own.count ? own.count(world, neighbourhood, outcome.kept_events) : std::map<std::string, double>{};
        const std::vector<const Counts*> all_counts{&outcome.counts};
        for (std::size_t i = 0; i < figures.size(); ++i) {
            values[i][replicate] = figures[i].value([&](const calibration::Term& term) {
                const auto found = terms.find(term.name);
                return found != terms.end() ? found->second : counts.value(term, all_counts);
            });
        }
    });
    return values;
}

std::string kept_by_hand(const std::string& path) {
    std::string all;
    if (std::filesystem::exists(path)) {
        const Bytes bytes = read_whole(path);
        all.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    const std::string mark = "<!-- by hand -->\n";
    const auto at = all.find(mark);
    return at == std::string::npos ? mark : all.substr(at);
}

int answer(const std::string& tool, const std::function<program::ExitCode()>& act) {
    return static_cast<int>(
        program::guarded(act, [&tool](std::string_view lines) { fmt::print(stderr, "{}: {}\n", tool, lines); }));
}

}  // namespace segue::tools
