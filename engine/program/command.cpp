#include "engine/program/command.hpp"

#include <fmt/format.h>

#include "engine/core/errors.hpp"
#include "engine/results/file.hpp"

namespace segue::program {

Command add_command(CLI::App& program, const std::string& name, const std::string& sentence, const std::string& more) {
    auto common = std::make_shared<CommonOptions>();
    CLI::App* parser = program.add_subcommand(name, sentence);
    parser->footer(more);
    parser->set_help_flag("--help", "Show this and leave");
    parser->add_flag("--quiet", common->quiet, "Show results and faults only");
    parser->add_flag("--json", common->json, "Write what a script would want, as JSON, to standard output");
    parser->add_option("--log", common->log, "Write every line with its time to this file as well")->type_name("FILE");
    return {parser, std::move(common), {}};
}

Results read_input(const std::string& path) {
    try {
        return read(path);
    } catch (const IoError& error) {
        throw BadInput{error.what()};
    }
}

std::optional<Day> day_of(const std::string& option, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto date = parse_date(text);
    if (!date) throw BadInput{fmt::format("{} {}: no date; expected one like 2026-07-01", option, text)};
    return to_day(*date);
}

}  // namespace segue::program
