#include "engine/compare/staff_cost.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engine/model/money/ledger.hpp"
#include "engine/model/team_parameters.hpp"

namespace segue::compare {
namespace {

/// The mean over the span's days of what each day's scenario gives, summed over neighbourhoods.
double over_span(const day::World& world, const std::function<double(const Scenario& in_force)>& of) {
    const Scenario& scenario = world.scenario();
    const Day first = world.span().first;
    const Day after = world.span().last + 1;
    double sum = 0;
    for (const day::NeighbourhoodPlan& place : world.neighbourhoods()) {
        std::vector<Day> from{first};
        for (const Date& date : scenario.change_dates(place.name)) {
            if (to_day(date) > first && to_day(date) < after) from.push_back(to_day(date));
        }
        from.push_back(after);
        for (std::size_t i = 0; i + 1 < from.size(); ++i)
            sum += of(scenario.as_of(to_date(from[i]), place.name)) * (from[i + 1] - from[i]);
    }
    return sum / (after - first);
}

/// What one more WTE in the scenario would cost a year, dated changes that set the role left as they are. [GBP/a]
double cost_of_one_more(const day::World& world, Role role) {
    const std::string name{name_of(role)};
    return over_span(world, [&](const Scenario& in_force) {
        const Origin& origin = in_force.origin(fmt::format("team.roles.{}.wte", name));
        if (origin.layer == Origin::Layer::change) return 0.0;
        return in_force.read<RoleParameters>({name}).cost_per_wte_year.value();
    });
}

bool has_named(const Scenario& scenario, Role role) {
    const auto& clinicians = scenario.clinicians();
    return std::any_of(clinicians.begin(), clinicians.end(),
                       [&](const ClinicianEntry& one) { return one.role == role; });
}

}  // namespace

Pounds staff_cost_per_year(const day::World& world) {
    return Pounds{
        over_span(world, [](const Scenario& in_force) { return money::staff_cost_per_year(in_force).value(); })};
}

std::optional<Wte> equal_cost_wte(const day::World& first, const day::World& arm, Role role, Problems& problems) {
    const Scenario& scenario = arm.scenario();
    const std::string key = fmt::format("team.roles.{}.wte", name_of(role));
    const auto refuse = [&](const std::string& what, const char* expected) {
        problems
            .add(scenario.origin(key).place.file.empty() ? Place{scenario.path(), 0, 0} : scenario.origin(key).place,
                 fmt::format("--equal-cost {}: {}", name_of(role), what))
            .expected(expected);
        return std::nullopt;
    };
    if (has_named(scenario, role)) return refuse("its WTE is that of named clinicians", "a role without [[clinician]]");
    const double slope = cost_of_one_more(arm, role);
    if (!(slope > 0))
        return refuse("one more would cost nothing", "a role that costs and that no change sets for good");
    const double missing = staff_cost_per_year(first).value() - staff_cost_per_year(arm).value();
    const double now = scenario.read<TeamRoleParameters>({std::string{name_of(role)}}).wte.value();
    if (now + missing / slope < 0) {
        return refuse(fmt::format("{} costs {:.0f} GBP a year more than {}, and all of this role only {:.0f}",
                                  scenario.path(), -missing, first.scenario().path(), now * slope),
                      "a role large enough to make up the difference");
    }
    return Wte{now + missing / slope};
}

}  // namespace segue::compare
