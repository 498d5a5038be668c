// How well twins are paired: the variance of the difference between two arms when replicates are independent, over the
// same when they share their luck. Prints the tables of docs/decisions/0006-pairing.md.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "bench/clock.hpp"
#include "bench/reference/counts.hpp"
#include "bench/reference/sized.hpp"
#include "engine/compare/interval.hpp"
#include "engine/day/neighbourhood.hpp"
#include "engine/model/team_parameters.hpp"

namespace segue {
namespace {

struct Arguments {
    std::string scenario{"scenarios/england-average/gp-led.toml"};
    std::int64_t people{5'000};
    std::uint32_t replicates{40};
    std::string need{"acute_adult"};
    std::vector<std::string> set;
};

using Onset = std::tuple<int, std::uint32_t, std::uint8_t>;  // day, row of the person, kind of need

/// One replicate of one arm, after the warm-up.
struct Run {
    std::vector<double> totals;
    std::vector<Onset> onsets;  ///< sorted
};

struct Measured {
    const char* name;
    double (*of)(const reference::Counts& counts);
};

double sum(const auto& values) {
    double all_of_them = 0;
    for (const auto value : values) all_of_them += static_cast<double>(value);
    return all_of_them;
}

constexpr Measured measured[] = {
    {"contacts", [](const reference::Counts& c) { return sum(c.contacts); }},
    {"days waited", [](const reference::Counts& c) { return static_cast<double>(c.delay_days); }},
    {"did not attend", [](const reference::Counts& c) { return sum(c.missed); }},
    {"A&E attendances", [](const reference::Counts& c) { return static_cast<double>(c.ae_attendances); }},
    {"needs, onset", [](const reference::Counts& c) { return static_cast<double>(c.needs[NeedOrigin::onset]); }},
};

/// The loop's cost over all runs.
struct Cost {
    double seconds{0};
    double events{0};
};

Run run(const day::World& world, std::uint32_t replicate, Cost& cost) {
    day::Neighbourhood neighbourhood{world, NeighbourhoodRow{0}, Twin{world.run().seed, replicate}, best_isa()};
    const double began = bench::thread_cpu_seconds();
    while (neighbourhood.today() < world.span().last) neighbourhood.advance();
    cost.seconds += bench::thread_cpu_seconds() - began;
    const EventBuffer& records = neighbourhood.state().events;
    const std::vector<Event>& events = records.events();
    cost.events += static_cast<double>(events.size());
    const auto first = std::find_if(events.begin(), events.end(), [&](const Event& event) {
        return records.first_day() + event.day >= world.span().first;
    });
    reference::Counts counts;
    reference::count({first, events.end()}, counts);
    Run made;
    for (const Measured& one : measured) made.totals.push_back(one.of(counts));
    std::for_each(first, events.end(), [&](const Event& event) {
        if (event.kind == EventKind::need && event.what == 0)
            made.onsets.emplace_back(event.day, event.row, event.need);
    });
    std::sort(made.onsets.begin(), made.onsets.end());
    return made;
}

std::vector<Run> arm(const Arguments& arguments, const std::vector<std::string>& overrides, Cost& cost) {
    std::vector<std::string> all_overrides = arguments.set;
    all_overrides.insert(all_overrides.end(), overrides.begin(), overrides.end());
    const day::World world{reference::sized(arguments.scenario, arguments.people, all_overrides)};
    std::vector<Run> runs;
    for (std::uint32_t replicate = 0; replicate < arguments.replicates; ++replicate)
        runs.push_back(run(world, replicate, cost));
    return runs;
}

std::vector<double> totals(const std::vector<Run>& runs, std::size_t which) {
    std::vector<double> values;
    for (const Run& one : runs) values.push_back(one.totals[which]);
    return values;
}

void print_ratios(const std::string& title, const std::vector<Run>& base, const std::vector<Run>& other) {
    fmt::print("\n{}\n{:<18}{:>12}{:>12}{:>16}{:>14}{:>10}\n", title, "", "base", "difference", "sd, unpaired",
               "sd, paired", "ratio");
    for (std::size_t m = 0; m < std::size(measured); ++m) {
        const std::vector<double> before = totals(base, m);
        const std::vector<double> after = totals(other, m);
        const std::vector<double> paired = compare::differences(before, after);
        const auto ratio = compare::variance_reduction(before, after);
        fmt::print("{:<18}{:>12.1f}{:>12.1f}{:>16.1f}{:>14.1f}{:>10}\n", measured[m].name,
                   compare::interval_of(before).mean, compare::interval_of(paired).mean,
                   std::sqrt(compare::variance_of(before) + compare::variance_of(after)),
                   std::sqrt(compare::variance_of(paired)), ratio ? fmt::format("{:.1f}", *ratio) : "exact");
    }
    std::vector<Onset> lost;
    std::vector<Onset> gained;
    for (std::size_t i = 0; i < base.size(); ++i) {
        std::set_difference(base[i].onsets.begin(), base[i].onsets.end(), other[i].onsets.begin(),
                            other[i].onsets.end(), std::back_inserter(lost));
        std::set_difference(other[i].onsets.begin(), other[i].onsets.end(), base[i].onsets.begin(),
                            base[i].onsets.end(), std::back_inserter(gained));
    }
    std::vector<std::uint8_t> kinds;
    for (const std::vector<Onset>* list : {&lost, &gained}) {
        for (const Onset& onset : *list) kinds.push_back(std::get<2>(onset));
    }
    std::sort(kinds.begin(), kinds.end());
    kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
    fmt::print("onsets (person, kind, day) of all replicates: {} lost, {} new; {} kinds of need differ\n", lost.size(),
               gained.size(), kinds.size());
}

void compare_arms(const Arguments& arguments) {
    const Scenario shipped = reference::sized(arguments.scenario, arguments.people, arguments.set);
    const double gps = shipped.read<TeamRoleParameters>({"gp"}).wte.value();
    const double onset = shipped.read<NeedParameters>({arguments.need}).onset.value();
    Cost cost;
    const auto base = arm(arguments, {}, cost);
    const auto more_gps = arm(arguments, {fmt::format("team.roles.gp.wte={}", gps + 1)}, cost);
    const auto more_needs =
        arm(arguments, {fmt::format("needs.{}.onset_per_year={}", arguments.need, onset * 1.1)}, cost);
    fmt::print("{} replicates of {} people\n", arguments.replicates, arguments.people);
    print_ratios(fmt::format("one more GP: {:.2f} to {:.2f} WTE", gps, gps + 1), base, more_gps);
    print_ratios(fmt::format("10% more onsets of {}", arguments.need), base, more_needs);
    fmt::print("\n{:.0f} ns an event, loop without counting\n", cost.seconds / cost.events * 1e9);
}

}  // namespace
}  // namespace segue

int main(int argc, char** argv) {
    segue::Arguments arguments;
    CLI::App parser{"How well twins are paired: variance of a difference, unpaired over paired"};
    parser.add_option("scenario", arguments.scenario, "A scenario that sets a team")->capture_default_str();
    parser.add_option("--people", arguments.people, "On the list; the team is kept in proportion")
        ->capture_default_str()
        ->check(CLI::Range(500, 200'000));
    parser.add_option("--replicates", arguments.replicates, "Of each arm")
        ->capture_default_str()
        ->check(CLI::Range(2, 10'000));
    parser.add_option("--need", arguments.need, "The kind of need whose onset is raised")->capture_default_str();
    parser.add_option("--set", arguments.set, "Overrides of every arm, as segue run takes them");
    CLI11_PARSE(parser, argc, argv);
    try {
        segue::compare_arms(arguments);
    } catch (const std::exception& error) {
        fmt::print(stderr, "segue_pairing: {}\n", error.what());
        return 1;
    }
    return 0;
}
