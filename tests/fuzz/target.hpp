/// \file
/// What every harness shares: bytes in, and a promise that ends the process when it is broken.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/core/errors.hpp"

namespace segue::fuzz {

/// Ends the process, so that the input is kept, when the promise is broken.
inline void promise(bool kept, const char* what) {
    if (kept) return;
    std::fprintf(stderr, "a promise is broken: %s\n", what);
    std::abort();
}

[[nodiscard]] inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Every message is one line of a length that a terminal bears, about a place that can be looked up.
inline void promise_readable(const Problems& problems) {
    for (const Problem& problem : problems.all()) {
        const std::string line = to_string(problem);
        promise(line.find('\n') == std::string::npos, "a message is one line");
        promise(line.size() < 8'000, "a message is short");
        promise(!problem.what.empty(), "a message says what is wrong");
        promise(problem.place.line >= 0 && problem.place.column >= 0, "a place can be looked up");
    }
}

}  // namespace segue::fuzz
