#include "engine/scenario/named_arrays.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/vocabulary.hpp"
#include "engine/core/words.hpp"

namespace segue {
namespace {

Declaration field(std::string name, Form form, std::string meaning, Value default_value, Range range = {0, 0},
                  std::vector<std::string> choices = {}) {
    Declaration row;
    row.key = std::move(name);
    row.form = form;
    row.meaning = std::move(meaning);
    row.default_value = std::move(default_value);
    row.range = range;
    row.choices = std::move(choices);
    row.source = "the scenario's own choice";
    return row;
}

EnumArray<ArrayName, std::vector<Declaration>> all_fields() {
    const auto texts = [] { return std::vector<std::string>{}; };
    EnumArray<ArrayName, std::vector<Declaration>> fields;
    fields[ArrayName::segment] = {
        field("when", Form::text, "Rule over attributes; the first segment that matches wins", std::string{})};
    fields[ArrayName::practice] = {
        field("share", Form::number, "Share of the list, relative to the other practices'", 1.0, {1e-6, 1e6})};
    fields[ArrayName::neighbourhood] = {field("size", Form::integer, "People on its list; without it, population.size",
                                              std::int64_t{0}, {1, 10'000'000})};
    fields[ArrayName::output] = {
        field("measure", Form::text, "What is counted", std::string{}),
        field("by", Form::texts, "Dimensions that it is broken down by", texts()),
        field("every", Form::choice, "Period of each value", std::string{name_of(Period::month)}, {0, 0},
              words<Period>()),
        field("statistic", Form::choice, "What is made of the records; without it, what the measure usually is",
              std::string{name_of(Statistic::count)}, {0, 0}, words<Statistic>()),
        field("edges", Form::numbers, "Lower edges of a histogram's bins, ascending", std::vector<double>{},
              {-1e12, 1e12}),
        field("top_share", Form::number, "Share of people whose share of the total is asked for", 0.1, {1e-4, 1})};
    fields[ArrayName::clinician] = {
        field("role", Form::choice, "Kind of worker", std::string{name_of(Role::gp)}, {0, 0}, words<Role>()),
        field("practice", Form::text, "The practice whose book it is; for a role that the hub books, none",
              std::string{}),
        field("wte", Form::number, "Whole-time equivalent", 1.0, {0.01, 2}),
        field("days", Form::texts, "Days of the week at work; without it, every day that the books are open", texts(),
              {0, 0}, words<Weekday>()),
        field("start", Form::date, "First day at work; without it, from the beginning", Date{}),
        field("leaving", Form::date, "First day on which they have left; without it, they stay", Date{}),
        field("where", Form::texts, "Names of the neighbourhoods that have them; without it, all", texts())};
    fields[ArrayName::activity] = {
        field("kind", Form::choice, "What people do there; those of one kind stand in for one another",
              std::string{name_of(ActivityKind::social)}, {0, 0}, words<ActivityKind>()),
        field("when", Form::text, "Rule over attributes: whom it is for", std::string{"true"}),
        field("places", Form::integer, "People who can be in it at one time", std::int64_t{12}, {1, 1'000'000}),
        field("weeks", Form::integer, "How long it goes on for each person", std::int64_t{12}, {1, 104}),
        field("starts_every_weeks", Form::integer, "Time between the days on which people can start; 0: any weekday",
              std::int64_t{0}, {0, 104}),
        field("price_gbp", Form::number, "What each person pays for each week", 0.0, {0, 10'000}),
        field("cost_gbp", Form::number, "What is paid for each place that is taken up; 0: the place is not paid for",
              0.0, {0, 100'000}),
        field("distance_km", Form::number, "Mean distance from people's homes", 2.0, {0, 1000}),
        field("open_from", Form::date, "First day on which anybody starts; without it, from the beginning", Date{}),
        field("funded_until", Form::date, "First day on which nobody starts; without it, it goes on", Date{})};
    fields[ArrayName::change] = {
        field("on", Form::date, "The first day on which it is in force", Date{}),
        field("where", Form::texts, "Names of the neighbourhoods concerned; without it, all", texts())};
    return fields;
}

const Declaration& field_of(ArrayName array, const std::string& name) {
    const auto& rows = fields_of(array);
    return *std::find_if(rows.begin(), rows.end(), [&](const Declaration& row) { return row.key == name; });
}

std::vector<std::string> names_of(const std::vector<NamedEntry>& entries) {
    std::vector<std::string> names;
    for (const NamedEntry& entry : entries) names.push_back(entry.name);
    return names;
}

auto find_entry(std::vector<NamedEntry>& entries, const std::string& name) {
    return std::find_if(entries.begin(), entries.end(), [&](const NamedEntry& entry) { return entry.name == name; });
}

void suggest(Problems::Entry entry, const std::string& name, const std::vector<std::string>& names) {
    const std::string near = nearest(name, names);
    if (!near.empty()) entry.advice(fmt::format("did you mean \"{}\"?", near));
}

void write_field(const std::string& label, Written& below, const Written& above, Problems& warnings) {
    if (below.value == above.value) {
        warnings.warn(above.place, fmt::format("{} is already {}: nothing changes", label, to_string(above.value)));
    }
    below = above;
}

void lay_over(ArrayName array, NamedEntry& below, const NamedEntry& above, Problems& warnings) {
    const std::string label = entry_label(array, above.name) + ": ";
    for (const auto& [name, written] : above.fields) {
        const auto [found, is_new] = below.fields.try_emplace(name, written);
        if (!is_new) write_field(label + name, found->second, written, warnings);
    }
    for (const auto& one : above.set) {
        const auto found = std::find_if(below.set.begin(), below.set.end(),
                                        [&](const auto& other) { return other.first == one.first; });
        if (found == below.set.end()) {
            below.set.push_back(one);
        } else {
            write_field(label + one.first, found->second, one.second, warnings);
        }
    }
}

void move_before(ArrayName array, std::vector<NamedEntry>& merged, const NamedEntry& mover, Problems& problems) {
    const auto& target_name = std::get<std::string>(mover.before->value);
    const auto target = find_entry(merged, target_name);
    const auto moving = find_entry(merged, mover.name);
    if (target == merged.end() || target == moving) {
        suggest(problems.add(mover.before->place,
                             fmt::format("there is no other {} \"{}\" to stand before", name_of(array), target_name)),
                target_name, names_of(merged));
    } else if (target < moving) {
        std::rotate(target, moving, moving + 1);
    } else {
        std::rotate(moving, moving + 1, target);
    }
}

void require_fields(ArrayName array, const NamedEntry& entry, Problems& problems) {
    for (const std::string& field : required_fields(array)) {
        if (entry.fields.count(field) != 0) continue;
        problems.add(entry.place, fmt::format("{} has no {}", entry_label(array, entry.name), field))
            .expected(expectation(field_of(array, field)));
    }
}

/// The field as it was written; none when it was not, or was refused.
const Written* sound_field(const NamedEntry& entry, const std::string& field) {
    const auto found = entry.fields.find(field);
    return found == entry.fields.end() || found->second.refused ? nullptr : &found->second;
}

void check_where(const NamedEntry& entry, const std::vector<std::string>& neighbourhoods, Problems& problems) {
    const auto where = entry.fields.find("where");
    if (where == entry.fields.end()) return;
    for (const std::string& name : std::get<std::vector<std::string>>(where->second.value)) {
        if (std::find(neighbourhoods.begin(), neighbourhoods.end(), name) != neighbourhoods.end()) continue;
        suggest(problems.add(where->second.place, fmt::format("there is no neighbourhood \"{}\"", name)), name,
                neighbourhoods);
    }
}

void check_change(const NamedEntry& entry, const std::vector<std::string>& neighbourhoods, Problems& problems) {
    require_fields(ArrayName::change, entry, problems);
    if (entry.set.empty()) {
        problems.add(entry.place, entry_label(ArrayName::change, entry.name) + " sets nothing")
            .expected("set = { \"key\" = value } with policy parameters");
    }
    check_where(entry, neighbourhoods, problems);
}

void check_clinician(const NamedEntry& entry, const std::vector<NamedEntry>& practices,
                     const std::vector<std::string>& neighbourhoods, Problems& problems) {
    require_fields(ArrayName::clinician, entry, problems);
    check_where(entry, neighbourhoods, problems);
    const Written* start = sound_field(entry, "start");
    const Written* leaving = sound_field(entry, "leaving");
    if (start != nullptr && leaving != nullptr && std::get<Date>(leaving->value) <= std::get<Date>(start->value)) {
        problems
            .add(leaving->place,
                 entry_label(ArrayName::clinician, entry.name) + " leaves on the day of starting or before")
            .expected("start < leaving");
    }
    const Written* practice = sound_field(entry, "practice");
    if (practice == nullptr) return;
    const std::string& name = std::get<std::string>(practice->value);
    const std::vector<std::string> known =
        practices.empty() ? std::vector<std::string>{std::string{only_practice}} : names_of(practices);
    if (std::find(known.begin(), known.end(), name) != known.end()) return;
    suggest(problems
                .add(practice->place, fmt::format("{}: there is no practice \"{}\"",
                                                  entry_label(ArrayName::clinician, entry.name), name))
                .expected(fmt::format("one of {}", fmt::join(known, ", "))),
            name, known);
}

void check_output(const NamedEntry& entry, Problems& problems) {
    require_fields(ArrayName::output, entry, problems);
    const auto edges = entry.fields.find("edges");
    if (edges == entry.fields.end()) return;
    const auto& values = std::get<std::vector<double>>(edges->second.value);
    if (std::adjacent_find(values.begin(), values.end(), std::greater_equal<>{}) != values.end()) {
        problems.add(edges->second.place,
                     fmt::format("{}: edges do not ascend", entry_label(ArrayName::output, entry.name)));
    }
}

}  // namespace

const std::vector<Declaration>& fields_of(ArrayName array) {
    static const auto fields = all_fields();
    return fields[array];
}

std::string_view meaning_of(ArrayName array) {
    switch (array) {
        case ArrayName::segment: return "Groups of people with like needs, in order; the first whose rule matches wins";
        case ArrayName::practice: return "The practices whose lists make up the registered population";
        case ArrayName::neighbourhood:
            return "The neighbourhoods that are simulated together; without any there is one";
        case ArrayName::output: return "What is counted, by what and how often";
        case ArrayName::clinician:
            return "Named members of staff; a role that has any has them instead of the posts that its WTE makes";
        case ArrayName::activity: return "What link workers can refer people on to, with places, price and distance";
        default: return "Policy parameters set on a date, in some neighbourhoods or all";
    }
}

bool is_policy(ArrayName array) noexcept {
    return array == ArrayName::output || array == ArrayName::change || array == ArrayName::clinician ||
           array == ArrayName::activity;
}

const std::vector<std::string>& required_fields(ArrayName array) {
    static const auto required = [] {
        EnumArray<ArrayName, std::vector<std::string>> fields;
        fields[ArrayName::output] = {"measure"};
        fields[ArrayName::change] = {"on"};
        fields[ArrayName::clinician] = {"role", "wte"};
        return fields;
    }();
    return required[array];
}

void put_stand_ins(NamedEntries& merged, StandIn end) {
    for (const ArrayName array : all<ArrayName>()) {
        for (NamedEntry& entry : merged[array]) {
            for (const std::string& field : required_fields(array))
                entry.fields.try_emplace(field, Written{{}, entry.place, true});
            for (auto& [field, written] : entry.fields) {
                if (written.refused) written.value = stand_in(field_of(array, field), end);
            }
        }
    }
}

const Value& NamedEntry::value(ArrayName array, const std::string& field) const {
    const auto written = fields.find(field);
    return written != fields.end() ? written->second.value : field_of(array, field).default_value;
}

std::string entry_label(ArrayName array, const std::string& name) {
    return fmt::format("{} \"{}\"", name_of(array), name);
}

std::vector<std::pair<std::string, Value>> fields_of(const ActivityEntry& activity) {
    std::vector<std::pair<std::string, Value>> fields{{"kind", std::string{name_of(activity.kind)}},
                                                      {"when", activity.when},
                                                      {"places", activity.places},
                                                      {"weeks", activity.weeks},
                                                      {"starts_every_weeks", activity.starts_every_weeks},
                                                      {"price_gbp", activity.price.value()},
                                                      {"cost_gbp", activity.cost.value()},
                                                      {"distance_km", activity.distance_km}};
    if (activity.open_from) fields.emplace_back("open_from", *activity.open_from);
    if (activity.funded_until) fields.emplace_back("funded_until", *activity.funded_until);
    return fields;
}

std::vector<std::string> day_names(const ClinicianEntry& clinician) {
    std::vector<std::string> words;
    for (const Weekday day : clinician.days) words.emplace_back(name_of(day));
    return words;
}

void merge_entries(ArrayName array, std::vector<NamedEntry>& merged, const std::vector<NamedEntry>& layer,
                   Problems& problems, Problems& warnings) {
    for (const NamedEntry& entry : layer) {
        const auto found = find_entry(merged, entry.name);
        if (found == merged.end() && (entry.remove || entry.must_exist)) {
            suggest(problems.add(entry.place, fmt::format("there is no {} \"{}\"", name_of(array), entry.name)),
                    entry.name, names_of(merged));
        } else if (entry.remove) {
            merged.erase(found);
        } else if (found == merged.end()) {
            merged.push_back(entry);
        } else {
            lay_over(array, *found, entry, warnings);
        }
    }
    for (const NamedEntry& entry : layer) {
        if (entry.before && !entry.remove) move_before(array, merged, entry, problems);
    }
}

void check_entries(const NamedEntries& merged, const std::vector<std::string>& neighbourhoods, Problems& problems) {
    for (const NamedEntry& entry : merged[ArrayName::output]) check_output(entry, problems);
    for (const NamedEntry& entry : merged[ArrayName::change]) check_change(entry, neighbourhoods, problems);
    for (const NamedEntry& entry : merged[ArrayName::clinician])
        check_clinician(entry, merged[ArrayName::practice], neighbourhoods, problems);
}

std::vector<SegmentEntry> segments_of(const std::vector<NamedEntry>& entries) {
    std::vector<SegmentEntry> segments;
    for (const NamedEntry& entry : entries) {
        const auto when = entry.fields.find("when");
        segments.push_back({entry.name, std::get<std::string>(entry.value(ArrayName::segment, "when")),
                            when == entry.fields.end() ? entry.place : when->second.place});
    }
    return segments;
}

std::vector<PracticeEntry> practices_of(const std::vector<NamedEntry>& entries) {
    std::vector<PracticeEntry> practices;
    for (const NamedEntry& entry : entries) {
        practices.push_back({entry.name, std::get<double>(entry.value(ArrayName::practice, "share"))});
    }
    return practices;
}

std::vector<NeighbourhoodEntry> neighbourhoods_of(const std::vector<NamedEntry>& entries) {
    std::vector<NeighbourhoodEntry> neighbourhoods;
    for (const NamedEntry& entry : entries) {
        NeighbourhoodEntry made{entry.name, std::nullopt};
        const auto size = entry.fields.find("size");
        if (size != entry.fields.end()) made.size = std::get<std::int64_t>(size->second.value);
        neighbourhoods.push_back(std::move(made));
    }
    return neighbourhoods;
}

std::vector<OutputEntry> outputs_of(const std::vector<NamedEntry>& entries) {
    std::vector<OutputEntry> outputs;
    for (const NamedEntry& entry : entries) {
        const auto value = [&](const char* field) -> const Value& { return entry.value(ArrayName::output, field); };
        std::optional<Statistic> statistic;
        const auto written = entry.fields.find("statistic");
        if (written != entry.fields.end())
            statistic = from_name<Statistic>(std::get<std::string>(written->second.value));
        outputs.push_back(
            {entry.name, std::get<std::string>(value("measure")), std::get<std::vector<std::string>>(value("by")),
             *from_name<Period>(std::get<std::string>(value("every"))), statistic,
             std::get<std::vector<double>>(value("edges")), std::get<double>(value("top_share")), entry.place});
    }
    return outputs;
}

std::vector<ChangeEntry> changes_of(const std::vector<NamedEntry>& entries) {
    std::vector<ChangeEntry> changes;
    for (const NamedEntry& entry : entries) {
        ChangeEntry made{entry.name,
                         std::get<Date>(entry.value(ArrayName::change, "on")),
                         std::get<std::vector<std::string>>(entry.value(ArrayName::change, "where")),
                         {},
                         entry.place};
        for (const auto& [key, written] : entry.set) made.set.emplace_back(key, written.value);
        changes.push_back(std::move(made));
    }
    std::stable_sort(changes.begin(), changes.end(),
                     [](const ChangeEntry& a, const ChangeEntry& b) { return a.on < b.on; });
    return changes;
}

std::vector<ClinicianEntry> clinicians_of(const std::vector<NamedEntry>& entries) {
    std::vector<ClinicianEntry> clinicians;
    for (const NamedEntry& entry : entries) {
        const auto value = [&](const char* field) -> const Value& { return entry.value(ArrayName::clinician, field); };
        ClinicianEntry made;
        made.name = entry.name;
        made.role = *from_name<Role>(std::get<std::string>(value("role")));
        made.practice = std::get<std::string>(value("practice"));
        made.wte = std::get<double>(value("wte"));
        for (const std::string& word : std::get<std::vector<std::string>>(value("days")))
            made.days.push_back(*from_name<Weekday>(word));
        if (entry.fields.count("start") != 0) made.start = std::get<Date>(value("start"));
        if (entry.fields.count("leaving") != 0) made.leaving = std::get<Date>(value("leaving"));
        made.where = std::get<std::vector<std::string>>(value("where"));
        made.place = entry.place;
        clinicians.push_back(std::move(made));
    }
    return clinicians;
}

std::vector<ActivityEntry> activities_of(const std::vector<NamedEntry>& entries) {
    std::vector<ActivityEntry> activities;
    for (const NamedEntry& entry : entries) {
        const auto value = [&](const char* field) -> const Value& { return entry.value(ArrayName::activity, field); };
        ActivityEntry made;
        made.name = entry.name;
        made.kind = *from_name<ActivityKind>(std::get<std::string>(value("kind")));
        made.when = std::get<std::string>(value("when"));
        made.places = std::get<std::int64_t>(value("places"));
        made.weeks = std::get<std::int64_t>(value("weeks"));
        made.starts_every_weeks = std::get<std::int64_t>(value("starts_every_weeks"));
        made.price = Pounds{std::get<double>(value("price_gbp"))};
        made.cost = Pounds{std::get<double>(value("cost_gbp"))};
        made.distance_km = std::get<double>(value("distance_km"));
        if (entry.fields.count("open_from") != 0) made.open_from = std::get<Date>(value("open_from"));
        if (entry.fields.count("funded_until") != 0) made.funded_until = std::get<Date>(value("funded_until"));
        const auto when = entry.fields.find("when");
        made.place = when == entry.fields.end() ? entry.place : when->second.place;
        activities.push_back(std::move(made));
    }
    return activities;
}

}  // namespace segue
