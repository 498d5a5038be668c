#include "engine/parameters/declaration.hpp"

#include <fmt/format.h>

namespace segue {
namespace {

std::string quoted(const std::string& text) {
    std::string shown = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            shown += '\\';
            shown += c;
        } else if (byte < 0x20 || byte == 0x7F) {
            shown += fmt::format("\\u{:04x}", byte);
        } else {
            shown += c;
        }
    }
    return shown + '"';
}

/// The shortest digits that read back as the same number, always with a point or an exponent.
std::string decimal(double number) {
    std::string shown = fmt::format("{}", number);
    if (shown.find_first_of(".en") == std::string::npos) shown += ".0";
    return shown;
}

template <class T, class Show>
std::string list(const std::vector<T>& items, Show show) {
    std::string shown = "[";
    for (const T& item : items) {
        if (shown.size() > 1) shown += ", ";
        shown += show(item);
    }
    return shown + "]";
}

struct Spell {
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(std::int64_t v) const { return fmt::format("{}", v); }
    std::string operator()(double v) const { return decimal(v); }
    std::string operator()(const std::string& v) const { return quoted(v); }
    std::string operator()(const Date& v) const { return to_string(v); }
    std::string operator()(const std::vector<double>& v) const { return list(v, decimal); }
    std::string operator()(const std::vector<std::string>& v) const { return list(v, quoted); }
};

}  // namespace

std::string to_string(const Value& value) { return std::visit(Spell{}, value); }

std::string to_string(const Uncertain& doubt) {
    switch (doubt.shape) {
        case Uncertain::Shape::uniform: return fmt::format("uniform {} to {}", doubt.low, doubt.high);
        case Uncertain::Shape::triangular:
            return fmt::format("triangular {}, {}, {}", doubt.low, doubt.mode, doubt.high);
        case Uncertain::Shape::normal: return fmt::format("normal, mean {}, sd {}", doubt.low, doubt.mode);
        case Uncertain::Shape::lognormal:
            return fmt::format("lognormal, mean {}, sd {} of the log", doubt.low, doubt.mode);
        default: return "none stated";
    }
}

}  // namespace segue
