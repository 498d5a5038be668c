/// \file
/// What results tell of where they come from, beside what only the caller knows.
#pragma once
#include <string>
#include <vector>

#include "engine/day/self_checks.hpp"
#include "engine/day/world.hpp"
#include "engine/results/results.hpp"

namespace segue::run {

/// Stands for the scenario and all of its data: a person file counts by its content.
[[nodiscard]] std::string content_hash(const day::World& world);

/// The resolved scenario, its hash, seed and data, and the versions that run it. Of a person file never a row, only what
/// it was, so that its owner can tell.
[[nodiscard]] Provenance provenance_of(const day::World& world);

/// One check of each name: the first that failed, or one that held.
[[nodiscard]] std::vector<day::SelfCheck> summed(const std::vector<day::SelfCheck>& checks);

/// Adds what came of each check.
void add_checks(Provenance& provenance, const std::vector<day::SelfCheck>& checks);

}  // namespace segue::run
