/// \file
/// What happened, one small record at a time. The loop appends; the record room counts each day's records into
/// every declared output and drops them.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/memory.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/population/people.hpp"

namespace segue {

enum class EventKind : std::uint8_t {
    birth,
    death,
    join,
    leave,
    segment_move,         ///< what: the segment left
    condition_onset,      ///< what: condition
    condition_remission,  ///< what: condition
    frailty_worsened,
    need,  ///< what: NeedOrigin
    need_met,
    need_unmet,              ///< what: UnmetReason
    request,                 ///< what: RequestOrigin; role: the one asked; mode: channel
    contact,                 ///< role, mode; value: tenths of a minute; lead, delay: days
    missed,                  ///< role; value: tenths of a minute; lead: days
    gave_up,                 ///< role; lead: days waited
    worsened,                ///< role; what: 1 when it went to A&E
    ae_attendance,           ///< what: AeOutcome
    emergency_admission,     ///< value: nights
    discharge,               ///< value: nights of the stay that ends; what: AdmissionKind
    outpatient_referral,     ///< starts a clock; what: ReferralSource; role: who referred
    minutes_available,       ///< role; value: tenths of a minute; no person
    cost,                    ///< what: setting; value: pence; a person or none
    budget,                  ///< what: scope; value: pence; no person
    passing_begins,          ///< what: Passing state
    answered,                ///< mode: channel; what: RequestOrigin; role: who answered; value: tenths of a minute
    turned_away,             ///< mode: channel; what: Rebuff; role: Recourse
    triaged,                 ///< role; what: 1 when it ended the need; value: tenths of a minute
    urgent_contact,          ///< what: UrgentService
    saw_usual_clinician,     ///< role, need
    saw_another_clinician,   ///< role, need: of a role in which people have a usual one
    minutes_offered,         ///< role; value: tenths of a minute that today's requests ask for; no person
    minutes_administration,  ///< role; value: tenths of a minute; no person
    clock_stopped,           ///< what: ClockStop; lead: days since the referral
    outpatient_attendance,   ///< what: Visit; lead, of a first one: days since the referral
    outpatient_missed,       ///< what: Visit
    elective_admission,      ///< what: ElectiveStay; value: nights; lead: days since the referral
    moved,                   ///< role: a change took the minutes that somebody was booked into
    induced,                 ///< seeks help because access is easier than in the base
    deterred,                ///< does not, because it is harder
    need_in_hospital,        ///< arose in somebody in a bed, and was met there
    referral_stage,          ///< of social prescribing. what: ReferralStage; mode: ReferralRoute; role: who offered;
                             ///< lead: days since the offer; delay: days in the queue that this ends
    referral_ended,          ///< what: ReferralEnd; mode: the last ReferralStage; lead: days since the offer
    activity_step,  ///< role: the activity; what: ActivityStep; lead: days since the offer; delay: in its queue
    count_
};

[[nodiscard]] constexpr auto names(EventKind) {
    return std::array<std::string_view, 43>{"birth",
                                            "death",
                                            "join",
                                            "leave",
                                            "segment_move",
                                            "condition_onset",
                                            "condition_remission",
                                            "frailty_worsened",
                                            "need",
                                            "need_met",
                                            "need_unmet",
                                            "request",
                                            "contact",
                                            "missed",
                                            "gave_up",
                                            "worsened",
                                            "ae_attendance",
                                            "emergency_admission",
                                            "discharge",
                                            "outpatient_referral",
                                            "minutes_available",
                                            "cost",
                                            "budget",
                                            "passing_begins",
                                            "answered",
                                            "turned_away",
                                            "triaged",
                                            "urgent_contact",
                                            "saw_usual_clinician",
                                            "saw_another_clinician",
                                            "minutes_offered",
                                            "minutes_administration",
                                            "clock_stopped",
                                            "outpatient_attendance",
                                            "outpatient_missed",
                                            "elective_admission",
                                            "moved",
                                            "induced",
                                            "deterred",
                                            "need_in_hospital",
                                            "referral_stage",
                                            "referral_ended",
                                            "activity_step"};
}

/// Where a need came from: it arose in a person, care made it, or it waits when the results begin because the scenario
/// says so.
enum class NeedOrigin : std::uint8_t { onset, follow_up, recontact, while_waiting, backlog, count_ };
[[nodiscard]] constexpr auto names(NeedOrigin) {
    return std::array<std::string_view, 5>{"onset", "derived", "recontact", "while_waiting", "backlog"};
}

/// Why somebody asks: for a new need, as planned, or again for one that is still open.
enum class RequestOrigin : std::uint8_t {
    onset,
    follow_up,
    handoff,
    returned,
    rebooked,
    worsened,
    moved,
    repeated,    ///< after the front door failed them
    sent_back,   ///< by a pharmacy or 111
    wrong_role,  ///< passed on by a role that the need is not for
    recontact,   ///< about a need that was met
    count_
};
[[nodiscard]] constexpr auto names(RequestOrigin) {
    return std::array<std::string_view, 11>{"onset", "follow_up", "handoff",   "returned",   "rebooked", "worsened",
                                            "moved", "repeated",  "sent_back", "wrong_role", "recontact"};
}

enum class UnmetReason : std::uint8_t {
    never_sought,
    no_role_in_post,
    healed_while_waiting,
    gave_up,
    missed,
    lost_at_handoff,
    unresolved,
    left_list,
    turned_away,
    count_
};
[[nodiscard]] constexpr auto names(UnmetReason) {
    return std::array<std::string_view, 9>{"never_sought", "no_role_in_post", "healed_while_waiting",
                                           "gave_up",      "missed",          "lost_at_handoff",
                                           "unresolved",   "left_list",       "turned_away"};
}

/// How an attendance at A&E ended.
enum class AeOutcome : std::uint8_t { seen, admitted, left_unseen, count_ };
[[nodiscard]] constexpr auto names(AeOutcome) {
    return std::array<std::string_view, 3>{"seen", "admitted", "left_unseen"};
}

enum class AdmissionKind : std::uint8_t { emergency, elective, count_ };
[[nodiscard]] constexpr auto names(AdmissionKind) { return std::array<std::string_view, 2>{"emergency", "elective"}; }

enum class ElectiveStay : std::uint8_t { day_case, inpatient, count_ };
[[nodiscard]] constexpr auto names(ElectiveStay) { return std::array<std::string_view, 2>{"day_case", "inpatient"}; }

/// Who sent somebody to outpatients.
enum class ReferralSource : std::uint8_t { contact, consultant, count_ };
[[nodiscard]] constexpr auto names(ReferralSource) { return std::array<std::string_view, 2>{"contact", "consultant"}; }

enum class Visit : std::uint8_t { first, follow_up, count_ };
[[nodiscard]] constexpr auto names(Visit) { return std::array<std::string_view, 2>{"first", "follow_up"}; }

/// What somebody whose referral clock runs waits for.
enum class WaitStage : std::uint8_t { first_attendance, treatment, count_ };
[[nodiscard]] constexpr auto names(WaitStage) {
    return std::array<std::string_view, 2>{"first_attendance", "treatment"};
}

/// Why a referral clock stopped.
enum class ClockStop : std::uint8_t {
    discharged,
    outpatient_care,  ///< treated or watched as an outpatient
    treated,
    missed,  ///< an appointment, and was sent back
    reviewed_out,
    left_list,
    count_
};
[[nodiscard]] constexpr auto names(ClockStop) {
    return std::array<std::string_view, 6>{"discharged", "outpatient_care", "treated",
                                           "missed",     "reviewed_out",    "left_list"};
}

/// How far a referral to social prescribing has come.
enum class ReferralStage : std::uint8_t {
    offered,
    accepted,
    assigned,  ///< to a link worker's caseload
    first_contact,
    plan,
    activity_offered,
    activity_started,
    completed,  ///< the activity
    count_
};
[[nodiscard]] constexpr auto names(ReferralStage) {
    return std::array<std::string_view, 8>{"offered", "accepted",         "assigned",         "first_contact",
                                           "plan",    "activity_offered", "activity_started", "completed"};
}

/// By whom it was offered.
enum class ReferralRoute : std::uint8_t { contact, self, count_ };
[[nodiscard]] constexpr auto names(ReferralRoute) { return std::array<std::string_view, 2>{"contact", "self"}; }

/// Why a referral to social prescribing ended.
enum class ReferralEnd : std::uint8_t {
    declined,
    gave_up_waiting,  ///< for a link worker
    missed_first_contact,
    stopped_coming,    ///< to the link worker, before a plan was made
    nothing_suitable,  ///< no activity that suits, is funded and takes people
    wanted_none,       ///< of the activities
    gave_up_waiting_for_place,
    dropped_out,  ///< of the activity
    completed,
    left_list,
    count_
};
[[nodiscard]] constexpr auto names(ReferralEnd) {
    return std::array<std::string_view, 10>{
        "declined",    "gave_up_waiting",           "missed_first_contact", "stopped_coming", "nothing_suitable",
        "wanted_none", "gave_up_waiting_for_place", "dropped_out",          "completed",      "left_list"};
}

/// What somebody does with a place in a community activity.
enum class ActivityStep : std::uint8_t { chosen, started, completed, dropped_out, gave_up_waiting, count_ };
[[nodiscard]] constexpr auto names(ActivityStep) {
    return std::array<std::string_view, 5>{"chosen", "started", "completed", "dropped_out", "gave_up_waiting"};
}

inline constexpr std::uint32_t nobody = 0xFFFF'FFFFU;

/// Days as a record keeps them: none below 0, and 65,535 for longer. [d]
[[nodiscard]] constexpr std::uint16_t recorded_days(std::int32_t days) noexcept {
    return static_cast<std::uint16_t>(std::clamp(days, std::int32_t{0}, std::int32_t{65'535}));
}

struct Event {
    std::uint32_t row;  ///< of the person, or nobody
    std::int32_t value;
    std::uint16_t day;  ///< since the buffer's first day
    DemographicCell cell;
    std::uint16_t lead;   ///< booking to contact [d]
    std::uint16_t delay;  ///< wanted day to contact [d]
    EventKind kind;
    std::uint8_t segment;
    std::uint8_t practice;
    std::uint8_t frailty_residence;
    std::uint8_t role;
    std::uint8_t need;
    std::uint8_t what;
    std::uint8_t mode;
};
static_assert(sizeof(Event) == 24);

/// The records since the last count. Dropped, not freed: the loop allocates nothing once it is warm.
class EventBuffer {
public:
    void start(Day first_day) noexcept {
        events_.clear();
        first_day_ = first_day;
    }
    /// A record about somebody, with who they are today.
    Event& about(const People& people, std::uint32_t row, EventKind kind, Day today) {
        Event& event = blank(kind, today);
        event.row = row;
        event.cell = people.cell[row];
        event.segment = people.segment[row];
        event.practice = people.practice[row];
        event.frailty_residence = people.frailty_residence[row];
        return event;
    }
    /// A record about the neighbourhood.
    Event& blank(EventKind kind, Day today) {
        Event& event = events_.emplace_back();
        event = Event{nobody, 1, static_cast<std::uint16_t>(today - first_day_), 0, 0, 0, kind, 0, 0, 0, 0, 0, 0, 0};
        return event;
    }
    [[nodiscard]] const std::vector<Event>& events() const noexcept { return events_; }
    [[nodiscard]] Day first_day() const noexcept { return first_day_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_of(events_); }

private:
    std::vector<Event> events_;
    Day first_day_;
};

}  // namespace segue
