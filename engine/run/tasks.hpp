/// \file
/// Tasks on threads, and the one observer that they tell.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>

namespace segue::run {

/// What a run tells while it goes on, and what it asks. Called from several threads, one at a time.
class Observer {
public:
    virtual ~Observer() = default;
    /// `done` of `all` person-days, warm-up included.
    virtual void progressed(double done, double all) = 0;
    /// True stops the run at a good place: what is finished is kept.
    [[nodiscard]] virtual bool asks_to_stop() = 0;
};

/// The observer, asked and told by one thread at a time.
class Teller {
public:
    /// \param all person-days that are to be simulated
    Teller(Observer& observer, double all) : observer_{observer}, all_{all} {}
    /// Says that so many more person-days are to be simulated.
    void expect(double more);
    /// Adds what was simulated since; false when all are to stop.
    [[nodiscard]] bool keep_going(std::int64_t person_days);
    [[nodiscard]] bool stopped() const noexcept { return stopped_; }

private:
    Observer& observer_;
    std::mutex mutex_;
    double all_;
    double done_{0};
    std::atomic<bool> stopped_{false};
};

/// Does task 0 to `count` - 1, so many at a time, in no order that anything may depend on. Throws what a task threw.
void on_threads(int threads, std::size_t count, const std::function<void(std::size_t task)>& task);

}  // namespace segue::run
