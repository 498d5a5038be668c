/// \file
/// Results files: written whole or not at all, read only when they are whole.
#pragma once
#include <string>

#include "engine/results/results.hpp"

namespace segue {

/// Writes a results file and returns its digest. It is made under a working name in the same folder, which must exist;
/// synced, read back, compared with memory, renamed. Throws an IoError with the path and what the system said, and then
/// leaves `path` as it was; a ContractError when the results do not hold together.
std::string write(const Results& results, const std::string& path);

/// Reads a results file, exactly as it was written. Throws an IoError in one line when it cannot be read, is no Segue
/// results file, is damaged or truncated, or has another schema; no file crashes the reader.
[[nodiscard]] Results read(const std::string& path);

/// Keeps results whose self-checks failed beside where `path` would have been: "north.h5" gives "north.failed.h5".
/// Returns that path. Throws as write does.
std::string write_failed(const Results& results, const std::string& path);

}  // namespace segue
