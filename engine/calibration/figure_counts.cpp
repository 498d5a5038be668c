#include "engine/calibration/figure_counts.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/core/contracts.hpp"
#include "engine/core/quantity.hpp"

namespace segue::calibration {
namespace {

constexpr std::string_view bin_word = "bin";

std::string output_name(std::size_t number) { return fmt::format("figure_{}", number + 1); }

std::string_view measure_of(const Term& term) {
    return term.name == person_years_word ? std::string_view{"population"} : std::string_view{term.name};
}

bool has_bin(const Term& term) {
    return std::any_of(term.choices.begin(), term.choices.end(),
                       [](const Choice& choice) { return choice.dimension == bin_word; });
}

std::vector<std::string> dimensions_of(const Term& term) {
    std::vector<std::string> dimensions;
    for (const Choice& choice : term.choices) {
        if (choice.dimension != bin_word) dimensions.push_back(choice.dimension);
    }
    return dimensions;
}

/// Whether the measure can be split as the term chooses; if not, a problem.
bool is_possible(const Term& term, const Measure& measure, Problems& problems) {
    std::vector<std::string> allowed;
    for (const Dimension one : all<Dimension>()) {
        if (measure.allows(one)) allowed.emplace_back(name_of(one));
    }
    if (!measure.edges.empty()) allowed.emplace_back(bin_word);
    bool possible = true;
    for (const Choice& choice : term.choices) {
        if (std::find(allowed.begin(), allowed.end(), choice.dimension) != allowed.end()) continue;
        const std::string near = nearest(choice.dimension, allowed);
        problems.add(term.place, fmt::format("{} cannot be chosen by \"{}\"", term.name, choice.dimension))
            .expected(fmt::format("some of {}", fmt::join(allowed, ", ")))
            .advice(near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
        possible = false;
    }
    return possible;
}

/// Days in a period that count as its weight in the mean of a stock.
double days_in(const Periods& periods, std::size_t period) {
    return periods.day_after[period] - periods.first_days[period];
}

}  // namespace

FigureCounts::FigureCounts(std::span<const Figure> figures, std::set<std::string> elsewhere, Problems& problems) {
    for (const Figure& figure : figures) {
        for (const Term& term : figure.terms()) {
            if (elsewhere.count(term.name) == 0) add(term, problems);
        }
    }
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
        const std::string key = "output." + output_name(i);
        const Output& output = outputs_[i];
        const bool is_stock = output.row->stock != Stock::none;
        const Statistic plain = output.row->statistic == Statistic::sum ? Statistic::sum : Statistic::count;
        overrides_.push_back(fmt::format("{}.measure={}", key, output.measure));
        overrides_.push_back(fmt::format("{}.by=[\"{}\"]", key, fmt::join(output.dimensions, "\", \"")));
        if (output.dimensions.empty()) overrides_.back() = key + ".by=[]";
        overrides_.push_back(fmt::format("{}.every={}", key, is_stock ? "month" : "year"));
        overrides_.push_back(
            fmt::format("{}.statistic={}", key, name_of(output.has_bins ? Statistic::histogram : plain)));
    }
}

void FigureCounts::add(const Term& term, Problems& problems) {
    const bool known =
        std::any_of(terms_.begin(), terms_.end(), [&](const Bound& one) { return same_cells(one.term, term); });
    if (known) return;
    const Measure* measure = find_measure(measure_of(term));
    if (measure == nullptr) {
        std::vector<std::string> words{std::string{person_years_word}};
        for (const Measure& one : measures()) words.emplace_back(one.name);
        const std::string near = nearest(term.name, words);
        problems.add(term.place, fmt::format("nothing counts \"{}\"", term.name))
            .expected(fmt::format("one of {}", fmt::join(words, ", ")))
            .advice(near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
        return;
    }
    if (is_possible(term, *measure, problems)) terms_.push_back({term, output_of(term), {}});
}

std::size_t FigureCounts::output_of(const Term& term) {
    const std::string measure{measure_of(term)};
    const std::vector<std::string> dimensions = dimensions_of(term);
    const bool bins = has_bin(term);
    const auto known = std::find_if(outputs_.begin(), outputs_.end(), [&](const Output& one) {
        return one.measure == measure && one.dimensions == dimensions && one.has_bins == bins;
    });
    if (known != outputs_.end()) return static_cast<std::size_t>(known - outputs_.begin());
    outputs_.push_back({measure, dimensions, bins, 0, find_measure(measure)});
    return outputs_.size() - 1;
}

void FigureCounts::bind(const OutputPlan& plan, Problems& problems) {
    plan_ = &plan;
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
        const auto found = std::find_if(plan.outputs().begin(), plan.outputs().end(),
                                        [&](const segue::Output& one) { return one.name == output_name(i); });
        SEGUE_EXPECT(found != plan.outputs().end());
        outputs_[i].number = static_cast<std::size_t>(found - plan.outputs().begin());
    }
    for (Bound& bound : terms_) bind(bound, problems);
}

void FigureCounts::bind(Bound& bound, Problems& problems) const {
    const segue::Output& output = plan_->outputs()[outputs_[bound.output].number];
    bound.cells = {0};
    const auto take = [&](const Choice& choice, const std::vector<std::string>& labels) {
        std::vector<std::size_t> cells;
        for (const std::string& label : choice.labels) {
            const auto found = std::find(labels.begin(), labels.end(), label);
            if (found == labels.end()) {
                const std::string near = nearest(label, labels);
                problems.add(bound.term.place, fmt::format("\"{}\" is no {} here", label, choice.dimension))
                    .expected(fmt::format("some of {}", fmt::join(labels, ", ")))
                    .advice(near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
                continue;
            }
            const auto place = static_cast<std::size_t>(found - labels.begin());
            for (const std::size_t cell : bound.cells) cells.push_back(cell * labels.size() + place);
        }
        bound.cells = std::move(cells);
    };
    for (const Dimension dimension : output.by) {
        for (const Choice& choice : bound.term.choices) {
            if (choice.dimension == name_of(dimension)) take(choice, plan_->labels().of(dimension, *output.measure));
        }
    }
    if (output.statistic != Statistic::histogram) return;
    std::vector<std::string> edges;
    for (const double edge : output.edges) edges.push_back(fmt::format("{}", edge));
    for (const Choice& choice : bound.term.choices) {
        if (choice.dimension == bin_word) take(choice, edges);
    }
}

double FigureCounts::value(const Term& term, std::span<const Counts* const> neighbourhoods) const {
    SEGUE_EXPECT(plan_ != nullptr);
    const auto bound =
        std::find_if(terms_.begin(), terms_.end(), [&](const Bound& one) { return same_cells(one.term, term); });
    SEGUE_EXPECT(bound != terms_.end());
    const segue::Output& output = plan_->outputs()[outputs_[bound->output].number];
    const Periods& periods = plan_->periods(output.every);
    const bool is_stock = output.measure->stock != Stock::none;
    const double days = plan_->span().last - plan_->span().first + 1;
    double sum = 0;
    for (std::size_t period = 0; period < periods.size(); ++period) {
        std::int64_t held = 0;
        for (const Counts* counts : neighbourhoods) {
            const auto& values = (*counts)[outputs_[bound->output].number];
            for (const std::size_t cell : bound->cells) held += values[period * output.cells + cell];
        }
        sum += static_cast<double>(held) * (is_stock ? days_in(periods, period) / days : 1);
    }
    if (output.statistic == Statistic::sum) sum *= output.measure->scale;
    return term.name == person_years_word ? sum * days / days_per_year : sum;
}

double FigureCounts::value(const Figure& figure, std::span<const Counts* const> neighbourhoods) const {
    return figure.value([&](const Term& term) { return value(term, neighbourhoods); });
}

}  // namespace segue::calibration
