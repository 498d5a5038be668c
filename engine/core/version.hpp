/// \file
/// Four numbers that every results file carries.
#pragma once
#include <string_view>

namespace segue {

inline constexpr std::string_view program_version =
    "0.1.0";                               ///< semantic version; CMake checks that it is the project's
inline constexpr int model_version = 1;    ///< rises whenever the same scenario and seed give other numbers
inline constexpr int results_schema = 1;   ///< of results files
inline constexpr int scenario_format = 1;  ///< of scenario files

}  // namespace segue
