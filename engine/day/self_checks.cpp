#include "engine/day/self_checks.hpp"

#include <numeric>

#include <fmt/format.h>

namespace segue::day {
namespace {

SelfCheck equal(std::string name, std::string_view left_words, std::int64_t left, std::string_view right_words,
                std::int64_t right) {
    return {std::move(name), left == right, fmt::format("{} {} = {} {}", left_words, left, right_words, right)};
}

MinuteTenths all_minutes(const EnumArray<MinuteUse, MinuteTenths>& by_use) {
    return std::accumulate(by_use.begin(), by_use.end(), MinuteTenths{0});
}

bool obeys_littles_law(const Audit::Line& line) {
    return line.waiting_at_day_ends == line.days_waited_by_left + line.days_so_far;
}

std::string littles_law_of(const std::string& name, const Audit::Line& line) {
    return fmt::format("{}: waiting over day ends {} = days of those who left {} + days so far {}", name,
                       line.waiting_at_day_ends, line.days_waited_by_left, line.days_so_far);
}

SelfCheck littles_law(const Audit& audit) {
    for (std::size_t i = 0; i < audit.lines.size(); ++i) {
        if (!obeys_littles_law(audit.lines[i]))
            return {"littles_law", false, littles_law_of(fmt::format("line {}", i), audit.lines[i])};
    }
    if (!obeys_littles_law(audit.link_worker_list))
        return {"littles_law", false, littles_law_of("link workers' list", audit.link_worker_list)};
    return {"littles_law", obeys_littles_law(audit.clocks),
            fmt::format("{} lines; {}", audit.lines.size(), littles_law_of("referral clocks", audit.clocks))};
}

SelfCheck minutes_conserved(const Audit& audit) {
    for (const MinuteUse use : all<MinuteUse>()) {
        if (audit.minutes_spent[use] != audit.minutes_recorded[use]) {
            return equal("minutes_conserved", fmt::format("spent on {}", name_of(use)), audit.minutes_spent[use],
                         "recorded", audit.minutes_recorded[use]);
        }
    }
    return equal("minutes_conserved", "spent", all_minutes(audit.minutes_spent), "recorded",
                 all_minutes(audit.minutes_recorded));
}

SelfCheck lines_conserved(const Audit& audit) {
    std::int64_t waiting = 0;
    for (std::size_t i = 0; i < audit.lines.size(); ++i) {
        const Audit::Line& line = audit.lines[i];
        waiting += line.waiting;
        if (line.joined != line.left + line.waiting) {
            return {"lines_conserved", false,
                    fmt::format("line {}: joined {} = left {} + waiting {}", i, line.joined, line.left, line.waiting)};
        }
    }
    return equal("lines_conserved", "joined", audit.lines_joined, "left + waiting", audit.lines_left + waiting);
}

}  // namespace

std::vector<SelfCheck> self_checks(const Audit& a) {
    return {
        equal("people_conserved", "at start + entered - gone", a.people_at_start + a.people_entered - a.people_gone,
              "registered", a.people_registered),
        equal("needs_conserved", "onset + derived", a.needs_onset + a.needs_derived, "met + unmet + open",
              a.needs_met + a.needs_unmet + a.needs_waiting_in_lines + a.needs_in_calendar),
        lines_conserved(a),
        equal("attempts_conserved", "attempts", a.attempts, "answered + turned away", a.answered + a.rebuffed),
        equal("contacts_conserved", "served", a.contacts_served, "concluded", a.contacts_concluded),
        minutes_conserved(a),
        {"capacity_never_negative", a.least_minutes_left >= 0 && all_minutes(a.minutes_spent) <= a.minutes_offered,
         fmt::format("least left {} tenths of a minute; spent {} of {}", a.least_minutes_left,
                     all_minutes(a.minutes_spent), a.minutes_offered)},
        equal("money_conserved", "charged by setting", a.charged_by_setting, "recorded", a.charged_in_records),
        equal("beds_conserved", "admitted", a.admitted, "discharged + in a bed", a.discharged + a.in_a_bed),
        equal("clocks_conserved", "started", a.clocks.joined, "stopped + running", a.clocks.left + a.clocks.waiting),
        equal("referrals_conserved", "offered", a.referrals_offered, "declined + ended + open",
              a.referrals_declined + a.referrals_ended + a.referrals_open),
        equal("link_worker_list_conserved", "joined", a.link_worker_list.joined, "left + waiting",
              a.link_worker_list.left + a.link_worker_list.waiting),
        {"places_never_exceeded", a.places_over <= 0,
         fmt::format("at most {} beyond an activity's places", a.places_over)},
        littles_law(a)};
}

}  // namespace segue::day
