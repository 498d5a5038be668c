/// \file
/// What this process may use of its machine, and what the machine is.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace segue::program {

/// Limits that a control group sets (version 1 or 2), or none. `root` is where groups are mounted, `membership` the text
/// of /proc/self/cgroup.
struct GroupLimits {
    std::optional<double> cpus;
    std::optional<double> memory_bytes;
};
[[nodiscard]] GroupLimits group_limits(const std::string& root, const std::string& membership);

/// CPUs that this process may use: the least of its affinity, its control group's share and SLURM_CPUS_PER_TASK; at least 1.
[[nodiscard]] int usable_cpus();

/// Memory of the machine, or of the control group where that is less. [bytes]
[[nodiscard]] std::size_t usable_memory_bytes();

/// CPU time that this thread has used. [s]
[[nodiscard]] double thread_cpu_seconds();

/// A word of a command line without folders, which say where somebody keeps their files: "data.life_table=b.csv" for
/// "data.life_table=a/b.csv".
[[nodiscard]] std::string without_folders(const std::string& word);

/// Provenance that only the program knows: host, processor, time, versions, commit, the command without its folders.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> machine(const std::vector<std::string>& command);

}  // namespace segue::program
