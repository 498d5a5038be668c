/// \file
/// The neighbourhood as the day's steps share it: its people, its open needs, its calendar, what happened, and the
/// worklists that one step leaves for the next. The folders beside this file never include one another: they meet
/// here.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/ids.hpp"
#include "engine/core/isa.hpp"
#include "engine/model/calendar.hpp"
#include "engine/model/event.hpp"
#include "engine/model/minutes.hpp"
#include "engine/model/request.hpp"
#include "engine/model/treated.hpp"
#include "engine/population/people.hpp"
#include "engine/rng/draws.hpp"

namespace segue {

/// What may change in a person and their rates of need depend on.
struct RateBasis {
    std::uint32_t conditions;
    DemographicCell cell;
    std::uint8_t frailty_residence;
    std::uint8_t segment;
    std::uint8_t traits;
    std::uint8_t passing;

    [[nodiscard]] static RateBasis of(const People& people, std::uint32_t row) noexcept {
        return {people.conditions[row], people.cell[row],   people.frailty_residence[row],
                people.segment[row],    people.traits[row], people.passing[row]};
    }
    friend bool operator==(const RateBasis&, const RateBasis&) = default;
};

/// Somebody whose rates may differ from those that their candidates were drawn for.
struct Changed {
    enum class When : std::uint8_t {
        today,    ///< a rise counts from tomorrow
        late,     ///< after the last day's onsets: a rise counts from today
        entered,  ///< today: had no rates before
    };
    std::uint32_t row;
    RateBasis was;            ///< before the first change since
    std::uint8_t generation;  ///< of the row when it was noted: another means that the person has gone
    When when;
};

/// A need that takes its person to A&E, or into a bed.
struct HospitalArrival {
    std::uint32_t row;
    std::uint32_t key;
    std::uint8_t need;
    std::uint16_t attempts;
};

/// Somebody who was referred to outpatients.
struct Referral {
    std::uint32_t row;
    std::uint32_t key;  ///< *when* of the draws about it
    std::uint8_t need;
    std::uint16_t attempts;  ///< tells referrals of one key apart
};

/// Who saw somebody: of a role whose clinicians share their work, nobody in particular.
enum class Seen : std::uint8_t { by_the_role, by_usual_clinician, by_another, count_ };

/// A contact that was made or missed.
struct Contact {
    RequestSlot slot;
    MinuteTenths minutes;
    Mode mode;
    bool attended;
    Seen seen;
    Words luck;             ///< of Purpose::contact
    std::uint16_t desk{0};  ///< of whoever made it, among those of the line
};

/// Somebody at the front door.
struct Caller {
    std::uint32_t luck;  ///< who comes first: the lower
    RequestSlot slot;
};

/// An open need that was to come up today, if it is still the one that the slot held when that was noted.
struct Promise {
    RequestSlot slot;
    std::uint32_t serial;
};

/// Somebody whom another urgent service saw.
struct UrgentContact {
    std::uint32_t row;
    UrgentService service;
};

/// A place in an activity that somebody took up.
struct PlacePaidFor {
    std::uint32_t row;
    Pence cost;
};

/// What today's steps hand on. Each list is emptied by whoever takes it, or in the morning; none is freed.
struct Today {
    Day day;
    std::vector<CalendarEntry> life_due;
    std::vector<Promise> requests_due;
    std::vector<CalendarEntry> leaving_lines;
    std::vector<CalendarEntry> discharges;
    std::vector<CalendarEntry> clocks_due;
    std::vector<CalendarEntry> visits_due;
    std::vector<CalendarEntry> link_worker_due;
    std::vector<CalendarEntry> activities_due;
    std::vector<Changed> changed;      ///< emptied when rates follow: what changes after that waits for the next day
    std::vector<std::uint32_t> gone;   ///< rows whose people died or left today: freed in the evening
    std::vector<RequestSlot> asking;   ///< requests that look for a role
    std::vector<RequestSlot> joining;  ///< requests that know their line
    std::vector<RequestSlot> through;  ///< the front door, on their way to a role
    std::vector<RequestSlot>
        told_nothing;  ///< urgent requests that the day did not reach and that may not wait in line
    std::vector<Caller> callers;
    std::vector<std::int64_t> taken_online;  ///< today, by practice
    std::vector<UrgentContact> urgent_contacts;
    std::vector<Contact> contacts;
    std::vector<HospitalArrival> ae_arrivals;
    std::vector<HospitalArrival> admissions;
    std::vector<Referral> referrals;  ///< to outpatients
    std::vector<PlacePaidFor> places_paid_for;
    std::vector<std::uint32_t> prescriptions;  ///< rows of those who were given medicines

    [[nodiscard]] std::size_t bytes() const noexcept {
        return bytes_of(life_due, requests_due, leaving_lines, discharges, clocks_due, visits_due, changed, gone) +
               bytes_of(asking, joining, contacts, ae_arrivals, admissions, referrals, prescriptions) +
               bytes_of(through, told_nothing, callers, taken_online, urgent_contacts, link_worker_due,
                        activities_due) +
               bytes_of(places_paid_for);
    }
};

/// Running totals that the self-checks compare: each is kept by another step than the one that it must agree with.
struct Tally {
    std::int64_t needs_onset{0};
    std::int64_t needs_derived{0};
    std::int64_t needs_met{0};
    std::int64_t needs_unmet{0};
    std::int64_t attempts{0};  ///< to get through the front door
    std::int64_t answered{0};
    std::int64_t rebuffed{0};  ///< at the front door
    std::int64_t people_at_start{0};
    std::int64_t people_entered{0};
    std::int64_t people_gone{0};
    std::int64_t lines_joined{0};
    std::int64_t lines_left{0};
    std::int64_t contacts_served{0};
    std::int64_t contacts_concluded{0};
    EnumArray<MinuteUse, MinuteTenths> minutes_recorded;  ///< by those who spent them
    MinuteTenths minutes_offered{0};
    Pence charged{0};
};

/// One neighbourhood, in one thread.
struct NeighbourhoodState {
    NeighbourhoodState(Twin shared_luck, NeighbourhoodRow which, Day first_day, Isa instructions)
        : twin{shared_luck},
          row{which},
          isa{instructions},
          birthdays{first_day},
          onset_candidates{first_day},
          calendar{first_day} {}

