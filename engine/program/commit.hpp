/// \file
/// Which commit the program was built from. Its source is made by the build: see commit.cmake.
#pragma once
#include <string_view>

namespace segue::program {

/// The first twelve digits of the commit, or "unknown" where the build had no git.
[[nodiscard]] std::string_view commit() noexcept;

}  // namespace segue::program
