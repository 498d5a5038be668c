#include "engine/program/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include <fmt/format.h>

#include "engine/core/quantity.hpp"
#include "engine/program/words.hpp"

namespace segue::program {
namespace {

constexpr auto between_lines = std::chrono::seconds{10};
constexpr auto between_draws = std::chrono::milliseconds{100};
constexpr std::size_t bar_width = 24;
constexpr const char* erase_line = "\r\x1b[K";

}  // namespace

std::string progress_text(double done_days, double all_days, double seconds) {
    const double share = all_days > 0 ? std::min(done_days / all_days, 1.0) : 1.0;
    const double rate = seconds > 0 ? done_days / days_per_year / seconds : 0;
    std::string text = fmt::format("{:.0f}%, {} person-years a second", std::min(share * 100, 100.0), grouped(rate));
    if (share > 0 && share < 1) text += fmt::format(", {} left", duration(seconds * (1 - share) / share));
    return text;
}

Progress::Progress(Console& console, const StopListener& stop)
    : console_{console}, stop_{stop}, draws_{!console.quiet() && isatty(STDERR_FILENO) == 1} {}

Progress::~Progress() {
    if (drawn_) std::fputs(erase_line, stderr);
}

void Progress::progressed(double done, double all) {
    const auto now = Clock::now();
    const double seconds = std::chrono::duration<double>(now - began_).count();
    if (draws_ ? now - last_ < between_draws : now - last_ < between_lines) return;
    last_ = now;
    if (draws_) {
        draw(done, all, seconds);
    } else {
        say(done, all, seconds);
    }
}

void Progress::draw(double done, double all, double seconds) {
    const auto filled = static_cast<std::size_t>(std::min(done / all, 1.0) * static_cast<double>(bar_width));
    fmt::print(stderr, "{}[{}{}] {}", erase_line, std::string(filled, '#'), std::string(bar_width - filled, '-'),
               progress_text(done, all, seconds));
    std::fflush(stderr);
    drawn_ = true;
}

void Progress::say(double done, double all, double seconds) { console_.note(progress_text(done, all, seconds)); }

}  // namespace segue::program
