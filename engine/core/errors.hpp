/// \file
/// What can be wrong, and whose it is: the reader's mistakes are a ScenarioError with every problem at once, the
/// world's are an IoError, our own are a ContractError.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

/// A place in an input. Line and column count from 1; 0 means that the whole file (or the command line) is meant.
struct Place {
    std::string file;
    int line{0};
    int column{0};
    friend bool operator==(const Place&, const Place&) = default;
};

enum class Severity { error, warning };

struct Problem {
    Place place;
    std::string what;      ///< what is wrong: "book.contact_minutes is 36000"
    std::string expected;  ///< what was expected: "5 to 180 min"; may be empty
    std::string advice;    ///< what to try: "did you mean \"25 min\"?"; may be empty
    Severity severity{Severity::error};
};

/// `file:line:column: what; expected ...; advice`, on one line: control characters are shown escaped.
[[nodiscard]] std::string to_string(const Problem& problem);

/// The input is at fault; `what()` is every problem, one a line, in the order of the files.
class ScenarioError : public std::runtime_error {
public:
    explicit ScenarioError(std::vector<Problem> problems);
    [[nodiscard]] const std::vector<Problem>& problems() const noexcept { return problems_; }

private:
    std::vector<Problem> problems_;
};

/// The world is at fault: a path and what the system said.
class IoError : public std::runtime_error {
public:
    IoError(std::string_view path, std::string_view what);
};

/// Collects problems while a file is read, so that all are reported at once.
class Problems {
public:
    /// Fills the rest of a problem: `problems.add(place, what).expected(...).advice(...)`.
    class Entry {
    public:
        Entry(std::vector<Problem>& all, std::size_t position) : all_{all}, position_{position} {}
        Entry& expected(std::string text) {
            all_[position_].expected = std::move(text);
            return *this;
        }
        Entry& advice(std::string text) {
            all_[position_].advice = std::move(text);
            return *this;
        }

    private:
        std::vector<Problem>& all_;
        std::size_t position_;
    };

    Entry add(Place place, std::string what, Severity severity = Severity::error);
    void add(Problem problem) { problems_.push_back(std::move(problem)); }
    Entry warn(Place place, std::string what) { return add(std::move(place), std::move(what), Severity::warning); }
    [[nodiscard]] bool has_errors() const noexcept;
    [[nodiscard]] const std::vector<Problem>& all() const noexcept { return problems_; }
    void merge(const Problems& other);
    /// Throws a ScenarioError with every error, if there is one.
    void raise_if_any() const;

private:
    std::vector<Problem> problems_;
};

/// The candidate nearest to `word` by edits, when it is near enough to be a likely slip; else empty.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace segue
