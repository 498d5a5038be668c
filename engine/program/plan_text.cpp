// The plan of a run, told to a person.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/day/steps.hpp"
#include "engine/program/plan.hpp"
#include "engine/program/text_table.hpp"
#include "engine/program/words.hpp"

namespace segue::program {
namespace {

constexpr std::size_t longest_value = 40;

std::string cut(const std::string& text) {
    if (text.size() <= longest_value) return text;
    std::size_t length = longest_value - 3;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
    return text.substr(0, length) + "...";
}

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
        text += fmt::format("  on {}: {}, in {}\n", to_string(change.on), change.name,
                            change.where.empty() ? "all" : fmt::format("{}", fmt::join(change.where, ", ")));
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
    std::string text = fmt::format("differs from {} in {} values:\n", plan.base, plan.differences.size());
    Rows rows;
    for (const Difference& one : plan.differences) {
        rows.push_back({one.key, cut(one.base_value) + " -> " + cut(one.value), std::string{name_of(one.certainty)},
                        cut(one.source)});
    }
    return text + listed(rows);
}

std::string neighbours_text(const Plan& plan) {
    if (plan.neighbours.size() != 2) return {};
    const double first = plan.neighbours[0].cost_per_year.value();
    const double second = plan.neighbours[1].cost_per_year.value();
    // Rounded first, and with no minus before a zero.
    const double percent_more = first > 0 ? std::round((second / first - 1) * 1e4) / 100 + 0.0 : 0;
    const std::string percent = first > 0 ? fmt::format(", {:+.2f}%", percent_more) : "";
    return fmt::format("  in this folder: {} {} GBP, {} {} GBP{}\n", plan.neighbours[0].name, grouped(first),
                       plan.neighbours[1].name, grouped(second), percent);
}

std::string team_text(const Plan& plan) {
    Rows rows;
    for (const Post& post : plan.team) {
        rows.push_back({spaced(name_of(post.role)), fmt::format("{:.2f} WTE", post.wte.value()),
                        fmt::format("book of the {}", name_of(post.book)),
                        grouped(post.cost_per_year.value()) + " GBP a year"});
    }
    const double cost = plan.staff_cost_per_year.value();
    return "team at the start:\n" + listed(rows) +
           fmt::format("staff: {} GBP a year, {} GBP a head\n", grouped(cost),
                       grouped(cost / static_cast<double>(std::max<std::int64_t>(plan.people, 1)), 2)) +
           neighbours_text(plan);
}

std::string budgets_text(const Plan& plan) {
    Rows rows;
    for (const Scope scope : all<Scope>()) {
        const double amount = plan.budget_per_head[scope].value();
        rows.push_back(
            {spaced(name_of(scope)), amount > 0 ? grouped(amount, 2) + " GBP a head and year" : "none stated"});
    }
    return "budget:\n" + listed(rows);
}

std::string outputs_text(const OutputPlan& outputs) {
    Rows rows;
    for (const Output& one : outputs.outputs()) {
        std::vector<std::string_view> by{name_of(one.every)};
        for (const Dimension dimension : one.by) by.push_back(name_of(dimension));
        rows.push_back({one.name, std::string{name_of(one.statistic)}, fmt::format("by {}", fmt::join(by, ", ")),
                        grouped(static_cast<double>(one.cells * outputs.periods(one.every).size())) + " values"});
    }
    return fmt::format("outputs: {}, {} values a neighbourhood and replicate\n", rows.size(),
                       grouped(static_cast<double>(outputs.cells()))) +
           listed(rows);
}

std::string size_text(const Plan& plan) {
    const run::Estimate& estimate = plan.estimate;
    return fmt::format("size: {} person-years; {} of memory on {} threads; {} of results before compression\n",
                       grouped(estimate.person_years), bytes_text(static_cast<double>(estimate.memory_bytes)),
                       plan.threads, bytes_text(static_cast<double>(estimate.file_bytes))) +
           fmt::format("time: about {}, if a core does {} person-years a second\n", duration(estimate.seconds),
                       grouped(assumed_person_years_per_second));
}

}  // namespace

std::string plan_text(const Plan& plan) {
    const Scenario& scenario = plan.world->scenario();
    return fmt::format("{}/{}: would run\n", scenario.folder(), scenario.name()) + who_text(plan) +
           segments_text(scenario) + dates_text(*plan.world) + steps_text() + differences_text(plan) + team_text(plan) +
           budgets_text(plan) + outputs_text(plan.world->plan()) + size_text(plan);
}

}  // namespace segue::program
