#include "engine/scenario/document.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/scenario/gate.hpp"
#include "engine/scenario/values.hpp"

namespace segue {
namespace {

constexpr std::int64_t format_number = 1;
constexpr std::size_t most_name_bytes = 100;

const TomlField* find_field(const TomlTable& table, std::string_view key) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const TomlField& field) { return field.key == key; });
    return found == table.end() ? nullptr : &*found;
}

bool is_head_key(const std::string& key) { return key == "format" || key == "configuration" || key == "extends"; }

void check_format(const TomlTable& document, const std::string& file, Problems& problems) {
    const TomlField* format = find_field(document, "format");
    if (format == nullptr) {
        problems.add({file, 1, 1}, "the file does not say its format").expected("format = 1 at its head");
        return;
    }
    const auto* number = format->node.as<std::int64_t>();
    if (number != nullptr && *number == format_number) return;
    problems.add(format->node.place, fmt::format("format is {}", shown(format->node)))
        .expected("1, the only one this program reads");
}

void add_extended(Head& head, const TomlNode& node, Problems& problems) {
    if (const auto* path = node.as<std::string>()) {
        head.extends.emplace_back(*path, node.place);
    } else {
        problems.add(node.place, fmt::format("extends is {}", shown(node))).expected("a path or a list of paths");
    }
}

bool is_identifier(std::string_view name) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !name.empty() && is_letter(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
    });
}

/// The name of an entry, or a problem.
std::optional<std::string> entry_name(ArrayName array, const Place& place, const TomlTable& fields,
                                      Problems& problems) {
    const TomlField* field = find_field(fields, "name");
    const auto* name = field == nullptr ? nullptr : field->node.as<std::string>();
    if (field == nullptr) {
        problems.add(place, fmt::format("a [[{}]] has no name", name_of(array))).expected("name = \"...\"");
        return std::nullopt;
    }
    const bool printable =
        name != nullptr && std::none_of(name->begin(), name->end(), [](char c) { return c >= 0 && c < 0x20; });
    if (!printable || name->empty() || name->size() > most_name_bytes) {
        problems.add(field->node.place, fmt::format("the name of a [[{}]] is {}", name_of(array), shown(field->node)))
            .expected(fmt::format("a text of 1 to {} bytes", most_name_bytes));
        return std::nullopt;
    }
    if (array == ArrayName::output && !is_identifier(*name)) {
        problems.add(field->node.place, fmt::format("the name of an [[output]] is {}", shown(field->node)))
            .expected("letters, digits and _, a letter first: results call a variable by it");
        return std::nullopt;
    }
    return *name;
}

std::vector<std::string> field_names(ArrayName array) {
    std::vector<std::string> names{"name", "before", "remove"};
    for (const Declaration& row : fields_of(array)) names.push_back(row.key);
    if (array == ArrayName::change) names.emplace_back("set");
    return names;
}

/// The name in a keyed table that is none of its names.
void report_name(const KeyIndex& index, KeyParts parts, const Place& place, Problems& problems) {
    // The shortest beginning that is wrong ends with the wrong name.
    KeyParts beginning;
    for (const std::string& part : parts) {
        beginning.push_back(part);
        if (index.standing(beginning) == KeyStanding::unknown_name) break;
    }
    const std::vector<std::string> names = index.names_for(beginning);
    const std::string wrong = beginning.back();
    beginning.pop_back();
    auto entry =
        problems.add(place, fmt::format("\"{}\" is no name in {}", shortened(wrong), shortened(join_key(beginning))));
    entry.expected(names.empty() ? "letters, digits, _, - and +" : fmt::format("one of {}", fmt::join(names, ", ")));
    const std::string near = nearest(wrong, names);
    if (!near.empty()) entry.advice(fmt::format("did you mean \"{}\"?", near));
}

KeyParts longer(KeyParts key, const std::string& part) {
    key.push_back(part);
    return key;
}

}  // namespace

Head read_head(const TomlTable& document, const std::string& file, Problems& problems) {
    Head head;
    check_format(document, file, problems);
    if (const TomlField* field = find_field(document, "configuration")) {
        const bool* flag = field->node.as<bool>();
        if (flag == nullptr) {
            problems.add(field->node.place, fmt::format("configuration is {}", shown(field->node)))
                .expected("true or false");
        }
        head.configuration = flag != nullptr && *flag;
    }
    if (const TomlField* field = find_field(document, "extends")) {
        if (const auto* list = field->node.as<TomlList>()) {
            for (const TomlNode& node : *list) add_extended(head, node, problems);
        } else {
            add_extended(head, field->node, problems);
        }
    }
    return head;
}

