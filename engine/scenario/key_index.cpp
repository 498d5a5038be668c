#include "engine/scenario/key_index.hpp"

#include <algorithm>
#include <set>

#include "engine/core/contracts.hpp"
#include "engine/core/errors.hpp"

namespace segue {
namespace {

bool is_plain_name(std::string_view name) noexcept {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '+';
    });
}

Declaration data_row(const std::string& name, std::string meaning) {
    Declaration row;
    row.key = "data." + name;
    row.form = Form::text;
    row.default_value = std::string{};
    row.meaning = std::move(meaning);
    row.source = "the table's own notes";
    row.kind = Kind::data;
    return row;
}

}  // namespace

KeyParts split_key(std::string_view key) {
    KeyParts parts;
    for (std::size_t start = 0;;) {
        const std::size_t dot = key.find('.', start);
        parts.emplace_back(key.substr(start, dot - start));
        if (dot == std::string_view::npos) return parts;
        start = dot + 1;
    }
}

std::string join_key(const KeyParts& parts) {
    std::string key;
    for (const std::string& part : parts) {
        if (!key.empty()) key += '.';
        key += part;
    }
    return key;
}

KeyIndex::KeyIndex(Catalogue catalogue) : catalogue_{std::move(catalogue)} {
    for (const LayerTable& table : catalogue_.layer_tables()) {
        data_rows_.push_back(data_row(table.data_name, "CSV file with the rows of " + table.prefix));
    }
    for (const ValueTable& table : catalogue_.value_tables())
        data_rows_.push_back(data_row(table.data_name, table.meaning));
    for (const DataTable& table : catalogue_.data_tables())
        data_rows_.push_back(data_row(table.data_name, table.meaning));
    for (const Declaration& row : catalogue_.rows()) patterns_.push_back({split_key(row.key), &row, nullptr});
    for (const Declaration& row : data_rows_) patterns_.push_back({split_key(row.key), &row, nullptr});
    for (const TableFamily& family : catalogue_.families()) {
        for (const Declaration& row : family.rows) patterns_.push_back({split_key(row.key), &row, &family});
    }
    std::set<std::string> seen;
    for (const Pattern& pattern : patterns_) {
        if (!seen.insert(pattern.row->key).second) throw ContractError{"two parameters are called " + pattern.row->key};
    }
}

const TableFamily* KeyIndex::family(std::string_view prefix) const noexcept {
    for (const TableFamily& family : catalogue_.families()) {
        if (family.prefix == prefix) return &family;
    }
    return nullptr;
}

std::size_t KeyIndex::star_number(const Pattern& pattern, std::size_t position) {
    return static_cast<std::size_t>(
        std::count(pattern.parts.begin(), pattern.parts.begin() + static_cast<std::ptrdiff_t>(position), "*"));
}

const std::vector<std::string>& KeyIndex::listed_names(const Pattern& pattern, std::size_t position) {
    static const std::vector<std::string> none;
    const auto& names = pattern.family->names;
    const std::size_t star = star_number(pattern, position);
    return star < names.size() ? names[star] : none;
}

bool KeyIndex::is_listed(const Pattern& pattern, std::size_t position, const std::string& name) {
    const auto& listed = listed_names(pattern, position);
    return std::find(listed.begin(), listed.end(), name) != listed.end();
}

bool KeyIndex::is_name(const Pattern& pattern, std::size_t position, const std::string& name) {
    return listed_names(pattern, position).empty() ? is_plain_name(name) : is_listed(pattern, position, name);
}

bool KeyIndex::fits(const Pattern& pattern, const KeyParts& parts, Names names) {
    if (parts.size() > pattern.parts.size()) return false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (pattern.parts[i] == "*") {
            if (names == Names::own && !is_name(pattern, i, parts[i])) return false;
        } else if (pattern.parts[i] != parts[i]) {
            return false;
        }
    }
    return true;
}

std::optional<KeyMatch> KeyIndex::find(const KeyParts& parts) const {
    for (const Pattern& pattern : patterns_) {
        if (pattern.parts.size() != parts.size() || !fits(pattern, parts, Names::own)) continue;
        KeyMatch match{pattern.row, pattern.family, {}};
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (pattern.parts[i] == "*") match.stars.push_back(parts[i]);
        }
        return match;
    }
    return std::nullopt;
}

KeyStanding KeyIndex::standing(const KeyParts& beginning) const {
    KeyStanding standing = KeyStanding::unknown;
    for (const Pattern& pattern : patterns_) {
        if (fits(pattern, beginning, Names::own)) {
            if (pattern.parts.size() == beginning.size()) return KeyStanding::parameter;
            standing = KeyStanding::table;
        } else if (standing == KeyStanding::unknown && fits(pattern, beginning, Names::any)) {
            standing = KeyStanding::unknown_name;
        }
    }
    return standing;
}

std::vector<std::string> KeyIndex::names_for(const KeyParts& beginning) const {
    for (const Pattern& pattern : patterns_) {
        if (!fits(pattern, beginning, Names::any)) continue;
        for (std::size_t i = 0; i < beginning.size(); ++i) {
            if (pattern.parts[i] != "*" || is_name(pattern, i, beginning[i])) continue;
            return listed_names(pattern, i);
        }
    }
    return {};
}

std::string KeyIndex::nearest_key(const KeyParts& unknown) const {
    std::set<std::string> candidates;
    for (const Pattern& pattern : patterns_) {
        KeyParts candidate = pattern.parts;
        for (std::size_t i = 0; i < candidate.size(); ++i) {
            if (candidate[i] == "*" && i < unknown.size() && is_name(pattern, i, unknown[i])) candidate[i] = unknown[i];
        }
        candidates.insert(join_key(candidate));
        // A beginning that ends with a free name would only give the reader's own word back.
        if (candidate.size() > unknown.size() && pattern.parts[unknown.size() - 1] != "*") {
            candidate.resize(unknown.size());
            candidates.insert(join_key(candidate));
        }
    }
    return nearest(join_key(unknown), {candidates.begin(), candidates.end()});
}

std::vector<std::string> KeyIndex::keys_with(const std::string& word) const {
    std::set<std::string> keys;
    for (const Pattern& pattern : patterns_) {
        for (std::size_t i = 1; i < pattern.parts.size(); ++i) {
            if (pattern.parts[i] != word && !(pattern.parts[i] == "*" && is_listed(pattern, i, word))) continue;
            KeyParts key{pattern.parts.begin(), pattern.parts.begin() + static_cast<std::ptrdiff_t>(i)};
            key.push_back(word);
            keys.insert(join_key(key));
        }
    }
    return {keys.begin(), keys.end()};
}

}  // namespace segue
