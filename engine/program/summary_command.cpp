// segue summary: results side by side.
#include <memory>

#include "engine/program/command.hpp"
#include "engine/program/summary_table.hpp"

namespace segue::program {
namespace {

ExitCode show_summary(const std::vector<std::string>& paths, Console& console) {
    std::vector<Results> results;
    results.reserve(paths.size());  // figures point into it
    std::vector<Figures> files;
    for (const std::string& path : paths) files.emplace_back(results.emplace_back(read_input(path)), path);
    console.result(console.json() ? summary_json(files) : summary_table(files));
    return ExitCode::done;
}

}  // namespace

Command add_summary(CLI::App& program) {
    auto paths = std::make_shared<std::vector<std::string>>();
    Command command =
        add_command(program, "summary", "Show results side by side on one screen, a column a file",
                    "Example:\n"
                    "  segue summary results/st-austell-gp-led.h5 results/st-austell-primary-care-home.h5\n\n"
                    "Figures are of one replicate, or means over replicates, without intervals.\n\n"
                    "Exit codes: 0 done; 2 a file cannot be read or is no Segue results file.");
    command.parser->add_option("FILE.h5", *paths, "Results files")->required();
    command.act = [paths](Console& console) { return show_summary(*paths, console); };
    return command;
}

}  // namespace segue::program
