// Writes docs/st-austell.md: people referred to social prescribing in St Austell over three years, for the sizes of the list
// and the cases of a link worker that are not known, and which of them the published lower bound rules out.
#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "engine/compare/interval.hpp"
#include "engine/day/catalogue.hpp"
#include "engine/results/durable.hpp"
#include "engine/run/tasks.hpp"
#include "engine/uptake/followed.hpp"
#include "tools/figures.hpp"

namespace segue::st_austell {
namespace {

using uptake::Followed;
using uptake::Reached;

struct Arguments {
    std::string scenario{"scenarios/st-austell/social-prescribing.toml"};
    std::string output{"docs/st-austell.md"};
    int replicates{4};
    int threads{2};
};

constexpr std::array sizes{20'000, 25'000, 30'000, 35'000};
constexpr std::array cases{80, 225, 394};
constexpr double published_bound = 600;  // "more than 600 people"

std::vector<Followed> follow_all(const Arguments& arguments, int size, int cases_per_wte_year) {
    Problems warnings;
    const day::World world{load(arguments.scenario, day::catalogue(),
                                {.overrides = {fmt::format("population.size={}", size),
                                               fmt::format("prescribing.cases_per_wte_year={}", cases_per_wte_year)},
                                 .settings = {}},
                                warnings)};
    std::vector<Followed> followed(static_cast<std::size_t>(arguments.replicates), Followed{world});
    run::on_threads(arguments.threads, followed.size(), [&](std::size_t replicate) {
        followed[replicate] = uptake::follow(world, NeighbourhoodRow{0},
                                             Twin{world.run().seed, static_cast<std::uint32_t>(replicate)}, best_isa());
    });
    return followed;
}

/// People who came to a stage in three years. Where "referred" may mean the stage, it is marked if even the upper end of the
/// interval is within the bound.
std::string cell(const std::vector<Followed>& followed, Reached stage) {
    std::vector<double> people;
    for (const Followed& one : followed) people.push_back(static_cast<double>(one.total(stage)));
    const compare::Interval mean = compare::interval_of(people);
    const bool ruled_out = stage != Reached::started && mean.mean + mean.half_width <= published_bound;
    return fmt::format("{:.0f} ± {:.0f}{}", mean.mean, mean.half_width, ruled_out ? " ✗" : "");
}

std::string page(const Arguments& arguments) {
    std::string text = fmt::format(
        "# St Austell: what follows from what is not known\n\nMade by `segue_st_austell` (`tools/prescribing`) from {} "
        "replicates of `{}`. People in the three years; ± is half the 95% interval over replicates. More than 600 "
        "people "
        "were referred, which is a lower bound: ✗ marks what it rules out, whichever stage \"referred\" means. Nothing "
        "is tuned "
        "to it.\n\n"
        "| list | cases a WTE and year | offered a referral | accepted it | seen by a link worker | started an "
        "activity |\n"
        "|---:|---:|---:|---:|---:|---:|\n",
        arguments.replicates, arguments.scenario);
    for (const int size : sizes) {
        for (const int of_a_wte : cases) {
            const std::vector<Followed> followed = follow_all(arguments, size, of_a_wte);
            text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", size, of_a_wte, cell(followed, Reached::offered),
                                cell(followed, Reached::accepted), cell(followed, Reached::contacted),
                                cell(followed, Reached::started));
        }
    }
    return text + '\n';
}

}  // namespace
}  // namespace segue::st_austell

int main(int argc, char** argv) {
    segue::st_austell::Arguments arguments;
    CLI::App parser{"Writes docs/st-austell.md: referrals over what is not known of St Austell"};
    parser.add_option("scenario", arguments.scenario)->capture_default_str();
    parser.add_option("-o,--output", arguments.output)->capture_default_str();
    parser.add_option("--replicates", arguments.replicates)->capture_default_str()->check(CLI::Range(2, 1000));
    parser.add_option("--threads", arguments.threads)->capture_default_str()->check(CLI::Range(1, 1024));
    CLI11_PARSE(parser, argc, argv);
    return segue::tools::answer("segue_st_austell", [&] {
        const std::string by_hand = segue::tools::kept_by_hand(arguments.output);
        segue::write_durably(arguments.output, segue::st_austell::page(arguments) + by_hand);
        return segue::program::ExitCode::done;
    });
}
