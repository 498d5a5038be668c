/// \file
/// How far a run is: a bar where standard error is a terminal, else a plain line now and then.
#pragma once
#include <chrono>

#include "engine/program/console.hpp"
#include "engine/program/stop.hpp"
#include "engine/run/run.hpp"

namespace segue::program {

class Progress : public run::Observer {
public:
    Progress(Console& console, const StopListener& stop);
    ~Progress() override;
    Progress(const Progress&) = delete;
    Progress(Progress&&) = delete;
    Progress& operator=(const Progress&) = delete;
    Progress& operator=(Progress&&) = delete;

    void progressed(double done, double all) override;
    [[nodiscard]] bool asks_to_stop() override { return stop_.came() != 0; }

private:
    using Clock = std::chrono::steady_clock;
    void draw(double done, double all, double seconds);
    void say(double done, double all, double seconds);

    Console& console_;
    const StopListener& stop_;
    bool draws_;
    bool drawn_{false};
    Clock::time_point began_{Clock::now()};
    Clock::time_point last_{began_};
};

/// "42%, 12,300 person-years a second, 20 s left". Days are of people.
[[nodiscard]] std::string progress_text(double done_days, double all_days, double seconds);

}  // namespace segue::program
