// segue compare: the same people under two or more scenarios, and what the difference is.
#include <chrono>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "engine/compare/comparison_results.hpp"
#include "engine/compare/staff_cost.hpp"
#include "engine/core/version.hpp"
#include "engine/core/words.hpp"
#include "engine/program/command.hpp"
#include "engine/program/comparison_view.hpp"
#include "engine/program/load_scenario.hpp"
#include "engine/program/machine_options.hpp"
#include "engine/program/outcome.hpp"
#include "engine/program/output_file.hpp"
#include "engine/program/progress.hpp"
#include "engine/program/resources.hpp"
#include "engine/program/stop.hpp"
#include "engine/program/words.hpp"
#include "engine/results/file.hpp"
#include "engine/run/parts.hpp"
#include "engine/run/provenance.hpp"
#include "engine/run/shard_writer.hpp"

namespace segue::program {
namespace {

struct CompareArguments {
    std::vector<std::string> scenarios;
    std::string output;
    Overrides overrides;
    MachineOptions machine;
    std::string precision;
    std::string equal_cost;
    bool attribute{false};
    std::size_t attribution_runs{compare::runs_by_default};
    bool resume{false};
    bool force{false};
    std::vector<std::string> words;  ///< the whole command line, for provenance
    SpoilAudit spoil_audit;

