/// \file
/// Where a need meets the team: who seeks help, where, for which day, and which role the configuration sends it to.
///
///   In     today's onsets; requests that are due or ask again
///   Out    people at A&E; requests that know their role, in today.joining
///   Draws  Purpose::presents by request (whether, where, how soon); navigation by request and attempt
///   Holds  every onset becomes an open request, an A&E arrival, or an unmet need
#pragma once
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/model/front_door/navigation_parameters.hpp"
#include "engine/model/kinds.hpp"
#include "engine/model/today.hpp"

namespace segue::front_door {

class FrontDoor {
public:
    /// \param in_post whether the configuration has any of a role
    FrontDoor(const Scenario& scenario, const Kinds& kinds, const EnumArray<Role, bool>& in_post, Problems& problems);

    /// A need arises in the person in `row`.
    void receive_onset(NeighbourhoodState& state, std::uint32_t row, std::uint32_t key, std::uint8_t need) const;
    /// Sends everybody in today.asking to a role, or counts the need as unmet when none is in post.
    void navigate(NeighbourhoodState& state) const;

    /// The roles in post that a kind of need is tried with, in turn.
    [[nodiscard]] const std::vector<Role>& route(std::uint8_t need) const noexcept { return routes_[need]; }

private:
    [[nodiscard]] bool choose_role(const NeighbourhoodState& state, Request& request) const;

    const Kinds* kinds_;
    std::vector<std::vector<Role>> routes_;
    std::vector<Role> in_post_;
    Chance error_;
};

}  // namespace segue::front_door
