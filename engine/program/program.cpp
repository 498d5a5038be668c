#include "engine/program/program.hpp"

#include <algorithm>
#include <cstdio>
#include <new>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "engine/core/contracts.hpp"
#include "engine/core/errors.hpp"
#include "engine/core/version.hpp"
#include "engine/program/commit.hpp"

namespace segue::program {
namespace {

constexpr const char* about =
    "Simulates a registered population, segment by segment, as it moves between care settings.\n\n"
    "Begin with: segue check scenarios/england-average/gp-led.toml";

constexpr const char* exit_codes =
    "Each command tells more: segue run --help\n\n"
    "Exit codes: 0 done; 1 failed while running, or results differ; 2 bad input or usage; 130, 143 interrupted.";

std::string version_text() {
    return fmt::format("segue {} (model {}, results schema {}, scenario format {}; commit {})", program_version,
                       model_version, results_schema, scenario_format, commit());
}

std::vector<Command> add_commands(CLI::App& program, const std::vector<std::string>& words,
                                  const SpoilAudit& spoil_audit) {
    program.footer(exit_codes);
    program.set_help_flag("--help", "Show this and leave");
    program.set_version_flag("--version", version_text(), "Show the versions of program, model, results and scenarios");
    program.require_subcommand(1);
    return {add_run(program, words, spoil_audit),
            add_check(program),
            add_compare(program, words, spoil_audit),
            add_calibrate(program),
            add_uptake(program),
            add_summary(program),
            add_same(program),
            add_explain(program),
            add_schema(program),
            add_info(program)};
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& known) {
    const std::string near = nearest(word, known);
    return near.empty() ? "" : fmt::format("; did you mean {}?", near);
}

/// What is wrong when the first word is no command; empty when it is one.
std::string wrong_command(const CLI::App& program, const std::vector<std::string>& words) {
    std::vector<std::string> known;
    for (const CLI::App* one : program.get_subcommands(nullptr)) known.push_back(one->get_name());
    if (words.size() < 2) return fmt::format("no command; expected one of {}", fmt::join(known, ", "));
    if (std::find(known.begin(), known.end(), words[1]) != known.end()) return {};
    return fmt::format("{} is no command{}", words[1], did_you_mean(words[1], known));
}

/// What is wrong when an option is none that the command has; empty when all are.
std::string wrong_option(const CLI::App& command, const std::vector<std::string>& words) {
    std::vector<std::string> known;
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
    for (const std::string& word : words) {
        const std::string name = word.substr(0, word.find('='));
        if (!name.starts_with("--") || std::find(known.begin(), known.end(), name) != known.end()) continue;
        return fmt::format("{} is no option{}", name, did_you_mean(name, known));
    }
    return {};
}

/// One line on what is wrong with the usage, and where to read more.
int tell_usage(const CLI::ParseError& error, const CLI::App& program, const std::vector<std::string>& words) {
    std::string name = "segue";
    std::string what = wrong_command(program, words);
    for (const CLI::App* one : program.get_subcommands()) {
        name += " " + one->get_name();
        if (what.empty()) what = wrong_option(*one, words);
    }
    if (what.empty()) what = std::string{error.what()}.substr(0, std::string_view{error.what()}.find('\n'));
    fmt::print(stderr, "{}: {}; {} --help tells more\n", name, what, name);
    return static_cast<int>(ExitCode::bad_input);
}

int act(const Command& command) {
    const auto to_stderr = [](std::string_view lines) { fmt::print(stderr, "{}\n", lines); };
    std::unique_ptr<Console> console;
    const ExitCode opened = guarded(
        [&] {
            console = std::make_unique<Console>(*command.common);
            return ExitCode::done;
        },
        to_stderr);
    if (!console) return static_cast<int>(opened);
    return static_cast<int>(
        guarded([&] { return command.act(*console); }, [&](std::string_view lines) { console->fault(lines); }));
}

}  // namespace

ExitCode guarded(const std::function<ExitCode()>& act, const std::function<void(std::string_view)>& fault) {
    try {
        return act();
    } catch (const ScenarioError& error) {
        fault(error.what());
        return ExitCode::bad_input;
    } catch (const BadInput& error) {
        fault(error.what());
        return ExitCode::bad_input;
    } catch (const IoError& error) {
        fault(error.what());
    } catch (const std::bad_alloc&) {
        fault("out of memory; fewer --threads, a smaller list or fewer outputs need less");
    } catch (const std::system_error& error) {
        const bool no_thread = error.code() == std::errc::resource_unavailable_try_again;
        fault(no_thread ? "the system grants no more threads or memory; fewer --threads or a smaller list need less"
                        : fmt::format("failed: {}", error.what()));
    } catch (const ContractError& error) {
        fault(fmt::format("a mistake in Segue itself: {}", error.what()));
    } catch (const std::exception& error) {
        fault(fmt::format("failed: {}", error.what()));
    }
    return ExitCode::failed;
}

int answer(const std::vector<std::string>& words, const SpoilAudit& spoil_audit) {
    CLI::App program{about, "segue"};
    const std::vector<Command> commands = add_commands(program, words, spoil_audit);
    std::vector<std::string> arguments{words.rbegin(), words.rend()};  // the parser takes them from the back
    if (!arguments.empty()) arguments.pop_back();
    try {
        program.parse(arguments);
    } catch (const CLI::Success& asked) {  // help or version
        return program.exit(asked);
    } catch (const CLI::ParseError& error) {
        return tell_usage(error, program, words);
    }
    const auto chosen =
        std::find_if(commands.begin(), commands.end(), [](const Command& one) { return one.parser->parsed(); });
    return act(*chosen);
}

}  // namespace segue::program
