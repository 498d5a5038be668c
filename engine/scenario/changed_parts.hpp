/// \file
/// A scenario changed in part: the parts in which it differs from another, and what lies between the two.
#pragma once
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/scenario/named_arrays.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue {

/// What a user changes together: one role of the team, one kind of need, navigation, one [[change]], one table.
struct ChangedPart {
    std::string name;               ///< "team.roles.gp", "navigation", "change.second link worker"
    std::vector<std::string> keys;  ///< of parameters
    std::vector<std::pair<ArrayName, std::string>> entries;
    std::vector<std::string> tables;  ///< that rooms read for themselves
};

/// The parts in which `other` differs from `base`, in the order of differences(). Outputs and the number of replicates
/// are none: they change nothing in any life. Nor are neighbourhoods, which must be the same, nor tables of keyed
/// parameters, whose cells are parameters.
[[nodiscard]] std::vector<ChangedPart> changed_parts(const Scenario& base, const Scenario& other);

/// `base` with these parts as they are in `other`. With all parts it lives as `other` does.
[[nodiscard]] Scenario with_parts(const Scenario& base, const Scenario& other,
                                  std::span<const ChangedPart* const> parts);

}  // namespace segue
