// segue calibrate: parameters solved so that a scenario meets published figures.
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/calibration/calibration.hpp"
#include "engine/program/command.hpp"
#include "engine/program/load_scenario.hpp"
#include "engine/program/output_file.hpp"
#include "engine/program/resources.hpp"
#include "engine/program/text_table.hpp"
#include "engine/results/durable.hpp"

namespace segue::program {
namespace {

using calibration::Calibration;
using Json = nlohmann::ordered_json;

struct CalibrateArguments {
    std::string scenario;
    std::string targets;
    std::string output;
    Overrides overrides;
    std::optional<int> threads;
};

calibration::Request request_of(const CalibrateArguments& arguments) {
    calibration::Request request;
    request.scenario = arguments.scenario;
    request.targets = arguments.targets;
    request.overrides = settings_of(arguments.overrides, "calibration.replicates");
    request.threads = arguments.threads.value_or(usable_cpus());
    request.isa = best_isa();
    return request;
}

std::string table_of(const Calibration& made) {
    TextTable targets{TextTable::Align::numbers};
    targets.add({"target", "published", "reached", "off by"});
    for (const calibration::ReachedTarget& one : made.targets) {
        targets.add({one.target.figure.text(), fmt::format("{:.5g}", one.target.goal.value),
                     fmt::format("{:.5g}", one.reached),
                     fmt::format("{:+.1f}%{}", 100 * one.miss, one.target.goal.held_out ? ", held out" : "")});
    }
    TextTable values{TextTable::Align::numbers};
    values.add({"parameter", "before", "now", "low", "high"});
    for (const calibration::CalibratedValue& one : made.values) {
        values.add({one.key, fmt::format("{:.5g}", one.start), fmt::format("{:.5g}", one.value),
                    fmt::format("{:.5g}", one.low), fmt::format("{:.5g}", one.high)});
    }
    return targets.text() + '\n' + values.text();
}

Json json_of(const Calibration& made, const std::string& path) {
    Json targets = Json::array();
    for (const calibration::ReachedTarget& one : made.targets) {
        targets.push_back({{"target", one.target.figure.text()},
                           {"published", one.target.goal.value},
                           {"reached", one.reached},
                           {"residual", one.miss},
                           {"held_out", one.target.goal.held_out},
                           {"met", one.is_met}});
    }
    Json values = Json::array();
    for (const calibration::CalibratedValue& one : made.values) {
        values.push_back({{"key", one.key},
                          {"value", one.value},
                          {"low", one.low},
                          {"high", one.high},
                          {"before", one.start},
                          {"factor", one.factor}});
    }
    return {{"path", path},
            {"points", made.points},
            {"replicates", made.replicates},
            {"targets", targets},
            {"values", values}};
}

ExitCode calibrate(const CalibrateArguments& arguments, Console& console) {
    require_output_file(arguments.output);
    const calibration::Request request = request_of(arguments);
    const Calibration made = calibration::calibrate(request, [&](const std::string& line) { console.note(line); });
    const std::string text = calibration::as_csv(made);
    write_durably(arguments.output, text);
    if (console.json()) {
        console.result(json_of(made, arguments.output).dump(2) + '\n');
    } else {
        console.remark(table_of(made) + '\n');
        console.remark(fmt::format("{}: {} values that meet {} targets, from {} points of {} replicates\n",
                                   arguments.output, made.values.size(), made.targets.size(), made.points,
                                   made.replicates));
    }
    return ExitCode::done;
}

}  // namespace

Command add_calibrate(CLI::App& program) {
    auto arguments = std::make_shared<CalibrateArguments>();
    Command command = add_command(
        program, "calibrate", "Solve parameters so that a scenario meets published figures",
        "Example:\n"
        "  segue calibrate scenarios/england-average/calibration.toml \\\n"
        "      --targets scenarios/england-average/targets.csv -o scenarios/data/calibrated.csv\n\n"
        "What is free is said by the scenario: [calibration.factors.NAME]. The same call gives the same bytes.\n\n"
        "Exit codes: 0 done; 1 failed while running; 2 wrong input or usage, or targets that cannot be met: the "
        "nearest\n"
        "that was reached is told, with what stands against it, and nothing is written.");
    command.parser->add_option("SCENARIO.toml", arguments->scenario, "The scenario")->required();
    command.parser
        ->add_option("--targets", arguments->targets, "Published figures: target,value,low,high,source,held_out")
        ->type_name("FILE.csv")
        ->required();
    command.parser->add_option("-o,--output", arguments->output, "Where the values go; replaced when it is there")
        ->type_name("FILE.csv")
        ->required();
    add_override_options(*command.parser, arguments->overrides);
    command.parser->add_option("--threads", arguments->threads, "Threads (default: the CPUs that may be used)")
        ->type_name("T")
        ->check(CLI::Range(1, 4096));
    command.act = [arguments](Console& console) { return calibrate(*arguments, console); };
    return command;
}

}  // namespace segue::program
