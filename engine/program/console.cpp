#include "engine/program/console.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/spdlog.h>

#include "engine/core/errors.hpp"
#include "engine/program/exit_code.hpp"

namespace segue::program {
namespace {

std::string_view without_end(std::string_view text) {
    while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    return text;
}

/// A log that fails later, on a full disk, must not end what it reports on.
std::shared_ptr<spdlog::logger> open_log(const std::string& path) {
    if (path.empty()) return nullptr;
    require_folder("--log", path);
    try {
        auto log = std::make_shared<spdlog::logger>("segue", std::make_shared<spdlog::sinks::basic_file_sink_mt>(path));
        log->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
        log->flush_on(spdlog::level::info);
        log->set_error_handler([](const std::string&) {});
        return log;
    } catch (const spdlog::spdlog_ex& error) {
        throw BadInput{fmt::format("--log {}: {}", path, error.what())};
    }
}

}  // namespace

void require_folder(const std::string& option, const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path{path}.parent_path();
    std::error_code error;
    if (folder.empty() || std::filesystem::is_directory(folder, error)) return;
    throw BadInput{fmt::format("{} {}: there is no folder {}; make it first", option, path, folder.string())};
}

Console::Console(const CommonOptions& options) : options_{options}, log_{open_log(options.log)} {}

void Console::result(std::string_view text) {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!written) throw IoError{"standard output", std::strerror(errno)};
    record(text);
}

void Console::remark(std::string_view text) {
    if (!options_.quiet) result(text);
}

void Console::note(std::string_view line) {
    if (!options_.quiet) fmt::print(stderr, "{}\n", line);
    record(line);
}

void Console::fault(std::string_view lines) {
    fmt::print(stderr, "{}\n", without_end(lines));
    if (log_) log_->error("{}", without_end(lines));
}

void Console::record(std::string_view line) {
    if (log_) log_->info("{}", without_end(line));
}

}  // namespace segue::program
