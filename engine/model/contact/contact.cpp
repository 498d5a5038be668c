#include "engine/model/contact/contact.hpp"

#include <algorithm>

#include "engine/model/team_parameters.hpp"
#include "engine/rng/quantiles.hpp"

namespace segue::contact {
namespace {

constexpr std::int32_t longest_wait = 365;

void record(NeighbourhoodState& state, const Contact& contact) {
    const Request& request = state.requests[contact.slot];
    const Day today = state.today.day;
    Event& event =
        state.events.about(state.people, request.row, contact.attended ? EventKind::contact : EventKind::missed, today);
    event.role = static_cast<std::uint8_t>(request.role);
    event.need = request.need;
    event.mode = static_cast<std::uint8_t>(contact.mode);
    event.what = static_cast<std::uint8_t>(request.origin);
    event.value = static_cast<std::int32_t>(contact.minutes);
    event.lead = recorded_days(today - request.asked);
    event.delay = recorded_days(today - request.wanted);
    if (contact.attended && contact.seen != Seen::by_the_role) {
        Event& who = state.events.about(state.people, request.row,
                                        contact.seen == Seen::by_usual_clinician ? EventKind::saw_usual_clinician
                                                                                 : EventKind::saw_another_clinician,
                                        today);
        who.role = static_cast<std::uint8_t>(request.role);
        who.need = request.need;
    }
    ++state.tally.contacts_concluded;
    state.tally.minutes_recorded[MinuteUse::contacts] += contact.minutes;
}

/// A met need may lead to a planned one: the same slot opens it, so that its draws stay those of the onset.
void follow_up(NeighbourhoodState& state, const NeedKind& kind, const Request& before, std::uint32_t word) {
    const RequestSlot slot = state.requests.open(before.row);
    Request& request = state.requests[slot];
    request.key = before.key;
    request.need = before.need;
    request.attempts = before.attempts;
    request.route_place = before.route_place;  // with the role that met the need
    request.follow_ups = static_cast<std::uint8_t>(before.follow_ups + 1);
    ++state.tally.needs_derived;
    Event& event = state.events.about(state.people, before.row, EventKind::need, state.today.day);
    event.need = before.need;
    event.what = static_cast<std::uint8_t>(NeedOrigin::follow_up);
    ask_again(state, slot, RequestOrigin::follow_up,
              day_between(kind.parameters.follow_up_from, kind.parameters.follow_up_to, word), Priority::booked);
}

void refer_and_prescribe(NeighbourhoodState& state, const NeedKind& kind, const Request& request, const Words& after,
                         std::uint32_t word) {
    if (kind.outpatient.happens(after[2]))
        state.refer({request.row, request.key, request.need, request.attempts}, ReferralSource::contact, request.role);
    if (kind.admission.happens(after[3])) {
        state.today.admissions.push_back({request.row, request.key, request.need, request.attempts});
    }
    if (kind.prescribes.happens(word)) state.today.prescriptions.push_back(request.row);
}

}  // namespace

Aftercare::Aftercare(const Scenario& scenario) {
    const auto contact = scenario.read<ContactParameters>();
    rebooks = Chance{scenario.read<AttendanceParameters>().rebooks_share};
    lost_at_handoff = Chance{contact.handoff_loss_share};
    handoff_in_days = static_cast<std::int32_t>(contact.handoff_in_days);
    feedbacks = scenario.read<FeedbackParameters>();
}

void ask_again(NeighbourhoodState& state, RequestSlot slot, RequestOrigin origin, std::int32_t in_days,
               Priority priority) {
    Request& request = state.requests[slot];
    request.origin = origin;
    request.priority = priority;
    request.wanted = state.today.day + std::clamp(in_days, std::int32_t{1}, longest_wait);
    // What comes back is asked for when it does; everything else is booked today.
    request.asked = origin == RequestOrigin::returned ? request.wanted : state.today.day;
    ++request.attempts;
    state.schedule(request.wanted, Due::request, slot);
}

void conclude_one(NeighbourhoodState& state, const Kinds& kinds, const Aftercare& aftercare, const Contact& contact,
                  bool is_last_role) {
    const RequestSlot slot = contact.slot;
    Request& request = state.requests[slot];
    const NeedKind& kind = kinds[request.need];
    const Words& luck = contact.luck;
    const Words after = state.draw(request, Purpose::after_contact);
    record(state, contact);
    if (!contact.attended) {
        if (aftercare.feedbacks.rebooking && aftercare.rebooks.happens(luck[1])) {
            ask_again(state, slot, RequestOrigin::rebooked, day_between(Days{1}, Days{7}, after[1]), Priority::routine);
        } else {
            state.unmet(slot, UnmetReason::missed);
        }
        return;
    }
    refer_and_prescribe(state, kind, request, after, luck[3]);
    if (kind.roles[request.role].resolves.happens(luck[1])) {
        const Request before = request;
        state.met(slot);
        const bool more = aftercare.feedbacks.follow_ups && before.follow_ups < kind.parameters.follow_ups_most;
        if (more && kind.follow_up.happens(after[0])) follow_up(state, kind, before, after[1]);
        return;
    }
    if (aftercare.feedbacks.handoffs && !is_last_role) {
        if (aftercare.lost_at_handoff.happens(after[0])) {
            state.unmet(slot, UnmetReason::lost_at_handoff);
        } else {
            ++request.route_place;
            ask_again(state, slot, RequestOrigin::handoff, aftercare.handoff_in_days, Priority::routine);
        }
        return;
    }
    if (aftercare.feedbacks.returns && kind.returns.happens(after[0])) {
        const std::int32_t wait = 1 + waiting_days(1 / kind.parameters.returns_in.value(), after[1], longest_wait - 1);
        request.route_place = 0;
        ask_again(state, slot, RequestOrigin::returned, wait, Priority::routine);
    } else {
        state.unmet(slot, UnmetReason::unresolved);
    }
}

}  // namespace segue::contact