    /// Of each replicate, for --attribute; nothing without it.
    [[nodiscard]] std::optional<std::size_t> runs() const {
        return attribute ? std::optional{attribution_runs} : std::nullopt;
    }
};

using Worlds = std::vector<std::unique_ptr<const day::World>>;

std::unique_ptr<const day::World> load_arm(const CompareArguments& arguments, const std::string& path,
                                           const std::vector<std::string>& more, Console& console) {
    Overrides overrides = arguments.overrides;
    overrides.set.insert(overrides.set.end(), more.begin(), more.end());
    return load_world(path, overrides, console);
}

Worlds load_arms(const CompareArguments& arguments, const compare::HeadlineReader& reader, Console& console) {
    Worlds worlds;
    for (const std::string& path : arguments.scenarios)
        worlds.push_back(load_arm(arguments, path, reader.overrides(), console));
    return worlds;
}

/// Loads every arm but the first again, with as much of the role as makes it cost what the first does.
void make_costs_equal(const CompareArguments& arguments, const compare::HeadlineReader& reader, Worlds& worlds,
                      Console& console) {
    const auto role = from_name<Role>(arguments.equal_cost);
    if (!role) {
        const std::string near = nearest(arguments.equal_cost, words<Role>());
        throw BadInput{fmt::format("--equal-cost {}: no role{}", arguments.equal_cost,
                                   near.empty() ? "" : fmt::format("; did you mean {}?", near))};
    }
    Problems problems;
    for (std::size_t arm = 1; arm < worlds.size(); ++arm) {
        const auto wte = compare::equal_cost_wte(*worlds.front(), *worlds[arm], *role, problems);
        if (!wte) continue;
        const std::string key = fmt::format("team.roles.{}.wte", arguments.equal_cost);
        if (worlds[arm]->scenario().value(key) != Value{wte->value()}) {
            std::vector<std::string> overrides = reader.overrides();
            overrides.push_back(fmt::format("{}={}", key, wte->value()));
            worlds[arm] = load_arm(arguments, arguments.scenarios[arm], overrides, console);
        }
        console.note(fmt::format("{}: {:.3f} WTE of {} cost as much as {}", arguments.scenarios[arm], wte->value(),
                                 spaced(arguments.equal_cost), arguments.scenarios.front()));
    }
    problems.raise_if_any();
}

/// Where the comparison goes: as asked, or results/<folder>-<first>-and-<second>.h5, in a folder made when missing.
std::string output_path(const CompareArguments& arguments, const compare::Arms& arms) {
    if (!arguments.output.empty()) {
        require_output_file(arguments.output);
        return arguments.output;
    }
    std::error_code error;
    std::filesystem::create_directories("results", error);
    if (error) throw IoError{"results", error.message()};
    const Scenario& first = arms.first().scenario();
    return fmt::format("results/{}-{}-and-{}.h5", first.folder(), first.name(), arms.world(1).scenario().name());
}

/// One of each name.
std::vector<day::SelfCheck> failed_checks(const ComparisonView& view) {
    std::vector<day::SelfCheck> checks = view.comparison.checks;
    if (view.attribution != nullptr)
        checks.insert(checks.end(), view.attribution->checks.begin(), view.attribution->checks.end());
    checks = run::summed(checks);
    std::erase_if(checks, [](const day::SelfCheck& check) { return check.held; });
    return checks;
}

/// The results, with what only this machine knows of how they came about.
Results results_of(const ComparisonView& view, const CompareArguments& arguments) {
    Results results = compare::to_results(view.arms, view.comparison, view.attribution);
    for (auto& [name, text] : machine(arguments.words)) results.provenance.set(name, std::move(text));
    if (!arguments.overrides.set.empty()) results.provenance.set(overrides_name, overrides_text(arguments.overrides));
    return results;
}

std::string last_line(const ComparisonView& view, const std::string& path, double seconds) {
    const double years =
        view.comparison.person_years + (view.attribution != nullptr ? view.attribution->person_years : 0);
    const char* precise = view.comparison.is_precise ? "" : "; NOT as precise as was asked";
    return fmt::format("{}: {}, {} person-years at {} a second; self-checks held{}\n", path,
                       counted(view.comparison.replicates.size(), "replicate"), grouped(years),
                       grouped(seconds > 0 ? years / seconds : 0), precise);
}

void tell(const ComparisonView& view, const std::string& path, const std::string& digest, double seconds,
          Console& console) {
    if (console.json()) {
        console.result(comparison_json(view, path, digest));
        return;
    }
    console.remark(staff_costs_text(view.arms) + '\n');
    console.remark(comparison_text(view));
    if (view.comparison.replicates.size() == 1)
        console.note("one replicate has no interval: --replicates 10 gives each difference its own");
    console.remark(last_line(view, path, seconds));
}

compare::Options options_of(const CompareArguments& arguments, const compare::HeadlineReader& reader) {
    compare::Options options;
    options.threads = arguments.machine.threads();
    options.isa = arguments.machine.isa();
    options.memory_limit_bytes = arguments.machine.memory_limit_bytes();
    options.spoil = arguments.spoil_audit;
    if (arguments.precision.empty()) return options;
    Problems problems;
    options.precision = compare::parse_precision(arguments.precision, reader.headlines(), problems);
    problems.raise_if_any();
    return options;
}

compare::Arms arms_of(const CompareArguments& arguments, const compare::HeadlineReader& reader, Console& console) {
    Worlds worlds = load_arms(arguments, reader, console);
    if (!arguments.equal_cost.empty()) make_costs_equal(arguments, reader, worlds, console);
    return {std::move(worlds), reader};
}

/// What was run; neither is complete when it was stopped.
struct Ran {
    compare::Comparison comparison;
    std::optional<compare::Attribution> attribution;
    [[nodiscard]] bool finished() const { return comparison.finished && (!attribution || attribution->finished); }
};

/// Goes on from the replicates that are kept, and keeps each that is finished.
compare::Comparison compare_keeping(const compare::Arms& arms, compare::Options options, run::Parts& parts,
                                    run::Observer& observer) {
    for (const Results& piece : parts.pieces()) {
        for (compare::ReplicateComparison& one : compare::replicates_in(piece, arms))
            options.known.emplace(one.number, std::move(one));
    }
    run::ShardWriter writer{parts};
    options.on_complete = [&](const compare::ReplicateComparison& one) {
        compare::Comparison alone;
        alone.replicates = {one};
        Results results = compare::to_results(arms, alone, nullptr);
        results.provenance = {};  // that of the whole is told at the end
        writer.add(std::move(results));
    };
    compare::Comparison comparison = compare::compare(arms, options, observer);
    writer.close();
    return comparison;
}

Ran run_arms(const compare::Arms& arms, const CompareArguments& arguments, const compare::Options& options,
             run::Parts& parts, const StopListener& stop, Console& console) {
    Ran ran;
    {
        Progress progress{console, stop};
        ran.comparison = compare_keeping(arms, options, parts, progress);
    }
    if (!ran.comparison.finished || !arguments.attribute) return ran;
    Progress progress{console, stop};
    ran.attribution = compare::attribute(arms, ran.comparison, options, arguments.attribution_runs, progress);
    return ran;
}

ExitCode keep_failed(const std::vector<day::SelfCheck>& failed, const Results& results, const std::string& path,
                     Console& console) {
    for (const day::SelfCheck& check : failed)
        console.fault(fmt::format("self-check failed: {}: {}", check.name, check.finding));
    console.fault(fmt::format("the results are kept in {}, for finding the cause only", write_failed(results, path)));
    return ExitCode::failed;
}

ExitCode compare_scenarios(const CompareArguments& arguments, Console& console) {
    const auto began = std::chrono::steady_clock::now();
    Problems problems;
    const compare::HeadlineReader reader{compare::headlines(), problems};
    problems.raise_if_any();
    const compare::Options options = options_of(arguments, reader);
    const compare::Arms arms = arms_of(arguments, reader, console);
    const std::string path = output_path(arguments, arms);
    const run::RunIdentity identity{compare::content_hash(arms, arguments.runs()), arms.first().run().seed,
                                    std::string{program_version}};
    auto parts = std::make_unique<run::Parts>(path, identity, arguments.resume, arguments.force);
    const std::size_t known = parts->done().size();
    const StopListener stop;
    const Ran ran = run_arms(arms, arguments, options, *parts, stop, console);
    if (!ran.finished()) {
        const std::size_t more = parts->done().size() - known;
        parts.reset();  // a folder without parts goes
        console.fault(stop_text(static_cast<std::int64_t>(more), path));
        return stop.exit_code();
    }
    const ComparisonView view{arms, ran.comparison, ran.attribution ? &*ran.attribution : nullptr,
                              options.precision ? options.precision->share : compare::usual_share};
    Results results = results_of(view, arguments);
    if (const auto failed = failed_checks(view); !failed.empty()) return keep_failed(failed, results, path, console);
    const std::string digest = parts->finish_with(std::move(results));
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - began;
    tell(view, path, digest, taken.count(), console);
    return ExitCode::done;
}

void add_options(CLI::App& parser, CompareArguments& arguments) {
    parser.add_option("SCENARIO.toml", arguments.scenarios, "The arms; all others are compared with the first")
        ->type_name("")
        ->required()
        ->expected(2, 64);
    parser
        .add_option("-o,--output", arguments.output, "Results file (default: results/<folder>-<first>-and-<second>.h5)")
        ->type_name("FILE.h5");
    add_override_options(parser, arguments.overrides);
    add_machine_options(parser, arguments.machine);
    parser
        .add_option("--precision", arguments.precision,
                    fmt::format("Add replicates, to {} in all, until a difference is as sure as this",
                                compare::most_replicates))
        ->type_name("\"HEADLINE 1%\"");
    parser
        .add_option("--equal-cost", arguments.equal_cost,
                    "Change the WTE of this role in the other arms until all cost the same")
        ->type_name("ROLE");
    parser.add_flag("--attribute", arguments.attribute, "Split the difference of two arms over the parts that differ");
    parser
        .add_option("--attribute-runs", arguments.attribution_runs,
                    fmt::format("Runs of a replicate that --attribute may take for more than {} parts",
                                compare::most_parts_in_all_orders))
        ->type_name("N")
        ->check(CLI::Range(2, 1'000'000))
        ->capture_default_str();
    parser.add_flag("--resume", arguments.resume, "Go on from the replicates that an interrupted comparison left");
    parser.add_flag("--force", arguments.force, "Replace a results file of another comparison");
}

}  // namespace

Command add_compare(CLI::App& program, const std::vector<std::string>& words, const SpoilAudit& spoil_audit) {
    auto arguments = std::make_shared<CompareArguments>();
    arguments->words = words;
    arguments->spoil_audit = spoil_audit;
    Command command = add_command(
        program, "compare", "Run the same people under two or more scenarios and say what differs",
        "Examples:\n"
        "  segue compare scenarios/england-average/gp-led.toml \\\n"
        "      scenarios/england-average/primary-care-home.toml --replicates 10\n"
        "  segue compare scenarios/access/gp-first.toml scenarios/access/total-triage.toml \\\n"
        "      --precision \"ae_attendances 1%\" --attribute\n\n"
        "Each person of the first arm has a twin in every other: the same person with the same luck, so that the\n"
        "difference between them is the effect. docs/compare.md tells how to read it.\n\n"
        "Exit codes: 0 done; 1 failed while running (disk, memory, a self-check); 2 scenarios with problems or with\n"
        "other people, or wrong usage; 130 or 143 interrupted, what is finished is kept.");
    add_options(*command.parser, *arguments);
    command.act = [arguments](Console& console) { return compare_scenarios(*arguments, console); };
    return command;
}

}  // namespace segue::program