    Twin twin;
    NeighbourhoodRow row;
    Isa isa;
    People people;
    Birthdays birthdays;
    OnsetCandidates onset_candidates;
    DayCalendar calendar;
    Requests requests;
    EventBuffer events;
    DayMinutes minutes;
    Today today;
    Tally tally;
    TreatedPeople treated;                ///< by social prescribing
    std::vector<std::uint8_t> in_a_bed;   ///< by row; shorter than people: the others are not
    std::vector<double> presents_factor;  ///< by practice: share who seek help over the base's; empty: 1 everywhere

    /// Notes somebody before the first change to anything that rates depend on.
    void will_change(std::uint32_t person_row) { note(person_row, Changed::When::today); }
    /// Notes somebody who has just entered.
    void has_entered(std::uint32_t person_row) { note(person_row, Changed::When::entered); }
    /// Puts somebody into a passing state, or out of it. Whenever in the day that is, rates and segments know it by the
    /// next day at the latest.
    void set_passing(std::uint32_t person_row, Passing state, bool holds) {
        if (people.is(PersonRow{person_row}, state) == holds) return;
        will_change(person_row);
        if (holds)
            events.about(people, person_row, EventKind::passing_begins, today.day).what =
                static_cast<std::uint8_t>(state);
        people.passing[person_row] = static_cast<std::uint8_t>(people.passing[person_row] ^ 1U << index(state));
    }
    /// Whether somebody is in a hospital bed.
    [[nodiscard]] bool is_in_a_bed(std::uint32_t person_row) const noexcept {
        return person_row < in_a_bed.size() && in_a_bed[person_row] != 0;
    }
    void set_in_a_bed(std::uint32_t person_row, bool is) {
        if (in_a_bed.size() <= person_row) in_a_bed.resize(people.rows(), 0);
        in_a_bed[person_row] = is ? 1 : 0;
    }
    /// Puts an entry about the person in its row into the calendar.
    void schedule(Day day, CalendarEntry entry) {
        entry.generation = people.generation[entry.row];
        calendar.add(day, entry);
    }
    /// Puts an entry about an open need into the calendar.
    void schedule(Day day, Due due, RequestSlot slot) {
        const Request& request = requests[slot];
        schedule(day, {.row = request.row,
                       .a = slot,
                       .b = request.serial,
                       .due = due,
                       .d = static_cast<std::uint8_t>(request.attempts)});
    }
    /// True when an entry's person is still the one it was made for.
    [[nodiscard]] bool is_current(const auto& entry) const noexcept {
        return people.generation[entry.row] == entry.generation;
    }
    /// The draws of a request's person for what the purpose names.
    [[nodiscard]] Words draw(const Request& request, Purpose purpose) const {
        return Draws{twin, PersonKey{people.key[request.row]}, purpose, request.key}.words(request.attempts);
    }
    /// Sends somebody to outpatients. `role`: who made the contact that did, where one was made.
    void refer(const Referral& referral, ReferralSource source, Role role) {
        Event& event = events.about(people, referral.row, EventKind::outpatient_referral, today.day);
        event.need = referral.need;
        event.role = static_cast<std::uint8_t>(role);
        event.what = static_cast<std::uint8_t>(source);
        today.referrals.push_back(referral);
    }
    /// Opens a need that follows from one that was met: with its key, so that its draws stay those of the onset.
    RequestSlot open_again(std::uint32_t person_row, std::uint32_t key, std::uint8_t need, std::uint16_t attempts,
                           NeedOrigin origin) {
        const RequestSlot slot = requests.open(person_row);
        Request& request = requests[slot];
        request.key = key;
        request.need = need;
        request.attempts = attempts;
        ++tally.needs_derived;
        Event& event = events.about(people, person_row, EventKind::need, today.day);
        event.need = need;
        event.what = static_cast<std::uint8_t>(origin);
        return slot;
    }
    void met(RequestSlot slot) {
        close(slot, EventKind::need_met, 0);
        ++tally.needs_met;
    }
    void unmet(RequestSlot slot, UnmetReason reason) {
        close(slot, EventKind::need_unmet, static_cast<std::uint8_t>(reason));
        ++tally.needs_unmet;
    }

private:
    void note(std::uint32_t person_row, Changed::When when) {
        const std::uint8_t generation = people.generation[person_row];
        for (const Changed& one : today.changed) {
            if (one.row == person_row && one.generation == generation) return;
        }
        today.changed.push_back({person_row, RateBasis::of(people, person_row), generation, when});
    }
    void close(RequestSlot slot, EventKind kind, std::uint8_t what) {
        const Request& request = requests[slot];
        Event& event = events.about(people, request.row, kind, today.day);
        event.need = request.need;
        event.role = static_cast<std::uint8_t>(request.role);
        event.what = what;
        requests.close(slot);
    }
};

}  // namespace segue
