#include "engine/program/resources.hpp"

#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <H5public.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <oneapi/tbb/version.h>

#include "engine/core/version.hpp"
#include "engine/program/commit.hpp"
#include "engine/scenario/units.hpp"

namespace segue::program {
namespace {

std::string text_of(const std::string& path) {
    std::ifstream file{path};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::optional<double> number_in(const std::string& path) {
    std::istringstream text{text_of(path)};
    double number = 0;
    if (text >> number && number > 0) return number;
    return std::nullopt;
}

void lower(std::optional<double>& limit, std::optional<double> other) {
    if (other && (!limit || *other < *limit)) limit = other;
}

/// Version 2: "max 100000" or "150000 100000".
std::optional<double> cpus_of_version_2(const std::string& path) {
    std::istringstream text{text_of(path)};
    double quota = 0;
    double period = 0;
    if (text >> quota >> period && quota > 0 && period > 0) return quota / period;
    return std::nullopt;
}

std::optional<double> cpus_of_version_1(const std::string& folder) {
    const auto quota = number_in(folder + "/cpu.cfs_quota_us");
    const auto period = number_in(folder + "/cpu.cfs_period_us");
    if (quota && period) return *quota / *period;
    return std::nullopt;
}

/// "/a/b": itself, "/a" and "" (the mount's own root, which is all that a container sees of its group).
std::vector<std::string> and_those_above(std::string group) {
    std::vector<std::string> groups;
    while (!group.empty() && group != "/") {
        groups.push_back(group);
        group.erase(group.rfind('/'));
    }
    groups.emplace_back();
    return groups;
}

bool names(const std::string& controllers, const std::string& one) {
    return ("," + controllers + ",").find("," + one + ",") != std::string::npos;
}

std::string processor() {
    std::ifstream file{"/proc/cpuinfo"};
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("model name")) return line.substr(std::min(line.find(':') + 2, line.size()));
    }
    return "unknown";
}

std::string now_utc() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                       parts.tm_hour, parts.tm_min, parts.tm_sec);
}

/// Names of files are enough to know which were meant.
std::string command_text(const std::vector<std::string>& command) {
    std::vector<std::string> names;
    names.reserve(command.size());
    for (const std::string& word : command) names.push_back(without_folders(word));
    return fmt::format("{}", fmt::join(names, " "));
}

int affinity_cpus() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
    return static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN));
}

}  // namespace

std::string without_folders(const std::string& word) {
    const std::size_t start = word.find('=') + 1;  // 0 where there is none
    const std::string value = word.substr(start);
    // A rate such as "0.5 1/a" is no path.
    if (find_unit(value.substr(std::min(value.find(' ') + 1, value.size())))) return word;
    return word.substr(0, start) + std::filesystem::path{value}.filename().string();
}

GroupLimits group_limits(const std::string& root, const std::string& membership) {
    GroupLimits limits;
    std::istringstream lines{membership};
    for (std::string line; std::getline(lines, line);) {
        const std::size_t first = line.find(':');
        const std::size_t second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos) continue;
        const std::string controllers = line.substr(first + 1, second - first - 1);
        for (const std::string& group : and_those_above(line.substr(second + 1))) {
            if (controllers.empty()) {
                const std::string folder = root + group;
                lower(limits.cpus, cpus_of_version_2(folder + "/cpu.max"));
                lower(limits.memory_bytes, number_in(folder + "/memory.max"));
            }
            if (names(controllers, "cpu")) lower(limits.cpus, cpus_of_version_1(fmt::format("{}/cpu{}", root, group)));
            if (names(controllers, "memory")) {
                lower(limits.memory_bytes, number_in(fmt::format("{}/memory{}/memory.limit_in_bytes", root, group)));
            }
        }
    }
    return limits;
}

int usable_cpus() {
    int cpus = affinity_cpus();
    if (const auto share = group_limits("/sys/fs/cgroup", text_of("/proc/self/cgroup")).cpus) {
        cpus = std::min(cpus, static_cast<int>(std::min(*share, 1e6)));
    }
    if (const char* slurm = std::getenv("SLURM_CPUS_PER_TASK")) {
        const int allotted = std::atoi(slurm);
        if (allotted > 0) cpus = std::min(cpus, allotted);
    }
    return std::max(cpus, 1);
}

std::size_t usable_memory_bytes() {
    const double machine = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
    const auto group = group_limits("/sys/fs/cgroup", text_of("/proc/self/cgroup")).memory_bytes;
    return static_cast<std::size_t>(std::min(machine, group.value_or(machine)));
}

double thread_cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::vector<std::pair<std::string, std::string>> machine(const std::vector<std::string>& command) {
    utsname system{};
    uname(&system);
    return {{"command", command_text(command)},
            {"started", now_utc()},
            {"commit", std::string{commit()}},
            {"machine/host", system.nodename},
            {"machine/system", fmt::format("{} {}", system.sysname, system.release)},
            {"machine/processor", processor()},
            {"machine/compiler", __VERSION__},
            {"machine/libraries", fmt::format("HDF5 {}.{}.{}, oneTBB {}, fmt {}", H5_VERS_MAJOR, H5_VERS_MINOR,
                                              H5_VERS_RELEASE, TBB_runtime_version(), FMT_VERSION)}};
}

}  // namespace segue::program
