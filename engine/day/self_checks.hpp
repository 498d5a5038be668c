/// \file
/// What must hold in every run, whatever the scenario. Each figure of an audit is kept by another step than the one
/// that it must agree with.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/core/quantity.hpp"
#include "engine/model/minutes.hpp"

namespace segue::day {

/// The running totals of one neighbourhood at the end of a run.
struct Audit {
    struct Line {
        std::int64_t joined{0};
        std::int64_t left{0};
        std::int64_t waiting{0};
        std::int64_t waiting_at_day_ends{0};
        std::int64_t days_waited_by_left{0};
        std::int64_t days_so_far{0};
    };
    std::int64_t people_at_start{0};
    std::int64_t people_entered{0};
    std::int64_t people_gone{0};
    std::int64_t people_registered{0};
    std::int64_t needs_onset{0};
    std::int64_t needs_derived{0};
    std::int64_t needs_met{0};
    std::int64_t needs_unmet{0};
    std::int64_t needs_waiting_in_lines{0};
    std::int64_t needs_in_calendar{0};
    std::int64_t lines_joined{0};
    std::int64_t lines_left{0};
    std::int64_t attempts{0};  ///< to get through the front door
    std::int64_t answered{0};
    std::int64_t rebuffed{0};
    std::int64_t contacts_served{0};
    std::int64_t contacts_concluded{0};
    MinuteTenths minutes_offered{0};
    EnumArray<MinuteUse, MinuteTenths> minutes_spent;     ///< from the till
    EnumArray<MinuteUse, MinuteTenths> minutes_recorded;  ///< by those who spent them
    MinuteTenths least_minutes_left{0};  ///< over all days and lines: below 0 when a line gave away more than it had
    Pence charged_by_setting{0};
    Pence charged_in_records{0};
    std::int64_t admitted{0};
    std::int64_t discharged{0};
    std::int64_t in_a_bed{0};
    Line clocks;                        ///< referral clocks, as one line
    std::int64_t referrals_offered{0};  ///< to social prescribing
    std::int64_t referrals_declined{0};
    std::int64_t referrals_ended{0};
    std::int64_t referrals_open{0};
    std::int64_t places_over{0};  ///< most that any activity had in use beyond its places
    Line link_worker_list;
    std::vector<Line> lines;
};

struct SelfCheck {
    std::string name;
    bool held{true};
    std::string finding;  ///< both sides of the equation, in numbers
};

/// People, needs, contacts, minutes, money and beds are conserved; capacity is never negative; Little's law holds in
/// every line, over the referral clocks and the link workers' list: people waiting summed over day ends = days waited by those who left + days so far of those who wait.
[[nodiscard]] std::vector<SelfCheck> self_checks(const Audit& audit);

}  // namespace segue::day
