/// \file
/// What a contact leads to: the need is met, followed up, passed to the next role, comes back, or stays unmet.
///
///   In     today.contacts
///   Out    closed needs; requests for another day; people to be admitted; referrals; money for medicines
///   Draws  Purpose::contact by request and attempt (rebooks or resolves, prescribes); after_contact (what
///          follows); recontact (whether and when people come again)
///   Holds  every contact closes its need or leaves exactly one request for it in the calendar
#pragma once
#include "engine/model/contact_parameters.hpp"
#include "engine/model/continuity_parameters.hpp"
#include "engine/model/kinds.hpp"
#include "engine/model/today.hpp"

namespace segue::contact {

/// Coming again about a need that was met.
struct Recontact {
    double share{0};
    double days{1};  ///< mean
};

/// What the configuration and the evidence say about the time after a contact.
struct Aftercare {
    explicit Aftercare(const Scenario& scenario);
    Chance rebooks;
    Chance lost_at_handoff;
    std::int32_t handoff_in_days;
    FeedbackParameters feedbacks;
    EnumArray<Seen, Recontact> recontact;
};

/// How often people come again, and how soon, after their usual clinician; after another it is `share` in `days`. The
/// mean time to the next contact about anything, with exponential times of `other_days` and `days`, is to be `ratio`
/// times what it is after another: the time is stretched by it and the share is lowered, to none at the least, where
/// less of an effect is left.
[[nodiscard]] Recontact after_usual_clinician(double share, double days, double other_days, double ratio) noexcept;

/// \param route_of the roles that a kind of need is tried with, in turn
template <class RouteOf>
void conclude(NeighbourhoodState& state, const Kinds& kinds, const Aftercare& aftercare, RouteOf route_of);

/// Puts an open need into the calendar, to ask again `in_days` from now.
void ask_again(NeighbourhoodState& state, RequestSlot slot, RequestOrigin origin, std::int32_t in_days,
               Priority priority);

/// Concludes one contact about a need of that route.
void conclude_one(NeighbourhoodState& state, const Kinds& kinds, const Aftercare& aftercare, const Contact& contact,
                  const std::vector<Role>& route);

template <class RouteOf>
void conclude(NeighbourhoodState& state, const Kinds& kinds, const Aftercare& aftercare, RouteOf route_of) {
    for (const Contact& contact : state.today.contacts) {
        conclude_one(state, kinds, aftercare, contact, route_of(state.requests[contact.slot].need));
    }
    state.today.contacts.clear();
}

}  // namespace segue::contact
