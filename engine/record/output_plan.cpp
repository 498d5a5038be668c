#include "engine/record/output_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "engine/core/words.hpp"
#include "engine/population/dying.hpp"

namespace segue {
namespace {

Day period_end(Period step, Day first, Day run_start) noexcept {
    const Date date = to_date(first);
    switch (step) {
        case Period::day: return first + 1;
        case Period::week: return first + (7 - static_cast<std::int32_t>(index(weekday(first))));
        case Period::month:
            return to_day(date.month == 12 ? Date{date.year + 1, 1, 1} : Date{date.year, date.month + 1, 1});
        default: {
            int years = 1;
            while (same_date(run_start, years) <= first) ++years;
            return same_date(run_start, years);
        }
    }
}

/// Names that results files use for their axes and for themselves.
bool is_reserved(const std::string& name) {
    static constexpr std::array<std::string_view, 11> own{
        "replicate",  "neighbourhood",    "request_origin", "bin",          "bound",       "event",
        "provenance", "replicate_status", "stage",          "waiting_days", "waiting_list"};
    return from_name<Dimension>(name) || from_name<Period>(name) || name.starts_with("event_") ||
           name.ends_with("_bounds") || name.ends_with("_bin") || std::find(own.begin(), own.end(), name) != own.end();
}

std::vector<std::string> measure_names() {
    std::vector<std::string> known;
    for (const Measure& measure : measures()) known.emplace_back(measure.name);
    return known;
}

}  // namespace

Periods::Periods(Period every, Span span) : step{every} {
    for (Day first = span.first; first <= span.last;) {
        const Day end = std::min(period_end(every, first, span.first), span.last + 1);
        first_days.push_back(first);
        day_after.push_back(end);
        first = end;
    }
}

std::size_t Periods::of(Day day) const noexcept {
    const auto after = std::upper_bound(first_days.begin(), first_days.end(), day);
    return static_cast<std::size_t>(after - first_days.begin()) - 1;
}

std::vector<std::string> Labels::of(Dimension dimension, const Measure& measure) const {
    switch (dimension) {
        case Dimension::age_band: return words<AgeBand>();
        case Dimension::sex: return words<Sex>();
        case Dimension::deprivation: return {"1", "2", "3", "4", "5"};
        case Dimension::segment:
        case Dimension::segment_left: return segments;
        case Dimension::practice: return practices;
        case Dimension::frailty: return words<Frailty>();
        case Dimension::residence: return words<Residence>();
        case Dimension::role: return words<Role>();
        case Dimension::need: return needs;
        case Dimension::mode: return words<Mode>();
        case Dimension::setting: return words<Setting>();
        case Dimension::scope: return words<Scope>();
        case Dimension::condition: return words<Condition>();
        case Dimension::passing: return words<Passing>();
        case Dimension::dying: return words<Dying>();
        case Dimension::reason: return words<UnmetReason>();
        case Dimension::origin: return measure.name == "needs" ? words<NeedOrigin>() : words<RequestOrigin>();
        case Dimension::channel: return words<Channel>();
        case Dimension::rebuff: return words<Rebuff>();
        case Dimension::recourse: return words<Recourse>();
        case Dimension::service: return words<UrgentService>();
        case Dimension::visit: return words<Visit>();
        case Dimension::elective_stay: return words<ElectiveStay>();
        case Dimension::admission: return words<AdmissionKind>();
        case Dimension::hospital_stage: return words<WaitStage>();
        case Dimension::referral_source: return words<ReferralSource>();
        case Dimension::clock_stop: return words<ClockStop>();
        case Dimension::ae_outcome: return words<AeOutcome>();
        case Dimension::referral_stage:
        case Dimension::stage_reached: return words<ReferralStage>();
        case Dimension::referral_end: return words<ReferralEnd>();
        case Dimension::referral_route: return words<ReferralRoute>();
        case Dimension::activity: return activities;
        case Dimension::activity_step: return words<ActivityStep>();
        default: return {};
    }
}

OutputPlan::OutputPlan(const Scenario& scenario, Span span, Labels labels, Problems& problems)
    : span_{span}, labels_{std::move(labels)} {
    for (const Period step : all<Period>()) periods_.emplace_back(step, span);
    for (const Measure& measure : measures()) {
        if (!measure.default_output || !has_members(measure.default_by, measure)) continue;
        OutputEntry entry;
        entry.name = std::string{measure.name};
        entry.measure = entry.name;
        for (const Dimension dimension : measure.default_by) entry.by.emplace_back(name_of(dimension));
        entry.statistic = measure.statistic;
        entry.edges = measure.edges;
        add(entry, problems);
    }
    for (const OutputEntry& entry : scenario.outputs()) add(entry, problems);
}

bool OutputPlan::has_members(const std::vector<Dimension>& by, const Measure& measure) const {
    return std::none_of(by.begin(), by.end(),
                        [&](Dimension dimension) { return labels_.of(dimension, measure).empty(); });
}

void OutputPlan::add(const OutputEntry& entry, Problems& problems) {
    if (is_reserved(entry.name)) {
        problems.add(entry.place, fmt::format("an output cannot be called \"{}\"", entry.name))
            .expected("a name that results do not use for an axis or for themselves");
        return;
    }
    Output output;
    output.name = entry.name;
    output.measure = find_measure(entry.measure);
    if (output.measure == nullptr) {
        const std::string near = nearest(entry.measure, measure_names());
        problems
            .add(entry.place, fmt::format("output \"{}\" measures \"{}\", which is unknown", entry.name, entry.measure))
            .expected(fmt::format("one of {}", fmt::join(measure_names(), ", ")))
            .advice(near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
        return;
    }
    bool complete = true;
    for (const std::string& word : entry.by) {
        const auto dimension = from_name<Dimension>(word);
        if (dimension && output.measure->allows(*dimension) &&
            std::find(output.by.begin(), output.by.end(), *dimension) == output.by.end()) {
            output.by.push_back(*dimension);
            continue;
        }
        std::vector<std::string> allowed;
        for (const Dimension one : all<Dimension>()) {
            if (output.measure->allows(one)) allowed.emplace_back(name_of(one));
        }
        problems
            .add(entry.place, fmt::format("output \"{}\" cannot be split by \"{}\"{}", entry.name, word,
                                          dimension && output.measure->allows(*dimension) ? " twice" : ""))
            .expected(fmt::format("some of {}", fmt::join(allowed, ", ")));
        complete = false;
    }
    output.every = entry.every;
    output.statistic = entry.statistic.value_or(output.measure->statistic);
    output.edges = entry.edges.empty() ? output.measure->edges : entry.edges;
    output.top_share = entry.top_share;
    const auto refuse = [&](const std::string& what, const char* expected) {
        problems.add(entry.place, fmt::format("output \"{}\" {}", entry.name, what)).expected(expected);
        complete = false;
    };
    if (output.measure->stock != Stock::none) {
        if (output.statistic > Statistic::sum)
            refuse(fmt::format("asks for {} of a stock", name_of(output.statistic)), "count or sum");
        output.statistic = Statistic::sum;  // what is held, whole or scaled: a count of it is the same
    }
    if (output.statistic == Statistic::histogram) {
        const bool rise = std::is_sorted(output.edges.begin(), output.edges.end(), std::less_equal<>{});
        const bool whole = std::all_of(output.edges.begin(), output.edges.end(),
                                       [](double edge) { return edge == std::nearbyint(edge); });
        if (output.edges.empty() || !rise || !whole) {
            refuse("is a histogram without whole edges that rise", "edges = [0, 1, 7, 14], each above the one before");
        }
    }
    if (output.statistic == Statistic::share_of_top && (!output.by.empty() || !output.measure->about_people)) {
        refuse("asks for the share of the busiest people, and is split or not about people",
               "no `by`, and a measure whose records are about people");
    }
    if (!has_members(output.by, *output.measure))
        refuse("is split by what the scenario has none of", "an [[activity]]");
    if (!complete) return;
    lay_out(output, entry.place, problems);
    const auto same_name =
        std::find_if(outputs_.begin(), outputs_.end(), [&](const Output& one) { return one.name == output.name; });
    if (same_name == outputs_.end()) {
        outputs_.push_back(std::move(output));
    } else {
        *same_name = std::move(output);
    }
}

void OutputPlan::lay_out(Output& output, const Place& place, Problems& problems) {
    output.cells = output.statistic == Statistic::histogram ? output.edges.size() : 1;
    for (const Dimension dimension : output.by) {
        output.sizes.push_back(labels_.of(dimension, *output.measure).size());
        output.cells *= output.sizes.back();
    }
    const std::size_t values = output.cells * periods(output.every).size();
    if (values > most_cells) {
        problems.add(place, fmt::format("output \"{}\" would have {} values a replicate", output.name, values))
            .expected(fmt::format("at most {}", most_cells))
            .advice("count it by fewer dimensions or longer periods");
    }
}

std::size_t OutputPlan::cells() const noexcept {
    std::size_t sum = 0;
    for (const Output& output : outputs_) sum += output.cells * periods(output.every).size();
    return sum;
}

}  // namespace segue
