#include "engine/program/figures.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>
#include <sstream>

#include <fmt/format.h>

#include "engine/core/calendar.hpp"
#include "engine/core/quantity.hpp"
#include "engine/program/load_scenario.hpp"
#include "engine/scenario/toml.hpp"

namespace segue::program {
namespace {

double days_in(const Axis& time, std::size_t period) {
    return static_cast<double>(time.bounds[2 * period + 1] - time.bounds[2 * period]);
}

Figure ratio(Figure part, Figure whole, double scale = 1) {
    if (!part || !whole || *whole <= 0) return std::nullopt;
    return *part / *whole * scale;
}

/// Mean over periods, each weighing its days.
double mean(const Axis& time, const std::vector<double>& values) {
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += values[i] * days_in(time, i);
    return sum / static_cast<double>(time.bounds.back() - time.bounds.front());
}

const TomlTable* table_in(const TomlTable& table, std::string_view key) {
    const auto found = std::find_if(table.begin(), table.end(), [key](const TomlField& one) { return one.key == key; });
    return found == table.end() ? nullptr : found->node.as<TomlTable>();
}

/// Yearly cost of a whole-time equivalent of each role, as the resolved scenario in the file has it.
std::map<std::string, double> role_costs(const Results& results) {
    std::map<std::string, double> costs;
    const std::string* text = results.provenance.text("scenario_toml");
    Problems unreadable;
    const auto document = text == nullptr ? std::nullopt : parse_toml_bytes("scenario_toml", *text, unreadable);
    const TomlTable* roles = document ? table_in(*document, "roles") : nullptr;
    if (roles == nullptr) return costs;
    for (const TomlField& role : *roles) {
        const TomlTable* fields = role.node.as<TomlTable>();
        if (fields == nullptr) continue;
        for (const TomlField& field : *fields) {
            if (field.key != "cost_gbp_per_wte_year") continue;
            if (const auto* number = field.node.as<double>()) costs[role.key] = *number;
            if (const auto* whole = field.node.as<std::int64_t>()) costs[role.key] = static_cast<double>(*whole);
        }
    }
    return costs;
}

std::string bin_text(const Axis& bins, std::size_t place) {
    const std::int64_t first = bins.numbers[place];
    if (place + 1 == bins.size()) return fmt::format("{}+", first);
    const std::int64_t last = bins.numbers[place + 1] - 1;
    return first == last ? fmt::format("{}", first) : fmt::format("{}-{}", first, last);
}

}  // namespace

Figures::Figures(const Results& results, std::string path) : view_{results}, path_{std::move(path)} {
    person_years_ = count_person_years();
    lists_ = list_trends(results);
}

std::string Figures::scenario() const {
    const std::string* name = view_.results().provenance.text("scenario_name");
    return name != nullptr ? *name : std::filesystem::path{path_}.stem().string();
}

std::vector<std::string> Figures::overrides() const {
    std::vector<std::string> overrides;
    const std::string* text = view_.results().provenance.text(overrides_name);
    if (text == nullptr) return overrides;
    std::istringstream lines{*text};
    for (std::string line; std::getline(lines, line);) overrides.push_back(line);
    return overrides;
}

std::string Figures::dates() const {
    const Axis* time = view_.time_of("population");
    if (time == nullptr) return "—";
    const auto date = [](std::int64_t day) { return to_string(to_date(Day{static_cast<std::int32_t>(day)})); };
    return date(time->bounds.front()) + " to " + date(time->bounds.back() - 1);
}

Figure Figures::net_gain() const {
    const Figure births = view_.total("births");
    const Figure deaths = view_.total("deaths");
    const Figure joins = view_.total("joins");
    const Figure leaves = view_.total("leaves");
    if (!births || !deaths || !joins || !leaves) return std::nullopt;
    return *births + *joins - *deaths - *leaves;
}

/// Stocks are as at the end of periods: who was there before the first follows from who came and went.
Figure Figures::people_at_start() const {
    const Figure end = people_at_end();
    const Figure gain = net_gain();
    if (!end || !gain) return std::nullopt;
    return *end - *gain;
}

Figure Figures::count_person_years() const {
    const std::vector<double> people = view_.by_period("population");
    if (people.empty()) return std::nullopt;
    const Axis& time = *view_.time_of("population");
    double before = people_at_start().value_or(people.front());
    double days = 0;
    for (std::size_t i = 0; i < people.size(); ++i) {
        days += (before + people[i]) / 2 * days_in(time, i);
        before = people[i];
    }
    return days / days_per_year;
}

Figure Figures::per_person_year(std::string_view variable, const std::vector<Pick>& picks) const {
    return ratio(view_.total(variable, picks), person_years_);
}

Figure Figures::per_thousand(std::string_view variable, const std::vector<Pick>& picks) const {
    return ratio(view_.total(variable, picks), person_years_, 1000);
}

Figure Figures::share(std::string_view variable, Pick of) const {
    return ratio(view_.total(variable, {of}), view_.total(variable));
}

Figure Figures::share_from(std::string_view variable, std::int64_t days, Stretch of) const {
    const Axis* bins = view_.axis_of(variable, "bin");
    if (bins == nullptr) return std::nullopt;
    const auto edge = std::find(bins->numbers.begin(), bins->numbers.end(), days);
    const std::vector<double> counts = view_.along(variable, bins->name, {}, of);
    if (edge == bins->numbers.end() || counts.empty()) return std::nullopt;
    const double beyond = std::accumulate(counts.begin() + (edge - bins->numbers.begin()), counts.end(), 0.0);
    return ratio(beyond, std::accumulate(counts.begin(), counts.end(), 0.0));
}

std::string Figures::median_days(std::string_view variable, Stretch of) const {
    const Axis* bins = view_.axis_of(variable, "bin");
    const std::vector<double> counts =
        bins == nullptr ? std::vector<double>{} : view_.along(variable, bins->name, {}, of);
    const double half = std::accumulate(counts.begin(), counts.end(), 0.0) / 2;
    if (half <= 0) return "—";
    double so_far = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        so_far += counts[i];
        if (so_far >= half) return bin_text(*bins, i);
    }
    return "—";
}

