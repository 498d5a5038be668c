#include "engine/scenario/changed_parts.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/core/contracts.hpp"
#include "engine/scenario/content.hpp"
#include "engine/scenario/differences.hpp"

namespace segue {
namespace {

/// Tables whose names a user chooses one by one; every other key goes by its first word.
constexpr std::array by_name{"team.roles.", "roles.", "needs.", "backlog."};

std::string part_of_key(const std::string& key) {
    for (const std::string_view table : by_name) {
        if (key.starts_with(table)) return key.substr(0, key.find('.', table.size()));
    }
    return key.substr(0, key.find('.'));
}

ChangedPart& part_named(std::vector<ChangedPart>& parts, const std::string& name) {
    const auto known =
        std::find_if(parts.begin(), parts.end(), [&](const ChangedPart& one) { return one.name == name; });
    return known != parts.end() ? *known : parts.emplace_back(ChangedPart{name, {}, {}, {}});
}

/// Other tables hold the values of parameters, which are keys of their own.
bool is_read_by_a_room(const Scenario& scenario, const std::string& table) {
    const auto& declared = scenario.catalogue().data_tables();
    return std::any_of(declared.begin(), declared.end(), [&](const DataTable& one) { return one.data_name == table; });
}

/// A part for each entry of an array in which something differs.
template <class Entry>
void add_entries(std::vector<ChangedPart>& parts, const std::vector<Difference>& rows, ArrayName array,
                 const std::vector<Entry>& entries) {
    for (const Entry& one : entries) {
        const std::string name = fmt::format("{}.{}", name_of(array), one.name);
        const bool differs = std::any_of(rows.begin(), rows.end(),
                                         [&](const Difference& row) { return row.key.starts_with(name + "."); });
        if (!differs) continue;
        ChangedPart& part = part_named(parts, name);
        if (part.entries.empty()) part.entries.emplace_back(array, one.name);
    }
}

/// Puts an entry of `from` in the place of the one of that name, or takes that one away where `from` has none.
template <class Entry>
void take_entry(std::vector<Entry>& entries, const std::vector<Entry>& from, const std::string& name) {
    const auto is_it = [&](const Entry& one) { return one.name == name; };
    const auto source = std::find_if(from.begin(), from.end(), is_it);
    const auto old = std::find_if(entries.begin(), entries.end(), is_it);
    if (source == from.end()) {
        if (old != entries.end()) entries.erase(old);
    } else if (old != entries.end()) {
        *old = *source;
    } else {
        entries.push_back(*source);
    }
}

void take_entry(ScenarioFacts& facts, const ScenarioFacts& from, ArrayName array, const std::string& name) {
    switch (array) {
        case ArrayName::segment: return take_entry(facts.segments, from.segments, name);
        case ArrayName::practice: return take_entry(facts.practices, from.practices, name);
        case ArrayName::neighbourhood: return take_entry(facts.neighbourhoods, from.neighbourhoods, name);
        case ArrayName::output: return take_entry(facts.outputs, from.outputs, name);
        case ArrayName::change: return take_entry(facts.changes, from.changes, name);
        case ArrayName::clinician: return take_entry(facts.clinicians, from.clinicians, name);
        case ArrayName::activity: return take_entry(facts.activities, from.activities, name);
        case ArrayName::count_: break;
    }
}

void take_table(ScenarioFacts& facts, const ScenarioFacts& from, const std::string& name) {
    const auto source = from.tables.find(name);
    if (source == from.tables.end()) {
        facts.tables.erase(name);
    } else {
        facts.tables[name] = source->second;
    }
}

void take_key(ScenarioFacts& facts, const ScenarioFacts& from, const std::string& key) {
    const auto source = from.entries.find(key);
    if (source == from.entries.end()) {
        facts.entries.erase(key);
        return;
    }
    const auto match = facts.index->find(split_key(key));
    SEGUE_EXPECT(match.has_value());
    facts.entries[key] = {source->second.value, source->second.origin, match->row};
}

/// Names for stars: those of `facts`, then those of `from`, as far as a parameter of theirs is there.
void take_names(ScenarioFacts& facts, const ScenarioFacts& from) {
    for (const auto& [prefix, names] : from.made) {
        auto& made = facts.made[prefix];
        for (const KeyParts& stars : names) {
            if (std::find(made.begin(), made.end(), stars) == made.end()) made.push_back(stars);
        }
    }
    for (auto& [prefix, made] : facts.made) {
        std::erase_if(made, [&, pattern = split_key(prefix)](const KeyParts& stars) {
            KeyParts parts = pattern;
            auto star = stars.begin();
            for (std::string& part : parts) {
                if (part == "*") part = *star++;
            }
            const std::string table = join_key(parts) + ".";
            const auto first = facts.entries.lower_bound(table);
            return first == facts.entries.end() || !first->first.starts_with(table);
        });
    }
}

}  // namespace

std::vector<ChangedPart> changed_parts(const Scenario& base, const Scenario& other) {
    const std::vector<Difference> rows = differences(base, other);
    std::vector<ChangedPart> parts;
    for (const Difference& row : rows) {
        const std::vector<std::string> keys = (row.value == "-" ? base : other).keys();
        const std::string table = row.key.starts_with("data.") ? row.key.substr(5) : "";
        if (std::binary_search(keys.begin(), keys.end(), row.key) && row.key != "run.replicates") {
            part_named(parts, part_of_key(row.key)).keys.push_back(row.key);
        } else if (is_read_by_a_room(base, table)) {
            part_named(parts, row.key).tables.push_back(table);
        }
    }
    for (const Scenario* one : {&base, &other}) {
        add_entries(parts, rows, ArrayName::segment, one->segments());
        add_entries(parts, rows, ArrayName::practice, one->practices());
        add_entries(parts, rows, ArrayName::change, one->changes());
        add_entries(parts, rows, ArrayName::clinician, one->clinicians());
    }
    return parts;
}

Scenario with_parts(const Scenario& base, const Scenario& other, std::span<const ChangedPart* const> parts) {
    ScenarioFacts facts = base.content_->facts();
    const ScenarioFacts& from = other.content_->facts();
    for (const ChangedPart* part : parts) {
        for (const std::string& key : part->keys) take_key(facts, from, key);
        for (const auto& [array, name] : part->entries) take_entry(facts, from, array, name);
        for (const std::string& table : part->tables) take_table(facts, from, table);
    }
    take_names(facts, from);
    const auto earlier = [](const ChangeEntry& a, const ChangeEntry& b) { return a.on < b.on; };
    std::stable_sort(facts.changes.begin(), facts.changes.end(), earlier);
    return Scenario{std::make_shared<const Scenario::Content>(std::move(facts))};
}

}  // namespace segue
