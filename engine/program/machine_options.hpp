/// \file
/// What a command that simulates may use of its machine.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "engine/core/isa.hpp"

namespace segue::program {

struct MachineOptions {
    std::optional<int> asked_threads;
    std::optional<std::uint64_t> asked_memory_bytes;
    std::string asked_isa{"best"};

    /// As asked, else the CPUs that may be used.
    [[nodiscard]] int threads() const;
    /// As asked, else 80% of what there is. [bytes]
    [[nodiscard]] std::size_t memory_limit_bytes() const;
    /// Throws BadInput for one that is none, or that this processor lacks.
    [[nodiscard]] Isa isa() const;
};
void add_machine_options(CLI::App& parser, MachineOptions& options);

}  // namespace segue::program
