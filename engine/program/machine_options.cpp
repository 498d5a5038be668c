#include "engine/program/machine_options.hpp"

#include <fmt/format.h>

#include "engine/program/exit_code.hpp"
#include "engine/program/resources.hpp"

namespace segue::program {
namespace {

/// Turns "2GB" into bytes; otherwise what is wrong with it.
std::string size_fault(std::string& text) {
    const std::string given = text;
    try {
        // A sign would be lost, and -1 be all the memory there can be.
        const bool starts_with_digit = !text.empty() && text.front() >= '0' && text.front() <= '9';
        if (starts_with_digit && CLI::AsSizeValue{true}(text).empty()) return {};
    } catch (const CLI::Error&) {
    }
    return fmt::format("{} is no size; expected a number with kB, MB, GB, TB, KiB, MiB, GiB or TiB, such as 2GB",
                       given);
}

constexpr double share_of_memory = 0.8;  // the rest is for the file's writer and for whoever else is there

}  // namespace

int MachineOptions::threads() const { return asked_threads.value_or(usable_cpus()); }

std::size_t MachineOptions::memory_limit_bytes() const {
    return asked_memory_bytes.value_or(
        static_cast<std::size_t>(static_cast<double>(usable_memory_bytes()) * share_of_memory));
}

Isa MachineOptions::isa() const {
    const std::string& name = asked_isa;
    if (name == "best") return best_isa();
    const auto isa = from_name<Isa>(name);
    if (!isa) throw BadInput{fmt::format("--isa {}: unknown; expected best, scalar, avx2 or avx512", name)};
    if (!is_available(*isa))
        throw BadInput{fmt::format("--isa {}: this processor does not have it; expected best or scalar", name)};
    return *isa;
}

void add_machine_options(CLI::App& parser, MachineOptions& options) {
    parser.add_option("--threads", options.asked_threads, "Threads (default: the CPUs that may be used)")
        ->type_name("T")
        ->check(CLI::Range(1, 4096));
    parser
        .add_option("--memory", options.asked_memory_bytes,
                    "Refuse to need more than this (default: 80% of what there is)")
        ->type_name("SIZE")
        ->transform(CLI::Validator{size_fault, {}});
    parser
        .add_option("--isa", options.asked_isa,
                    "Instructions to use: best, scalar, avx2, avx512; all give the same results")
        ->type_name("NAME");
}

}  // namespace segue::program
