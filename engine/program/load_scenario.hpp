/// \file
/// A scenario as the command line asks for it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "engine/program/console.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue::program {

/// The options that set parameters of a scenario.
struct Overrides {
    std::optional<std::int64_t> replicates;
    std::optional<std::int64_t> seed;
    std::optional<std::int64_t> years;
    std::vector<std::string> set;  ///< "key.path=value"
};
void add_override_options(CLI::App& parser, Overrides& overrides);

/// As `segue::load` with the engine's catalogue. Throws a ScenarioError; warnings are added to `warnings`, and a value
/// given by an option of its own that was in force already is none.
[[nodiscard]] Scenario load_scenario(const std::string& path, const Overrides& overrides, Problems& warnings);
/// The same; warnings are told as they are.
[[nodiscard]] Scenario load_scenario(const std::string& path, const Overrides& overrides, Console& console);

}  // namespace segue::program
