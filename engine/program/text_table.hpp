/// \file
/// Columns that line up.
#pragma once
#include <string>
#include <vector>

namespace segue::program {

/// Rows of cells; the first column stands left, the others right (numbers) or left (words).
class TextTable {
public:
    enum class Align { numbers, words };
    explicit TextTable(Align align) : align_{align} {}

    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    /// A line of its own, which no column's width follows.
    void add_heading(std::string text) { rows_.push_back({std::move(text)}); }

    /// Each line begins with so many spaces and ends without any.
    [[nodiscard]] std::string text(std::size_t indent = 0) const;

private:
    Align align_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace segue::program
