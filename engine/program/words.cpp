#include "engine/program/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace segue::program {

std::string grouped(double number, int decimals) {
    const std::string plain = fmt::format("{:.{}f}", std::abs(number), decimals);
    const std::size_t whole = std::min(plain.find('.'), plain.size());
    const bool shows_something = plain.find_first_not_of("0.") != std::string::npos;
    std::string text = number < 0 && shows_something ? "-" : "";
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0) text += ',';
        text += plain[i];
    }
    return text;
}

std::string counted(std::size_t number, std::string_view noun) {
    return fmt::format("{} {}{}", grouped(static_cast<double>(number)), noun, number == 1 ? "" : "s");
}

std::string people_text(double people) { return is_too_few(people) ? "<" + grouped(fewest_told) : grouped(people); }

std::string bytes_text(double bytes) {
    constexpr std::array units{"bytes", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    while (bytes >= 1000 && unit + 1 < units.size()) {
        bytes /= 1000;
        ++unit;
    }
    return fmt::format("{:.{}f} {}", bytes, unit == 0 ? 0 : 1, units[unit]);
}

std::string duration(double seconds) {
    if (seconds < 9.95) return fmt::format("{:.1f} s", std::max(seconds, 0.0));
    const auto whole = static_cast<long long>(std::llround(std::min(seconds, 1e12)));
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
    return fmt::format("{} h {} min", grouped(static_cast<double>(whole / 3600)), whole % 3600 / 60);
}

std::string spaced(std::string_view word) {
    std::string text;
    while (!word.empty()) {
        const std::string_view one = word.substr(0, word.find('_'));
        word.remove_prefix(std::min(word.size(), one.size() + 1));
        if (!text.empty()) text += ' ';
        text += one == "gp" ? "GP" : one == "nhs" ? "NHS" : one == "ae" ? "A&E" : one;
    }
    return text;
}

}  // namespace segue::program
