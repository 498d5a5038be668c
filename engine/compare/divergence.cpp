#include "engine/compare/divergence.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace segue::compare {
namespace {

constexpr auto own = Cause::own_decision;
constexpr auto queue = Cause::displaced;
constexpr auto knock_on = Cause::knock_on;

using K = EventKind;
/// In the order of the kinds.
constexpr std::array<CauseOfKind, count_of<EventKind>> causes{{
    {K::birth, knock_on, "who is born follows from the mother's life"},
    {K::death, knock_on, "deaths follow health"},
    {K::join, knock_on, "who joins is not for care to decide"},
    {K::leave, knock_on, "who moves away is not for care to decide"},
    {K::segment_move, knock_on, "segments follow health and age"},
    {K::condition_onset, knock_on, "conditions follow health"},
    {K::condition_remission, knock_on, "conditions follow health"},
    {K::frailty_worsened, knock_on, "frailty follows health"},
    {K::need, knock_on, "needs that nothing before explains come of health"},
    {K::need_met, own, "the same contact ended otherwise: by whom, how well suited, how well known"},
    {K::need_unmet, queue, "a need that was open healed, was missed or was left on another day"},
    {K::request, own, "another role is asked, or none"},
    {K::contact, queue, "the request is served on another day"},
    {K::missed, queue, "the appointment was on another day"},
    {K::gave_up, queue, "they waited longer, or less long"},
    {K::worsened, queue, "they waited longer, or less long"},
    {K::ae_attendance, knock_on, "one that neither the front door nor a wait explains"},
    {K::emergency_admission, knock_on, "one that neither a contact nor a wait explains"},
    {K::discharge, knock_on, "the stay was of another length"},
    {K::outpatient_referral, own, "the same contact led elsewhere"},
    {K::minutes_available, std::nullopt, "about no person"},
    {K::cost, std::nullopt, "money is no part of a life"},
    {K::budget, std::nullopt, "about no person"},
    {K::passing_begins, knock_on, "passing states follow health"},
    {K::answered, queue, "the front door had room on another day"},
    {K::turned_away, queue, "the front door had no room for them"},
    {K::triaged, own, "somebody looks at the request first, or does not"},
    {K::urgent_contact, own, "they turn to an urgent service, or do not"},
    {K::saw_usual_clinician, queue, "their usual clinician had room"},
    {K::saw_another_clinician, queue, "their usual clinician had no room"},
    {K::minutes_offered, std::nullopt, "about no person"},
    {K::minutes_administration, std::nullopt, "about no person"},
    {K::clock_stopped, queue, "the hospital's list moved otherwise"},
    {K::outpatient_attendance, queue, "the hospital's list moved otherwise"},
    {K::outpatient_missed, queue, "the hospital's list moved otherwise"},
    {K::elective_admission, queue, "the hospital's list moved otherwise"},
    {K::moved, queue, "a change took the minutes that they were booked into"},
    {K::induced, own, "they seek help because access is easier"},
    {K::deterred, own, "they seek none because access is harder"},
    {K::need_in_hospital, knock_on, "they were in a bed, or were not"},
    {K::referral_stage, queue, "link workers or activities had room on another day"},
    {K::referral_ended, queue, "they waited longer for a link worker or a place, or less long"},
    {K::activity_step, queue, "the activity had room on another day"},
}};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < causes.size(); ++i) {
        if (index(causes[i].kind) != i) return false;
    }
    return true;
}
static_assert(is_in_order(), "each kind of record has its cause, in the order of the kinds");

/// What was done and how; when it was asked for and who the person was are left out.
auto deed(const Event& event) {
    return std::tuple{event.kind, event.need, event.role, event.mode, event.what, event.value};
}

bool is_same(const day::KeptEvent& a, const day::KeptEvent& b) {
    const auto who_and_when = [](const Event& event) {
        return std::tuple{event.lead, event.delay, event.cell, event.segment, event.practice, event.frailty_residence};
    };
    return a.day == b.day && deed(a.event) == deed(b.event) && who_and_when(a.event) == who_and_when(b.event);
}

/// The records of the first day, taken off the front of a life.
std::vector<const day::KeptEvent*> take_day(Life& life, Day day) {
    const auto end = std::find_if(life.begin(), life.end(), [day](const auto* one) { return one->day != day; });
    std::vector<const day::KeptEvent*> taken{life.begin(), end};
    life = life.subspan(taken.size());
    return taken;
}

/// Leaves out of both what both have.
void leave_out_common(std::vector<const day::KeptEvent*>& a, std::vector<const day::KeptEvent*>& b) {
    std::erase_if(a, [&](const day::KeptEvent* one) {
        const auto same = std::find_if(b.begin(), b.end(), [&](const auto* other) { return is_same(*one, *other); });
        if (same == b.end()) return false;
        b.erase(same);
        return true;
    });
}

/// A referral that is offered, accepted or declined is the person's own; what comes of it later is a matter of queues.
bool decides_on_a_referral(const Event& event) {
    if (event.kind == EventKind::referral_ended) return event.what == static_cast<std::uint8_t>(ReferralEnd::declined);
    return event.kind == EventKind::referral_stage && event.what <= static_cast<std::uint8_t>(ReferralStage::accepted);
}

Cause told_by(const Event& event) {
    return decides_on_a_referral(event) ? Cause::own_decision : *cause_of(event.kind).cause;
}

/// The cause that the first records of a day's differences tell. At least one of them is there.
Cause cause_between(const Event* a, const Event* b) {
    const Cause first = told_by(a != nullptr ? *a : *b);
    if (a == nullptr || b == nullptr) return first;
    if (a->kind != b->kind || a->need != b->need) return std::min(first, told_by(*b));
    return first != Cause::knock_on && deed(*a) != deed(*b) ? Cause::own_decision : first;
}

}  // namespace

std::string_view in_words(Cause cause) noexcept {
    switch (cause) {
        case Cause::own_decision: return "their own decision or treatment";
        case Cause::displaced: return "another place in a queue";
        default: return "a knock-on";
    }
}

const CauseOfKind& cause_of(EventKind kind) noexcept { return causes[index(kind)]; }

bool is_looked_at(const Event& event) noexcept { return event.row != nobody && cause_of(event.kind).cause.has_value(); }

std::optional<Cause> first_cause(Life a, Life b) {
    while (!a.empty() && !b.empty() && is_same(*a.front(), *b.front())) {
        a = a.subspan(1);
        b = b.subspan(1);
    }
    while (!a.empty() || !b.empty()) {
        const Day today = a.empty()   ? b.front()->day
                          : b.empty() ? a.front()->day
                                      : std::min(a.front()->day, b.front()->day);
        auto of_a = take_day(a, today);
        auto of_b = take_day(b, today);
        leave_out_common(of_a, of_b);
        if (of_a.empty() && of_b.empty()) continue;
        return cause_between(of_a.empty() ? nullptr : &of_a.front()->event,
                             of_b.empty() ? nullptr : &of_b.front()->event);
    }
    return std::nullopt;
}

}  // namespace segue::compare
