/// \file
/// The day as a table: what happens, in which order, and why there.
#pragma once
#include <span>
#include <string_view>

namespace segue::day {

class Neighbourhood;

struct Step {
    std::string_view name;
    std::string_view room;    ///< the folder that holds its rule
    std::string_view reason;  ///< for its place in the day
    void (*take)(Neighbourhood&);
};

/// The steps of every day, in order: `segue check` prints them, the ODD page lists them, the engine takes them.
[[nodiscard]] std::span<const Step> steps();

}  // namespace segue::day
