#include "engine/program/plan.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/day/catalogue.hpp"
#include "engine/model/money/ledger.hpp"
#include "engine/model/money/money_parameters.hpp"
#include "engine/model/rota.hpp"

namespace segue::program {
namespace {

std::vector<Post> team_of(const Scenario& scenario) {
    std::vector<Post> team;
    for (const Role role : all<Role>()) {
        const std::string name{name_of(role)};
        const Wte wte{wte_in_post(scenario, role)};
        if (wte.value() <= 0) continue;
        team.push_back({role, wte, scenario.read<TeamRoleParameters>({name}).book,
                        scenario.read<RoleParameters>({name}).cost_per_wte_year * wte.value()});
    }
    return team;
}

EnumArray<Scope, Pounds> budgets_of(const Scenario& scenario) {
    EnumArray<Scope, Pounds> budgets;
    for (const Scope scope : all<Scope>())
        budgets[scope] = scenario.read<BudgetParameters>({std::string{name_of(scope)}}).per_head_year;
    return budgets;
}

/// Neighbourhoods by what is in force in them on the first day of the results.
std::vector<Start> starts_of(const day::World& world) {
    std::vector<Start> starts;
    for (const day::NeighbourhoodPlan& one : world.neighbourhoods()) {
        const Scenario in_force = world.scenario().as_of(to_date(world.span().first), one.name);
        const Start made{
            {one.name}, one.size, team_of(in_force), money::staff_cost_per_year(in_force), budgets_of(in_force)};
        const auto same = std::find_if(starts.begin(), starts.end(), [&](const Start& start) {
            return start.team == made.team && start.budget_per_head == made.budget_per_head;
        });
        if (same == starts.end()) {
            starts.push_back(made);
        } else {
            same->neighbourhoods.push_back(one.name);
            same->people += one.size;
        }
    }
    return starts;
}

/// A neighbour that cannot be read is left out: its problems are its own.
std::vector<Neighbour> neighbours_of(const Scenario& scenario) {
    std::vector<Neighbour> found;
    const auto folder = std::filesystem::path{scenario.path()}.parent_path();
    for (const char* name : {"gp-led", "primary-care-home"}) {
        const auto path = folder / (std::string{name} + ".toml");
        std::error_code error;
        if (scenario.name() == name || !std::filesystem::is_regular_file(path, error)) continue;
        try {
            Problems warnings;
            const Scenario other = load(path.string(), day::catalogue(), {}, warnings);
            found.push_back({name, money::staff_cost_per_year(other)});
        } catch (const ScenarioError&) {
            continue;
        }
    }
    return found;
}

}  // namespace

Plan plan_of(const day::World& world, int threads) {
    const Scenario& scenario = world.scenario();
    Plan plan;
    plan.world = &world;
    for (const day::NeighbourhoodPlan& one : world.neighbourhoods()) plan.people += one.size;
    plan.start = starts_of(world);
    plan.neighbours = neighbours_of(scenario);
    if (const auto base = load_base(scenario.path(), day::catalogue())) {
        plan.base = base->path();
        plan.differences = differences(*base, scenario);
    }
    plan.threads = threads;
    plan.estimate = run::estimate(world, threads, 1e9 / assumed_person_years_per_second);
    return plan;
}

}  // namespace segue::program
