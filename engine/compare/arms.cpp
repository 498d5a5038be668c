#include "engine/compare/arms.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/compare/staff_cost.hpp"
#include "engine/core/contracts.hpp"
#include "engine/population/population.hpp"
#include "engine/scenario/differences.hpp"

namespace segue::compare {
namespace {

/// What the population room declares, [run] included: who people are is settled by nothing else.
struct PeopleRows {
    PeopleRows() {
        Catalogue catalogue;
        declare_population(catalogue);
        for (const Declaration& row : catalogue.rows()) keys.insert(row.key);
        for (const TableFamily& family : catalogue.families()) {
            for (const Declaration& row : family.rows) keys.insert(row.key);
        }
        for (const DataTable& table : catalogue.data_tables()) keys.insert("data." + table.data_name);
    }
    std::set<std::string> keys;
};

bool begins_with_any(const std::string& key, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return key == word || key.starts_with(fmt::format("{}.", word)); });
}

/// The key as it is declared: with stars for names.
std::string declared_key(const Scenario& scenario, const std::string& key) {
    const std::vector<std::string> keys = scenario.keys();
    return std::binary_search(keys.begin(), keys.end(), key) ? scenario.declaration(key).key : key;
}

bool is_of_people(const Scenario& scenario, const std::string& key, const std::set<std::string>& rows) {
    return rows.contains(declared_key(scenario, key)) || begins_with_any(key, {"segment", "practice"});
}

Place place_of(const Scenario& scenario, const Difference& difference) {
    if (!difference.origin.place.file.empty()) return difference.origin.place;
    for (const SegmentEntry& segment : scenario.segments()) {
        if (difference.key == fmt::format("segment.{}.when", segment.name)) return segment.place;
    }
    return {difference.key.starts_with("data.") ? difference.value : scenario.path(), 0, 0};
}

/// By number rather than by name: the only one of a scenario is called after its folder.
bool has_same_places(const day::World& first, const day::World& arm) {
    const auto& a = first.neighbourhoods();
    const auto& b = arm.neighbourhoods();
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
        return one.number == other.number && one.size == other.size;
    });
}

std::vector<std::string> names_of(const std::vector<std::unique_ptr<const day::World>>& worlds) {
    const std::string& folder = worlds.front()->scenario().folder();
    const bool one_folder =
        std::all_of(worlds.begin(), worlds.end(), [&](const auto& one) { return one->scenario().folder() == folder; });
    std::vector<std::string> names;
    for (const auto& one : worlds) {
        const Scenario& scenario = one->scenario();
        std::string name = one_folder ? scenario.name() : fmt::format("{}/{}", scenario.folder(), scenario.name());
        const auto same = std::count_if(names.begin(), names.end(), [&](const std::string& known) {
            return known == name || known.starts_with(name + " (");
        });
        names.push_back(same == 0 ? name : fmt::format("{} ({})", name, same + 1));
    }
    return names;
}

}  // namespace

void check_same_people(const day::World& first, const day::World& arm, Problems& problems) {
    static const PeopleRows rows;
    const Scenario& base = first.scenario();
    const Scenario& scenario = arm.scenario();
    const auto refuse = [&](const Place& place, const std::string& what) {
        problems.add(place, what).expected("the same in all arms: each person has a twin, with the same days and luck");
    };
    for (const Difference& one : differences(base, scenario)) {
        if (!is_of_people(one.value == "-" ? base : scenario, one.key, rows.keys)) continue;
        refuse(place_of(scenario, one),
               fmt::format("{} is {}, and {} in {}", one.key, one.value, one.base_value, base.path()));
    }
    if (!has_same_places(first, arm))
        refuse({scenario.path(), 0, 0}, fmt::format("its neighbourhoods are not those of {}", base.path()));
}

Arms::Arms(std::vector<std::unique_ptr<const day::World>> worlds, const HeadlineReader& reader)
    : worlds_{std::move(worlds)} {
    SEGUE_EXPECT(worlds_.size() >= 2);
    Problems problems;
    for (std::size_t arm = 1; arm < worlds_.size(); ++arm) check_same_people(first(), world(arm), problems);
    problems.raise_if_any();
    for (const auto& one : worlds_) {
        readers_.push_back(reader);
        readers_.back().bind(one->plan(), problems);
        staff_costs_.push_back(staff_cost_per_year(*one));
    }
    problems.raise_if_any();
    names_ = names_of(worlds_);
}

}  // namespace segue::compare