void report_unknown(const KeyIndex& index, const KeyParts& parts, const Place& place, Problems& problems) {
    const std::string key = shortened(join_key(parts));
    const KeyStanding standing = index.standing(parts);
    if (standing == KeyStanding::table) {
        problems.add(place, fmt::format("{} is a table of parameters", key)).expected("one parameter");
        return;
    }
    if (standing == KeyStanding::unknown_name) {
        report_name(index, parts, place, problems);
        return;
    }
    if (parts.back().find('.') != std::string::npos) {
        problems.add(place, fmt::format("there is no parameter \"{}\"", key)).advice("write its parts without quotes");
        return;
    }
    auto entry = problems.add(place, fmt::format("there is no parameter {}", key));
    const std::vector<std::string> whole =
        parts.size() == 1 ? index.keys_with(parts.front()) : std::vector<std::string>{};
    if (!whole.empty()) {
        entry.advice(fmt::format("it is part of {}", fmt::join(whole, ", ")));
        return;
    }
    std::string near = index.nearest_key(parts);
    if (parts.size() == 1 && near.empty()) {
        std::vector<std::string> words{"format", "configuration", "extends", "data"};
        for (const std::string_view name : names(ArrayName{})) words.emplace_back(name);
        near = nearest(parts.front(), words);
    }
    if (!near.empty()) entry.advice(fmt::format("did you mean {}?", near));
}

DocumentReader::DocumentReader(const KeyIndex& index, std::string root, bool configuration, Layer& layer,
                               Problems& problems)
    : index_{index}, root_{std::move(root)}, configuration_{configuration}, layer_{layer}, problems_{problems} {}

void DocumentReader::read(const TomlTable& document) {
    for (const TomlField& field : document) {
        if (is_head_key(field.key)) continue;
        if (const auto array = from_name<ArrayName>(field.key)) {
            read_array(*array, field);
        } else {
            read_key({field.key}, field.place, field.node);
        }
    }
}

void DocumentReader::read_table(const KeyParts& key, const TomlTable& table) {
    for (const TomlField& field : table) read_key(longer(key, field.key), field.place, field.node);
}

void DocumentReader::read_key(const KeyParts& key, const Place& place, const TomlNode& node) {
    const KeyStanding standing = index_.standing(key);
    const auto* table = node.as<TomlTable>();
    // A dot inside a quoted key would make two keys read alike.
    const bool dotted = key.back().find('.') != std::string::npos;
    if (dotted || standing == KeyStanding::unknown || standing == KeyStanding::unknown_name) {
        report_unknown(index_, key, place, problems_);
    } else if (standing == KeyStanding::parameter) {
        read_parameter(key, place, node);
    } else if (table != nullptr) {
        read_table(key, *table);
    } else {
        problems_.add(node.place, fmt::format("{} is {}", shortened(join_key(key)), shown(node)))
            .expected("a table of parameters");
    }
}

void DocumentReader::read_parameter(const KeyParts& key, const Place& place, const TomlNode& node) {
    KeyMatch match = *index_.find(key);
    std::string name = join_key(key);
    if (configuration_ && match.row->kind != Kind::policy) {
        problems_.add(place, fmt::format("{} is {}, and this file is a configuration", name, name_of(match.row->kind)))
            .expected("policy parameters, [run], [[output]] and [[change]] only");
    }
    auto value = checked_value(*match.row, name, node, problems_);
    if (key.front() == "data") {
        if (!value) return;
        const auto path = resolve_path(root_, layer_.file, std::get<std::string>(*value), node.place, problems_);
        if (path) layer_.tables.push_back({key.back(), *path, node.place});
        return;
    }
    layer_.settings.push_back({std::move(name), std::move(match), std::move(value), node.place, {}});
}

void DocumentReader::read_array(ArrayName array, const TomlField& field) {
    const std::string heading = fmt::format("[[{}]]", name_of(array));
    if (configuration_ && !is_policy(array)) {
        problems_.add(field.place, fmt::format("{} is not policy, and this file is a configuration", heading))
            .expected("policy parameters, [run], [[output]] and [[change]] only");
    }
    const auto* list = field.node.as<TomlList>();
    if (list == nullptr) {
        problems_.add(field.node.place, fmt::format("{} is {}", field.key, shown(field.node)))
            .expected(heading + " entries");
        return;
    }
    for (const TomlNode& item : *list) {
        if (const auto* fields = item.as<TomlTable>()) {
            read_entry(array, item.place, *fields, false);
        } else {
            problems_.add(item.place, fmt::format("an item of {} is {}", field.key, shown(item)))
                .expected(heading + " entries");
        }
    }
}

