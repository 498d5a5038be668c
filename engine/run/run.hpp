/// \file
/// A scenario run to its end: every replicate of every neighbourhood, on as many threads as asked, into one file that
/// is whole or not there.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/isa.hpp"
#include "engine/day/self_checks.hpp"
#include "engine/day/world.hpp"
#include "engine/results/list_trend.hpp"
#include "engine/results/results.hpp"
#include "engine/run/tasks.hpp"

namespace segue::run {

struct Options {
    std::string path;  ///< of the results file; its folder must exist
    int threads{1};
    Isa isa{Isa::scalar};
    bool resume{false};                 ///< take up parts that an earlier run of the same scenario left
    bool force{false};                  ///< replace an existing file of another scenario
    bool keep_events{false};            ///< write every record too; for one replicate
    std::size_t memory_limit_bytes{0};  ///< 0: none
    std::vector<std::pair<std::string, std::string>>
        machine;                                 ///< provenance that only the caller knows: host, time, versions
    std::function<double()> thread_cpu_seconds;  ///< for the profile; may be empty
    std::function<void(day::Audit&)> spoil;      ///< for tests of the self-checks: changes an audit before it is judged
};

struct Summary {
    std::string path;  ///< what was written
    std::string digest;
    bool finished{true};    ///< false: stopped when asked; run again with resume
    bool was_there{false};  ///< the same results stood there already: nothing was run
    std::int64_t replicates_run{0};
    double person_years{0};  ///< simulated, warm-up included
    std::int64_t events{0};
    double loop_cpu_seconds{0};
    double synthesis_cpu_seconds{0};
    ListTrends lists;  ///< over all replicates of what was written; none where the run was stopped
    std::vector<day::SelfCheck> failed_checks;
};

/// Runs, writes, and sums up. Throws an IoError when the world does not let it, a ScenarioError when what is asked
/// cannot be (memory, a file in the way). A failed self-check does not throw: the summary names it, and the results
/// stand in a file named *.failed.h5.
[[nodiscard]] Summary run(const day::World& world, const Options& options, Observer& observer);

/// One replicate in memory, for comparisons, benchmarks and tests: no file is touched.
[[nodiscard]] Results run_in_memory(const day::World& world, std::int64_t replicate, int threads, Isa isa);

/// Person-days of one replicate, warm-up included, as far as the size of the lists tells.
[[nodiscard]] double person_days(const day::World& world);

/// How large a run will be, before it is begun.
struct Estimate {
    double person_years{0};       ///< warm-up included
    std::size_t memory_bytes{0};  ///< at its peak, on so many threads
    std::size_t file_bytes{0};    ///< before compression
    double seconds{0};            ///< at the speed of `nanoseconds_per_person_year`
};
[[nodiscard]] Estimate estimate(const day::World& world, int threads, double nanoseconds_per_person_year);

/// Throws a ScenarioError where worlds that each thread runs side by side need more memory than this. 0: no limit.
/// \param more_bytes_per_person what the caller keeps beside a run's own
void check_memory(const std::vector<const day::World*>& side_by_side, std::size_t more_bytes_per_person, int threads,
                  std::size_t limit_bytes);

}  // namespace segue::run
