/// \file
/// Where a need meets the team: who seeks help, by which channel, who gets through, what those do who do not, and which
/// role the configuration sends a need to.
///
///   In     today's onsets; requests that are due or ask again; minutes of call handlers and of those who triage
///   Out    people at A&E, at a pharmacy, on the line to 111; requests for another day; requests that know their role,
///          in today.joining
///   Order  those who ask on one day are answered in the order of a keyed draw, never of row, id or practice
///   Draws  by request and attempt: Purpose::presents (whether, where, how soon), front_door (hour, turn, direct booking),
///          turned_away (recourse, healing), urgent_service (what comes of it, healing), triage, navigation; channel by
///          request alone
///   Holds  every onset becomes an open request, an A&E arrival, or an unmet need; attempts = answered + turned away
#pragma once
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/model/front_door/laws.hpp"
#include "engine/model/kinds.hpp"
#include "engine/model/today.hpp"

namespace segue::front_door {

class FrontDoor {
public:
    /// \param in_post whether the configuration has any of a role
    /// \param practice_shares of the list, adding up to 1
    FrontDoor(const Scenario& scenario, const Kinds& kinds, const EnumArray<Role, bool>& in_post,
              std::vector<double> practice_shares, Problems& problems);

    /// A need arises in the person in `row`: if help is sought from the practice, its request is in today.asking. Whoever
    /// is in a bed is helped there.
    void receive(NeighbourhoodState& state, std::uint32_t row, std::uint32_t key, std::uint8_t need,
                 NeedOrigin origin) const;
    /// Lets in who gets through of those in today.asking. Requests that people do not make themselves, and those
    /// booked on an earlier day for today, pass; who asks for a later day is booked for it.
    void answer(NeighbourhoodState& state) const;
    /// Sends everybody in today.asking to a role: to the first of the route when none of it is in post.
    void navigate(NeighbourhoodState& state) const;
    /// Those in today.told_nothing hear that there is nothing left today.
    void send_away(NeighbourhoodState& state) const;

    /// The roles in post that a kind of need is tried with, in turn.
    [[nodiscard]] const std::vector<Role>& route(std::uint8_t need) const noexcept { return routes_[need]; }
    /// The first role of its route, in post or not.
    [[nodiscard]] Role first_choice(std::uint8_t need) const noexcept { return first_choices_[need]; }
    [[nodiscard]] const Laws& laws() const noexcept { return laws_; }

private:
    [[nodiscard]] std::vector<std::vector<Role>> read_routes(const Scenario& scenario, const Kinds& kinds,
                                                             const EnumArray<Role, bool>& in_post, Problems& problems);
    [[nodiscard]] bool seeks_help(NeighbourhoodState& state, const Request& request, std::uint32_t word) const;
    void meet(NeighbourhoodState& state, RequestSlot slot) const;
    [[nodiscard]] bool books_directly(const NeighbourhoodState& state, const Request& request,
                                      std::uint32_t word) const;
    void take(NeighbourhoodState& state, RequestSlot slot) const;
    [[nodiscard]] bool has_room(NeighbourhoodState& state, const Request& request) const;
    void find_closed(NeighbourhoodState& state, RequestSlot slot) const;
    [[nodiscard]] bool is_triaged(const NeighbourhoodState& state, const Request& request) const;
    void triage(NeighbourhoodState& state, RequestSlot slot) const;
    void let_in(NeighbourhoodState& state, RequestSlot slot) const;
    void turn_away(NeighbourhoodState& state, RequestSlot slot, Rebuff rebuff) const;
    void visit(NeighbourhoodState& state, RequestSlot slot, UrgentService service) const;
    void ask_on(NeighbourhoodState& state, RequestSlot slot, Day day, RequestOrigin origin, std::uint32_t word) const;
    [[nodiscard]] Chance error_of(const NeighbourhoodState& state, const Request& request) const;
    void choose_role(const NeighbourhoodState& state, Request& request) const;

    const Kinds* kinds_;
    std::vector<Role> first_choices_;  ///< of each kind's route, in post or not
    std::vector<std::vector<Role>> routes_;
    Laws laws_;
    std::vector<double> practice_shares_;
    std::vector<Role> in_post_;
    Chance error_;
};

/// Whether people make requests of that origin themselves, rather than a clinician, the practice or another service.
[[nodiscard]] bool is_own(RequestOrigin origin) noexcept;

/// Whether a request is made by its person on that day, and so has to pass the front door: not one that was booked
/// earlier for today, that a clinician made, or that the practice moved.
[[nodiscard]] bool is_at_the_door(const Request& request, Day today) noexcept;

}  // namespace segue::front_door
