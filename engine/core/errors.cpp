#include "engine/core/errors.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace segue {
namespace {

/// A message stays one line whatever the input held.
std::string on_one_line(std::string_view text) {
    std::string shown;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
            shown += fmt::format("\\x{:02x}", byte);
        } else {
            shown += c;
        }
    }
    return shown;
}

std::string joined(const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems) {
        if (!text.empty()) text += '\n';
        text += to_string(problem);
    }
    return text;
}

std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
        }
    }
    return row.back();
}

}  // namespace

std::string to_string(const Problem& problem) {
    std::string text = on_one_line(problem.place.file);
    if (problem.place.line > 0) text += fmt::format(":{}:{}", problem.place.line, problem.place.column);
    if (!text.empty()) text += ": ";
    if (problem.severity == Severity::warning) text += "warning: ";
    text += on_one_line(problem.what);
    if (!problem.expected.empty()) text += "; expected " + on_one_line(problem.expected);
    if (!problem.advice.empty()) text += "; " + on_one_line(problem.advice);
    return text;
}

ScenarioError::ScenarioError(std::vector<Problem> problems)
    : std::runtime_error{joined(problems)}, problems_{std::move(problems)} {}

IoError::IoError(std::string_view path, std::string_view what)
    : std::runtime_error{fmt::format("{}: {}", on_one_line(path), what)} {}

Problems::Entry Problems::add(Place place, std::string what, Severity severity) {
    problems_.push_back({std::move(place), std::move(what), {}, {}, severity});
    return Entry{problems_, problems_.size() - 1};
}

bool Problems::has_errors() const noexcept {
    return std::any_of(problems_.begin(), problems_.end(),
                       [](const Problem& problem) { return problem.severity == Severity::error; });
}

void Problems::merge(const Problems& other) {
    problems_.insert(problems_.end(), other.problems_.begin(), other.problems_.end());
}

void Problems::raise_if_any() const {
    std::vector<Problem> errors;
    std::copy_if(problems_.begin(), problems_.end(), std::back_inserter(errors),
                 [](const Problem& problem) { return problem.severity == Severity::error; });
    if (!errors.empty()) throw ScenarioError{std::move(errors)};
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    if (word.size() > 200) return {};
    std::string best;
    // Two slips at least, but a word that shares nothing with a candidate is no slip of it.
    std::size_t fewest = std::min(std::max<std::size_t>(2, word.size() / 3) + 1, std::max<std::size_t>(word.size(), 1));
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edits(word, candidate);
        if (distance < fewest) {
            fewest = distance;
            best = candidate;
        }
    }
    return best;
}

}  // namespace segue
