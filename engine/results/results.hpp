/// \file
/// One in-memory form of a run's results: what the file holds, and what Python will show without going through disk.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace segue {

using Attributes = std::vector<std::pair<std::string, std::string>>;

/// A dimension and what stands along it.
struct Axis {
    std::string name;  ///< "replicate", "month", "role"
    std::string long_name;
    std::string units;                ///< "1" for labels; "days since 1970-01-01" for a time axis
    std::vector<std::string> labels;  ///< for an axis of words; empty for one of numbers
    std::vector<std::int64_t>
        numbers;  ///< replicate numbers, bin edges, or days for a time axis (each period's first day)
    std::vector<std::int64_t> bounds;  ///< a time axis: first day and day after the last, two a period
    Attributes attributes;
    friend bool operator==(const Axis&, const Axis&) = default;
    [[nodiscard]] std::size_t size() const noexcept { return labels.empty() ? numbers.size() : labels.size(); }
};

/// Values in row-major order of `dimensions`. Counts are integers; rates and money are doubles, missing = NaN.
struct Variable {
    std::string name;
    std::vector<std::string> dimensions;  ///< names of axes; the first is "replicate" where it has one
    std::string units;
    std::string long_name;
    Attributes attributes;
    std::variant<std::vector<std::int32_t>, std::vector<std::int64_t>, std::vector<double>> values;
    friend bool operator==(const Variable&, const Variable&) = default;
};

/// What is told about a run beside its results: it varies from machine to machine, so the digest leaves it out.
struct Provenance {
    std::vector<std::pair<std::string, std::string>> texts;  ///< "scenario_toml", "data/life_table.csv", "hash", ...
    friend bool operator==(const Provenance&, const Provenance&) = default;

    /// The text of that name; null where there is none.
    [[nodiscard]] const std::string* text(std::string_view name) const noexcept {
        for (const auto& [its_name, its_text] : texts) {
            if (its_name == name) return &its_text;
        }
        return nullptr;
    }
    /// Sets the text of that name, at its old place or at the end.
    void set(std::string_view name, std::string text) {
        for (auto& [its_name, its_text] : texts) {
            if (its_name == name) {
                its_text = std::move(text);
                return;
            }
        }
        texts.emplace_back(name, std::move(text));
    }
};

/// What the variable replicate_status(replicate) holds. int32
enum class ReplicateStatus : std::int32_t { complete = 0, missing = 1, failed_self_check = 2 };

struct Results {
    std::vector<Axis> axes;
    std::vector<Variable> variables;
    Attributes attributes;  ///< of the whole file: title, Conventions, schema
    Provenance provenance;

    [[nodiscard]] const Axis* axis(const std::string& name) const noexcept {
        for (const Axis& one : axes) {
            if (one.name == name) return &one;
        }
        return nullptr;
    }
    [[nodiscard]] const Variable* variable(const std::string& name) const noexcept {
        for (const Variable& one : variables) {
            if (one.name == name) return &one;
        }
        return nullptr;
    }
};

}  // namespace segue
