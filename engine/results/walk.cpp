#include "engine/results/walk.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "engine/core/errors.hpp"
#include "engine/results/hdf5.hpp"

namespace segue {
namespace {

constexpr rlim_t base_memory = rlim_t{1} << 30U;  // [bytes]
constexpr rlim_t best_deflate = 1100;             // deflate never packs more than 1032 bytes into one

/// Address space of this process. [bytes] Read from the system, for a sanitizer's build has reserved terabytes.
rlim_t address_space() {
    rlim_t pages = 0;
    std::ifstream{"/proc/self/statm"} >> pages;
    return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

void limit(__rlimit_resource resource, rlim_t amount) {
    struct rlimit now {};
    if (::getrlimit(resource, &now) != 0) return;
    now.rlim_cur = std::min(amount, now.rlim_max);
    ::setrlimit(resource, &now);
}

void limit_child(std::size_t bytes) {
    limit(RLIMIT_CPU, 10 + bytes / 1'000'000);
    limit(RLIMIT_AS, address_space() + base_memory + best_deflate * bytes);
    limit(RLIMIT_CORE, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // A handler of the program's own has no business in the child.
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGILL, SIGINT, SIGTERM, SIGUSR1, SIGXCPU}) {
        ::signal(signal, SIG_DFL);
    }
}

/// What dies may cry out (the C library does, over a damaged heap); the reader is told one line, by the parent.
void fall_silent() {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) return;
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
}

void say(int pipe, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(pipe, text.data(), text.size());
        if (written < 0 && errno != EINTR) return;
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
}

/// The child's whole life. It leaves without the parent's farewells: no destructors, no flushing.
[[noreturn]] void read_and_report(int pipe, std::span<const std::byte> image) {
    fall_silent();
    limit_child(image.size());
    try {
        static_cast<void>(from_image(image));
        ::_exit(0);
    } catch (const std::bad_alloc&) {
        say(pipe, "is damaged: it asks for more memory than it could fill");
    } catch (const std::exception& error) {
        say(pipe, error.what());
    }
    ::_exit(1);
}

std::string hear(int pipe) {
    std::string text;
    std::array<char, 4096> buffer{};
    for (;;) {
        const ssize_t got = ::read(pipe, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return text;
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return -1;
    }
    return status;
}

/// HDF5's words for common damage, in ours.
std::string in_plain_words(const std::string& said) {
    if (said.find("truncated file") != std::string::npos) return "is truncated: the end of the file is missing";
    if (said.find("file signature not found") != std::string::npos) return "is not a Segue results file";
    if (said.starts_with("opening")) return "is damaged: " + said;
    return said;
}

std::string verdict(int status, const std::string& said) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) return "is damaged: reading it does not end";
    if (WIFSIGNALED(status)) return fmt::format("is damaged: reading it crashed ({})", ::strsignal(WTERMSIG(status)));
    return in_plain_words(said.empty() ? "is damaged" : said);
}

void expect_signature(const std::string& path, std::span<const std::byte> image) {
    constexpr std::string_view signature{"\x89HDF\r\n\x1a\n"};
    if (image.empty()) throw IoError{path, "is empty, not a Segue results file"};
    if (image.size() < signature.size() || std::memcmp(image.data(), signature.data(), signature.size()) != 0) {
        throw IoError{path, "is not a Segue results file (it is not HDF5)"};
    }
}

}  // namespace

void walk(const std::string& path, std::span<const std::byte> image) {
    expect_signature(path, image);
    const Hdf5Session session;  // no other thread may be inside HDF5 when the child is copied
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw IoError{path, "cannot check: " + std::generic_category().message(errno)};
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        read_and_report(ends[1], image);
    }
    const int error = errno;
    ::close(ends[1]);
    const std::string said = child > 0 ? hear(ends[0]) : std::string{};
    ::close(ends[0]);
    if (child < 0) throw IoError{path, "cannot check: " + std::generic_category().message(error)};
    const std::string complaint = verdict(wait_for(child), said);
    if (!complaint.empty()) throw IoError{path, complaint};
}

}  // namespace segue
