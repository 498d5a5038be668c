#include "engine/results/same.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/results/digest.hpp"
#include "engine/results/soundness.hpp"

namespace segue {
namespace {

using Difference = std::optional<std::string>;

std::string both(const std::string& what, std::string_view a, std::string_view b) {
    return fmt::format("{}: {} in the first, {} in the second", what, a, b);
}

Difference differ(const std::string& what, const std::string& a, const std::string& b) {
    if (a == b) return {};
    return both(what, fmt::format("\"{}\"", a), fmt::format("\"{}\"", b));
}

std::string shown(const Attributes& attributes, std::size_t i) {
    if (i >= attributes.size()) return "nothing";
    return fmt::format("{} = \"{}\"", attributes[i].first, attributes[i].second);
}

Difference differ(const std::string& owner, const Attributes& a, const Attributes& b) {
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
        if (i < std::min(a.size(), b.size()) && a[i] == b[i]) continue;
        return both(fmt::format("attribute {} of {}", i + 1, owner), shown(a, i), shown(b, i));
    }
    return {};
}

template <class Described>
Difference differ_in_description(const Described& a, const Described& b) {
    if (auto difference = differ("units of " + a.name, a.units, b.units)) return difference;
    if (auto difference = differ("long name of " + a.name, a.long_name, b.long_name)) return difference;
    return differ(a.name, a.attributes, b.attributes);
}

/// A time axis as far as it is kept, each period by its first day and the day after its last.
std::string place(const Axis& axis, std::size_t position) {
    std::string text = coordinate(axis, position);
    if (!axis.bounds.empty()) {
        text += fmt::format(" ({} to {})", axis.bounds[2 * position], axis.bounds[2 * position + 1]);
    }
    return text;
}

Difference differ(const Axis& a, const Axis& b, std::optional<Day> before) {
    const std::size_t sizes[] = {kept(a, before), kept(b, before)};
    if (a.labels.empty() != b.labels.empty() || a.bounds.empty() != b.bounds.empty()) {
        return "axis " + a.name + " is of another kind in the second";
    }
    if (sizes[0] != sizes[1])
        return both("length of axis " + a.name, fmt::to_string(sizes[0]), fmt::to_string(sizes[1]));
    for (std::size_t i = 0; i < sizes[0]; ++i) {
        if (auto difference = differ(fmt::format("axis {} at place {}", a.name, i + 1), place(a, i), place(b, i))) {
            return difference;
        }
    }
    return before ? Difference{} : differ_in_description(a, b);
}

/// Bits, as the digest counts them: 0 and -0 differ, and one NaN is every NaN.
bool equal(double a, double b) noexcept {
    return (std::isnan(a) && std::isnan(b)) || std::memcmp(&a, &b, sizeof a) == 0;
}
bool equal(std::int32_t a, std::int32_t b) noexcept { return a == b; }
bool equal(std::int64_t a, std::int64_t b) noexcept { return a == b; }

std::string cell_name(const Results& results, const Variable& variable, std::size_t cell) {
    std::vector<std::string> coordinates;
    for (const std::string& dimension : variable.dimensions) {
        const Axis& axis = *results.axis(dimension);
        const std::size_t position = cell / cells_after(results, variable, dimension) % axis.size();
        coordinates.push_back(dimension + " " + coordinate(axis, position));
    }
    if (coordinates.empty()) return variable.name;
    return fmt::format("{} at {}", variable.name, fmt::join(coordinates, ", "));
}

/// When the period of a cell began; after everything else where a variable has no periods.
class Begins {
public:
    Begins(const Results& results, const Variable& variable) {
        for (const std::string& dimension : variable.dimensions) {
            const Axis& axis = *results.axis(dimension);
            if (axis.bounds.empty()) continue;
            time_ = &axis;
            cells_after_ = cells_after(results, variable, dimension);
        }
    }
    [[nodiscard]] std::int64_t operator()(std::size_t cell) const noexcept {
        return time_ == nullptr ? std::numeric_limits<std::int64_t>::max()
                                : time_->numbers[cell / cells_after_ % time_->size()];
    }

private:
    const Axis* time_{nullptr};
    std::size_t cells_after_{1};
};

/// The earliest cell in which values differ.
struct Earliest {
    std::int64_t begins{0};
    std::string text;
};

/// Runs of kept cells have one length in both, but the runs may lie apart: one of the two may go on for longer.
template <class T>
std::optional<Earliest> differ_in_values(const Results& results, const Variable& variable, const std::vector<T>& a,
                                         const std::vector<T>& b, Kept in_a, Kept in_b) {
    const Begins begins{results, variable};
    std::optional<Earliest> found;
    for (std::size_t start = 0, other = 0; start < a.size(); start += in_a.period, other += in_b.period) {
        for (std::size_t i = 0; i < in_a.length; ++i) {
            if (equal(a[start + i], b[other + i])) continue;
            const std::int64_t began = begins(start + i);
            if (found && found->begins <= began) continue;
            found = {began, both(cell_name(results, variable, start + i), fmt::to_string(a[start + i]),
                                 fmt::to_string(b[other + i]))};
        }
    }
    return found;
}

Difference differ_in_kind(const Variable& a, const Variable& b, std::optional<Day> before) {
    if (a.dimensions != b.dimensions) {
        return both("dimensions of " + a.name, fmt::format("{}", fmt::join(a.dimensions, ", ")),
                    fmt::format("{}", fmt::join(b.dimensions, ", ")));
    }
    if (a.values.index() != b.values.index()) return a.name + " is of another type in the second";
    return before ? Difference{} : differ_in_description(a, b);
}

std::optional<Earliest> differ_in_values(const Results& first, const Results& second, const Variable& a,
                                         const Variable& b, std::optional<Day> before) {
    const auto compare = [&](const auto& values) {
        using Values = std::decay_t<decltype(values)>;
        return differ_in_values(first, a, values, std::get<Values>(b.values), kept_cells(first, a, before),
                                kept_cells(second, b, before));
    };
    return std::visit(compare, a.values);
}

/// The axes along which variables that count lie; all of them where no day is given.
std::set<std::string> axes_that_count(const Results& results, std::optional<Day> before) {
    std::set<std::string> names;
    for (const Axis& axis : results.axes) {
        if (!before) names.insert(axis.name);
    }
    for (const Variable& variable : results.variables) {
        if (counts(results, variable, before)) names.insert(variable.dimensions.begin(), variable.dimensions.end());
    }
    return names;
}

std::set<std::string> variables_that_count(const Results& results, std::optional<Day> before) {
    std::set<std::string> names;
    for (const Variable& variable : results.variables) {
        if (counts(results, variable, before)) names.insert(variable.name);
    }
    return names;
}

Difference differ_in_names(const char* kind, const std::set<std::string>& a, const std::set<std::string>& b) {
    for (const std::string& name : a) {
        if (!b.contains(name)) return fmt::format("{} {} is only in the first", kind, name);
    }
    for (const std::string& name : b) {
        if (!a.contains(name)) return fmt::format("{} {} is only in the second", kind, name);
    }
    return {};
}

}  // namespace

