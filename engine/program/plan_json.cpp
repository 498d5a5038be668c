// The plan of a run, told to a script.
#include <nlohmann/json.hpp>

#include "engine/day/steps.hpp"
#include "engine/program/plan.hpp"

namespace segue::program {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Problem& problem) {
    return {{"severity", problem.severity == Severity::error ? "error" : "warning"},
            {"file", problem.place.file},
            {"line", problem.place.line},
            {"column", problem.place.column},
            {"what", problem.what},
            {"expected", problem.expected},
            {"advice", problem.advice}};
}
Json json_of(const day::NeighbourhoodPlan& one) { return {{"name", one.name}, {"people", one.size}}; }
Json json_of(const PracticeEntry& one) { return {{"name", one.name}, {"share", one.share}}; }
Json json_of(const SegmentEntry& one) { return {{"name", one.name}, {"when", one.when}}; }
Json json_of(const ChangeEntry& one) { return {{"name", one.name}, {"on", to_string(one.on)}, {"where", one.where}}; }
Json json_of(const day::Step& one) { return {{"name", one.name}, {"room", one.room}, {"reason", one.reason}}; }
Json json_of(const Neighbour& one) { return {{"name", one.name}, {"staff_gbp_per_year", one.cost_per_year.value()}}; }
Json json_of(const Difference& one) {
    return {{"key", one.key},       {"base_value", one.base_value},        {"value", one.value},
            {"source", one.source}, {"certainty", name_of(one.certainty)}, {"kind", name_of(one.kind)}};
}
Json json_of(const Post& one) {
    return {{"role", name_of(one.role)},
            {"wte", one.wte.value()},
            {"book", name_of(one.book)},
            {"gbp_per_year", one.cost_per_year.value()}};
}
Json json_of(const Output& one) {
    Json by = Json::array();
    for (const Dimension dimension : one.by) by.push_back(name_of(dimension));
    return {{"name", one.name},
            {"measure", one.measure->name},
            {"statistic", name_of(one.statistic)},
            {"every", name_of(one.every)},
            {"by", std::move(by)},
            {"cells_per_period", one.cells}};
}

Json json_of(const Start& one);

template <class List>
Json list_of(const List& list) {
    Json array = Json::array();
    for (const auto& one : list) array.push_back(json_of(one));
    return array;
}

Json budgets(const Start& start) {
    Json told = Json::object();
    for (const Scope scope : all<Scope>()) {
        const double amount = start.budget_per_head[scope].value();
        told[std::string{name_of(scope)}] = amount > 0 ? Json(amount) : Json(nullptr);
    }
    return told;
}

Json json_of(const Start& one) {
    return {{"neighbourhoods", one.neighbourhoods},
            {"people", one.people},
            {"team", list_of(one.team)},
            {"staff_gbp_per_year", one.staff_cost_per_year.value()},
            {"budget_gbp_per_head_year", budgets(one)}};
}

}  // namespace

std::string plan_json(const Plan& plan, const std::vector<Problem>& warnings) {
    const day::World& world = *plan.world;
    const Scenario& scenario = world.scenario();
    const Json told{{"scenario", scenario.folder() + "/" + scenario.name()},
                    {"problems", list_of(warnings)},
                    {"hash", scenario.hash()},
                    {"neighbourhoods", list_of(world.neighbourhoods())},
                    {"people", plan.people},
                    {"practices", list_of(scenario.practices())},
                    {"segments", list_of(scenario.segments())},
                    {"warm_up_start", to_string(to_date(world.warm_up_start()))},
                    {"start", to_string(to_date(world.span().first))},
                    {"end", to_string(to_date(world.span().last))},
                    {"changes", list_of(scenario.changes())},
                    {"replicates", world.run().replicates},
                    {"seed", world.run().seed},
                    {"steps", list_of(day::steps())},
                    {"base", plan.base.empty() ? Json(nullptr) : Json(plan.base)},
                    {"differences", list_of(plan.differences)},
                    {"at_the_start", list_of(plan.start)},
                    {"configurations_in_folder", list_of(plan.neighbours)},
                    {"outputs", list_of(world.plan().outputs())},
                    {"person_years", plan.estimate.person_years},
                    {"threads", plan.threads},
                    {"memory_bytes", plan.estimate.memory_bytes},
                    {"file_bytes_before_compression", plan.estimate.file_bytes},
                    {"seconds", plan.estimate.seconds},
                    {"assumed_person_years_per_second", assumed_person_years_per_second}};
    return told.dump(2) + '\n';
}

std::string problems_json(const std::vector<Problem>& problems) {
    return Json{{"problems", list_of(problems)}}.dump(2) + '\n';
}

}  // namespace segue::program
