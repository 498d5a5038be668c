#include "engine/results/digest.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <span>

#include "engine/core/sha256.hpp"
#include "engine/results/soundness.hpp"

namespace segue {
namespace {

void add(Sha256& sum, const Attributes& attributes) {
    sum.number(attributes.size());
    for (const auto& [name, value] : attributes) {
        sum.text(name);
        sum.text(value);
    }
}

void add(Sha256& sum, const std::vector<std::string>& texts) {
    sum.number(texts.size());
    for (const std::string& text : texts) sum.text(text);
}

template <class Described>
void add_description(Sha256& sum, const Described& one, std::optional<Day> before) {
    if (before) return;
    sum.text(one.units);
    sum.text(one.long_name);
    add(sum, one.attributes);
}

template <class T>
void add_run(Sha256& sum, std::span<const T> values) {
    sum.bytes(std::as_bytes(values));
}

/// A NaN has many bit patterns, and no reader tells them apart.
void add_run(Sha256& sum, std::span<const double> values) {
    std::vector<double> plain{values.begin(), values.end()};
    std::replace_if(
        plain.begin(), plain.end(), [](double value) { return std::isnan(value); },
        std::numeric_limits<double>::quiet_NaN());
    sum.bytes(std::as_bytes(std::span<const double>{plain}));
}

std::string_view type_name(const std::vector<std::int32_t>&) { return "int32"; }
std::string_view type_name(const std::vector<std::int64_t>&) { return "int64"; }
std::string_view type_name(const std::vector<double>&) { return "float64"; }

void add_variable(Sha256& sum, const Results& results, const Variable& variable, std::optional<Day> before) {
    const Kept cells = kept_cells(results, variable, before);
    const auto add_values = [&](const auto& values) {
        sum.text(type_name(values));
        add(sum, variable.dimensions);
        add_description(sum, variable, before);
        for (std::size_t start = 0; start < values.size(); start += cells.period) {
            add_run(sum, std::span{values}.subspan(start, cells.length));
        }
    };
    std::visit(add_values, variable.values);
}

void add_axis(Sha256& sum, const Axis& axis, std::optional<Day> before) {
    sum.text(axis.labels.empty() ? "int64" : "string");
    add(sum, {axis.name});
    add_description(sum, axis, before);
    sum.number(kept(axis, before));
    if (axis.labels.empty()) {
        add_run(sum, std::span{axis.numbers}.first(kept(axis, before)));
    } else {
        add(sum, axis.labels);
    }
}

void add_bounds(Sha256& sum, const Axis& axis, std::optional<Day> before) {
    sum.text("int64");
    add(sum, {axis.name, bound_dimension});
    sum.number(kept(axis, before));
    add_run(sum, std::span{axis.bounds}.first(2 * kept(axis, before)));
}

}  // namespace

std::size_t kept(const Axis& axis, std::optional<Day> before) noexcept {
    if (!before || axis.bounds.empty()) return axis.size();
    std::size_t periods = 0;
    while (periods < axis.numbers.size() && axis.bounds[2 * periods + 1] <= before->number()) ++periods;
    return periods;
}

bool counts(const Results& results, const Variable& variable, std::optional<Day> before) noexcept {
    return !before || time_axis(results, variable) != nullptr;
}

std::size_t cells_after(const Results& results, const Variable& variable, const std::string& dimension) {
    std::size_t product = 1;
    for (auto one = variable.dimensions.rbegin(); one != variable.dimensions.rend() && *one != dimension; ++one) {
        product *= results.axis(*one)->size();
    }
    return product;
}

Kept kept_cells(const Results& results, const Variable& variable, std::optional<Day> before) {
    const Axis* time = time_axis(results, variable);
    if (!before || time == nullptr) return {size(variable), std::max<std::size_t>(size(variable), 1)};
    const std::size_t inner = cells_after(results, variable, time->name);
    return {kept(*time, before) * inner, std::max<std::size_t>(time->size() * inner, 1)};
}

std::string digest(const Results& results, std::optional<Day> before) {
    std::map<std::string, std::function<void(Sha256&)>> by_name;
    std::set<std::string> used;
    for (const Variable& variable : results.variables) {
        if (!counts(results, variable, before)) continue;
        used.insert(variable.dimensions.begin(), variable.dimensions.end());
        by_name[variable.name] = [&](Sha256& sum) { add_variable(sum, results, variable, before); };
    }
    for (const Axis& axis : results.axes) {
        if (before && !used.contains(axis.name)) continue;
        by_name[axis.name] = [&](Sha256& sum) { add_axis(sum, axis, before); };
        if (!axis.bounds.empty()) by_name[bounds_name(axis)] = [&](Sha256& sum) { add_bounds(sum, axis, before); };
    }
    Sha256 sum;
    for (const auto& [name, add_one] : by_name) {
        sum.text(name);
        add_one(sum);
    }
    return sum.hex();
}

std::string seal(const Results& results) {
    Sha256 sum;
    add(sum, file_attributes(results));
    sum.number(results.axes.size());
    for (const Axis& axis : results.axes) sum.text(axis.name);
    sum.number(results.variables.size());
    for (const Variable& variable : results.variables) sum.text(variable.name);
    add(sum, results.provenance.texts);
    return sum.hex();
}

}  // namespace segue