void DocumentReader::read_entry(ArrayName array, const Place& place, const TomlTable& fields, bool must_exist) {
    const auto name = entry_name(array, place, fields, problems_);
    if (!name) return;
    auto& entries = layer_.entries[array];
    const bool twice =
        std::any_of(entries.begin(), entries.end(), [&](const NamedEntry& one) { return one.name == *name; });
    if (twice) {
        problems_.add(place, entry_label(array, *name) + " comes twice in this file").expected("each name once");
    }
    NamedEntry entry;
    entry.name = *name;
    entry.place = place;
    entry.must_exist = must_exist;
    for (const TomlField& field : fields) read_field(array, entry, field);
    if (!twice) entries.push_back(std::move(entry));
}

void DocumentReader::read_field(ArrayName array, NamedEntry& entry, const TomlField& field) {
    const std::string label = entry_label(array, entry.name) + ": " + shortened(field.key);
    if (field.key == "name") return;
    if (field.key == "remove") {
        if (const bool* flag = field.node.as<bool>()) {
            entry.remove = *flag;
        } else {
            problems_.add(field.node.place, fmt::format("{} is {}", label, shown(field.node)))
                .expected("true or false");
        }
        return;
    }
    if (field.key == "before") {
        if (const auto* name = field.node.as<std::string>()) {
            entry.before = Written{*name, field.node.place};
        } else {
            problems_.add(field.node.place, fmt::format("{} is {}", label, shown(field.node)))
                .expected("a name in quotes");
        }
        return;
    }
    if (array == ArrayName::change && field.key == "set") {
        read_set(entry, {}, field);
        return;
    }
    const auto& rows = fields_of(array);
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const Declaration& one) { return one.key == field.key; });
    if (row == rows.end()) {
        const std::vector<std::string> known = field_names(array);
        auto problem = problems_.add(field.place, fmt::format("{} is no field of [[{}]]", label, name_of(array)));
        problem.expected(fmt::format("one of {}", fmt::join(known, ", ")));
        const std::string near = nearest(field.key, known);
        if (!near.empty()) problem.advice(fmt::format("did you mean {}?", near));
        return;
    }
    const auto value = checked_value(*row, label, field.node, problems_);
    entry.fields[field.key] = {value ? *value : row->default_value, field.node.place, !value};
}

void DocumentReader::read_set(NamedEntry& entry, const KeyParts& key, const TomlField& field) {
    const auto* table = field.node.as<TomlTable>();
    if (table == nullptr) {
        problems_
            .add(field.node.place,
                 fmt::format("{}: set is {}", entry_label(ArrayName::change, entry.name), shown(field.node)))
            .expected("set = { \"key\" = value }");
        return;
    }
    for (const TomlField& one : *table) {
        KeyParts full = key;
        for (std::string& part : split_key(one.key)) full.push_back(std::move(part));
        if (one.node.as<TomlTable>() != nullptr) {
            read_set(entry, full, one);
        } else {
            read_set_value(entry, full, one.place, one.node);
        }
    }
}

void DocumentReader::read_set_value(NamedEntry& entry, const KeyParts& key, const Place& place, const TomlNode& node) {
    const auto match = index_.find(key);
    if (!match) {
        report_unknown(index_, key, place, problems_);
        return;
    }
    std::string name = join_key(key);
    const std::string label = entry_label(ArrayName::change, entry.name) + ": " + name;
    if (match->row->kind != Kind::policy || key.front() == RunParameters::prefix) {
        const auto kind =
            key.front() == RunParameters::prefix ? std::string_view{"of the run"} : name_of(match->row->kind);
        problems_.add(place, fmt::format("{} is {}", label, kind)).expected("a policy parameter");
        return;
    }
    const auto value = checked_value(*match->row, label, node, problems_);
    const bool twice =
        std::any_of(entry.set.begin(), entry.set.end(), [&](const auto& one) { return one.first == name; });
    if (twice) problems_.add(place, label + " is set twice");
    entry.set.emplace_back(std::move(name), Written{value ? *value : match->row->default_value, node.place, !value});
}

}  // namespace segue
