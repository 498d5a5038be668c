/// \file
/// What the program tells the shell.
#pragma once
#include <stdexcept>
#include <string>

namespace segue::program {

enum class ExitCode : int {
    done = 0,
    failed = 1,     ///< while running: disk, memory, a self-check; or two results differ
    bad_input = 2,  ///< or usage
    interrupted = 130,
    terminated = 143,
};

/// A file or an argument that the user gave cannot be used. `what()` is the line to show.
class BadInput : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace segue::program
