#include "engine/run/tasks.hpp"

#include <algorithm>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

namespace segue::run {

void Teller::expect(double more) {
    const std::lock_guard lock{mutex_};
    all_ += more;
}

bool Teller::keep_going(std::int64_t person_days) {
    const std::lock_guard lock{mutex_};
    done_ += static_cast<double>(person_days);
    observer_.progressed(done_, std::max(all_, done_));
    stopped_ = stopped_ || observer_.asks_to_stop();
    return !stopped_;
}

void on_threads(int threads, std::size_t count, const std::function<void(std::size_t)>& task) {
    const int at_once = std::max(threads, 1);
    // oneTBB warns on standard error of more threads than CPUs, unless they were allowed first.
    const tbb::global_control allowed{tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(at_once)};
    tbb::task_arena arena{at_once};
    arena.execute([&] { tbb::parallel_for(std::size_t{0}, count, task); });
}

}  // namespace segue::run
