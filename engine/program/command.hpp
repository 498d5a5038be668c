/// \file
/// A subcommand: how it is called, and what it does. Each has a source file of its own.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "engine/core/calendar.hpp"
#include "engine/day/self_checks.hpp"
#include "engine/program/console.hpp"
#include "engine/program/exit_code.hpp"
#include "engine/results/results.hpp"

namespace segue::program {

/// Changes what a run found of itself before it is judged.
using SpoilAudit = std::function<void(day::Audit&)>;

struct Command {
    CLI::App* parser;
    std::shared_ptr<CommonOptions> common;
    std::function<ExitCode(Console&)> act;
};

/// Adds a subcommand with the options that all have. `more` is help after the options: examples and exit codes.
[[nodiscard]] Command add_command(CLI::App& program, const std::string& name, const std::string& sentence,
                                  const std::string& more);

/// `words` is the whole command line, which results keep; `spoil_audit` is run::Options::spoil.
[[nodiscard]] Command add_run(CLI::App& program, const std::vector<std::string>& words, const SpoilAudit& spoil_audit);
[[nodiscard]] Command add_check(CLI::App& program);
[[nodiscard]] Command add_calibrate(CLI::App& program);
[[nodiscard]] Command add_compare(CLI::App& program, const std::vector<std::string>& words,
                                  const SpoilAudit& spoil_audit);
[[nodiscard]] Command add_uptake(CLI::App& program);
[[nodiscard]] Command add_summary(CLI::App& program);
[[nodiscard]] Command add_same(CLI::App& program);
[[nodiscard]] Command add_explain(CLI::App& program);
[[nodiscard]] Command add_schema(CLI::App& program);
[[nodiscard]] Command add_info(CLI::App& program);

/// Reads results that the user named. Throws BadInput when they cannot be read or are no Segue results.
[[nodiscard]] Results read_input(const std::string& path);

/// "2026-07-01" as a day. Throws BadInput when `text` is no date; nothing for an empty text.
[[nodiscard]] std::optional<Day> day_of(const std::string& option, const std::string& text);

}  // namespace segue::program
