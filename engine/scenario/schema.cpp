#include "engine/scenario/schema.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/scenario/key_index.hpp"
#include "engine/scenario/named_arrays.hpp"
#include "engine/scenario/units.hpp"
#include "engine/scenario/values.hpp"

namespace segue {
namespace {

using nlohmann::json;

struct AsJson {
    json operator()(const Date& date) const { return to_string(date); }
    template <class T>
    json operator()(const T& plain) const {
        return plain;
    }
};

std::string description(const Declaration& row) {
    return fmt::format("{}. Expected: {}. In doubt: {}. Source: {}. Certainty {}; {}.", row.meaning, expectation(row),
                       to_string(row.doubt), row.source, name_of(row.certainty), name_of(row.kind));
}

std::string regex_escaped(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (std::string_view{".*+?()[]{}|^$\\/"}.find(c) != std::string_view::npos) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

/// A number and one of the units of the declared unit's dimension; empty when it has none.
std::string measured_pattern(const std::string& declared_unit) {
    std::vector<std::string> words = words_beside(declared_unit);
    if (words.empty()) return {};
    for (std::string& word : words) word = regex_escaped(word);
    return fmt::format("^\\s*[+-]?[0-9][0-9_]*(\\.[0-9_]+)?([eE][+-]?[0-9]+)?\\s*({})\\s*$", fmt::join(words, "|"));
}

json number_schema(const Declaration& row) {
    json number{{"type", "number"}, {"minimum", row.range.low}, {"maximum", row.range.high}};
    const std::string pattern = measured_pattern(row.unit);
    if (pattern.empty()) return number;
    return {{"anyOf", json::array({number, {{"type", "string"}, {"pattern", pattern}}})}};
}

json text_schema(const Declaration& row) {
    json text{{"type", "string"}};
    if (!row.choices.empty()) text["enum"] = row.choices;
    return text;
}

json form_schema(const Declaration& row) {
    switch (row.form) {
        case Form::number:
        case Form::span: return number_schema(row);
        case Form::integer: return {{"type", "integer"}, {"minimum", row.range.low}, {"maximum", row.range.high}};
        case Form::boolean: return {{"type", "boolean"}};
        case Form::date: return {{"type", "string"}, {"format", "date"}};
        case Form::numbers: return {{"type", "array"}, {"items", number_schema(row)}};
        case Form::texts: return {{"type", "array"}, {"items", text_schema(row)}};
        default: return text_schema(row);
    }
}

json value_schema(const Declaration& row) {
    json schema = form_schema(row);
    schema["description"] = description(row);
    if (is_allowed(row, row.default_value)) schema["default"] = std::visit(AsJson{}, row.default_value);
    return schema;
}

constexpr const char* open_name = "^[A-Za-z0-9_+-]+$";

void make_table(json& node) {
    node["type"] = "object";
    node["additionalProperties"] = false;
}

/// Adds a row below `node`, whose key's parts from `position` on are still to be descended.
void add_row(json& node, const Declaration& row, const TableFamily* family, const KeyParts& parts, std::size_t position,
             std::size_t star) {
    make_table(node);
    const bool last = position + 1 == parts.size();
    const auto descend = [&](json& child, std::size_t next_star) {
        if (last) {
            child = value_schema(row);
        } else {
            add_row(child, row, family, parts, position + 1, next_star);
        }
    };
    if (parts[position] != "*") {
        descend(node["properties"][parts[position]], star);
    } else if (family != nullptr && star < family->names.size() && !family->names[star].empty()) {
        for (const std::string& name : family->names[star]) descend(node["properties"][name], star + 1);
    } else {
        descend(node["patternProperties"][open_name], star + 1);
    }
}

/// Policy keys as a change spells them, in quotes with their dots; tables may also be nested.
json set_schema(const std::vector<std::pair<const Declaration*, const TableFamily*>>& rows) {
    json keys = json::object();
    for (const auto& [row, family] : rows) {
        if (row->kind != Kind::policy || row->key.starts_with("run.")) continue;
        std::string pattern = regex_escaped(row->key);
        for (std::size_t star = pattern.find("\\*"); star != std::string::npos; star = pattern.find("\\*")) {
            pattern.replace(star, 2, "[^.]+");
        }
        keys["^" + pattern + "$"] = value_schema(*row);
    }
    return {{"type", "object"},
            {"description", "Policy parameters and their values from that day on"},
            {"patternProperties", keys},
            {"additionalProperties", {{"type", "object"}}}};
}

json array_schema(ArrayName array, const json& set) {
    json entry;
    make_table(entry);
    entry["properties"]["name"] = {{"type", "string"}, {"minLength", 1}, {"maxLength", 100}};
    entry["properties"]["before"] = {{"type", "string"}, {"description", "Name of the entry that it stands before"}};
    entry["properties"]["remove"] = {{"type", "boolean"}, {"description", "Drops the entry of a lower layer"}};
    for (const Declaration& row : fields_of(array)) {
        entry["properties"][row.key] = form_schema(row);
        entry["properties"][row.key]["description"] = row.meaning;
    }
    if (array == ArrayName::change) entry["properties"]["set"] = set;
    entry["required"] = json::array({"name"});
    return {{"type", "array"}, {"description", meaning_of(array)}, {"items", entry}};
}

}  // namespace

json json_schema(const Catalogue& catalogue) {
    const KeyIndex index{catalogue};
    std::vector<std::pair<const Declaration*, const TableFamily*>> rows;
    for (const Declaration& row : index.catalogue().rows()) rows.emplace_back(&row, nullptr);
    for (const TableFamily& family : index.catalogue().families()) {
        for (const Declaration& row : family.rows) rows.emplace_back(&row, &family);
    }
    json schema;
    make_table(schema);
    for (const auto& [row, family] : rows) add_row(schema, *row, family, split_key(row->key), 0, 0);
    for (const Declaration& row : index.data_rows()) add_row(schema, row, nullptr, split_key(row.key), 0, 0);
    for (const ArrayName array : all<ArrayName>()) {
        schema["properties"][std::string{name_of(array)}] = array_schema(array, set_schema(rows));
    }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    schema["title"] = "Segue scenario";
    schema["required"] = json::array({"format"});
    schema["properties"]["format"] = {{"const", 1}, {"description", "Format of the file"}};
    schema["properties"]["configuration"] = {{"type", "boolean"},
                                             {"default", false},
                                             {"description",
                                              "Whether the file is a team configuration: it may set only policy "
                                              "parameters, [run], [[output]] and [[change]]"}};
    schema["properties"]["extends"] = {
        {"description", "The file or files that this one lies over, relative to it; later ones win"},
        {"anyOf", json::array({{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}}})}};
    return schema;
}

}  // namespace segue
