/// \file
/// What a draw is for. A purpose is numbered for good: append, never reorder or reuse, or results change for
/// every seed. The comment says what the counter's *when* and *block* hold.
#pragma once
#include <cstdint>

namespace segue {

enum class Purpose : std::uint16_t {
    // The list at the start, and those who join it (when 0, or the ordinal given).
    age = 1,  // block 0: age, sex, day within the year of age
    deprivation = 2,
    practice = 3,
    household = 4,
    conditions = 5,     // block n: conditions 4n to 4n + 3
    latent_health = 6,  // the shared liabilities behind conditions and frailty
    frailty = 7,
    risk_factors = 8,
    wellbeing = 9,
    residence = 10,
    level_of_need = 11,
    table_segment = 12,
    traits = 13,  // online access, travel, caring, ethnic group
    // Life (when: the age at the birthday that opens the year; block: the kind of life event / 4).
    life_event_count = 32,
    life_event_day = 33,     // block: kind of life event; when: age * 64 + ordinal
    table_destination = 34,  // when: age; block 0 yearly, 1 and 2 daily (age * 64 + ordinal)
    table_event = 35,        // when: year; block: event
    newborn = 37,            // when: ordinal of the birth; names the child
    joiners = 38,            // entity: neighbourhood; when: day
    dying = 39,              // when: day; the death that the life table sends: which way, rest, recognised
    decline_moved = 40,      // when: day; block: kind of life event that changed the chances, 255 a birthday
    decline_rest = 41,       // when: day on which a decline is seen to last longer
    pregnancy = 42,          // when: day of conception
    high_need_spell = 43,    // when: day on which it begins
    passing_at_entry = 44,   // block 0: decline; 1: pregnancy; 2: spell of high need
    // Onset of needs (when: the quarter's ordinal; block: stream / 4).
    onset_count = 64,
    onset_day = 65,          // when: quarter * 256 + ordinal; block: stream
    onset_strip_count = 66,  // when: the day of the change; block: stream / 4
    onset_strip_day = 67,    // when: day; block: stream * 256 + ordinal
    // A need and its contacts (when: the request; block: the attempt).
    presents = 96,
    while_waiting = 97,
    contact = 98,
    after_contact = 99,
    hospital = 100,
    navigation = 101,
    // The front door (when: the request; block: the attempt).
    channel = 110,  // block 0 always: a need comes by one channel, however often
    front_door = 111,
    turned_away = 112,
    urgent_service = 113,
    triage = 114,
    // Whom people see.
    usual_clinician = 120,  // entity: person; when: the clinician's key
    continuity = 121,       // when: the request; block: the attempt
    recontact = 122,        // when: the request; block: the attempt
    // Hospital (when: the request, or the key of the referral; block: the attempt, or how often the referral has drawn).
    outpatient_wait = 132,
    outpatient_visit = 133,
    consultant_referral = 134,
    elective_stay = 135,
    need_while_waiting = 136,  // when: the request that arose
    backlog = 140,             // entity: person; when: the backlog's place among all
    left_unseen = 141,         // when: the request; block: the attempt
    // Social prescribing (when: the request that it came of).
    uptake_offer = 150,  // block: the attempt at a contact; 0xFFFF: by oneself
    uptake_case = 151,   // block 0: accepts, patience, place in line, contacts wanted; 1: choice, patience for a place;
                         // 2: completes, when it ends
    uptake_contact = 152,   // block: the contact's number. Mode, stops coming, comes to the first, days to the next
    uptake_lasting = 153,   // entity: person; when: 0, or another person's key folded; block: the model
    uptake_habit = 154,     // entity: neighbourhood; when: a clinician, or a stage; block: the model
    uptake_tie = 155,       // entity: person; when: the tie; block 0: rewired and to whom
    uptake_place = 156,     // entity: person; when: the activity. How far away it is
    uptake_recorded = 157,  // entity: a series' name; when: a cell of it. How many of its people are recorded
    // Comparisons.
    order_of_parts = 240,  // when: the order's ordinal; block: place / 4
};

}  // namespace segue
