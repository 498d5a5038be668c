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

RequestSlot open_again(NeighbourhoodState& state, const Request& before, NeedOrigin origin) {
    const RequestSlot slot = state.open_again(before.row, before.key, before.need, before.attempts, origin);
    Request& request = state.requests[slot];
    request.route_place = before.route_place;  // with the role that met the need
    request.follow_ups = before.follow_ups;
    return slot;
}

void follow_up(NeighbourhoodState& state, const NeedKind& kind, const Request& before, std::uint32_t word) {
    const RequestSlot slot = open_again(state, before, NeedOrigin::follow_up);
    ++state.requests[slot].follow_ups;
    ask_again(state, slot, RequestOrigin::follow_up,
              day_between(kind.parameters.follow_up_from, kind.parameters.follow_up_to, word), Priority::booked);
}

void come_again(NeighbourhoodState& state, const Aftercare& aftercare, const Request& before, Seen seen) {
    const Recontact& again = aftercare.recontact[seen];
    if (!aftercare.feedbacks.recontact || again.share == 0) return;
    const Words luck = state.draw(before, Purpose::recontact);
    if (!Chance{again.share}.happens(luck[0])) return;
    ask_again(state, open_again(state, before, NeedOrigin::recontact), RequestOrigin::recontact,
              1 + waiting_days(1 / again.days, luck[1], longest_wait - 1), Priority::routine);
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
    const double days = contact.recontact_in.value();
    recontact[Seen::by_another] = {contact.recontact_share, days};
    recontact[Seen::by_usual_clinician] =
        after_usual_clinician(contact.recontact_share, days, contact.other_contact_in.value(),
                              scenario.read<ContinuityParameters>().next_contact_ratio);
}

Recontact after_usual_clinician(double share, double days, double other_days, double ratio) noexcept {
    // Mean time to the next of two exponential times, one of which there is with chance p: other (1 - p other' share).
    const auto saved = [other_days](double mean) { return other_days / (other_days + mean); };
    const double stretched = days * ratio;
    const double lower = (1 - ratio * (1 - share * saved(days))) / saved(stretched);
    return {std::clamp(lower, 0.0, share), stretched};
}

void ask_again(NeighbourhoodState& state, RequestSlot slot, RequestOrigin origin, std::int32_t in_days,
               Priority priority) {
    Request& request = state.requests[slot];
    request.origin = origin;
    request.priority = priority;
    request.wanted = state.today.day + std::clamp(in_days, std::int32_t{1}, longest_wait);
    // What comes back is asked for when it does; everything else is booked today.
    const bool comes = origin == RequestOrigin::returned || origin == RequestOrigin::recontact;
    request.asked = comes ? request.wanted : state.today.day;
    request.count_attempt();
    state.schedule(request.wanted, Due::request, slot);
}

void conclude_one(NeighbourhoodState& state, const Kinds& kinds, const Aftercare& aftercare, const Contact& contact,
                  const std::vector<Role>& route) {
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
        if (more && kind.follow_up.happens(after[0])) {
            follow_up(state, kind, before, after[1]);
        } else {
            come_again(state, aftercare, before, contact.seen);
        }
        return;
    }
    const bool suits = kind.roles[request.role].suits;
    const std::size_t place = std::min<std::size_t>(request.route_place, route.size() - 1);
    const bool is_astray = !suits && !route.empty() && route[place] != request.role;
    if (aftercare.feedbacks.handoffs && (is_astray || place + 1 < route.size())) {
        if (aftercare.lost_at_handoff.happens(after[0])) {
            state.unmet(slot, UnmetReason::lost_at_handoff);
        } else {
            if (!is_astray) ++request.route_place;  // who was sent astray goes to where they should have gone
            ask_again(state, slot, suits ? RequestOrigin::handoff : RequestOrigin::wrong_role,
                      aftercare.handoff_in_days, Priority::routine);
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
