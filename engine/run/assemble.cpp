#include "engine/run/assemble.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "engine/results/list_trend.hpp"

namespace segue::run {
namespace {

constexpr std::string_view schema_version = "1";

Axis label_axis(std::string name, std::string long_name, std::vector<std::string> labels) {
    Axis axis;
    axis.name = std::move(name);
    axis.long_name = std::move(long_name);
    axis.units = "1";
    axis.labels = std::move(labels);
    return axis;
}

Axis time_axis(const Periods& periods) {
    Axis axis;
    axis.name = std::string{name_of(periods.step)};
    axis.long_name = fmt::format("First day of each {}", axis.name);
    axis.units = "days since 1970-01-01";
    for (std::size_t i = 0; i < periods.size(); ++i) {
        axis.numbers.push_back(periods.first_days[i].number());
        axis.bounds.push_back(periods.first_days[i].number());
        axis.bounds.push_back(periods.day_after[i].number());
    }
    return axis;
}

/// The axis of a dimension. What stands along `origin` depends on whose it is, so requests have an axis of their own.
std::string axis_name(Dimension dimension, const Measure& measure) {
    if (dimension == Dimension::origin && measure.name != "needs") return "request_origin";
    return std::string{name_of(dimension)};
}

class Assembly {
public:
    Assembly(const day::World& world, const Replicate& replicate) : world_{world}, replicate_{replicate} {}

    Results make() {
        Axis replicates;
        replicates.name = "replicate";
        replicates.long_name = "Replicate: one run of the scenario under one key";
        replicates.units = "1";
        replicates.numbers = {replicate_.number};
        results_.axes.push_back(std::move(replicates));
        std::vector<std::string> places;
        for (const day::NeighbourhoodPlan& one : world_.neighbourhoods()) places.push_back(one.name);
        results_.axes.push_back(label_axis("neighbourhood", "Neighbourhood", std::move(places)));
        const auto& outputs = world_.plan().outputs();
        for (std::size_t i = 0; i < outputs.size(); ++i) add(outputs[i], i);
        waiting_days();
        status();
        kept_events();
        results_.attributes = {
            {"title", fmt::format("Segue: {} {}", world_.scenario().folder(), world_.scenario().name())},
            {"schema", std::string{schema_version}}};
        return std::move(results_);
    }

private:
    void add(const Output& output, std::size_t number) {
        const Periods& periods = world_.plan().periods(output.every);
        Variable variable;
        variable.name = output.name;
        variable.long_name = std::string{output.measure->meaning};
        variable.units = std::string{output.statistic == Statistic::sum ? output.measure->unit : std::string_view{"1"}};
        variable.dimensions = {"replicate", "neighbourhood", std::string{name_of(output.every)}};
        ensure(time_axis(periods));
        for (const Dimension dimension : output.by) {
            std::string name = axis_name(dimension, *output.measure);
            variable.dimensions.push_back(name);
            ensure(label_axis(name, meaning(dimension), world_.plan().labels().of(dimension, *output.measure)));
        }
        if (output.statistic == Statistic::histogram) variable.dimensions.push_back(bins(output));
        variable.attributes = {{"measure", std::string{output.measure->name}},
                               {"statistic", std::string{name_of(output.statistic)}}};
        if (output.statistic == Statistic::share_of_top) {
            variable.attributes.emplace_back("top_share", fmt::format("{}", output.top_share));
            variable.attributes.emplace_back("comment", "of those people who had any");
        }
        variable.values = values(output, number);
        results_.variables.push_back(std::move(variable));
    }

