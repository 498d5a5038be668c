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
    ++admissions_;
    CalendarEntry entry;
    entry.row = arrival.row;
    entry.generation = state.people.generation[arrival.row];
    entry.due = Due::discharge;
    entry.a = static_cast<std::uint32_t>(stay);
    if (stay == 0) {
        Event& home = state.events.about(state.people, arrival.row, EventKind::discharge, state.today.day);
        home.value = 0;
        ++discharges_;
        return;
    }
    ++in_a_bed_;
    state.calendar.add(state.today.day + stay, entry);
}

void Hospital::discharge(NeighbourhoodState& state) {
    for (const CalendarEntry& entry : state.today.discharges) {
        // Somebody who died or moved away meanwhile still frees the bed; the record then has no person.
        const bool still_here = state.is_current(entry);
        Event& event = still_here ? state.events.about(state.people, entry.row, EventKind::discharge, state.today.day)
                                  : state.events.blank(EventKind::discharge, state.today.day);
        event.value = static_cast<std::int32_t>(entry.a);
        --in_a_bed_;
        ++discharges_;
    }
}

void Hospital::receive(NeighbourhoodState& state, const Kinds& kinds) {
    admitted_.clear();
    attended_.clear();
    for (const HospitalArrival& arrival : state.today.ae_arrivals) {
        const Words luck =
            Draws{state.twin, PersonKey{state.people.key[arrival.row]}, Purpose::hospital, arrival.key}.words(
                arrival.attempts);
        const bool admitted = kinds[arrival.need].ae_admission.happens(luck[0]);
        Event& event = state.events.about(state.people, arrival.row, EventKind::ae_attendance, state.today.day);
        event.need = arrival.need;
        event.what = admitted ? 1 : 0;
        attended_.push_back(arrival.row);
        if (admitted) admit(state, arrival, luck);
    }
    for (const HospitalArrival& arrival : state.today.admissions) {
        const Words luck =
            Draws{state.twin, PersonKey{state.people.key[arrival.row]}, Purpose::hospital, arrival.key}.words(
                arrival.attempts);
        admit(state, arrival, luck);
    }
    state.today.ae_arrivals.clear();
    state.today.admissions.clear();
}

}  // namespace segue::hospital
