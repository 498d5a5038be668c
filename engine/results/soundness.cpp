#include "engine/results/soundness.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/core/version.hpp"

namespace segue {
namespace {

using Complaint = std::optional<std::string>;

constexpr std::size_t longest_attribute = 60'000;  // [bytes] HDF5 1.10 keeps an attribute below 64 KB

/// Names that the layout of the file owns, or that readers act upon.
constexpr std::array owned_attributes{"CLASS",         "NAME",      "DIMENSION_LIST", "REFERENCE_LIST",
                                      "units",         "long_name", "bounds",         "calendar",
                                      "standard_name", "axis",      "_FillValue"};

/// xarray turns a variable with such a unit into timedeltas.
constexpr std::array timedelta_units{"days",         "hours",        "minutes",    "seconds",
                                     "milliseconds", "microseconds", "nanoseconds"};

/// Length of the UTF-8 sequence at the head of `text`; 0 where there is no valid one.
std::size_t sequence_length(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return 0;
    }
    const unsigned second = byte(1);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool beyond = (lead == 0xED && second >= 0xA0) || (lead == 0xF4 && second >= 0x90);
    return overlong || beyond ? 0 : length;
}

/// HDF5 and netCDF end a text at its first NUL.
bool is_text(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t length = text.front() == '\0' ? 0 : sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

bool is_name(std::string_view name) noexcept {
    const auto starts = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto goes_on = [&](char c) { return starts(c) || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
    return !name.empty() && name.size() <= 200 && starts(name.front()) &&
           std::all_of(name.begin(), name.end(), goes_on);
}

template <std::size_t N>
bool is_among(const std::array<const char*, N>& words, std::string_view word) noexcept {
    return std::any_of(words.begin(), words.end(), [&](const char* one) { return word == one; });
}

Complaint unsound_attributes(const std::string& owner, const Attributes& attributes) {
    std::set<std::string_view> seen;
    for (const auto& [name, value] : attributes) {
        if (!is_name(name)) return fmt::format("{} has an attribute called \"{}\", which is not a name", owner, name);
        if (is_among(owned_attributes, name)) return fmt::format("{}: attribute {} is the layout's own", owner, name);
        if (!seen.insert(name).second) return fmt::format("{} has attribute {} twice", owner, name);
        if (!is_text(value)) return fmt::format("{}: attribute {} is not UTF-8 text", owner, name);
        if (value.size() > longest_attribute) {
            return fmt::format("{}: attribute {} has {} bytes; at most {} fit", owner, name, value.size(),
                               longest_attribute);
        }
    }
    return {};
}

template <class Described>
Complaint unsound_description(const Described& one) {
    if (one.units.empty()) return one.name + " has no units";
    if (one.long_name.empty()) return one.name + " has no long name";
    if (!is_text(one.units) || !is_text(one.long_name)) return one.name + ": units or long name are not UTF-8 text";
    if (std::max(one.units.size(), one.long_name.size()) > longest_attribute) return one.name + ": long name too long";
    return unsound_attributes(one.name, one.attributes);
}

Complaint unsound_bounds(const Axis& axis) {
    if (axis.bounds.size() != 2 * axis.numbers.size()) {
        return fmt::format("{} has {} bounds for {} periods", axis.name, axis.bounds.size(), axis.numbers.size());
    }
    if (axis.units != time_units) return fmt::format("{} has bounds, but is not in {}", axis.name, time_units);
    for (std::size_t period = 0; period < axis.numbers.size(); ++period) {
        if (axis.bounds[2 * period] >= axis.bounds[2 * period + 1]) {
            return fmt::format("{}: period {} ends before it starts", axis.name, period);
        }
    }
    return {};
}

Complaint unsound_axis(const Axis& axis) {
    if (!axis.labels.empty() && !axis.numbers.empty()) return axis.name + " has both labels and numbers";
    if (!std::all_of(axis.labels.begin(), axis.labels.end(), is_text)) {
        return axis.name + " has a label that is not UTF-8 text";
    }
    if (!axis.bounds.empty()) {
        if (auto complaint = unsound_bounds(axis)) return complaint;
    }
    return unsound_description(axis);
}

Complaint unsound_dimensions(const Results& results, const Variable& variable) {
    std::set<std::string_view> seen;
    int time_axes = 0;
    for (const std::string& dimension : variable.dimensions) {
        const Axis* axis = results.axis(dimension);
        if (axis == nullptr) return fmt::format("{} lies along {}, which is not an axis", variable.name, dimension);
        if (!seen.insert(dimension).second) return fmt::format("{} lies along {} twice", variable.name, dimension);
        time_axes += axis->bounds.empty() ? 0 : 1;
    }
    if (time_axes > 1) return variable.name + " has two axes of time";
    const bool has_replicate = seen.contains(replicate_dimension);
    if (has_replicate && variable.dimensions.front() != replicate_dimension) {
        return variable.name + " does not have replicate as its first dimension";
    }
    return {};
}

Complaint unsound_variable(const Results& results, const Variable& variable) {
    if (auto complaint = unsound_dimensions(results, variable)) return complaint;
    if (size(variable) != cells(results, variable)) {
        return fmt::format("{} has {} values for {} cells", variable.name, size(variable), cells(results, variable));
    }
    if (is_among(timedelta_units, variable.units)) {
        return fmt::format("{} is in \"{}\", which readers take for a timedelta", variable.name, variable.units);
    }
    return unsound_description(variable);
}

/// Everything at the root of the file, each name once.
Complaint unsound_names(const Results& results) {
    std::vector<std::string> names{bound_dimension, provenance_group};
    for (const Axis& axis : results.axes) {
        names.push_back(axis.name);
        if (!axis.bounds.empty()) names.push_back(bounds_name(axis));
    }
    for (const Variable& variable : results.variables) names.push_back(variable.name);
    std::set<std::string_view> seen;
    for (const std::string& name : names) {
        if (!is_name(name)) return fmt::format("\"{}\" cannot name an axis or a variable", name);
        if (!seen.insert(name).second) return fmt::format("{} names two things", name);
    }
    return {};
}

/// "data/life_table.csv" lies in the group "data": each part a name, and no text where a group must be.
Complaint unsound_provenance(const Provenance& provenance) {
    std::set<std::string, std::less<>> texts;
    std::set<std::string, std::less<>> groups;
    for (const auto& [name, text] : provenance.texts) {
        std::size_t start = 0;
        for (std::size_t slash = name.find('/'); slash != std::string::npos; slash = name.find('/', start)) {
            groups.insert(name.substr(0, slash));
            if (!is_name(std::string_view{name}.substr(start, slash - start))) break;
            start = slash + 1;
        }
        if (!is_name(std::string_view{name}.substr(start))) {
            return fmt::format("\"{}\" cannot name a text of provenance", name);
        }
        if (name == "digest" || name == "seal") return fmt::format("the text {} is the layout's own", name);
        if (!texts.insert(name).second) return fmt::format("provenance has {} twice", name);
        if (!is_text(text)) return fmt::format("provenance {} is not UTF-8 text", name);
    }
    for (const std::string& group : groups) {
        if (texts.contains(group)) return fmt::format("provenance {} is both a text and a folder", group);
    }
    return {};
}

/// Attributes of the file that say how to read it.
const Attributes& promised() {
    static const Attributes attributes{{"Conventions", "CF-1.10"}, {schema_attribute, fmt::to_string(results_schema)}};
    return attributes;
}

Complaint unsound_promises(const Attributes& attributes) {
    for (const auto& [name, value] : attributes) {
        for (const auto& [promised_name, promised_value] : promised()) {
            if (name == promised_name && value != promised_value) {
                return fmt::format("the file's {} is \"{}\", not \"{}\"", name, value, promised_value);
            }
        }
    }
    return {};
}

}  // namespace

Attributes file_attributes(const Results& results) {
    Attributes attributes = results.attributes;
    for (const auto& promise : promised()) {
        const bool there = std::any_of(attributes.begin(), attributes.end(),
                                       [&](const auto& one) { return one.first == promise.first; });
        if (!there) attributes.push_back(promise);
    }
    return attributes;
}

std::size_t size(const Variable& variable) noexcept {
    return std::visit([](const auto& values) { return values.size(); }, variable.values);
}

std::size_t cells(const Results& results, const Variable& variable) {
    std::size_t product = 1;
    for (const std::string& dimension : variable.dimensions) {
        const Axis* axis = results.axis(dimension);
        if (axis == nullptr) throw std::out_of_range{variable.name + ": no axis " + dimension};
        product *= axis->size();
    }
    return product;
}

const Axis* time_axis(const Results& results, const Variable& variable) noexcept {
    for (const std::string& dimension : variable.dimensions) {
        const Axis* axis = results.axis(dimension);
        if (axis != nullptr && !axis->bounds.empty()) return axis;
    }
    return nullptr;
}

std::string bounds_name(const Axis& axis) { return axis.name + "_bounds"; }

std::optional<std::string> unsound(const Results& results) {
    if (auto complaint = unsound_names(results)) return complaint;
    for (const Axis& axis : results.axes) {
        if (auto complaint = unsound_axis(axis)) return complaint;
    }
    for (const Variable& variable : results.variables) {
        if (auto complaint = unsound_variable(results, variable)) return complaint;
    }
    if (auto complaint = unsound_attributes("the file", results.attributes)) return complaint;
    if (auto complaint = unsound_promises(results.attributes)) return complaint;
    return unsound_provenance(results.provenance);
}

}  // namespace segue