bool Figures::books_move() const {
    const auto& books = lists_[WaitingList::books];
    return books && books->trend != Trend::stable;
}

Figure Figures::missed_share() const {
    const Figure missed = view_.total("did_not_attend");
    const Figure kept = view_.total("contacts");
    if (!missed || !kept) return std::nullopt;
    return ratio(missed, *missed + *kept);
}

bool Figures::is_in_post(Role role) const {
    const Figure wte = view_.total("wte_in_post", {{"role", name_of(role)}});
    const Figure contacts = view_.total("contacts", {{"role", name_of(role)}});
    return wte.value_or(0) > 0 || contacts.value_or(0) > 0;
}

Figure Figures::used_share(Role role) const {
    const std::vector<Pick> pick{{"role", name_of(role)}};
    return ratio(view_.total("minutes_used", pick), view_.total("minutes_available", pick));
}

Figure Figures::staff_cost_per_year() const {
    const Axis* time = view_.time_of("wte_in_post");
    const std::map<std::string, double> costs = role_costs(view_.results());
    if (time == nullptr || costs.empty()) return std::nullopt;
    double sum = 0;
    for (const Role role : all<Role>()) {
        const std::vector<double> wte = view_.by_period("wte_in_post", {{"role", name_of(role)}});
        if (wte.empty()) return std::nullopt;
        const double in_post = mean(*time, wte);
        const auto cost = costs.find(std::string{name_of(role)});
        if (in_post > 0 && cost == costs.end()) return std::nullopt;
        if (in_post > 0) sum += in_post * cost->second;
    }
    return sum;
}

}  // namespace segue::program
