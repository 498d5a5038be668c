#include "engine/program/load_scenario.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/core/isa.hpp"
#include "engine/day/catalogue.hpp"
#include "engine/day/neighbourhood.hpp"
#include "engine/program/resources.hpp"
#include "engine/scenario/differences.hpp"

namespace segue::program {
namespace {

LoadOptions options_of(const Overrides& overrides) {
    LoadOptions options{overrides.set};
    const auto add = [&](const char* option, const char* key, const std::optional<std::int64_t>& value) {
        if (value) options.settings.push_back({option, fmt::format("{}={}", key, *value)});
    };
    add("--replicates", "run.replicates", overrides.replicates);
    add("--seed", "run.seed", overrides.seed);
    add("--years", "run.years", overrides.years);
    return options;
}

/// `--seed 1` says which seed is meant; that it was 1 already is no slip, as it would be after --set.
bool is_idle_option(const Problem& warning, const LoadOptions& options) {
    return std::any_of(options.settings.begin(), options.settings.end(), [&](const OptionSetting& setting) {
        return warning.place.file == setting.option && warning.what.ends_with(": nothing changes");
    });
}

void warn_of(const Problem& problem, Problems& warnings) {
    warnings.warn(problem.place, problem.what).expected(problem.expected).advice(problem.advice);
}

/// A size written where the people of a file are asked for, or above it, does nothing; one below it is what the file replaces.
void warn_of_idle_size(const Scenario& scenario, Problems& warnings) {
    const std::string key = "population.size";
    if (std::get<std::string>(scenario.value("population.file")).empty()) return;
    const Origin& size = scenario.origin(key);
    if (size.layer < scenario.origin("population.file").layer) return;
    warnings.warn(size.place, fmt::format("{} is {}, and the people are those of population.file: nothing changes", key,
                                          to_string(scenario.value(key))));
}

/// What is wrong with the whole, compiled.
std::vector<Problem> faults_of(const Scenario& scenario) {
    try {
        const day::World whole{scenario};
        return {};
    } catch (const ScenarioError& error) {
        return error.problems();
    }
}

/// Adds what the whole shows beside the loader's problems. What does not read the same with either stand-in may only come
/// of a value that is wrong already, and is not told.
void add_faults_of_the_whole(const Scenario& low, const Scenario& high, Problems& problems) {
    std::set<std::string> with_high;
    for (const Problem& problem : faults_of(high)) with_high.insert(to_string(problem));
    for (const Problem& problem : faults_of(low)) {
        if (with_high.count(to_string(problem)) != 0) problems.add(problem);
    }
}

/// The whole, compiled; what is wrong with it is told in the order of its files.
std::unique_ptr<const day::World> compiled(const Scenario& scenario) {
    try {
        return std::make_unique<const day::World>(scenario);
    } catch (const ScenarioError& error) {
        Problems problems;
        for (const Problem& problem : error.problems()) problems.add(problem);
        throw ScenarioError{in_file_order(problems, scenario.files()).all()};
    }
}

/// Makes up the first replicate's lists to see whether the backlogs' people are on them: nothing less shows who can have
/// a need.
void check_backlogs(const day::World& world) {
    if (world.backlogs().empty()) return;
    Problems problems;
    for (std::uint32_t row = 0; row < world.neighbourhoods().size(); ++row) {
        try {
            const day::Neighbourhood made{world, NeighbourhoodRow{row}, Twin{world.run().seed, 0}, best_isa()};
        } catch (const ScenarioError& error) {
            for (const Problem& problem : error.problems()) problems.add(problem);
        }
    }
    in_file_order(problems, world.scenario().files()).raise_if_any();
}

void tell(const Problems& warnings, Console& console) {
    for (const Problem& warning : warnings.all()) console.note(to_string(warning));
}

}  // namespace

void add_override_options(CLI::App& parser, Overrides& overrides) {
    const CLI::Validator whole{
        [](const std::string& text) {
            std::int64_t number = 0;
            return CLI::detail::lexical_cast(text, number) ? std::string{} : fmt::format("{} is no whole number", text);
        },
        {}};
    parser
        .add_option("--replicates", overrides.replicates,
                    "Runs of the scenario, each under its own key (run.replicates)")
        ->type_name("N")
        ->check(whole);
    parser.add_option("--seed", overrides.seed, "First half of the key of every draw (run.seed)")
        ->type_name("S")
        ->check(whole);
    parser.add_option("--years", overrides.years, "Years of results (run.years)")->type_name("Y")->check(whole);
    parser.add_option("--set", overrides.set, "Give a parameter another value; may be repeated, later ones win")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false);
}

std::vector<std::string> settings_of(const Overrides& overrides, const std::string& replicates_key) {
    std::vector<std::string> settings = overrides.set;
    if (overrides.replicates) settings.push_back(fmt::format("{}={}", replicates_key, *overrides.replicates));
    if (overrides.seed) settings.push_back(fmt::format("run.seed={}", *overrides.seed));
    if (overrides.years) settings.push_back(fmt::format("run.years={}", *overrides.years));
    return settings;
}

std::string overrides_text(const Overrides& overrides) {
    std::vector<std::string> texts;
    for (const std::string& text : overrides.set) texts.push_back(without_folders(text));
    return fmt::format("{}", fmt::join(texts, "\n"));
}

std::unique_ptr<const day::World> load_world(const std::string& path, const Overrides& overrides, Problems& warnings) {
    const LoadOptions options = options_of(overrides);
    Reading reading = read_scenario(path, day::catalogue(), options);
    if (reading.other) {
        add_faults_of_the_whole(*reading.scenario, *reading.other, reading.problems);
        reading.problems = in_file_order(reading.problems, reading.scenario->files());
    }
    reading.problems.raise_if_any();
    for (const Problem& problem : reading.warnings.all()) {
        if (!is_idle_option(problem, options)) warn_of(problem, warnings);
    }
    for (const Problem& problem : overwritten_overrides(*reading.scenario)) warn_of(problem, warnings);
    warn_of_idle_size(*reading.scenario, warnings);
    auto world = compiled(*reading.scenario);
    check_backlogs(*world);
    for (const Problem& problem : world->warnings().all()) warn_of(problem, warnings);
    return world;
}

std::unique_ptr<const day::World> load_world(const std::string& path, const Overrides& overrides, Console& console) {
    Problems warnings;
    auto world = load_world(path, overrides, warnings);
    tell(warnings, console);
    return world;
}

Scenario load_scenario(const std::string& path, Console& console) {
    Problems warnings;
    Scenario scenario = load(path, day::catalogue(), {}, warnings);
    tell(warnings, console);
    return scenario;
}

}  // namespace segue::program
