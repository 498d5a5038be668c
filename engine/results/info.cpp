#include "engine/results/info.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "engine/results/digest.hpp"
#include "engine/results/same.hpp"
#include "engine/results/soundness.hpp"

namespace segue {
namespace {

constexpr std::size_t shortest_long_text = 200;  // [bytes] a longer text, or one of several lines, is told by its size
constexpr std::array type_names{"int32", "int64", "float64"};

bool is_short(const std::string& text) noexcept {
    return text.size() < shortest_long_text && text.find('\n') == std::string::npos;
}

const char* type_name(const Variable& variable) noexcept { return type_names[variable.values.index()]; }

std::string extent(const Axis& axis) {
    if (axis.size() == 0) return "nothing";
    if (!axis.labels.empty()) return fmt::format("{}", fmt::join(axis.labels, ", "));
    const std::string first = coordinate(axis, 0);
    return axis.size() == 1 ? first : first + " to " + coordinate(axis, axis.size() - 1);
}

std::string axis_lines(const Results& results) {
    std::string text = "axes\n";
    for (const Axis& axis : results.axes) {
        text += fmt::format("  {:<20} {:>6}  {}: {}\n", axis.name, axis.size(), axis.long_name, extent(axis));
    }
    return text;
}

std::string variable_lines(const Results& results) {
    std::string text = "variables\n";
    for (const Variable& variable : results.variables) {
        text += fmt::format("  {:<28} {:<7} ({}) [{}]  {}\n", variable.name, type_name(variable),
                            fmt::join(variable.dimensions, ", "), variable.units, variable.long_name);
    }
    return text;
}

std::string provenance_lines(const Provenance& provenance) {
    std::string text = "provenance\n";
    for (const auto& [name, value] : provenance.texts) {
        text += fmt::format("  {:<20} {}\n", name, is_short(value) ? value : fmt::format("{} bytes", value.size()));
    }
    return text;
}

nlohmann::ordered_json json_of(const Attributes& attributes) {
    auto object = nlohmann::ordered_json::object();
    for (const auto& [name, value] : attributes) object[name] = value;
    return object;
}

nlohmann::ordered_json json_of(const Axis& axis) {
    nlohmann::ordered_json object{
        {"name", axis.name}, {"size", axis.size()}, {"units", axis.units}, {"long_name", axis.long_name}};
    auto values = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < axis.size(); ++i) {
        const bool is_number = axis.labels.empty() && axis.bounds.empty();
        values.push_back(is_number ? nlohmann::ordered_json(axis.numbers[i])
                                   : nlohmann::ordered_json(coordinate(axis, i)));
    }
    object["values"] = std::move(values);
    return object;
}

nlohmann::ordered_json json_of(const Variable& variable) {
    return {{"name", variable.name},   {"type", type_name(variable)},     {"dimensions", variable.dimensions},
            {"units", variable.units}, {"long_name", variable.long_name}, {"attributes", json_of(variable.attributes)}};
}

template <class One>
nlohmann::ordered_json json_of(const std::vector<One>& list) {
    auto array = nlohmann::ordered_json::array();
    for (const One& one : list) array.push_back(json_of(one));
    return array;
}

nlohmann::ordered_json json_of(const Provenance& provenance) {
    auto object = nlohmann::ordered_json::object();
    for (const auto& [name, text] : provenance.texts) {
        object[name] = is_short(text) ? nlohmann::ordered_json(text) : nlohmann::ordered_json{{"bytes", text.size()}};
    }
    return object;
}

}  // namespace

std::string info(const Results& results, const std::string& name) {
    std::string text = name + '\n';
    for (const auto& [attribute, value] : file_attributes(results)) text += fmt::format("{}: {}\n", attribute, value);
    text += fmt::format("digest: {}\n\n", digest(results));
    return text + axis_lines(results) + '\n' + variable_lines(results) + '\n' + provenance_lines(results.provenance);
}

std::string info_json(const Results& results, const std::string& name) {
    const nlohmann::ordered_json object{{"file", name},
                                        {"attributes", json_of(file_attributes(results))},
                                        {"digest", digest(results)},
                                        {"axes", json_of(results.axes)},
                                        {"variables", json_of(results.variables)},
                                        {"provenance", json_of(results.provenance)}};
    return object.dump(2) + '\n';
}

}  // namespace segue
