/// \file
/// When a run starts, how long it lasts, and under which keys. Every catalogue has these.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <tuple>

#include "engine/core/calendar.hpp"
#include "engine/core/quantity.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue {

/// Resampled: each replicate draws its own list of people; fixed: all replicates start from the same list.
enum class PeopleDraw : std::uint8_t { resampled, fixed, count_ };
[[nodiscard]] constexpr auto names(PeopleDraw) { return std::array<std::string_view, 2>{"resampled", "fixed"}; }

struct RunParameters {
    Date start{2026, 4, 1};
    int years{1};
    std::uint32_t seed{1};
    int replicates{1};
    Days warm_up{365};
    PeopleDraw people{PeopleDraw::resampled};

    static constexpr std::string_view prefix = "run";
    static auto declarations() {
        using R = RunParameters;
        const Source own{"the run's own choice"};
        const auto row = [&](auto member, const char* name, const char* meaning, Range range) {
            return parameter(member, name, meaning, range, Uncertain::known(), own, Certainty::C, Kind::policy);
        };
        return std::tuple{
            row(&R::start, "start", "First day of the results", {0, 0}),
            row(&R::years, "years", "Years of results, each to the same calendar date", {1, 100}),
            row(&R::seed, "seed", "First half of the key of every draw", {0, 4'294'967'295.0}),
            row(&R::replicates, "replicates", "How many times the scenario is run, each under its own key",
                {1, 1'000'000}),
            row(&R::warm_up, "warm_up", "Time simulated before the start and left out of all results", {0, 3650}),
            row(&R::people, "people", "Whether each replicate draws its own list of people", {0, 0})};
    }
};

}  // namespace segue
