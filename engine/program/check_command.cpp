// segue check: every problem at once; then what would run.
#include <memory>

#include "engine/program/command.hpp"
#include "engine/program/load_scenario.hpp"
#include "engine/program/plan.hpp"
#include "engine/program/resources.hpp"

namespace segue::program {
namespace {

struct CheckArguments {
    std::string scenario;
    Overrides overrides;
    std::optional<int> threads;
};

void show(const CheckArguments& arguments, Console& console) {
    Problems warnings;
    const auto world = load_world(arguments.scenario, arguments.overrides, warnings);
    for (const Problem& warning : warnings.all()) console.fault(to_string(warning));
    const Plan plan = plan_of(*world, arguments.threads.value_or(usable_cpus()));
    if (console.json()) {
        console.result(plan_json(plan, warnings.all()));
    } else {
        console.remark(plan_text(plan));
    }
}

ExitCode check(const CheckArguments& arguments, Console& console) {
    try {
        show(arguments, console);
        return ExitCode::done;
    } catch (const ScenarioError& error) {
        if (console.json()) console.result(problems_json(error.problems()));
        throw;
    }
}

}  // namespace

Command add_check(CLI::App& program) {
    auto arguments = std::make_shared<CheckArguments>();
    Command command =
        add_command(program, "check", "List every problem of a scenario at once; if it has none, say what would run",
                    "Examples:\n"
                    "  segue check scenarios/st-austell/primary-care-home.toml\n"
                    "  segue check scenarios/st-austell/gp-led.toml --set team.roles.gp.wte=12\n\n"
                    "Problems and warnings go to standard error, what would run to standard output.\n\n"
                    "Exit codes: 0 it would run; 2 it has problems, or wrong usage.");
    command.parser->add_option("SCENARIO.toml", arguments->scenario, "The scenario")->required();
    add_override_options(*command.parser, arguments->overrides);
    command.parser
        ->add_option("--threads", arguments->threads,
                     "Threads to work out time and memory for (default: the CPUs that may be used)")
        ->type_name("T")
        ->check(CLI::Range(1, 4096));
    command.act = [arguments](Console& console) { return check(*arguments, console); };
    return command;
}

}  // namespace segue::program
