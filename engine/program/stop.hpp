/// \file
/// Ctrl-C and SIGTERM: the first asks a run to stop at a good place, the second ends the program at once.
#pragma once
#include "engine/program/exit_code.hpp"

namespace segue::program {

/// Listens for as long as it lives; the process may hold one at a time.
class StopListener {
public:
    StopListener() noexcept;
    ~StopListener();
    StopListener(const StopListener&) = delete;
    StopListener(StopListener&&) = delete;
    StopListener& operator=(const StopListener&) = delete;
    StopListener& operator=(StopListener&&) = delete;

    /// The signal that came, or 0.
    [[nodiscard]] int came() const noexcept;
    /// How to leave once it came.
    [[nodiscard]] ExitCode exit_code() const noexcept;
};

}  // namespace segue::program
