#include "engine/program/stop.hpp"

#include <unistd.h>

#include <array>
#include <csignal>

namespace segue::program {
namespace {

// A signal handler reaches nothing but globals.
volatile std::sig_atomic_t signal_that_came = 0;
constexpr std::array heard{SIGINT, SIGTERM};

extern "C" void note_signal(int signal) {
    if (signal_that_came != 0) _exit(128 + signal);
    signal_that_came = signal;
}

void on_signals(void (*handler)(int)) noexcept {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    for (const int signal : heard) sigaction(signal, &action, nullptr);
}

}  // namespace

StopListener::StopListener() noexcept {
    signal_that_came = 0;
    on_signals(note_signal);
}

StopListener::~StopListener() { on_signals(SIG_DFL); }

int StopListener::came() const noexcept { return signal_that_came; }

ExitCode StopListener::exit_code() const noexcept {
    return signal_that_came == SIGTERM ? ExitCode::terminated : ExitCode::interrupted;
}

}  // namespace segue::program
