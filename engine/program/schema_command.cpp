// segue schema: the JSON Schema of scenario files.
#include "engine/day/catalogue.hpp"
#include "engine/program/command.hpp"
#include "engine/scenario/schema.hpp"

namespace segue::program {

Command add_schema(CLI::App& program) {
    Command command = add_command(program, "schema",
                                  "Write the JSON Schema of scenario files, by which editors complete and explain keys",
                                  "Example:\n"
                                  "  segue schema > segue.schema.json\n\n"
                                  "Exit codes: 0 done.");
    command.act = [](Console& console) {
        console.result(json_schema(day::catalogue()).dump(2) + '\n');
        return ExitCode::done;
    };
    return command;
}

}  // namespace segue::program
