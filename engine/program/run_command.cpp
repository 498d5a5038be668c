// segue run: a scenario, to its end, into one file.
#include <chrono>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "engine/core/errors.hpp"
#include "engine/program/command.hpp"
#include "engine/program/load_scenario.hpp"
#include "engine/program/machine_options.hpp"
#include "engine/program/outcome.hpp"
#include "engine/program/output_file.hpp"
#include "engine/program/progress.hpp"
#include "engine/program/resources.hpp"
#include "engine/program/stop.hpp"
#include "engine/program/summary_table.hpp"
#include "engine/program/words.hpp"
#include "engine/results/file.hpp"

namespace segue::program {
namespace {

namespace files = std::filesystem;

struct RunArguments {
    std::string scenario;
    std::string output;
    Overrides overrides;
    MachineOptions machine;
    bool events{false};
    bool resume{false};
    bool force{false};
    bool profile{false};
    std::vector<std::string> words;  ///< the whole command line, for provenance
    SpoilAudit spoil_audit;
};

/// Where results go: as asked, into a folder that is there; else results/<folder>-<scenario>.h5, made when missing.
std::string output_path(const RunArguments& arguments, const Scenario& scenario) {
    if (arguments.output.empty()) {
        std::error_code error;
        files::create_directories("results", error);
        if (error) throw IoError{"results", error.message()};
        return fmt::format("results/{}-{}.h5", scenario.folder(), scenario.name());
    }
    require_output_file(arguments.output);
    return arguments.output;
}

run::Options options_of(const RunArguments& arguments, const Scenario& scenario) {
    run::Options options;
    options.isa = arguments.machine.isa();
    options.path = output_path(arguments, scenario);
    options.threads = arguments.machine.threads();
    options.keep_events = arguments.events;
    options.resume = arguments.resume;
    options.force = arguments.force;
    options.memory_limit_bytes = arguments.machine.memory_limit_bytes();
    options.machine = machine(arguments.words);
    if (!arguments.overrides.set.empty())
        options.machine.emplace_back(overrides_name, overrides_text(arguments.overrides));
    options.thread_cpu_seconds = thread_cpu_seconds;
    options.spoil = arguments.spoil_audit;
    return options;
}

ExitCode told_of_stop(const run::Summary& summary, const std::string& path, const StopListener& stop, double seconds,
                      Console& console) {
    if (console.json()) console.result(outcome_json(summary, seconds));
    console.fault(stop_text(summary.replicates_run, path));
    return stop.exit_code();
}

void tell(const run::Summary& summary, const RunArguments& arguments, double seconds, Console& console) {
    if (console.json()) {
        console.result(outcome_json(summary, seconds));
    } else {
        if (!console.quiet() && summary.failed_checks.empty()) {
            const Results results = read(summary.path);
            console.remark(summary_table({Figures{results, summary.path}}) + '\n');
        }
        if (arguments.profile) console.result(profile_text(summary));
        console.remark(outcome_line(summary, seconds) + '\n');
    }
}

ExitCode run_scenario(const RunArguments& arguments, Console& console) {
    const auto began = std::chrono::steady_clock::now();
    const auto seconds = [began] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    };
    const auto loaded = load_world(arguments.scenario, arguments.overrides, console);
    const day::World& world = *loaded;
    const run::Options options = options_of(arguments, world.scenario());
    console.record(
        fmt::format("began {} on {} threads, hash {}", options.path, options.threads, world.scenario().hash()));
    const StopListener stop;
    const run::Summary summary = [&] {
        Progress progress{console, stop};
        return run::run(world, options, progress);
    }();
    const double taken = seconds();
    console.record(profile_text(summary) + outcome_line(summary, taken));
    if (!summary.failed_checks.empty()) console.fault(failed_checks_text(summary));
    if (!summary.finished) return told_of_stop(summary, options.path, stop, taken, console);
    tell(summary, arguments, taken, console);
    return exit_code(summary);
}

void add_options(CLI::App& parser, RunArguments& arguments) {
    parser.add_option("SCENARIO.toml", arguments.scenario, "The scenario")->required();
    parser.add_option("-o,--output", arguments.output, "Results file (default: results/<folder>-<scenario>.h5)")
        ->type_name("FILE.h5");
    add_override_options(parser, arguments.overrides);
    add_machine_options(parser, arguments.machine);
    parser.add_flag("--events", arguments.events, "Write every record too, as columns along event; one replicate only");
    parser.add_flag("--resume", arguments.resume, "Go on from the replicates that an interrupted run left");
    parser.add_flag("--force", arguments.force, "Replace a results file of another scenario");
    parser.add_flag("--profile", arguments.profile, "Say where the time went");
}

}  // namespace

Command add_run(CLI::App& program, const std::vector<std::string>& words, const SpoilAudit& spoil_audit) {
    auto arguments = std::make_shared<RunArguments>();
    arguments->words = words;
    arguments->spoil_audit = spoil_audit;
    Command command = add_command(
        program, "run", "Run a scenario and write its results to one file",
        "Examples:\n"
        "  segue run scenarios/england-average/gp-led.toml\n"
        "  segue run scenarios/st-austell/gp-led.toml --replicates 10 -o st-austell.h5\n"
        "  segue run scenarios/st-austell/gp-led.toml --set team.roles.link_worker.wte=2 -o two-link-workers.h5\n\n"
        "Ctrl-C stops at a good place and keeps what is finished; --resume goes on from there.\n\n"
        "Exit codes: 0 done; 1 failed while running (disk, memory, a self-check); 2 a scenario with problems, or "
        "wrong\n"
        "usage; 130 or 143 interrupted, what is finished is kept.");
    add_options(*command.parser, *arguments);
    command.act = [arguments](Console& console) { return run_scenario(*arguments, console); };
    return command;
}

}  // namespace segue::program
