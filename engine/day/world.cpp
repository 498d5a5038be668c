#include "engine/day/world.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <fmt/format.h>

#include "engine/core/words.hpp"

namespace segue::day {
namespace {

std::vector<std::string> practice_names(const Scenario& scenario) {
    std::vector<std::string> words;
    for (const PracticeEntry& practice : scenario.practices()) words.push_back(practice.name);
    if (words.empty()) words.emplace_back(only_practice);
    return words;
}

/// A neighbourhood that the scenario names is numbered by its name alone, so that neither its place in the file
/// nor who else is there changes anything in it. The only one of a scenario that names none is 0.
NeighbourhoodRow number_of(const Scenario& scenario, const NeighbourhoodEntry& entry) {
    if (scenario.neighbourhoods().size() == 1 && entry.name == scenario.folder()) return NeighbourhoodRow{0};
    return NeighbourhoodRow{number_of_name(entry.name)};
}

/// Two of one number would share all of their luck.
void check_numbers(const Scenario& scenario, const std::vector<NeighbourhoodPlan>& plans, Problems& problems) {
    std::map<NeighbourhoodRow, std::string> names;
    for (const NeighbourhoodPlan& plan : plans) {
        const auto [first, is_fresh] = names.emplace(plan.number, plan.name);
        if (is_fresh) continue;
        problems
            .add({scenario.path(), 0, 0},
                 fmt::format("the names of neighbourhoods \"{}\" and \"{}\" give one number", first->second, plan.name))
            .expected("another name for one of them");
    }
}

NeighbourhoodPlan plan_for(const Scenario& scenario, const NeighbourhoodEntry& entry, const Kinds& kinds,
                           const std::vector<double>& shares, Day start, Problems& problems) {
    NeighbourhoodPlan plan;
    plan.name = entry.name;
    plan.number = number_of(scenario, entry);
    // Changes dated on or before the first day are in force from it.
    const Scenario at_start = scenario.as_of(to_date(start), entry.name);
    plan.configurations.push_back(std::make_unique<Configuration>(at_start, kinds, shares, start, problems));
    for (const Date& date : scenario.change_dates(entry.name)) {
        if (to_day(date) <= start) continue;
        plan.configurations.push_back(
            std::make_unique<Configuration>(scenario.as_of(date, entry.name), kinds, shares, to_day(date), problems));
    }
    return plan;
}

/// Each practice's share of the list; without laws, which are faulty then, as if all practices were alike.
std::vector<double> practice_shares(const life::Laws& laws, std::size_t practices) {
    if (laws.are_sound()) return laws.population().practice_shares;
    return std::vector<double>(practices, 1 / static_cast<double>(practices));
}

/// A mistake is told once: neighbourhoods and dates share most of what is odd.
Problems each_once(const Problems& problems) {
    Problems once;
    std::set<std::string> told;
    for (const Problem& problem : problems.all()) {
        if (told.insert(to_string(problem)).second) once.add(problem);
    }
    return once;
}

/// Nobody waits who is not on the list.
void check_backlogs(const NeighbourhoodPlan& plan, const std::vector<Backlog>& backlogs, Problems& problems) {
    for (const Backlog& backlog : backlogs) {
        if (backlog.people <= plan.size) continue;
        problems
            .add(backlog.origin, fmt::format("backlog.{}.people is {}, and the list of {} has {} people",
                                             backlog.name(), backlog.people, plan.name, plan.size))
            .expected("at most the people on the list: it is of each neighbourhood");
    }
}

/// A line of a role that nobody ever fills is worked off by no one.
void warn_of_idle_backlogs(const NeighbourhoodPlan& plan, const std::vector<Backlog>& backlogs, Problems& problems) {
    for (const Backlog& backlog : backlogs) {
        const auto* role = std::get_if<Role>(&backlog.where);
        if (role == nullptr) continue;
        const bool ever = std::any_of(plan.configurations.begin(), plan.configurations.end(),
                                      [&](const auto& one) { return one->terms.in_post[*role]; });
        if (ever) continue;
        problems
            .warn(backlog.origin, fmt::format("backlog.{} waits for a role with nobody in post in {}: its people wait "
                                              "until they heal, worsen or give up",
                                              backlog.name(), plan.name))
            .expected(fmt::format("team.roles.{}.wte above 0", backlog.name()));
    }
}

/// Which contacts national figures would count: by kind of need, then by role.
std::vector<bool> appointments(const Scenario& scenario, const Kinds& kinds) {
    std::vector<bool> counts;
    for (std::size_t need = 0; need < kinds.kinds.size(); ++need) {
        for (const Role role : all<Role>()) {
            const auto setting = scenario.read<RoleParameters>({std::string{name_of(role)}}).setting;
            counts.push_back(kinds[need].parameters.appointment && setting == Setting::general_practice);
        }
    }
    return counts;
}

void check_planned_care(const Scenario& scenario, const PlannedCareParameters& care, Problems& problems) {
    if (care.discharged_share + care.listed_share > 1) {
        problems
            .add(scenario.origin("planned_care.listed_share").place,
                 fmt::format("planned_care.discharged_share and planned_care.listed_share add up to {}",
                             care.discharged_share + care.listed_share))
            .expected("at most 1: they are parts of the same first attendances");
    }
    if (care.follow_up_soon_from >= care.follow_up_later_from || care.follow_up_later_from > care.follow_up_to) {
        problems
            .add(scenario.origin("planned_care.follow_up_later_from_days").place,
                 fmt::format("planned_care follow-ups are from {}, from {} when later, and to {} d",
                             care.follow_up_soon_from.value(), care.follow_up_later_from.value(),
                             care.follow_up_to.value()))
            .expected("days that rise in this order");
    }
}

}  // namespace

Configuration::Configuration(const Scenario& scenario, const Kinds& kinds, std::vector<double> shares, Day from_day,
                             Problems& problems)
    : from{from_day},
      terms{scenario, std::move(shares), problems},
      front_door{scenario, kinds, terms.in_post, terms.shares, problems},
      aftercare{scenario},
      prescribing{scenario},
      prices{scenario} {}

// Every part is read although one before it has problems, so that all of them are told at once: a part stands what is
// wrong with those that it is made from.
World::World(const Scenario& scenario) : scenario_{scenario}, run_{scenario.read<RunParameters>()} {
    Problems problems;
    const Day start = to_day(run_.start);
    warm_up_start_ = start - static_cast<std::int32_t>(run_.warm_up.value());
    const Span results{start, same_date(start, run_.years) - 1};
    hospital_ = scenario.read<HospitalParameters>();
    planned_care_ = scenario.read<PlannedCareParameters>();
    check_planned_care(scenario, planned_care_, problems);
    feedbacks_ = scenario.read<FeedbackParameters>();
    kinds_ = read_kinds(scenario, problems);
    prescribing_ = std::make_unique<prescribing::Evidence>(scenario, kinds_, problems);
    prescribing::check_stack(scenario, problems);
    rates_ = std::make_unique<needs::RateTables>(scenario, kinds_, problems);
    laws_ = std::make_unique<life::Laws>(scenario, problems);
    Labels labels;
    if (laws_->are_sound()) labels.segments = laws_->segment_names();
    labels.practices = practice_names(scenario);
    const std::vector<double> shares = practice_shares(*laws_, labels.practices.size());
    for (const NeedKind& kind : kinds_.kinds) labels.needs.push_back(kind.name);
    labels.appointments = appointments(scenario, kinds_);
    for (const prescribing::Activity& one : prescribing_->activities) labels.activities.push_back(one.name);
    plan_ = std::make_unique<OutputPlan>(scenario, results, std::move(labels), problems);
    backlogs_ = read_backlogs(scenario, kinds_, problems);
    for (const NeighbourhoodEntry& entry : scenario.neighbourhoods()) {
        NeighbourhoodPlan plan = plan_for(scenario, entry, kinds_, shares, warm_up_start_, problems);
        if (const auto size = entry.size ? entry.size : laws_->size()) {
            plan.size = *size;
            check_backlogs(plan, backlogs_, problems);
        }
        warn_of_idle_backlogs(plan, backlogs_, problems);
        neighbourhoods_.push_back(std::move(plan));
    }
    check_numbers(scenario, neighbourhoods_, problems);
    warnings_ = each_once(problems);
    warnings_.raise_if_any();
}

std::size_t bytes_per_task(const World& world, std::int64_t people) {
    // Columns, open needs, calendar and a day of records, as benchmarks found them; then the outputs.
    // (loop/day: 123 resident and 10 of records at 40,000 people, twice the onset up to 200, and 0.2 MB whatever their
    // number.)
    constexpr std::size_t bytes_per_person = 200;
    constexpr std::size_t bytes_in_any_case = std::size_t{1} << 18U;
    return bytes_in_any_case + static_cast<std::size_t>(people) * bytes_per_person +
           world.plan().cells() * sizeof(std::int64_t) * 3;
}

}  // namespace segue::day
