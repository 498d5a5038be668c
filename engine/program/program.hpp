/// \file
/// The `segue` command: what it is called with, and what it answers.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/program/command.hpp"
#include "engine/program/exit_code.hpp"

namespace segue::program {

/// Does what the words ask, the program's own name first, and returns the exit code. Shows every failure as lines.
/// \param spoil_audit as run::Options::spoil: for tests of what is told of a self-check that fails
[[nodiscard]] int answer(const std::vector<std::string>& words, const SpoilAudit& spoil_audit = {});

/// Calls `act`; tells in words what it throws, and which exit code that is.
[[nodiscard]] ExitCode guarded(const std::function<ExitCode()>& act,
                               const std::function<void(std::string_view)>& fault);

}  // namespace segue::program
