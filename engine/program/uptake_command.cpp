// segue uptake: the same people under each model of uptake, every model fitted to the same targets.
#include <chrono>
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/core/version.hpp"
#include "engine/program/command.hpp"
#include "engine/program/load_scenario.hpp"
#include "engine/program/output_file.hpp"
#include "engine/program/resources.hpp"
#include "engine/program/text_table.hpp"
#include "engine/program/uptake_scores.hpp"
#include "engine/results/file.hpp"
#include "engine/uptake/score_results.hpp"
#include "engine/uptake/uptake_results.hpp"

namespace segue::program {
namespace {

using Json = nlohmann::ordered_json;
using uptake::FittedModel;
using uptake::Followed;
using uptake::Grouping;
using uptake::Reached;
using uptake::UptakeComparison;

struct UptakeArguments {
    std::string scenario;
    std::string output;
    std::string observed;
    Overrides overrides;
    std::vector<std::string> models;
    std::optional<int> threads;
};

template <class Value>
double mean(const std::vector<Followed>& replicates, const Value& value) {
    double sum = 0;
    for (const Followed& one : replicates) sum += value(one);
    return sum / static_cast<double>(replicates.size());
}

double contacted(const std::vector<Followed>& replicates) {
    return mean(replicates, [](const Followed& one) { return one.within_a_year(Reached::contacted); });
}

std::string targets_text(const UptakeComparison& made) {
    TextTable table{TextTable::Align::numbers};
    table.add({"model", "", "offered a 1,000 a year", "accepted", "seen in a year", "started in a year"});
    table.add({"wanted", "", fmt::format("{:.2f}", 1000 * made.targets.offered_per_year),
               fmt::format("{:.3f}", made.targets.accepted_share), fmt::format("{:.3f}", made.targets.contacted_share),
               fmt::format("{:.3f}", made.targets.started_share)});
    for (const FittedModel& model : made.models) {
        std::vector<std::string> row{std::string{model.model->number}, std::string{model.model->name}};
        for (std::size_t i = 0; i < model.targets.size(); ++i) {
            const auto& target = model.targets[i];
            row.push_back(fmt::format("{:.{}f}{}", i == 0 ? 1000 * target.reached : target.reached, i == 0 ? 2 : 3,
                                      target.is_met ? "" : " missed"));
        }
        table.add(row);
    }
    return table.text();
}

std::string differences_text(const UptakeComparison& made) {
    TextTable table{TextTable::Align::numbers};
    table.add({"model", "", "most over least deprived", "concentration index", "women over men", "days on the list",
               "gave up", "seen: few", "as now", "many link workers", "clustering"});
    for (const FittedModel& model : made.models) {
        const auto& runs = model.replicates;
        const auto ratio = [&](Grouping grouping, std::size_t a, std::size_t b) {
            return mean(runs, [&](const Followed& one) { return one.rate(Reached::started, grouping, a); }) /
                   mean(runs, [&](const Followed& one) { return one.rate(Reached::started, grouping, b); });
        };
        table.add(
            {std::string{model.model->number}, std::string{model.model->name},
             fmt::format("{:.2f}", ratio(Grouping::deprivation, 0, deprivation_quintiles - 1)),
             fmt::format("{:+.3f}",
                         mean(runs, [](const Followed& one) { return one.concentration_index(Reached::started); })),
             fmt::format("{:.2f}", ratio(Grouping::sex, index(Sex::female), index(Sex::male))),
             fmt::format("{:.0f}", mean(runs, [](const Followed& one) { return one.wait_quantile(0.5); })),
             fmt::format("{:.2f}", mean(runs,
                                        [](const Followed& one) {
                                            return static_cast<double>(one.gave_up) /
                                                   static_cast<double>(
                                                       std::max<std::int64_t>(one.total(Reached::accepted), 1));
                                        })),
             fmt::format("{:.2f}", contacted(model.loads.front().replicates)), fmt::format("{:.2f}", contacted(runs)),
             fmt::format("{:.2f}", contacted(model.loads.back().replicates)),
             fmt::format("{:.2f}", mean(runs, [](const Followed& one) { return one.clustering(); }))});
    }
    return table.text();
}

/// Where link workers cannot see as many as were seen in England: what it would take.
std::string findings_text(const UptakeComparison& made) {
    std::string text;
    for (const FittedModel& model : made.models) {
        if (!model.cases_needed_per_wte_year) continue;
        text += fmt::format(
            "{} {}: {:.3f} of those who accept are seen within a year, not {:.3f}: at {:.2f} WTE that would "
            "take {:.0f} cases a WTE and year, and there are {:.0f}\n",
            model.model->number, model.model->name, model.targets[2].reached, model.targets[2].wanted, made.wte,
            *model.cases_needed_per_wte_year, made.cases_per_wte_year);
    }
    return text;
}

Json json_of(const UptakeComparison& made, const std::string& path, const std::string& digest) {
    Json models = Json::array();
    for (const FittedModel& model : made.models) {
        Json targets = Json::array();
        for (const auto& target : model.targets) {
            targets.push_back({{"target", target.name},
                               {"wanted", target.wanted},
                               {"reached", target.reached},
                               {"met", target.is_met},
                               {"free", target.free_key},
                               {"value", target.free_value}});
        }
        Json one{{"model", model.model->name}, {"number", model.model->number}, {"targets", targets}};
        one["concentration_index"] =
            mean(model.replicates, [](const Followed& run) { return run.concentration_index(Reached::started); });
        one["clustering"] = mean(model.replicates, [](const Followed& run) { return run.clustering(); });
        one["contacted_share_few"] = contacted(model.loads.front().replicates);
        one["contacted_share"] = contacted(model.replicates);
        one["contacted_share_many"] = contacted(model.loads.back().replicates);
        if (model.cases_needed_per_wte_year) one["cases_needed_per_wte_year"] = *model.cases_needed_per_wte_year;
        models.push_back(std::move(one));
    }
    return {{"path", path}, {"digest", digest}, {"scenario", made.scenario}, {"models", models}};
}

/// The counts that `--observed` names, if it does: read before the work rather than after it.
std::optional<uptake::Observed> read_observed(const UptakeArguments& arguments, const day::World& world) {
    if (arguments.observed.empty()) return std::nullopt;
    uptake::Observed observed = uptake::read_observed(arguments.observed, world);
    const std::int64_t replicates =
        arguments.overrides.replicates.value_or(world.scenario().read<UptakeRuns>().replicates_to_compare);
    if (replicates < static_cast<std::int64_t>(uptake::least_replicates_to_score)) {
        throw BadInput{
            fmt::format("--observed: {} replicates tell nothing of a model's spread; expected {} or more, by "
                        "--replicates or uptake.runs.replicates_to_compare",
                        replicates, uptake::least_replicates_to_score)};
    }
    return observed;
}

std::string output_path(const UptakeArguments& arguments, const day::World& world) {
    if (!arguments.output.empty()) {
        require_output_file(arguments.output);
        return arguments.output;
    }
    std::error_code error;
    std::filesystem::create_directories("results", error);
    if (error) throw IoError{"results", error.message()};
    return fmt::format("results/{}-{}-uptake.h5", world.scenario().folder(), world.scenario().name());
}

ExitCode compare_uptake(const UptakeArguments& arguments, Console& console) {
    Overrides of_the_world = arguments.overrides;
    of_the_world.replicates.reset();  // they are the comparison's
    const auto world = load_world(arguments.scenario, of_the_world, console);
    const std::optional<uptake::Observed> observed = read_observed(arguments, *world);
    const std::string path = output_path(arguments, *world);
    uptake::Request request;
    request.scenario = arguments.scenario;
    request.overrides = settings_of(arguments.overrides, "uptake.runs.replicates_to_compare");
    request.models = arguments.models;
    request.threads = arguments.threads.value_or(usable_cpus());
    request.isa = best_isa();
    const UptakeComparison made = uptake::compare_models(request, [&](const std::string& line) { console.note(line); });
    Results results = uptake::to_results(made, *world);
    std::optional<uptake::Scores> scores;
    if (observed) {
        scores = uptake::score(made, *observed, world->scenario());
        uptake::add_scores(*observed, *scores, results);
    }
    const std::string digest = write(results, path);
    if (console.json()) {
        Json json = json_of(made, path, digest);
        if (scores) json["observed"] = scores_json(*scores);
        console.result(json.dump(2) + '\n');
        return ExitCode::done;
    }
    console.remark(targets_text(made) + '\n');
    console.remark(differences_text(made) + '\n');
    console.remark(findings_text(made));
    if (scores) console.remark('\n' + scores_text(*scores) + '\n');
    console.remark(
        fmt::format("{}: {} models, {} replicates each\n", path, made.models.size(), made.runs.replicates_to_compare));
    return ExitCode::done;
}

}  // namespace

Command add_uptake(CLI::App& program) {
    auto arguments = std::make_shared<UptakeArguments>();
    Command command = add_command(
        program, "uptake", "Fit every model of uptake to the same targets and say how they differ",
        "Example:\n"
        "  segue uptake scenarios/england-average/social-prescribing.toml --years 3\n\n"
        "Each model decides the stages that it claims, fixed shares the others. Link workers and the cases that they "
        "take on\n"
        "are the same under all: where they are too few for a target, that is the finding. Targets are "
        "uptake.targets.*,\n"
        "replicates uptake.runs.*; docs/uptake.md has the models.\n\n"
        "With --observed each model is scored by how likely it makes the counts of a CSV: series, period_start, "
        "period_end,\n"
        "group, count. A series is called like a stage (offered, accepted, contacted, started), or "
        "uptake.observed.SERIES\n"
        "says which stage its code counts and what share is recorded; uptake.prior.MODEL.weight are the priors.\n\n"
        "Exit codes: 0 done; 1 failed while running; 2 wrong input or usage.");
    command.parser->add_option("SCENARIO.toml", arguments->scenario, "The scenario: it must offer social prescribing")
        ->required();
    command.parser
        ->add_option("-o,--output", arguments->output, "Results file (default: results/<folder>-<name>-uptake.h5)")
        ->type_name("FILE.h5");
    command.parser->add_option("--models", arguments->models, "Models, by name (default: all)")
        ->type_name("NAME,...")
        ->delimiter(',');
    command.parser->add_option("--observed", arguments->observed, "Counts that the models are scored by")
        ->type_name("FILE.csv");
    add_override_options(*command.parser, arguments->overrides);
    command.parser->add_option("--threads", arguments->threads, "Threads (default: the CPUs that may be used)")
        ->type_name("T")
        ->check(CLI::Range(1, 4096));
    command.act = [arguments](Console& console) { return compare_uptake(*arguments, console); };
    return command;
}

}  // namespace segue::program