std::string coordinate(const Axis& axis, std::size_t position) {
    if (!axis.labels.empty()) return axis.labels.at(position);
    const std::int64_t number = axis.numbers.at(position);
    if (axis.bounds.empty()) return fmt::to_string(number);
    return to_string(to_date(Day{static_cast<std::int32_t>(number)}));
}

std::optional<std::string> same(const Results& a, const Results& b, std::optional<Day> before) {
    const auto axes = axes_that_count(a, before);
    const auto variables = variables_that_count(a, before);
    if (auto difference = differ_in_names("axis", axes, axes_that_count(b, before))) return difference;
    if (auto difference = differ_in_names("variable", variables, variables_that_count(b, before))) return difference;
    for (const Axis& axis : a.axes) {
        if (!axes.contains(axis.name)) continue;
        if (auto difference = differ(axis, *b.axis(axis.name), before)) return difference;
    }
    std::optional<Earliest> earliest;
    for (const Variable& variable : a.variables) {
        if (!variables.contains(variable.name)) continue;
        const Variable& other = *b.variable(variable.name);
        if (auto difference = differ_in_kind(variable, other, before)) return difference;
        auto found = differ_in_values(a, b, variable, other, before);
        if (found && (!earliest || found->begins < earliest->begins)) earliest = std::move(found);
    }
    if (!earliest) return {};
    return std::move(earliest->text);
}

}  // namespace segue
