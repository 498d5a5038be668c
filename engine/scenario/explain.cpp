#include "engine/scenario/explain.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/scenario/key_index.hpp"
#include "engine/scenario/layers.hpp"
#include "engine/scenario/named_arrays.hpp"
#include "engine/scenario/values.hpp"

namespace segue {
namespace {

/// A key as it is listed, and its row.
struct Listed {
    std::string key;
    const Declaration* row;
    bool required{false};  ///< of an entry that means nothing without it
};

std::vector<Listed> every_key(const KeyIndex& index) {
    std::vector<Listed> keys;
    for (const Declaration& row : index.catalogue().rows()) keys.push_back({row.key, &row});
    for (const TableFamily& family : index.catalogue().families()) {
        for (const Declaration& row : family.rows) keys.push_back({row.key, &row});
    }
    for (const Declaration& row : index.data_rows()) keys.push_back({row.key, &row});
    for (const ArrayName array : all<ArrayName>()) {
        const std::vector<std::string>& required = required_fields(array);
        for (const Declaration& row : fields_of(array)) {
            const bool must = std::find(required.begin(), required.end(), row.key) != required.end();
            keys.push_back({fmt::format("{}.{}", name_of(array), row.key), &row, must});
        }
    }
    std::sort(keys.begin(), keys.end(), [](const Listed& a, const Listed& b) { return a.key < b.key; });
    return keys;
}

std::string with_unit(const Declaration& row, const Value& value) {
    return row.unit.empty() ? to_string(value) : to_string(value) + " " + row.unit;
}

std::string default_text(const Listed& listed) {
    const Declaration& row = *listed.row;
    if (listed.required || !is_allowed(row, row.default_value)) return "none: must be given";
    return with_unit(row, row.default_value);
}

/// Whether the listed key lies in the table that these parts name; names may be written for stars.
bool lies_in(const Listed& listed, const KeyParts& table) {
    const KeyParts parts = split_key(listed.key);
    return parts.size() > table.size() &&
           std::equal(table.begin(), table.end(), parts.begin(),
                      [](const std::string& asked, const std::string& part) { return asked == part || part == "*"; });
}

std::string lines(const std::vector<Listed>& keys) {
    std::size_t width = 0;
    for (const Listed& listed : keys) width = std::max(width, listed.key.size());
    std::string text;
    for (const Listed& listed : keys) {
        text += fmt::format("{:<{}}  {} [{}]\n", listed.key, width, listed.row->meaning, default_text(listed));
    }
    return text;
}

std::string_view certainty_meaning(Certainty certainty) {
    switch (certainty) {
        case Certainty::A: return "official statistic or large study";
        case Certainty::B: return "secondary";
        default: return "assumption";
    }
}

std::string place_text(const Origin& origin) {
    const std::string layer{name_of(origin.layer)};
    if (origin.layer != Origin::Layer::declared && origin.place.line > 0)
        return fmt::format("{}:{}:{} ({})", origin.place.file, origin.place.line, origin.place.column, layer);
    return layer;
}

bool is_known(const Scenario& scenario, const std::string& key) {
    const auto keys = scenario.keys();
    return std::binary_search(keys.begin(), keys.end(), key);
}

std::string in_force(const Scenario& scenario, const std::string& key, const Declaration& row) {
    const Origin& origin = scenario.origin(key);
    std::string text =
        fmt::format("  in force   {}, from {}\n", with_unit(row, scenario.value(key)), place_text(origin));
    if (!origin.note.empty()) text += fmt::format("  its note   {}\n", origin.note);
    return text;
}

/// Every name under which a key with stars is in force.
std::string in_force_by_name(const Scenario& scenario, const std::string& key, const Declaration& row) {
    std::string text;
    for (const std::string& one : scenario.keys()) {
        if (scenario.declaration(one).key != key) continue;
        text += fmt::format("  in force   {} = {}, from {}\n", one, with_unit(row, scenario.value(one)),
                            place_text(scenario.origin(one)));
    }
    return text;
}

std::string about(const std::string& key, const Listed& listed, const Scenario* scenario) {
    const Declaration& row = *listed.row;
    std::string text = fmt::format("{}\n  {}\n", key, row.meaning);
    if (!row.unit.empty()) text += fmt::format("  unit       {}\n", row.unit);
    text += fmt::format("  may be     {}\n", expectation(row));
    text += fmt::format("  default    {}\n", default_text(listed));
    text += fmt::format("  in doubt   {}\n", to_string(row.doubt));
    text += fmt::format("  source     {}\n", row.source);
    text += fmt::format("  certainty  {} ({})\n", name_of(row.certainty), certainty_meaning(row.certainty));
    text += fmt::format("  kind       {}\n", name_of(row.kind));
    if (scenario == nullptr) return text;
    if (key.find('*') != std::string::npos) return text + in_force_by_name(*scenario, key, row);
    if (is_known(*scenario, key)) return text + in_force(*scenario, key, row);
    return text;
}

std::string about_array(ArrayName array, const std::vector<Listed>& keys) {
    std::string text = fmt::format("[[{}]]\n  {}\n", name_of(array), meaning_of(array));
    text += "  Entries merge by name over the layers; before = \"name\" places one, remove = true drops one.\n";
    if (array == ArrayName::change)
        text += "  set = { \"key\" = value } gives policy parameters their values from that day on.\n";
    return text + lines(keys);
}

}  // namespace

std::string explain(const Catalogue& catalogue, const Scenario* scenario, const std::optional<std::string>& key) {
    const KeyIndex index{catalogue};
    std::vector<Listed> keys = every_key(index);
    if (!key) return lines(keys);
    const auto exact = std::find_if(keys.begin(), keys.end(), [&](const Listed& listed) { return listed.key == *key; });
    if (exact != keys.end()) return about(*key, *exact, scenario);
    const KeyParts parts = split_key(*key);
    if (const auto match = index.find(parts)) return about(*key, {*key, match->row}, scenario);
    std::erase_if(keys, [&](const Listed& listed) { return !lies_in(listed, parts); });
    if (const auto array = from_name<ArrayName>(*key)) return about_array(*array, keys);
    if (!keys.empty()) return lines(keys);
    Problems problems;
    report_unknown(index, parts, {}, problems);
    problems.raise_if_any();
    return {};
}

}  // namespace segue
