/// \file
/// What a contact leads to: the need is met, followed up, passed to the next role, comes back, or stays unmet.
///
///   In     today.contacts
///   Out    closed needs; requests for another day; people to be admitted; referrals; money for medicines
///   Draws  Purpose::contact by request and attempt (rebooks or resolves, prescribes); after_contact (what follows)
///   Holds  every contact closes its need or leaves exactly one request for it in the calendar
#pragma once
#include "engine/model/contact_parameters.hpp"
#include "engine/model/kinds.hpp"
#include "engine/model/today.hpp"

namespace segue::contact {

/// What the configuration and the evidence say about the time after a contact.
struct Aftercare {
    explicit Aftercare(const Scenario& scenario);
    Chance rebooks;
    Chance lost_at_handoff;
    std::int32_t handoff_in_days;
    FeedbackParameters feedbacks;
};

/// \param roles_on_route the length of a kind of need's route
template <class RouteLength>
void conclude(NeighbourhoodState& state, const Kinds& kinds, const Aftercare& aftercare, RouteLength roles_on_route);

/// Puts an open need into the calendar, to ask again `in_days` from now.
void ask_again(NeighbourhoodState& state, RequestSlot slot, RequestOrigin origin, std::int32_t in_days,
               Priority priority);

/// Concludes one contact. `is_last_role` tells whether its role ends the route of the need.
void conclude_one(NeighbourhoodState& state, const Kinds& kinds, const Aftercare& aftercare, const Contact& contact,
                  bool is_last_role);

template <class RouteLength>
void conclude(NeighbourhoodState& state, const Kinds& kinds, const Aftercare& aftercare, RouteLength roles_on_route) {
    for (const Contact& contact : state.today.contacts) {
        const Request& request = state.requests[contact.slot];
        const bool is_last_role = request.route_place + std::size_t{1} >= roles_on_route(request.need);
        conclude_one(state, kinds, aftercare, contact, is_last_role);
    }
    state.today.contacts.clear();
}

}  // namespace segue::contact
