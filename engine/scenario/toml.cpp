// Compiled with NDEBUG whatever the build: toml++ 3.3 stops the program by assertion on input such as "[" and a line end.
#include "engine/scenario/toml.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "engine/parameters/declaration.hpp"
#include "engine/scenario/gate.hpp"

namespace segue {
namespace {

class Conversion {
public:
    Conversion(const std::string& file, Problems& problems) : file_{file}, problems_{problems} {}

    TomlTable table(const toml::table& source) {
        TomlTable fields;
        for (const auto& [key, node] : source) {
            fields.push_back({std::string{key.str()}, at(key.source()), convert(node)});
        }
        std::stable_sort(fields.begin(), fields.end(), [](const TomlField& a, const TomlField& b) {
            return std::pair{a.place.line, a.place.column} < std::pair{b.place.line, b.place.column};
        });
        return fields;
    }

    Place at(const toml::source_region& region) const {
        return {file_, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
    }

private:
    TomlNode convert(const toml::node& node) {
        TomlNode made{at(node.source()), {}};
        node.visit([&](const auto& source) { fill(made, source); });
        return made;
    }

    void fill(TomlNode& made, const toml::table& source) { made.value = table(source); }
    void fill(TomlNode& made, const toml::array& source) {
        TomlList items;
        for (const toml::node& item : source) items.push_back(convert(item));
        made.value = std::move(items);
    }
    void fill(TomlNode& made, const toml::value<bool>& source) { made.value = source.get(); }
    void fill(TomlNode& made, const toml::value<std::int64_t>& source) { made.value = source.get(); }
    void fill(TomlNode& made, const toml::value<std::string>& source) { made.value = source.get(); }
    void fill(TomlNode& made, const toml::value<double>& source) {
        if (!std::isfinite(source.get())) {
            problems_.add(made.place, fmt::format("the number is {}", source.get())).expected("a finite number");
        }
        made.value = std::isfinite(source.get()) ? source.get() : 0.0;
    }
    void fill(TomlNode& made, const toml::value<toml::date>& source) {
        made.value = Date{source.get().year, source.get().month, source.get().day};
    }
    void fill(TomlNode& made, const toml::value<toml::time>&) { made.value = TomlOther{"a time"}; }
    void fill(TomlNode& made, const toml::value<toml::date_time>&) { made.value = TomlOther{"a date with a time"}; }

    const std::string& file_;
    Problems& problems_;
};

struct Show {
    std::string operator()(const TomlOther& other) const { return other.what; }
    std::string operator()(const TomlList& list) const { return list.empty() ? "an empty list" : "a list"; }
    std::string operator()(const TomlTable&) const { return "a table"; }
    template <class T>
    std::string operator()(const T& scalar) const {
        return to_string(Value{scalar});
    }
};

}  // namespace

std::optional<TomlTable> parse_toml_bytes(const std::string& file, std::string_view bytes, Problems& problems) {
    bytes = without_byte_order_mark(bytes);
    if (bytes.size() > most_toml_bytes) {
        problems.add({file, 0, 0}, fmt::format("has {} bytes", bytes.size()))
            .expected(fmt::format("at most {}", most_toml_bytes));
        return std::nullopt;
    }
    if (!is_clean_text(file, bytes, most_toml_line_bytes, problems)) return std::nullopt;
    if (!is_safe_toml(file, bytes, problems)) return std::nullopt;
    Conversion conversion{file, problems};
    const std::size_t before = problems.all().size();
    try {
        const toml::table document = toml::parse(bytes, std::string_view{});
        TomlTable fields = conversion.table(document);
        if (problems.all().size() > before) return std::nullopt;
        return fields;
    } catch (const toml::parse_error& error) {
        problems.add(conversion.at(error.source()), fmt::format("this is not TOML: {}", error.description()));
        return std::nullopt;
    }
}

std::string shortened(std::string text, std::size_t most) {
    if (text.size() <= most) return text;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + "...";
}

std::string shown(const TomlNode& node) { return shortened(std::visit(Show{}, node.value)); }

}  // namespace segue
