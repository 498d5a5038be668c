/// \file
/// CPU time of this thread, for benchmarks that leave out what is made before.
#pragma once
#include <ctime>

namespace segue::bench {

[[nodiscard]] inline double thread_cpu_seconds() noexcept {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace segue::bench
