/// \file
/// Bytes that this process did not write are read first by a child that may die of them.
#pragma once
#include <span>
#include <string>

#include "engine/results/image.hpp"

namespace segue {

/// Reads the whole image in a forked child under limits on CPU time and memory, digest and seal included. Throws an
/// IoError with `path` and one clear line when the child complains or dies: not a results file, damaged, of another
/// schema.
void walk(const std::string& path, std::span<const std::byte> image);

}  // namespace segue
