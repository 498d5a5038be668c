#include "engine/program/text_table.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace segue::program {
namespace {

/// Characters that a terminal shows; ours are one column wide each.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(const std::string& text, std::size_t width, bool left) {
    const std::string space(width - std::min(width, width_of(text)), ' ');
    return left ? text + space : space + text;
}

}  // namespace

std::string TextTable::text(std::size_t indent) const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows_) {
        if (row.size() < 2) continue;
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
    }
    std::string all_lines;
    for (const auto& row : rows_) {
        std::string line(indent, ' ');
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) line += "  ";
            line += row.size() < 2 ? row[i] : padded(row[i], widths[i], i == 0 || align_ == Align::words);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        all_lines += line + '\n';
    }
    return all_lines;
}

}  // namespace segue::program
