/// \file
/// Which outputs a run has and how each is laid out: its axes, periods and bins, worked out once and shared.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/errors.hpp"
#include "engine/record/measures.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue {

/// First and last day of the results, warm-up left out.
struct Span {
    Day first;
    Day last;
};

/// The periods of one step within a span: calendar days, weeks from Monday, calendar months, or years from the
/// first day. The first and last may be cut; `first_days` and `bounds` then tell the truth.
struct Periods {
    Periods(Period step, Span span);
    Period step;
    std::vector<Day> first_days;  ///< of each period
    std::vector<Day> day_after;   ///< each period's last
    [[nodiscard]] std::size_t size() const noexcept { return first_days.size(); }
    [[nodiscard]] std::size_t of(Day day) const noexcept;  ///< the period that holds a day of the span
};

/// Words along the axes that a scenario names.
struct Labels {
    std::vector<std::string> segments;
    std::vector<std::string> practices;
    std::vector<std::string> needs;
    std::vector<bool> appointments{};  ///< whether a contact counts as one: by need, then role; empty: all do
    std::vector<std::string> activities{};
    [[nodiscard]] std::vector<std::string> of(Dimension dimension, const Measure& measure) const;
};

struct Output {
    std::string name;
    const Measure* measure{nullptr};
    std::vector<Dimension> by;
    Period every{Period::month};
    Statistic statistic{Statistic::count};
    std::vector<double> edges;
    double top_share{0.1};
    std::vector<std::size_t> sizes;  ///< along `by`
    std::size_t cells{1};            ///< of one period: product of sizes and bins
};

class OutputPlan {
public:
    /// The default outputs, replaced and joined by the scenario's own. Reports unknown measures and dimensions, and
    /// outputs that are too large.
    OutputPlan(const Scenario& scenario, Span span, Labels labels, Problems& problems);

    [[nodiscard]] const std::vector<Output>& outputs() const noexcept { return outputs_; }
    [[nodiscard]] const Labels& labels() const noexcept { return labels_; }
    [[nodiscard]] const Span& span() const noexcept { return span_; }
    [[nodiscard]] const Periods& periods(Period step) const noexcept { return periods_[index(step)]; }
    /// Values of one neighbourhood in one replicate, all outputs together.
    [[nodiscard]] std::size_t cells() const noexcept;

private:
    void add(const OutputEntry& entry, Problems& problems);
    /// Whether every dimension has a member: a scenario may have no activities.
    [[nodiscard]] bool has_members(const std::vector<Dimension>& by, const Measure& measure) const;
    void lay_out(Output& output, const Place& place, Problems& problems);

    Span span_;
    Labels labels_;
    std::vector<Periods> periods_;
    std::vector<Output> outputs_;
};

/// Values that an output may have in one replicate; more are refused.
inline constexpr std::size_t most_cells = 10'000'000;

}  // namespace segue
