#include "engine/scenario/scenario.hpp"

#include <algorithm>
#include <set>

#include "engine/core/contracts.hpp"
#include "engine/scenario/content.hpp"

namespace segue {
namespace {

template <class Entry>
bool applies(const Entry& entry, std::string_view neighbourhood) {
    return entry.where.empty() || std::find(entry.where.begin(), entry.where.end(), neighbourhood) != entry.where.end();
}

bool is_in_post(const ClinicianEntry& clinician, const Date& date) {
    return (!clinician.start || *clinician.start <= date) && (!clinician.leaving || date < *clinician.leaving);
}

/// Whether the names that stand for open stars were made; those for closed stars are known to be in their list.
bool names_exist(const ScenarioFacts& facts, const KeyMatch& match) {
    const KeyParts prefix = split_key(match.family->prefix);
    std::size_t star = 0;
    for (std::size_t i = 0; i < prefix.size(); ++i) {
        if (prefix[i] != "*") continue;
        const bool closed = star < match.family->names.size() && !match.family->names[star].empty();
        ++star;
        if (closed) continue;
        const auto made =
            facts.made.find(join_key({prefix.begin(), prefix.begin() + static_cast<std::ptrdiff_t>(i) + 1}));
        const KeyParts names{match.stars.begin(), match.stars.begin() + static_cast<std::ptrdiff_t>(star)};
        if (made == facts.made.end()) return false;
        if (std::find(made->second.begin(), made->second.end(), names) == made->second.end()) return false;
    }
    return true;
}

/// The declaration of a key that nobody wrote but that exists; throws when there is none.
const Declaration& unwritten(const ScenarioFacts& facts, std::string_view key) {
    const auto match = facts.index->find(split_key(key));
    if (match && match->family != nullptr && names_exist(facts, *match)) return *match->row;
    throw ContractError{"there is no parameter " + std::string{key}};
}

}  // namespace

const Value& Scenario::value(std::string_view key) const {
    const ScenarioFacts& facts = content_->facts();
    const auto found = facts.entries.find(key);
    return found != facts.entries.end() ? found->second.value : unwritten(facts, key).default_value;
}

const Origin& Scenario::origin(std::string_view key) const {
    static const Origin declared;
    const ScenarioFacts& facts = content_->facts();
    const auto found = facts.entries.find(key);
    if (found != facts.entries.end()) return found->second.origin;
    static_cast<void>(unwritten(facts, key));
    return declared;
}

const Declaration& Scenario::declaration(std::string_view key) const {
    const ScenarioFacts& facts = content_->facts();
    const auto found = facts.entries.find(key);
    return found != facts.entries.end() ? *found->second.row : unwritten(facts, key);
}

std::vector<std::string> Scenario::keys() const {
    std::vector<std::string> keys;
    for (const auto& [key, entry] : content_->facts().entries) keys.push_back(key);
    return keys;
}

std::vector<std::string> Scenario::names_in(std::string_view prefix, const std::vector<std::string>& star_names) const {
    const auto made = content_->facts().made.find(prefix);
    std::vector<std::string> names;
    if (made == content_->facts().made.end()) return names;
    std::set<std::string> seen;
    for (const KeyParts& stars : made->second) {
        if (stars.size() <= star_names.size() || !std::equal(star_names.begin(), star_names.end(), stars.begin()))
            continue;
        const std::string& name = stars[star_names.size()];
        if (seen.insert(name).second) names.push_back(name);
    }
    return names;
}

const std::vector<SegmentEntry>& Scenario::segments() const noexcept { return content_->facts().segments; }
const std::vector<PracticeEntry>& Scenario::practices() const noexcept { return content_->facts().practices; }
const std::vector<NeighbourhoodEntry>& Scenario::neighbourhoods() const noexcept {
    return content_->facts().neighbourhoods;
}
const std::vector<OutputEntry>& Scenario::outputs() const noexcept { return content_->facts().outputs; }
const std::vector<ChangeEntry>& Scenario::changes() const noexcept { return content_->facts().changes; }
const std::vector<ClinicianEntry>& Scenario::clinicians() const noexcept { return content_->facts().clinicians; }
const std::vector<ActivityEntry>& Scenario::activities() const noexcept { return content_->facts().activities; }

std::vector<Date> Scenario::change_dates(std::string_view neighbourhood) const {
    std::vector<Date> dates;
    for (const ChangeEntry& change : changes()) {
        if (applies(change, neighbourhood)) dates.push_back(change.on);
    }
    for (const ClinicianEntry& clinician : clinicians()) {
        if (!applies(clinician, neighbourhood)) continue;
        if (clinician.start) dates.push_back(*clinician.start);
        if (clinician.leaving) dates.push_back(*clinician.leaving);
    }
    std::sort(dates.begin(), dates.end());
    dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
    return dates;
}

Scenario Scenario::as_of(const Date& date, std::string_view neighbourhood) const {
    ScenarioFacts facts = content_->facts();
    facts.changes.clear();
    for (const ChangeEntry& change : changes()) {
        if (!applies(change, neighbourhood)) continue;
        if (change.on > date) {
            facts.changes.push_back(change);
            continue;
        }
        for (const auto& [key, value] : change.set) {
            ScenarioEntry& entry = facts.entries.at(key);
            entry.value = value;
            entry.origin = {Origin::Layer::change, change.place, {}};
        }
    }
    std::erase_if(facts.clinicians, [&](const ClinicianEntry& clinician) {
        return !applies(clinician, neighbourhood) || !is_in_post(clinician, date);
    });
    return Scenario{std::make_shared<const Content>(std::move(facts))};
}

bool Scenario::has_table(std::string_view name) const { return content_->facts().tables.count(name) != 0; }

const Table& Scenario::table(std::string_view name) const {
    const auto found = content_->facts().tables.find(name);
    if (found == content_->facts().tables.end()) throw ContractError{"the scenario has no table " + std::string{name}};
    return *found->second;
}

std::vector<std::string> Scenario::table_names() const {
    std::vector<std::string> names;
    for (const auto& [name, table] : content_->facts().tables) names.push_back(name);
    return names;
}

const Catalogue& Scenario::catalogue() const noexcept { return content_->facts().index->catalogue(); }

const std::vector<std::string>& Scenario::files() const noexcept { return content_->facts().files; }
const std::string& Scenario::path() const noexcept { return content_->facts().path; }
const std::string& Scenario::folder() const noexcept { return content_->facts().folder; }
const std::string& Scenario::name() const noexcept { return content_->facts().name; }

std::string Scenario::resolved_toml() const { return resolved_text(content_->facts(), Resolved::whole); }
const std::string& Scenario::hash() const noexcept { return content_->hash(); }

std::string Scenario::full_key(std::string key, const std::vector<std::string>& star_names) {
    std::size_t from = 0;
    for (const std::string& name : star_names) {
        const std::size_t star = key.find('*', from);
        if (star == std::string::npos) throw ContractError{"more names than stars in " + key};
        key.replace(star, 1, name);
        from = star + name.size();
    }
    return key;
}

const std::string& Scenario::Content::hash() const {
    std::call_once(once_, [this] { hash_ = hash_of(facts_); });
    return hash_;
}

}  // namespace segue
