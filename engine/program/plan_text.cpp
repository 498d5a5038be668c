// The plan of a run, told to a person.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/day/steps.hpp"
#include "engine/program/plan.hpp"
#include "engine/program/text_table.hpp"
#include "engine/program/words.hpp"
#include "engine/scenario/toml.hpp"

namespace segue::program {
namespace {

constexpr std::size_t longest_value = 40;

std::string cut(const std::string& text) { return shortened(text, longest_value); }

using Rows = std::vector<std::vector<std::string>>;

std::string listed(const Rows& rows) {
    TextTable table{TextTable::Align::words};
    for (const auto& row : rows) table.add(row);
    return table.text(2);
}

std::string who_text(const Plan& plan) {
    const day::World& world = *plan.world;
    Rows places;
    for (const day::NeighbourhoodPlan& one : world.neighbourhoods())
        places.push_back({one.name, grouped(static_cast<double>(one.size)) + " people"});
    Rows practices;
    for (const PracticeEntry& one : world.scenario().practices())
        practices.push_back({one.name, fmt::format("share {}", one.share)});
    std::string text =
        fmt::format("neighbourhoods: {}, {} people\n", places.size(), grouped(static_cast<double>(plan.people))) +
        listed(places);
    if (!practices.empty()) text += fmt::format("practices: {}\n", practices.size()) + listed(practices);
    return text;
}

std::string segments_text(const Scenario& scenario) {
    Rows rows;
    for (const SegmentEntry& one : scenario.segments())
        rows.push_back({one.name, one.when.empty() ? "by table" : one.when});
    return "segments, the first that fits wins:\n" + listed(rows);
}

std::string dates_text(const day::World& world) {
    const Span span = world.span();
    std::string text = fmt::format("results: {} to {}; warm-up from {}\n", to_string(to_date(span.first)),
                                   to_string(to_date(span.last)), to_string(to_date(world.warm_up_start())));
    for (const ChangeEntry& change : world.scenario().changes()) {
        text += fmt::format("  on {}: {}, in {}{}\n", to_string(change.on), change.name,
                            change.where.empty() ? "all" : fmt::format("{}", fmt::join(change.where, ", ")),
                            to_day(change.on) < span.first ? "; in force at the start" : "");
    }
    return text + fmt::format("replicates: {}, seed {}\n", world.run().replicates, world.run().seed);
}

std::string steps_text() {
    Rows rows;
    for (const day::Step& step : day::steps())
        rows.push_back({fmt::format("{}", rows.size() + 1), std::string{step.name}, std::string{step.reason}});
    return "the day, in order:\n" + listed(rows);
}

std::string differences_text(const Plan& plan) {
    if (plan.base.empty()) return "base: none\n";
    std::string text = fmt::format("differs from {} in {}:\n", plan.base, counted(plan.differences.size(), "value"));
    Rows rows;
    for (const Difference& one : plan.differences) {
        rows.push_back({one.key, cut(one.base_value) + " -> " + cut(one.value), std::string{name_of(one.certainty)},
                        cut(one.source)});
    }
    return text + listed(rows);
}

std::string budgets_text(const Start& start) {
    Rows rows;
    for (const Scope scope : all<Scope>()) {
        const double amount = start.budget_per_head[scope].value();
        rows.push_back(
            {spaced(name_of(scope)), amount > 0 ? grouped(amount, 2) + " GBP a head and year" : "none stated"});
    }
    return "budget:\n" + listed(rows);
}

/// "6,240 GBP less" than this one.
std::string compared(Pounds cost, Pounds own) {
    const double more = std::round(cost.value()) - std::round(own.value());
    if (more == 0) return "the same";
    return fmt::format("{} GBP {}", grouped(std::abs(more)), more > 0 ? "more" : "less");
}

std::string neighbours_text(const Plan& plan) {
    std::string text;
    for (const Neighbour& one : plan.neighbours) {
        text += fmt::format("  beside it, {}.toml: {} GBP a year, {}\n", one.name, grouped(one.cost_per_year.value()),
                            compared(one.cost_per_year, plan.start.front().staff_cost_per_year));
    }
    return text;
}

std::string start_text(const Plan& plan, const Start& start) {
    Rows rows;
    for (const Post& post : start.team) {
        rows.push_back({spaced(name_of(post.role)), fmt::format("{:.2f} WTE", post.wte.value()),
                        fmt::format("book of the {}", name_of(post.book)),
                        grouped(post.cost_per_year.value()) + " GBP a year"});
    }
    const double cost = start.staff_cost_per_year.value();
    const bool everywhere = plan.start.size() == 1;
    const std::string where = everywhere ? "" : fmt::format(" in {}", fmt::join(start.neighbourhoods, ", "));
    const std::string each = start.neighbourhoods.size() == 1 ? "" : " for each neighbourhood";
    const double head = static_cast<double>(std::max<std::int64_t>(start.people, 1));
    std::string text = fmt::format("team at the start{}:\n", where) + listed(rows) +
                       fmt::format("staff: {} GBP a year{}, {} GBP a head\n", grouped(cost), each,
                                   grouped(cost * static_cast<double>(start.neighbourhoods.size()) / head, 2));
    if (everywhere) text += neighbours_text(plan);
    return text + budgets_text(start);
}

std::string starts_text(const Plan& plan) {
    std::string text;
    for (const Start& start : plan.start) text += start_text(plan, start);
    return text;
}

std::string outputs_text(const OutputPlan& outputs) {
    Rows rows;
    for (const Output& one : outputs.outputs()) {
        std::vector<std::string_view> by{name_of(one.every)};
        for (const Dimension dimension : one.by) by.push_back(name_of(dimension));
        rows.push_back({one.name, std::string{name_of(one.statistic)}, fmt::format("by {}", fmt::join(by, ", ")),
                        counted(one.cells * outputs.periods(one.every).size(), "value")});
    }
    return fmt::format("outputs: {}, {} a neighbourhood and replicate\n", rows.size(),
                       counted(outputs.cells(), "value")) +
           listed(rows);
}

std::string size_text(const Plan& plan) {
    const run::Estimate& estimate = plan.estimate;
    return fmt::format("size: {} person-years; {} of memory on {}; {} of results before compression\n",
                       grouped(estimate.person_years), bytes_text(static_cast<double>(estimate.memory_bytes)),
                       counted(static_cast<std::size_t>(plan.threads), "thread"),
                       bytes_text(static_cast<double>(estimate.file_bytes))) +
           fmt::format("time: about {}, if a core does {} person-years a second\n", duration(estimate.seconds),
                       grouped(assumed_person_years_per_second));
}

}  // namespace

std::string plan_text(const Plan& plan) {
    const Scenario& scenario = plan.world->scenario();
    return fmt::format("{}/{}: would run\n", scenario.folder(), scenario.name()) + who_text(plan) +
           segments_text(scenario) + dates_text(*plan.world) + steps_text() + differences_text(plan) +
           starts_text(plan) + outputs_text(plan.world->plan()) + size_text(plan);
}

}  // namespace segue::program