    [[nodiscard]] std::variant<std::vector<std::int32_t>, std::vector<std::int64_t>, std::vector<double>> values(
        const Output& output, std::size_t number) const {
        std::vector<std::int64_t> whole;
        for (const day::Outcome& outcome : replicate_.neighbourhoods) {
            whole.insert(whole.end(), outcome.counts[number].begin(), outcome.counts[number].end());
        }
        const double parts = output.statistic == Statistic::share_of_top ? 1e9
                             : output.statistic == Statistic::sum        ? std::nearbyint(1 / output.measure->scale)
                                                                         : 1;
        if (parts == 1) return whole;
        std::vector<double> scaled(whole.size());
        std::transform(whole.begin(), whole.end(), scaled.begin(),
                       [parts](std::int64_t v) { return static_cast<double>(v) / parts; });
        return scaled;
    }

    std::string bins(const Output& output) {
        Axis axis;
        axis.long_name = fmt::format("Lower edge of each bin; the last is open [{}]", output.measure->unit);
        axis.units = std::string{output.measure->unit};
        for (const double edge : output.edges) axis.numbers.push_back(std::llround(edge));
        for (const Axis& known : results_.axes) {
            if (known.name.ends_with("bin") && known.numbers == axis.numbers && known.units == axis.units)
                return known.name;
        }
        axis.name = "bin";
        if (results_.axis(axis.name) != nullptr) axis.name = fmt::format("{}_bin", output.name);
        results_.axes.push_back(axis);
        return axis.name;
    }

    /// What trends of lists are read from.
    void waiting_days() {
        const Periods& weeks = world_.plan().periods(Period::week);
        ensure(time_axis(weeks));
        std::vector<std::string> lists;
        for (const WaitingList list : all<WaitingList>()) lists.emplace_back(name_of(list));
        ensure(label_axis("waiting_list", "Lines for the team's roles, or referral clocks", std::move(lists)));
        Variable variable;
        variable.name = std::string{waiting_days_name};
        variable.long_name = "Days waited: people who wait at each day's close, summed over the week's days";
        variable.units = "d";
        variable.dimensions = {"replicate", "neighbourhood", "week", "waiting_list"};
        std::vector<std::int64_t> days;
        for (const day::Outcome& outcome : replicate_.neighbourhoods) {
            for (std::size_t week = 0; week < weeks.size(); ++week) {
                for (const auto& list : outcome.waiting_days) days.push_back(list[week]);
            }
        }
        variable.values = std::move(days);
        results_.variables.push_back(std::move(variable));
    }

    /// 0 complete; a replicate that failed a self-check is never merged with the others.
    void status() {
        Variable variable;
        variable.name = "replicate_status";
        variable.long_name = "0 complete, 1 missing, 2 failed a self-check";
        variable.units = "1";
        variable.dimensions = {"replicate"};
        bool held = true;
        for (const day::Outcome& outcome : replicate_.neighbourhoods) {
            for (const day::SelfCheck& check : outcome.checks) held = held && check.held;
        }
        variable.values = std::vector<std::int32_t>{held ? 0 : 2};
        results_.variables.push_back(std::move(variable));
    }

