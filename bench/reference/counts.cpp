#include "bench/reference/counts.hpp"

namespace segue::reference {
namespace {

void count_contact(const Event& event, Counts& counts) {
    const auto role = static_cast<Role>(event.role);
    if (event.kind == EventKind::contact) {
        ++counts.contacts[role];
        ++counts.modes[static_cast<Mode>(event.mode)];
    } else {
        ++counts.missed[role];
    }
    counts.minutes[role] += event.value;
    counts.lead_days += event.lead;
    counts.delay_days += event.delay;
}

}  // namespace

void count(std::span<const Event> events, Counts& counts) {
    for (const Event& event : events) {
        switch (event.kind) {
            case EventKind::need: ++counts.needs[static_cast<NeedOrigin>(event.what)]; break;
            case EventKind::need_met: ++counts.met; break;
            case EventKind::need_unmet: ++counts.unmet[static_cast<UnmetReason>(event.what)]; break;
            case EventKind::request: ++counts.requests[static_cast<RequestOrigin>(event.what)]; break;
            case EventKind::contact:
            case EventKind::missed: count_contact(event, counts); break;
            case EventKind::saw_usual_clinician: ++counts.saw_usual_clinician; break;
            case EventKind::gave_up: ++counts.gave_up[static_cast<Role>(event.role)]; break;
            case EventKind::worsened: ++counts.worsened; break;
            case EventKind::ae_attendance: ++counts.ae_attendances; break;
            case EventKind::emergency_admission:
                ++counts.emergency_admissions;
                counts.nights += event.value;
                break;
            case EventKind::outpatient_referral:
                if (static_cast<ReferralSource>(event.what) == ReferralSource::contact) ++counts.outpatient_referrals;
                break;
            case EventKind::minutes_available:
                counts.minutes_available[static_cast<Role>(event.role)] += event.value;
                break;
            case EventKind::answered: ++counts.answered[static_cast<Channel>(event.mode)]; break;
            case EventKind::turned_away: ++counts.turned_away[static_cast<Recourse>(event.role)]; break;
            case EventKind::urgent_contact: ++counts.urgent_contacts[static_cast<UrgentService>(event.what)]; break;
            case EventKind::triaged: ++counts.triaged; break;
            default: break;  // life and money are not the reference's
        }
    }
}

}  // namespace segue::reference
