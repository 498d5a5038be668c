#include "engine/program/program.hpp"

#include <new>
#include <system_error>

#include <gtest/gtest.h>

#include "engine/core/contracts.hpp"
#include "engine/core/errors.hpp"

namespace segue::program {
namespace {

/// What `guarded` makes of a failure.
struct Told {
    ExitCode code;
    std::string lines;
};
template <class Error>
Told told_of(const Error& error) {
    Told told{ExitCode::done, {}};
    told.code = guarded([&]() -> ExitCode { throw error; }, [&](std::string_view lines) { told.lines = lines; });
    return told;
}

TEST(Failures, OfTheReaderAreBadInputAndToldWithEveryLine) {
    const Told told =
        told_of(ScenarioError{{{{"a.toml", 1, 2}, "x is 1", "2", ""}, {{"a.toml", 3, 4}, "y is 5", "6", ""}}});
    EXPECT_EQ(told.code, ExitCode::bad_input);
    EXPECT_EQ(told.lines, "a.toml:1:2: x is 1; expected 2\na.toml:3:4: y is 5; expected 6");
    EXPECT_EQ(told_of(BadInput{"no date"}).code, ExitCode::bad_input);
}

TEST(Failures, OfTheWorldAreFailuresWhileRunning) {
    const Told told = told_of(IoError{"a.h5", "No space left on device"});
    EXPECT_EQ(told.code, ExitCode::failed);
    EXPECT_EQ(told.lines, "a.h5: No space left on device");
}

TEST(Failures, OfMemoryComeWithAdvice) {
    const Told told = told_of(std::bad_alloc{});
    EXPECT_EQ(told.code, ExitCode::failed);
    EXPECT_NE(told.lines.find("--threads"), std::string::npos);
}

TEST(Failures, OfThreadsComeWithAdvice) {
    const auto error = [](std::errc code) { return std::system_error{std::make_error_code(code)}; };
    const Told told = told_of(error(std::errc::resource_unavailable_try_again));
    EXPECT_EQ(told.code, ExitCode::failed);
    EXPECT_NE(told.lines.find("--threads"), std::string::npos);
    EXPECT_EQ(told_of(error(std::errc::io_error)).lines, "failed: Input/output error");
}

TEST(Failures, OfOurOwnAreOwnedUpTo) {
    const Told told = told_of(ContractError{"book.cpp:3: promise broken"});
    EXPECT_EQ(told.code, ExitCode::failed);
    EXPECT_EQ(told.lines, "a mistake in Segue itself: book.cpp:3: promise broken");
}

}  // namespace
}  // namespace segue::program
