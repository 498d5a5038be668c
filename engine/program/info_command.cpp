// segue info: what a results file holds.
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/program/command.hpp"
#include "engine/results/digest.hpp"
#include "engine/results/info.hpp"

namespace segue::program {
namespace {

struct InfoArguments {
    std::string path;
    bool digest{false};
    std::string before;
};

std::string digest_text(const Results& results, const InfoArguments& arguments, const Console& console) {
    const std::string found = digest(results, day_of("--before", arguments.before));
    if (!console.json()) return found + '\n';
    return nlohmann::ordered_json{{"file", arguments.path}, {"digest", found}}.dump(2) + '\n';
}

ExitCode tell(const InfoArguments& arguments, Console& console) {
    const Results results = read_input(arguments.path);
    if (arguments.digest) {
        console.result(digest_text(results, arguments, console));
    } else {
        console.result(console.json() ? info_json(results, arguments.path) : info(results, arguments.path));
    }
    return ExitCode::done;
}

}  // namespace

Command add_info(CLI::App& program) {
    auto arguments = std::make_shared<InfoArguments>();
    Command command =
        add_command(program, "info", "Say what a results file holds: where it came from, its axes and variables",
                    "Examples:\n"
                    "  segue info results/england-average-gp-led.h5\n"
                    "  segue info results/england-average-gp-led.h5 --digest --before 2026-07-01\n\n"
                    "Exit codes: 0 done; 2 the file cannot be read or is no Segue results file.");
    command.parser->add_option("FILE.h5", arguments->path, "Results")->required();
    CLI::Option* digest =
        command.parser->add_flag("--digest", arguments->digest, "Show only the digest of the content");
    command.parser->add_option("--before", arguments->before, "Of periods that end before this date")
        ->type_name("DATE")
        ->needs(digest);
    command.act = [arguments](Console& console) { return tell(*arguments, console); };
    return command;
}

}  // namespace segue::program