    /// Every record, a column a field: what a table of events would have.
    void kept_events() {
        std::size_t count = 0;
        for (const day::Outcome& outcome : replicate_.neighbourhoods) count += outcome.kept_events.size();
        if (count == 0) return;
        Axis axis;
        axis.name = "event";
        axis.long_name = "Records in the order of neighbourhoods and days";
        axis.units = "1";
        axis.numbers.resize(count);
        std::iota(axis.numbers.begin(), axis.numbers.end(), std::int64_t{0});
        results_.axes.push_back(std::move(axis));
        std::int64_t place = 0;
        std::vector<std::int64_t> places;
        for (const day::Outcome& outcome : replicate_.neighbourhoods) {
            places.insert(places.end(), outcome.kept_events.size(), place++);
        }
        column("event_neighbourhood", "1", "Place along the axis neighbourhood", std::move(places));
        column("event_day", "d", "Day, counted from 1 January 1970",
               [](const day::KeptEvent& kept) { return std::int64_t{kept.day.number()}; });
        column("event_person", "1", "Key of the person, for life; 0: nobody",
               [](const day::KeptEvent& kept) { return static_cast<std::int64_t>(kept.person); });
        column("event_kind", "1", fmt::format("What happened: {}", kinds_in_words()),
               [](const day::KeptEvent& kept) { return static_cast<std::int64_t>(kept.event.kind); });
        column("event_age_band", "1", "Place along the age bands of the default outputs",
               [](const day::KeptEvent& kept) { return static_cast<std::int64_t>(index(band_of(kept.event.cell))); });
        column("event_sex", "1", "0 female, 1 male",
               [](const day::KeptEvent& kept) { return static_cast<std::int64_t>(index(sex_of(kept.event.cell))); });
        column("event_deprivation", "1", "Quintile, 1 = most deprived",
               [](const day::KeptEvent& kept) { return std::int64_t{quintile_of(kept.event.cell)}; });
        column("event_segment", "1", "Place along the axis segment",
               [](const day::KeptEvent& kept) { return std::int64_t{kept.event.segment}; });
        column("event_practice", "1", "Place among the scenario's practices",
               [](const day::KeptEvent& kept) { return std::int64_t{kept.event.practice}; });
        column("event_role", "1", "Place along the axis role",
               [](const day::KeptEvent& kept) { return std::int64_t{kept.event.role}; });
        column("event_need", "1", "Place along the axis need",
               [](const day::KeptEvent& kept) { return std::int64_t{kept.event.need}; });
        column("event_what", "1", "By kind: origin, reason, condition, setting, scope or segment left",
               [](const day::KeptEvent& kept) { return std::int64_t{kept.event.what}; });
        column("event_mode", "1", "Place along the axis mode",
               [](const day::KeptEvent& kept) { return std::int64_t{kept.event.mode}; });
        column("event_value", "1", "By kind: tenths of a minute, nights or pence",
               [](const day::KeptEvent& kept) { return std::int64_t{kept.event.value}; });
        column("event_lead", "d", "Booking to contact",
               [](const day::KeptEvent& kept) { return std::int64_t{kept.event.lead}; });
        column("event_delay", "d", "Wanted day to contact",
               [](const day::KeptEvent& kept) { return std::int64_t{kept.event.delay}; });
    }

    static std::string kinds_in_words() {
        std::string words;
        for (const EventKind kind : all<EventKind>())
            words += fmt::format("{}{} {}", words.empty() ? "" : ", ", index(kind), name_of(kind));
        return words;
    }

    template <class Field>
    void column(std::string name, std::string units, std::string long_name, Field field) {
        std::vector<std::int64_t> values;
        for (const day::Outcome& outcome : replicate_.neighbourhoods) {
            for (const day::KeptEvent& kept : outcome.kept_events) values.push_back(field(kept));
        }
        column(std::move(name), std::move(units), std::move(long_name), std::move(values));
    }
    void column(std::string name, std::string units, std::string long_name, std::vector<std::int64_t> values) {
        results_.variables.push_back(
            {std::move(name), {"event"}, std::move(units), std::move(long_name), {}, std::move(values)});
    }

    void ensure(Axis axis) {
        if (results_.axis(axis.name) == nullptr) results_.axes.push_back(std::move(axis));
    }

    static std::string meaning(Dimension dimension) {
        switch (dimension) {
            case Dimension::age_band: return "Age, in completed years";
            case Dimension::deprivation: return "Deprivation quintile of residence, 1 = most deprived";
            case Dimension::segment_left: return "Segment moved from";
            case Dimension::passing: return "Passing state";
            case Dimension::dying: return "Way of dying";
            case Dimension::scope: return "Whose money is counted; a wider scope holds the narrower";
            default: {
                const std::string_view words = name_of(dimension);
                return fmt::format("{}{}", static_cast<char>(words[0] - 'a' + 'A'), words.substr(1));
            }
        }
    }

    const day::World& world_;
    const Replicate& replicate_;
    Results results_;
};

}  // namespace

Results assemble(const day::World& world, const Replicate& replicate) { return Assembly{world, replicate}.make(); }

}  // namespace segue::run
