#include "engine/scenario/differences.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/scenario/named_arrays.hpp"

namespace segue {
namespace {

const std::string absent = "-";

/// A field of an entry of a named array, as a key and a text.
using Field = std::pair<std::string, std::string>;

std::string keyed(std::string_view array, const std::string& name, std::string_view field) {
    return fmt::format("{}.{}.{}", array, name, field);
}

void add_fields(std::vector<Field>& fields, const SegmentEntry& one) {
    fields.emplace_back(keyed("segment", one.name, "when"), to_string(Value{one.when}));
}

void add_fields(std::vector<Field>& fields, const PracticeEntry& one) {
    fields.emplace_back(keyed("practice", one.name, "share"), to_string(Value{one.share}));
}

void add_fields(std::vector<Field>& fields, const NeighbourhoodEntry& one) {
    fields.emplace_back(keyed("neighbourhood", one.name, "size"),
                        one.size ? to_string(Value{*one.size}) : "population.size");
}

void add_fields(std::vector<Field>& fields, const OutputEntry& one) {
    fields.emplace_back(keyed("output", one.name, "measure"), to_string(Value{one.measure}));
    fields.emplace_back(keyed("output", one.name, "by"), to_string(Value{one.by}));
    fields.emplace_back(keyed("output", one.name, "every"), std::string{name_of(one.every)});
    fields.emplace_back(keyed("output", one.name, "statistic"),
                        one.statistic ? std::string{name_of(*one.statistic)} : std::string{"the measure's own"});
    fields.emplace_back(keyed("output", one.name, "edges"), to_string(Value{one.edges}));
    fields.emplace_back(keyed("output", one.name, "top_share"), to_string(Value{one.top_share}));
}

void add_fields(std::vector<Field>& fields, const ChangeEntry& one) {
    fields.emplace_back(keyed("change", one.name, "on"), to_string(one.on));
    fields.emplace_back(keyed("change", one.name, "where"), to_string(Value{one.where}));
    for (const auto& [key, value] : one.set)
        fields.emplace_back(keyed("change", one.name, "set." + key), to_string(value));
}

void add_fields(std::vector<Field>& fields, const ActivityEntry& one) {
    for (const auto& [field, value] : fields_of(one))
        fields.emplace_back(keyed("activity", one.name, field), to_string(value));
}

void add_fields(std::vector<Field>& fields, const ClinicianEntry& one) {
    const auto add = [&](std::string_view field, const Value& value) {
        fields.emplace_back(keyed("clinician", one.name, field), to_string(value));
    };
    add("role", std::string{name_of(one.role)});
    add("practice", one.practice);
    add("wte", one.wte);
    add("days", day_names(one));
    if (one.start) add("start", *one.start);
    if (one.leaving) add("leaving", *one.leaving);
    add("where", one.where);
}

template <class Entry>
std::vector<Field> fields_of_all(const std::vector<Entry>& entries) {
    std::vector<Field> fields;
    for (const Entry& one : entries) add_fields(fields, one);
    return fields;
}

const std::string* find_text(const std::vector<Field>& fields, const std::string& key) {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.first == key; });
    return found == fields.end() ? nullptr : &found->second;
}

void add_difference(std::vector<Difference>& rows, const std::string& key, const std::string* before,
                    const std::string* after) {
    if (before != nullptr && after != nullptr && *before == *after) return;
    rows.push_back({key, before == nullptr ? absent : *before, after == nullptr ? absent : *after,
                    "the scenario's own choice", Certainty::C, Kind::policy, Origin{}});
}

template <class Entry>
void compare_entries(std::vector<Difference>& rows, const std::vector<Entry>& base, const std::vector<Entry>& entries) {
    const std::vector<Field> before = fields_of_all(base);
    const std::vector<Field> after = fields_of_all(entries);
    for (const auto& [key, text] : before) {
        if (find_text(after, key) == nullptr) add_difference(rows, key, &text, nullptr);
    }
    for (const auto& [key, text] : after) add_difference(rows, key, find_text(before, key), &text);
}

/// Which entries a list has, and in which order.
template <class Entry>
void compare_order(std::vector<Difference>& rows, std::string_view array, const std::vector<Entry>& base,
                   const std::vector<Entry>& entries) {
    const auto listed = [](const std::vector<Entry>& all_entries) {
        std::vector<std::string> names;
        for (const Entry& one : all_entries) names.push_back(one.name);
        return to_string(Value{names});
    };
    const std::string before = listed(base);
    const std::string after = listed(entries);
    add_difference(rows, std::string{array}, &before, &after);
}

void compare_values(std::vector<Difference>& rows, const Scenario& base, const Scenario& scenario) {
    const std::vector<std::string> before = base.keys();
    const std::vector<std::string> after = scenario.keys();
    std::set<std::string> keys{before.begin(), before.end()};
    keys.insert(after.begin(), after.end());
    for (const std::string& key : keys) {
        const bool had = std::binary_search(before.begin(), before.end(), key);
        const bool has = std::binary_search(after.begin(), after.end(), key);
        if (had && has && base.value(key) == scenario.value(key)) continue;
        const Declaration& row = has ? scenario.declaration(key) : base.declaration(key);
        rows.push_back({key, had ? to_string(base.value(key)) : absent, has ? to_string(scenario.value(key)) : absent,
                        row.source, row.certainty, row.kind, has ? scenario.origin(key) : Origin{}});
    }
}

void compare_tables(std::vector<Difference>& rows, const Scenario& base, const Scenario& scenario) {
    std::set<std::string> names;
    for (const Scenario* one : {&base, &scenario}) {
        for (std::string& name : one->table_names()) names.insert(std::move(name));
    }
    const auto path = [](const Scenario& one, const std::string& name) {
        return one.has_table(name) ? one.table(name).path() : absent;
    };
    for (const std::string& name : names) {
        const bool same = base.has_table(name) && scenario.has_table(name) &&
                          base.table(name).bytes() == scenario.table(name).bytes();
        if (same) continue;
        rows.push_back({"data." + name, path(base, name), path(scenario, name), "the table's own notes", Certainty::C,
                        Kind::data, Origin{}});
    }
}

}  // namespace

std::vector<Difference> differences(const Scenario& base, const Scenario& scenario) {
    std::vector<Difference> rows;
    compare_values(rows, base, scenario);
    compare_order(rows, "segment", base.segments(), scenario.segments());
    compare_entries(rows, base.segments(), scenario.segments());
    compare_entries(rows, base.practices(), scenario.practices());
    compare_entries(rows, base.neighbourhoods(), scenario.neighbourhoods());
    compare_entries(rows, base.outputs(), scenario.outputs());
    compare_entries(rows, base.changes(), scenario.changes());
    compare_entries(rows, base.clinicians(), scenario.clinicians());
    compare_order(rows, "activity", base.activities(), scenario.activities());
    compare_entries(rows, base.activities(), scenario.activities());
    compare_tables(rows, base, scenario);
    return rows;
}

std::vector<Problem> overwritten_overrides(const Scenario& scenario) {
    Problems warnings;
    for (const ChangeEntry& change : scenario.changes()) {
        for (const auto& [key, value] : change.set) {
            if (scenario.origin(key).layer != Origin::Layer::override_) continue;
            warnings
                .warn(change.place,
                      fmt::format("change \"{}\" sets {} to {} on {}, over the {} that --set gave", change.name, key,
                                  to_string(value), to_string(change.on), to_string(scenario.value(key))))
                .advice(fmt::format("--set 'change.{}.remove=true' drops the change", change.name));
        }
    }
    return warnings.all();
}

}  // namespace segue
