/// \file
/// Where the program's lines go: results and tables to standard output, everything else to standard error, all of it to
/// the log when there is one.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace spdlog {
class logger;
}

namespace segue::program {

/// Throws BadInput when the folder of `path`, which `option` gave, is not there: no folder is made by a slip.
void require_folder(const std::string& option, const std::string& path);

/// What every command may be told.
struct CommonOptions {
    bool quiet{false};
    bool json{false};
    std::string log;  ///< path of a log file; empty: none
};

class Console {
public:
    /// Throws BadInput when the log cannot be opened or its folder is not there.
    explicit Console(const CommonOptions& options);

    /// Results: always shown. `text` ends with a newline. Throws an IoError when standard output takes no more.
    void result(std::string_view text);
    /// The same, left out with --quiet.
    void remark(std::string_view text);
    /// One line on standard error, left out with --quiet.
    void note(std::string_view line);
    /// Lines on standard error that must be seen.
    void fault(std::string_view lines);
    /// Only to the log.
    void record(std::string_view line);

    [[nodiscard]] bool quiet() const noexcept { return options_.quiet; }
    [[nodiscard]] bool json() const noexcept { return options_.json; }

private:
    CommonOptions options_;
    std::shared_ptr<spdlog::logger> log_;
};

}  // namespace segue::program
