// segue same: where two results first differ.
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/program/command.hpp"
#include "engine/results/digest.hpp"
#include "engine/results/same.hpp"

namespace segue::program {
namespace {

struct SameArguments {
    std::string a;
    std::string b;
    std::string before;
};

ExitCode compare(const SameArguments& arguments, Console& console) {
    const auto before = day_of("--before", arguments.before);
    const Results a = read_input(arguments.a);
    const Results b = read_input(arguments.b);
    const auto difference = same(a, b, before);
    if (console.json()) {
        const nlohmann::ordered_json told{
            {"same", !difference}, {"first_difference", difference ? nlohmann::ordered_json(*difference) : nullptr}};
        console.result(told.dump(2) + '\n');
    } else if (difference) {
        console.result(*difference + '\n');
    } else {
        console.remark(fmt::format("same{}: {}\n", before ? " before " + arguments.before : "", digest(a, before)));
    }
    return difference ? ExitCode::failed : ExitCode::done;
}

}  // namespace

Command add_same(CLI::App& program) {
    auto arguments = std::make_shared<SameArguments>();
    Command command =
        add_command(program, "same", "Say whether two files hold the same results, and where they first differ",
                    "Example:\n"
                    "  segue same a.h5 b.h5 --before 2026-07-01\n\n"
                    "Exit codes: 0 the same; 1 different; 2 a file cannot be read or is no Segue results file.");
    command.parser->add_option("A.h5", arguments->a, "Results")->required();
    command.parser->add_option("B.h5", arguments->b, "Other results")->required();
    command.parser->add_option("--before", arguments->before, "Compare only periods that end before this date")
        ->type_name("DATE");
    command.act = [arguments](Console& console) { return compare(*arguments, console); };
    return command;
}

}  // namespace segue::program
