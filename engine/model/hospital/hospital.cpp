#include "engine/model/hospital/hospital.hpp"

#include <algorithm>

#include "engine/core/math.hpp"
#include "engine/rng/quantiles.hpp"

namespace segue::hospital {
namespace {
constexpr std::int32_t longest_stay = 365;
}

Hospital::Hospital(const HospitalParameters& parameters)
    : short_stay_{parameters.short_stay_share},
      night_{parameters.overnight_share_of_short},
      // Nights beyond the second are geometric; whole nights of an exponential time at this rate have that law.
      leaves_per_night_{parameters.long_stay.value() > 2 ? -math::log1p(-1 / (parameters.long_stay.value() - 1)) : 0} {}

std::int32_t Hospital::nights(const Words& luck, bool short_stay) const noexcept {
    if (short_stay) return night_.happens(luck[2]) ? 1 : 0;
    if (leaves_per_night_ <= 0) return 2;
    return std::min(longest_stay, 2 + waiting_days(leaves_per_night_, luck[3], longest_stay));
}

void Hospital::admit(NeighbourhoodState& state, const HospitalArrival& arrival, const Words& luck) {
    const bool short_stay = short_stay_.happens(luck[1]);
    const std::int32_t stay = nights(luck, short_stay);
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
    stays_.push_back({row, state.today.day, kind});
    state.schedule(state.today.day + nights,
                   {.row = row, .a = static_cast<std::uint32_t>(nights), .due = Due::discharge});
}

bool Hospital::holds(std::uint32_t row) const noexcept {
    return std::any_of(stays_.begin(), stays_.end(), [row](const Stay& stay) { return stay.row == row; });
}

void Hospital::end_stay(NeighbourhoodState& state, std::size_t stay) {
    const Stay ended = stays_[stay];
    Event& event = state.events.about(state.people, ended.row, EventKind::discharge, state.today.day);
    event.what = static_cast<std::uint8_t>(ended.kind);
    event.value = state.today.day - ended.since;
    stays_[stay] = stays_.back();
    stays_.pop_back();
    ++discharges_;
}

void Hospital::discharge(NeighbourhoodState& state) {
    for (const CalendarEntry& entry : state.today.discharges) {
        if (!state.is_current(entry)) continue;  // left the bed on the day they died or moved away
        const Day since = state.today.day - static_cast<std::int32_t>(entry.a);
        for (std::size_t stay = 0; stay < stays_.size(); ++stay) {
            if (stays_[stay].row != entry.row || stays_[stay].since != since) continue;
            end_stay(state, stay);
            break;
        }
    }
}

void Hospital::forget(NeighbourhoodState& state, std::uint32_t row) {
    for (std::size_t stay = 0; stay < stays_.size();) {
        if (stays_[stay].row == row) {
            end_stay(state, stay);
        } else {
            ++stay;
        }
    }
}

void Hospital::receive(NeighbourhoodState& state, const Kinds& kinds) {
    admitted_.clear();
    attended_.clear();
    const auto luck_of = [&state](const HospitalArrival& arrival) {
        return Draws{state.twin, PersonKey{state.people.key[arrival.row]}, Purpose::hospital, arrival.key}.words(
            arrival.attempts);
    };
    for (const HospitalArrival& arrival : state.today.ae_arrivals) {
        const Words luck = luck_of(arrival);
        const bool admitted = kinds[arrival.need].ae_admission.happens(luck[0]);
        Event& event = state.events.about(state.people, arrival.row, EventKind::ae_attendance, state.today.day);
        event.need = arrival.need;
        event.what = static_cast<std::uint8_t>(admitted ? AeOutcome::admitted : AeOutcome::seen);
        attended_.push_back(arrival.row);
        if (admitted) admit(state, arrival, luck);
    }
    for (const HospitalArrival& arrival : state.today.admissions) admit(state, arrival, luck_of(arrival));
    state.today.ae_arrivals.clear();
    state.today.admissions.clear();
}

}  // namespace segue::hospital
