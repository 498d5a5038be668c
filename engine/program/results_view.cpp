#include "engine/program/results_view.hpp"

#include <algorithm>
#include <numeric>

namespace segue::program {
namespace {

double value_at(const Variable& variable, std::size_t cell) {
    return std::visit([cell](const auto& values) { return static_cast<double>(values[cell]); }, variable.values);
}

std::size_t size_of(const Variable& variable) {
    return std::visit([](const auto& values) { return values.size(); }, variable.values);
}

/// How a walk over a variable's cells treats one of its dimensions.
struct Dimension {
    std::size_t size;
    std::size_t stride;
    std::vector<bool> taken;  ///< by place; empty: all
};

/// Where a label stands along an axis of words; nothing when it does not.
std::optional<std::size_t> place_of(const Axis& axis, std::string_view label) {
    const auto found = std::find(axis.labels.begin(), axis.labels.end(), label);
    if (found == axis.labels.end()) return std::nullopt;
    return static_cast<std::size_t>(found - axis.labels.begin());
}

/// Whether each of so many periods lies in the stretch; empty: all do.
std::vector<bool> periods_of(std::size_t periods, Stretch of) {
    if (of == Stretch::all) return {};
    const std::size_t quarter = (periods + 3) / 4;
    std::vector<bool> taken(periods, false);
    for (std::size_t i = 0; i < quarter; ++i) taken[of == Stretch::first_quarter ? i : periods - 1 - i] = true;
    return taken;
}

}  // namespace

ResultsView::ResultsView(const Results& results) : results_{&results} {
    const Axis* replicates = results.axis("replicate");
    complete_.assign(replicates == nullptr ? 1 : replicates->size(), true);
    if (const Variable* status = results.variable("replicate_status")) {
        for (std::size_t i = 0; i < complete_.size() && i < size_of(*status); ++i) {
            complete_[i] = value_at(*status, i) == static_cast<double>(ReplicateStatus::complete);
        }
    }
    complete_count_ = static_cast<std::size_t>(std::count(complete_.begin(), complete_.end(), true));
}

const Variable* ResultsView::find(std::string_view name) const {
    const Variable* variable = results_->variable(std::string{name});
    if (variable == nullptr) return nullptr;
    for (const auto& [attribute, value] : variable->attributes) {
        if (attribute == "measure" && value != name) return nullptr;
        if (attribute == "statistic" && value == "share_of_top") return nullptr;
    }
    return variable;
}

const Axis* ResultsView::time_of(std::string_view name) const {
    const Variable* variable = find(name);
    if (variable == nullptr) return nullptr;
    for (const std::string& dimension : variable->dimensions) {
        const Axis* axis = results_->axis(dimension);
        if (axis != nullptr && !axis->bounds.empty()) return axis;
    }
    return nullptr;
}

const Axis* ResultsView::axis_of(std::string_view name, std::string_view ending) const {
    const Variable* variable = find(name);
    if (variable == nullptr) return nullptr;
    for (const std::string& dimension : variable->dimensions) {
        if (dimension.ends_with(ending)) return results_->axis(dimension);
    }
    return nullptr;
}

std::vector<double> ResultsView::along(std::string_view name, std::string_view axis, const std::vector<Pick>& picks,
                                       Stretch of) const {
    const Variable* variable = find(name);
    if (variable == nullptr || complete_count_ == 0) return {};
    std::vector<Dimension> dimensions(variable->dimensions.size());
    std::optional<std::size_t> kept;
    std::size_t picked = 0;
    double replicates = 1;
    std::size_t stride = 1;
    for (std::size_t d = dimensions.size(); d-- > 0;) {
        const Axis* one = results_->axis(variable->dimensions[d]);
        if (one == nullptr) return {};
        dimensions[d] = {one->size(), stride, {}};
        stride *= one->size();
        if (one->name == axis) kept = d;
        if (!one->bounds.empty()) dimensions[d].taken = periods_of(one->size(), of);
        if (one->name == "replicate") {
            dimensions[d].taken = complete_;
            replicates = static_cast<double>(complete_count_);
        }
        for (const Pick& pick : picks) {
            if (pick.axis != one->name) continue;
            const auto place = place_of(*one, pick.label);
            if (!place) return {};
            dimensions[d].taken.assign(one->size(), false);
            dimensions[d].taken[*place] = true;
            ++picked;
        }
    }
    if (!kept || picked != picks.size() || stride != size_of(*variable)) return {};
    std::vector<double> sums(dimensions[*kept].size, 0.0);
    for (std::size_t cell = 0; cell < stride; ++cell) {
        const bool counts = std::all_of(dimensions.begin(), dimensions.end(), [cell](const Dimension& one) {
            return one.taken.empty() || one.taken[cell / one.stride % one.size];
        });
        if (!counts) continue;
        sums[cell / dimensions[*kept].stride % dimensions[*kept].size] += value_at(*variable, cell);
    }
    for (double& sum : sums) sum /= replicates;
    return sums;
}

std::vector<double> ResultsView::by_period(std::string_view name, const std::vector<Pick>& picks) const {
    const Axis* time = time_of(name);
    return time == nullptr ? std::vector<double>{} : along(name, time->name, picks);
}

std::optional<double> ResultsView::total(std::string_view name, const std::vector<Pick>& picks) const {
    const std::vector<double> sums = by_period(name, picks);
    if (sums.empty()) return std::nullopt;
    return std::accumulate(sums.begin(), sums.end(), 0.0);
}

std::optional<double> ResultsView::at_end(std::string_view name, const std::vector<Pick>& picks) const {
    const std::vector<double> sums = by_period(name, picks);
    if (sums.empty()) return std::nullopt;
    return sums.back();
}

}  // namespace segue::program
