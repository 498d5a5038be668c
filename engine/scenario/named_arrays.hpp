/// \file
/// The arrays whose entries carry a name and merge by it over the layers: segments, practices, neighbourhoods, outputs,
/// changes, clinicians.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/core/errors.hpp"
#include "engine/parameters/declaration.hpp"
#include "engine/scenario/scenario.hpp"
#include "engine/scenario/values.hpp"

namespace segue {

enum class ArrayName : std::uint8_t { segment, practice, neighbourhood, output, change, clinician, activity, count_ };
[[nodiscard]] constexpr auto names(ArrayName) {
    return std::array<std::string_view, 7>{"segment", "practice",  "neighbourhood", "output",
                                           "change",  "clinician", "activity"};
}

/// Fields of an entry beside `name`, `before`, `remove` and a change's `set`. Their keys are the names alone.
[[nodiscard]] const std::vector<Declaration>& fields_of(ArrayName array);

/// What an array is for, in one line.
[[nodiscard]] std::string_view meaning_of(ArrayName array);

/// Whether a configuration may write it.
[[nodiscard]] bool is_policy(ArrayName array) noexcept;

/// A value and where it was written.
struct Written {
    Value value;
    Place place;
    bool refused{false};  ///< the value is the default's, and the problem is told
};

/// An entry of one layer, or of all of them merged.
struct NamedEntry {
    std::string name;
    Place place;
    std::map<std::string, Written> fields;
    std::vector<std::pair<std::string, Written>> set;  ///< of a change, by full key, in the order written
    std::optional<Written> before;                     ///< the name to stand before
    bool remove{false};
    bool must_exist{false};  ///< an override reaches into what files have made

    /// The field as it was written, or else its default.
    [[nodiscard]] const Value& value(ArrayName array, const std::string& field) const;
};
using NamedEntries = EnumArray<ArrayName, std::vector<NamedEntry>>;

/// How messages call an entry: `segment "frail"`.
[[nodiscard]] std::string entry_label(ArrayName array, const std::string& name);

/// An activity's fields, as files spell them.
[[nodiscard]] std::vector<std::pair<std::string, Value>> fields_of(const ActivityEntry& activity);

/// A clinician's days, as files spell them.
[[nodiscard]] std::vector<std::string> day_names(const ClinicianEntry& clinician);

/// Fields without which an entry means nothing.
[[nodiscard]] const std::vector<std::string>& required_fields(ArrayName array);

/// Puts a stand-in wherever a field was refused or is missing.
void put_stand_ins(NamedEntries& merged, StandIn end);

/// Lays the entries of a higher layer over `merged`: fields by name, order of the base, `before`, `remove`.
void merge_entries(ArrayName array, std::vector<NamedEntry>& merged, const std::vector<NamedEntry>& layer,
                   Problems& problems, Problems& warnings);

/// Reports what is missing or dangling in the merged arrays. `neighbourhoods` are the names there are.
void check_entries(const NamedEntries& merged, const std::vector<std::string>& neighbourhoods, Problems& problems);

[[nodiscard]] std::vector<SegmentEntry> segments_of(const std::vector<NamedEntry>& entries);
[[nodiscard]] std::vector<PracticeEntry> practices_of(const std::vector<NamedEntry>& entries);
[[nodiscard]] std::vector<NeighbourhoodEntry> neighbourhoods_of(const std::vector<NamedEntry>& entries);
[[nodiscard]] std::vector<OutputEntry> outputs_of(const std::vector<NamedEntry>& entries);
[[nodiscard]] std::vector<ChangeEntry> changes_of(const std::vector<NamedEntry>& entries);
[[nodiscard]] std::vector<ClinicianEntry> clinicians_of(const std::vector<NamedEntry>& entries);
[[nodiscard]] std::vector<ActivityEntry> activities_of(const std::vector<NamedEntry>& entries);

}  // namespace segue
