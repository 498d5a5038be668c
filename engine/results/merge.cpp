#include "engine/results/merge.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/results/same.hpp"
#include "engine/results/soundness.hpp"

namespace segue {
namespace {

constexpr const char* status_variable = "replicate_status";

/// Where a replicate of the new results comes from; a piece that is null has none to give.
struct Slice {
    const Results* piece{nullptr};
    std::size_t position{0};
};

bool has_replicates(const Variable& variable) noexcept {
    return !variable.dimensions.empty() && variable.dimensions.front() == replicate_dimension;
}

Axis& replicate_axis(Results& results) {
    for (Axis& axis : results.axes) {
        if (axis.name == replicate_dimension) return axis;
    }
    throw std::invalid_argument{"these results have no axis of replicates"};
}

template <class T>
T missing_value() noexcept {
    if constexpr (std::is_floating_point_v<T>) return std::numeric_limits<T>::quiet_NaN();
    return T{0};
}

template <class T>
void gather(const std::string& name, std::size_t cells_each, const std::vector<Slice>& slices, std::vector<T>& values) {
    values.clear();
    values.reserve(cells_each * slices.size());
    for (const Slice& slice : slices) {
        if (slice.piece == nullptr) {
            values.insert(values.end(), cells_each, missing_value<T>());
            continue;
        }
        const auto& from = std::get<std::vector<T>>(slice.piece->variable(name)->values);
        const auto start = from.begin() + static_cast<std::ptrdiff_t>(slice.position * cells_each);
        values.insert(values.end(), start, start + static_cast<std::ptrdiff_t>(cells_each));
    }
}

std::size_t cells_each(const Results& results, const Variable& variable) {
    std::size_t product = 1;
    for (std::size_t i = 1; i < variable.dimensions.size(); ++i)
        product *= results.axis(variable.dimensions[i])->size();
    return product;
}

/// `results` less what lies along `replicate`: pieces agree when these do.
Results frame(const Results& results) {
    Results rest;
    rest.axes = results.axes;
    replicate_axis(rest).numbers.clear();
    for (const Variable& one : results.variables) {
        rest.variables.push_back({one.name, one.dimensions, one.units, one.long_name, one.attributes, {}});
        const bool empty = has_replicates(one);
        std::visit(
            [&](const auto& values) {
                rest.variables.back().values = empty ? std::decay_t<decltype(values)>{} : values;
            },
            one.values);
    }
    return rest;
}

/// `like` with its replicates replaced by those that the slices say.
Results gathered(const Results& like, const std::vector<std::int64_t>& numbers, const std::vector<Slice>& slices) {
    Results results = frame(like);
    results.attributes = like.attributes;
    results.provenance = like.provenance;
    replicate_axis(results).numbers = numbers;
    for (Variable& variable : results.variables) {
        if (!has_replicates(variable)) continue;
        const std::size_t each = cells_each(results, variable);
        std::visit([&](auto& values) { gather(variable.name, each, slices, values); }, variable.values);
    }
    return results;
}

std::map<std::int64_t, Slice> slices_of(const Results& results) {
    std::map<std::int64_t, Slice> slices;
    const std::vector<std::int64_t> numbers = replicates_of(results);
    for (std::size_t i = 0; i < numbers.size(); ++i) slices[numbers[i]] = Slice{&results, i};
    return slices;
}

Variable status_of(const Results& results) {
    return {status_variable,
            {replicate_dimension},
            "1",
            "whether the replicate is there: 0 complete, 1 missing, 2 failed its self-checks",
            {},
            std::vector<std::int32_t>(replicates_of(results).size(), static_cast<int>(ReplicateStatus::complete))};
}

void mark_missing(Results& results, const std::vector<Slice>& slices) {
    for (Variable& variable : results.variables) {
        if (variable.name != status_variable) continue;
        auto& status = std::get<std::vector<std::int32_t>>(variable.values);
        for (std::size_t i = 0; i < slices.size(); ++i) {
            if (slices[i].piece == nullptr) status[i] = static_cast<std::int32_t>(ReplicateStatus::missing);
        }
    }
}

}  // namespace

std::vector<std::int64_t> replicates_of(const Results& results) {
    const Axis* axis = results.axis(replicate_dimension);
    return axis == nullptr ? std::vector<std::int64_t>{} : axis->numbers;
}

Results merge(const std::vector<Results>& pieces) {
    if (pieces.empty()) throw std::invalid_argument{"there is nothing to merge"};
    const Results first = frame(pieces.front());
    std::map<std::int64_t, Slice> by_number;
    for (const Results& piece : pieces) {
        if (const auto difference = same(first, frame(piece))) {
            throw std::invalid_argument{"pieces of different results cannot be merged: " + *difference};
        }
        for (const auto& [number, slice] : slices_of(piece)) {
            if (!by_number.emplace(number, slice).second) {
                throw std::invalid_argument{fmt::format("two pieces hold replicate {}", number)};
            }
        }
    }
    std::vector<std::int64_t> numbers;
    std::vector<Slice> slices;
    for (const auto& [number, slice] : by_number) {
        numbers.push_back(number);
        slices.push_back(slice);
    }
    return gathered(by_number.empty() ? pieces.front() : *slices.front().piece, numbers, slices);
}

Results select(const Results& results, std::span<const std::int64_t> replicates) {
    const std::map<std::int64_t, Slice> there = slices_of(results);
    std::vector<Slice> slices;
    for (const std::int64_t number : replicates) {
        const auto found = there.find(number);
        if (found == there.end()) throw std::invalid_argument{fmt::format("replicate {} is not there", number)};
        slices.push_back(found->second);
    }
    return gathered(results, {replicates.begin(), replicates.end()}, slices);
}

Results with_missing(const Results& results, std::span<const std::int64_t> replicates) {
    Results known = results;
    if (known.variable(status_variable) == nullptr) known.variables.push_back(status_of(known));
    std::map<std::int64_t, Slice> there = slices_of(known);
    std::vector<Slice> slices;
    for (const std::int64_t number : replicates) {
        const auto found = there.find(number);
        slices.push_back(found == there.end() ? Slice{} : found->second);
        if (found != there.end()) there.erase(found);
    }
    if (!there.empty()) {
        throw std::invalid_argument{fmt::format("replicate {} is there, but was not asked for", there.begin()->first)};
    }
    Results filled = gathered(known, {replicates.begin(), replicates.end()}, slices);
    mark_missing(filled, slices);
    return filled;
}

}  // namespace segue
