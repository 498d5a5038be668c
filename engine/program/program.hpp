/// \file
/// The `segue` command: what it is called with, and what it answers.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/program/exit_code.hpp"

namespace segue::program {

/// Does what the words ask, the program's own name first, and returns the exit code. Shows every failure as lines.
[[nodiscard]] int answer(const std::vector<std::string>& words);

/// Calls `act`; tells in words what it throws, and which exit code that is.
[[nodiscard]] ExitCode guarded(const std::function<ExitCode()>& act,
                               const std::function<void(std::string_view)>& fault);

}  // namespace segue::program
