/// \file
/// Where two results first differ, in words.
#pragma once
#include <optional>
#include <string>

#include "engine/core/calendar.hpp"
#include "engine/results/results.hpp"

namespace segue {

/// Nothing when the digests of `a` and `b` (with `before`, as digest has it) would agree; else where they first differ, in
/// what they are or, where that agrees, at the earliest time:
/// "waiting at replicate 1, month 2026-05-01, role link_worker: 12 in the first, 14 in the second".
[[nodiscard]] std::optional<std::string> same(const Results& a, const Results& b, std::optional<Day> before = {});

/// What stands at one place of an axis: a label, a number, or the date on which a period begins.
[[nodiscard]] std::string coordinate(const Axis& axis, std::size_t position);

}  // namespace segue
