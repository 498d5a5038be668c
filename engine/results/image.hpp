/// \file
/// The bytes of a results file: HDF5 that is also netCDF-4.
///
///   Layout  each axis a dimension scale with the values along it; a time axis with CF bounds; each variable attached to
///           its scales; group /provenance with its texts, the digest and the seal
///   Holds   equal results give equal bytes; image and results give each other back whole
///
/// Made in memory, so that a full disk meets plain bytes and never HDF5 halfway through a file.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/results/results.hpp"

namespace segue {

/// HDF5 wants a name for a file in memory, and refuses one that stands in the current folder.
inline constexpr const char* image_name = "/dev/null/segue";

using Bytes = std::vector<std::byte>;

/// The file that holds these results, with their digest. They must hold together (see unsound).
[[nodiscard]] Bytes to_image(const Results& results, const std::string& digest);

/// What a file holds, once its digest and its seal agree with the content. Throws a std::runtime_error that says in
/// words what is wrong with it. A damaged image may crash HDF5: bytes from elsewhere are walked first (walk.hpp).
[[nodiscard]] Results from_image(std::span<const std::byte> image);

}  // namespace segue
