/// \file
/// Figures (engine/calibration/figure.hpp) over replicates of a scenario, for the commands that make the documents'
/// tables.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/calibration/figure.hpp"
#include "engine/day/neighbourhood.hpp"
#include "engine/day/world.hpp"
#include "engine/program/exit_code.hpp"
#include "engine/scenario/table.hpp"

namespace segue::tools {

/// A number as people write it: to the unit where it is large, else with three digits that count.
[[nodiscard]] std::string plain(double value);
/// Half the width of an interval: one digit that counts, to the unit where it is large.
[[nodiscard]] std::string plain_width(double half_width);

/// A table of the tool's own with at least these columns. Throws a ScenarioError when it cannot be read.
[[nodiscard]] Table read_rows(const std::string& path, const std::vector<std::string>& columns);

/// Terms of figures that no output counts: their names, and their values in one replicate, from its events.
struct OwnTerms {
    std::set<std::string> names;
    std::function<std::map<std::string, double>(const day::World&, const day::Neighbourhood&,
                                                const std::vector<day::KeptEvent>&)>
        count;
};

/// Each figure in each replicate, [figure][replicate]; replicates are twins of the same number in another scenario.
[[nodiscard]] std::vector<std::vector<double>> simulate(const std::string& path,
                                                        const std::vector<calibration::Figure>& figures,
                                                        std::uint32_t replicates, std::vector<std::string> overrides,
                                                        const OwnTerms& own = {});

/// What follows the mark "by hand" in a document that a tool makes again, the mark included; the mark alone where there is
/// no such document yet. Throws an IoError when it cannot be read.
[[nodiscard]] std::string kept_by_hand(const std::string& path);

/// Calls `act` for a tool of this name, shows what it throws, and returns the exit code, which means what segue's means.
[[nodiscard]] int answer(const std::string& tool, const std::function<program::ExitCode()>& act);

}  // namespace segue::tools
