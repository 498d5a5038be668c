#include "engine/model/hospital/hospital.hpp"

#include <algorithm>

#include "engine/rng/quantiles.hpp"

namespace segue::hospital {
namespace {
constexpr std::int32_t longest_stay = 365;
constexpr std::int32_t longest_return = 364;
}  // namespace

Hospital::Hospital(const HospitalParameters& parameters, bool needs_return)
    : short_stay_{parameters.short_stay_share},
      night_{parameters.overnight_share_of_short},
      left_unseen_{parameters.left_unseen_share},
      needs_return_{needs_return} {
    const auto leaves = [&parameters](double ratio) {
        return rate_of_waiting(parameters.long_stay.value() * ratio - 2);
    };
    leaves_per_night_[Frailty::fit] = leaves(1);
    leaves_per_night_[Frailty::mild] = leaves(parameters.long_stay_ratio_mild);
    leaves_per_night_[Frailty::moderate] = leaves(parameters.long_stay_ratio_moderate);
    leaves_per_night_[Frailty::severe] = leaves(parameters.long_stay_ratio_severe);
}

std::int32_t Hospital::nights(const Words& luck, bool short_stay, Frailty frailty) const noexcept {
    if (short_stay) return night_.happens(luck[2]) ? 1 : 0;
    return std::min(longest_stay, 2 + waiting_days(leaves_per_night_[frailty], luck[3], longest_stay));
}

void Hospital::admit(NeighbourhoodState& state, const HospitalArrival& arrival, const Words& luck) {
    const bool short_stay = short_stay_.happens(luck[1]);
    const std::int32_t stay = nights(luck, short_stay, state.people.frailty(PersonRow{arrival.row}));
    Event& event = state.events.about(state.people, arrival.row, EventKind::emergency_admission, state.today.day);
    event.need = arrival.need;
    event.value = stay;
    admitted_.push_back({arrival.row, short_stay});
    if (stay > 0) return keep(state, arrival.row, stay, AdmissionKind::emergency);
    state.events.about(state.people, arrival.row, EventKind::discharge, state.today.day).value = 0;
    ++admissions_;
    ++discharges_;
}

void Hospital::keep(NeighbourhoodState& state, std::uint32_t row, std::int32_t nights, AdmissionKind kind) {
    ++admissions_;
    state.set_in_a_bed(row, true);
    stays_.push_back({row, state.today.day, kind});
    state.schedule(state.today.day + nights, {.row = row, .due = Due::discharge});
}

void Hospital::end_stay(NeighbourhoodState& state, std::size_t stay) {
    const Stay ended = stays_[stay];
    Event& event = state.events.about(state.people, ended.row, EventKind::discharge, state.today.day);
    event.what = static_cast<std::uint8_t>(ended.kind);
    event.value = state.today.day - ended.since;
    state.set_in_a_bed(ended.row, false);
    stays_[stay] = stays_.back();
    stays_.pop_back();
    ++discharges_;
}

void Hospital::discharge(NeighbourhoodState& state) {
    for (const CalendarEntry& entry : state.today.discharges) {
        if (!state.is_current(entry)) continue;  // left the bed on the day they died or moved away
        const auto stay =
            std::find_if(stays_.begin(), stays_.end(), [&entry](const Stay& one) { return one.row == entry.row; });
        if (stay != stays_.end()) end_stay(state, static_cast<std::size_t>(stay - stays_.begin()));
    }
}

void Hospital::forget(NeighbourhoodState& state, std::uint32_t row) {
    if (!state.is_in_a_bed(row)) return;
    const auto stay = std::find_if(stays_.begin(), stays_.end(), [row](const Stay& one) { return one.row == row; });
    end_stay(state, static_cast<std::size_t>(stay - stays_.begin()));
}

/// What they came for comes back, as it does after a contact that did not end it, or is never heard of again.
void Hospital::leave_unseen(NeighbourhoodState& state, const HospitalArrival& arrival, const NeedKind& kind,
                            const Words& luck) const {
    if (!needs_return_ || !kind.returns.happens(luck[1])) return;
    const RequestSlot slot =
        state.open_again(arrival.row, arrival.key, arrival.need, arrival.attempts, NeedOrigin::recontact);
    Request& request = state.requests[slot];
    request.origin = RequestOrigin::recontact;
    request.wanted =
        state.today.day + 1 + waiting_days(1 / kind.parameters.returns_in.value(), luck[2], longest_return);
    request.asked = request.wanted;
    request.count_attempt();
    state.schedule(request.wanted, Due::request, slot);
}

void Hospital::receive(NeighbourhoodState& state, const Kinds& kinds) {
    admitted_.clear();
    attended_.clear();
    const auto luck_of = [&state](const HospitalArrival& arrival, Purpose purpose) {
        return Draws{state.twin, PersonKey{state.people.key[arrival.row]}, purpose, arrival.key}.words(
            arrival.attempts);
    };
    for (const HospitalArrival& arrival : state.today.ae_arrivals) {
        const NeedKind& kind = kinds[arrival.need];
        const Words luck = luck_of(arrival, Purpose::hospital);
        const Words patience = luck_of(arrival, Purpose::left_unseen);
        const bool leaves = left_unseen_.happens(patience[0]);
        const bool admitted = !leaves && kind.ae_admission.happens(luck[0]) && !state.is_in_a_bed(arrival.row);
        Event& event = state.events.about(state.people, arrival.row, EventKind::ae_attendance, state.today.day);
        event.need = arrival.need;
        event.what = static_cast<std::uint8_t>(leaves     ? AeOutcome::left_unseen
                                               : admitted ? AeOutcome::admitted
                                                          : AeOutcome::seen);
        attended_.push_back(arrival.row);
        if (leaves) leave_unseen(state, arrival, kind, patience);
        if (admitted) admit(state, arrival, luck);
    }
    for (const HospitalArrival& arrival : state.today.admissions) {
        if (!state.is_in_a_bed(arrival.row)) admit(state, arrival, luck_of(arrival, Purpose::hospital));
    }
    state.today.ae_arrivals.clear();
    state.today.admissions.clear();
}

}  // namespace segue::hospital
