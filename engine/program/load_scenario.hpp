/// \file
/// A scenario as the command line asks for it.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "engine/day/world.hpp"
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

/// All of them as "key.path=value", for commands that run a scenario many times: there `--replicates` sets
/// `replicates_key`.
[[nodiscard]] std::vector<std::string> settings_of(const Overrides& overrides, const std::string& replicates_key);

/// What was set, one "key.path=value" a line, without folders; and what provenance calls it.
[[nodiscard]] std::string overrides_text(const Overrides& overrides);
inline constexpr const char* overrides_name = "overrides";

/// A scenario made ready to run. Throws a ScenarioError with every problem, of the loader and of what only the whole
/// shows together where that can be; warnings are added to `warnings`, and a value given by an option of its own that was
/// in force already is none.
[[nodiscard]] std::unique_ptr<const day::World> load_world(const std::string& path, const Overrides& overrides,
                                                           Problems& warnings);
/// The same; warnings are told as they are.
[[nodiscard]] std::unique_ptr<const day::World> load_world(const std::string& path, const Overrides& overrides,
                                                           Console& console);

/// A scenario as its files have it, its warnings told.
[[nodiscard]] Scenario load_scenario(const std::string& path, Console& console);

}  // namespace segue::program
