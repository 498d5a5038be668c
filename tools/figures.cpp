#include "tools/figures.hpp"

#include <cmath>
#include <fstream>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "engine/calibration/figure_counts.hpp"
#include "engine/core/isa.hpp"
#include "engine/day/catalogue.hpp"
#include "engine/scenario/gate.hpp"

namespace segue::tools {
namespace {

/// Student's t at 97.5%, near enough for a handful of replicates: Cornish and Fisher's expansion.
double t_quantile(double freedom) {
    const double z = 1.959964;
    return z + (z * z * z + z) / (4 * freedom) +
           (5 * std::pow(z, 5) + 16 * z * z * z + 3 * z) / (96 * freedom * freedom);
}

}  // namespace

Mean mean_of(const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    double sum = 0;
    for (const double value : values) sum += value;
    double squares = 0;
    for (const double value : values) squares += (value - sum / n) * (value - sum / n);
    return {sum / n, n > 1 ? t_quantile(n - 1) * std::sqrt(squares / (n - 1) / n) : 0};
}

std::string plain(double value) {
    return std::abs(value) >= 100 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
}

std::string plain_width(double half_width) {
    return half_width >= 10 ? fmt::format("{:.0f}", half_width) : fmt::format("{:.1g}", half_width);
}

Table read_rows(const std::string& path) {
    Problems problems;
    auto bytes = read_regular_file(path, most_table_bytes, {path, 0, 0}, "", problems);
    problems.raise_if_any();
    Table table = read_table("rows", path, std::move(*bytes), problems);
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
    std::ifstream in{path};
    const std::string all{std::istreambuf_iterator<char>{in}, {}};
    const std::string mark = "<!-- by hand -->\n";
    const auto at = all.find(mark);
    return at == std::string::npos ? mark : all.substr(at);
}

}  // namespace segue::tools
