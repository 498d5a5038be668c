/// \file
/// How a run ended, in one line for a person and in JSON for a script.
#pragma once
#include <cstdint>
#include <string>

#include "engine/program/exit_code.hpp"
#include "engine/run/run.hpp"

namespace segue::program {

/// "results/x.h5: 80,000 person-years at 52,000 a second; lists: books stable (1,204 waiting), hospital
/// growing by 12.3 a week, 8.1 to 16.5 (4,100 waiting); self-checks held".
[[nodiscard]] std::string outcome_line(const run::Summary& summary, double seconds);

/// Path, digest, speed, lists and self-checks.
[[nodiscard]] std::string outcome_json(const run::Summary& summary, double seconds);

/// Where the time went.
[[nodiscard]] std::string profile_text(const run::Summary& summary);

/// Each self-check that failed, and where its results are; empty when all held.
[[nodiscard]] std::string failed_checks_text(const run::Summary& summary);

/// What is kept of a run that was stopped after so many more replicates, and how to go on.
[[nodiscard]] std::string stop_text(std::int64_t replicates, const std::string& path);

/// Of a run that was not asked to stop.
[[nodiscard]] ExitCode exit_code(const run::Summary& summary) noexcept;

}  // namespace segue::program
