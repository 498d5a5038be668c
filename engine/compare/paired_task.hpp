/// \file
/// Both arms of one neighbourhood in one replicate, or all of them, side by side in one thread.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "engine/compare/arms.hpp"
#include "engine/compare/twin_watch.hpp"
#include "engine/core/isa.hpp"

namespace segue::compare {

/// What came of one neighbourhood, by arm.
struct PairedOutcome {
    std::vector<day::Outcome> arms;
    std::vector<double> waiting_at_end;  ///< people in roles' lines on the last day
    std::vector<TwinCounts> twins;       ///< against the first arm; the first's are of itself
};

/// Asked month by month; false stops.
using KeepGoing = std::function<bool(std::int64_t person_days)>;

/// Runs every arm on the same twin, month by month: the records of a month are compared person by person and dropped.
/// Nothing where it was stopped.
/// \param spoil for tests of the self-checks; may be empty
[[nodiscard]] std::optional<PairedOutcome> run_paired(const Arms& arms, NeighbourhoodRow row, Twin twin, Isa isa,
                                                      const KeepGoing& keep_going,
                                                      const std::function<void(day::Audit&)>& spoil);

}  // namespace segue::compare
