#include "engine/program/load_scenario.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "engine/day/catalogue.hpp"
#include "engine/scenario/differences.hpp"

namespace segue::program {
namespace {

using Option = std::pair<const char*, std::optional<std::int64_t>>;

std::array<Option, 3> own_options(const Overrides& overrides) {
    return {Option{"run.replicates", overrides.replicates}, Option{"run.seed", overrides.seed},
            Option{"run.years", overrides.years}};
}

/// `--seed 1` says which seed is meant; that it was 1 already is no slip, as it would be after --set.
bool is_idle_option(const Problem& warning, const Overrides& overrides) {
    for (const auto& [key, value] : own_options(overrides)) {
        if (value && warning.what.starts_with(fmt::format("{} is ", key)) &&
            warning.what.ends_with(": nothing changes"))
            return true;
    }
    return false;
}

}  // namespace

void add_override_options(CLI::App& parser, Overrides& overrides) {
    parser
        .add_option("--replicates", overrides.replicates,
                    "Runs of the scenario, each under its own key (run.replicates)")
        ->type_name("N");
    parser.add_option("--seed", overrides.seed, "First half of the key of every draw (run.seed)")->type_name("S");
    parser.add_option("--years", overrides.years, "Years of results (run.years)")->type_name("Y");
    parser.add_option("--set", overrides.set, "Give a parameter another value; may be repeated, later ones win")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false);
}

Scenario load_scenario(const std::string& path, const Overrides& overrides, Problems& warnings) {
    LoadOptions options{overrides.set};
    for (const auto& [key, value] : own_options(overrides)) {
        if (value) options.overrides.push_back(fmt::format("{}={}", key, *value));
    }
    Problems found;
    Scenario scenario = load(path, day::catalogue(), options, found);
    for (const Problem& problem : overwritten_overrides(scenario)) {
        found.warn(problem.place, problem.what).expected(problem.expected).advice(problem.advice);
    }
    for (const Problem& problem : found.all()) {
        if (is_idle_option(problem, overrides)) continue;
        warnings.warn(problem.place, problem.what).expected(problem.expected).advice(problem.advice);
    }
    return scenario;
}

Scenario load_scenario(const std::string& path, const Overrides& overrides, Console& console) {
    Problems warnings;
    Scenario scenario = load_scenario(path, overrides, warnings);
    for (const Problem& warning : warnings.all()) console.note(to_string(warning));
    return scenario;
}

}  // namespace segue::program
