#include "engine/day/self_checks.hpp"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

namespace segue::day {
namespace {

Audit sound() {
    Audit audit;
    audit.people_at_start = 100;
    audit.people_entered = 7;
    audit.people_gone = 5;
    audit.people_registered = 102;
    audit.needs_onset = 40;
    audit.needs_derived = 10;
    audit.needs_met = 30;
    audit.needs_unmet = 8;
    audit.needs_waiting_in_lines = 7;
    audit.needs_in_calendar = 5;
    audit.lines_joined = 37;
    audit.lines_left = 30;
    audit.attempts = 33;
    audit.answered = 27;
    audit.rebuffed = 6;
    audit.contacts_served = 28;
    audit.contacts_concluded = 28;
    audit.minutes_offered = 5000;
    audit.minutes_spent[MinuteUse::contacts] = 2700;
    audit.minutes_spent[MinuteUse::calls] = 100;
    audit.minutes_recorded = audit.minutes_spent;
    audit.charged_by_setting = 12'345;
    audit.charged_in_records = 12'345;
    audit.admitted = 4;
    audit.discharged = 3;
    audit.in_a_bed = 1;
    audit.clocks = {20, 15, 5, 60, 50, 10};
    audit.lines = {{37, 30, 7, 21, 12, 9}};
    return audit;
}

std::string failed(const Audit& audit) {
    std::string names;
    for (const SelfCheck& check : self_checks(audit)) {
        if (!check.held) names += check.name + " ";
    }
    return names;
}

TEST(SelfChecks, HoldForASoundAudit) { EXPECT_EQ(failed(sound()), ""); }

// One figure is wrong; the check that it belongs to fires and says both sides.
TEST(SelfChecks, EachFiresWhenItsEquationIsBroken) {
    const std::vector<std::pair<std::string, std::function<void(Audit&)>>> faults{
        {"people_conserved ", [](Audit& a) { ++a.people_registered; }},
        {"needs_conserved ", [](Audit& a) { ++a.needs_met; }},
        {"needs_conserved ", [](Audit& a) { --a.needs_in_calendar; }},
        {"lines_conserved ", [](Audit& a) { ++a.lines_left; }},
        {"lines_conserved ", [](Audit& a) { ++a.lines[0].joined; }},
        {"attempts_conserved ", [](Audit& a) { ++a.answered; }},
        {"contacts_conserved ", [](Audit& a) { ++a.contacts_concluded; }},
        {"minutes_conserved ", [](Audit& a) { ++a.minutes_recorded[MinuteUse::contacts]; }},
        {"minutes_conserved ", [](Audit& a) { ++a.minutes_spent[MinuteUse::calls]; }},
        {"clocks_conserved ", [](Audit& a) { ++a.clocks.joined; }},
        {"littles_law ", [](Audit& a) { ++a.clocks.days_so_far; }},
        {"capacity_never_negative ", [](Audit& a) { a.least_minutes_left = -1; }},
        {"capacity_never_negative ", [](Audit& a) { a.minutes_offered = 2799; }},
        {"money_conserved ", [](Audit& a) { ++a.charged_in_records; }},
        {"beds_conserved ", [](Audit& a) { ++a.discharged; }},
        {"littles_law ", [](Audit& a) { ++a.lines[0].waiting_at_day_ends; }},
        {"littles_law ", [](Audit& a) { ++a.lines[0].days_so_far; }}};
    for (const auto& [name, spoil] : faults) {
        Audit audit = sound();
        spoil(audit);
        EXPECT_EQ(failed(audit), name);
    }
}

TEST(SelfChecks, SayBothSidesInNumbers) {
    Audit audit = sound();
    audit.people_registered = 99;
    EXPECT_EQ(self_checks(audit)[0].finding, "at start + entered - gone 102 = registered 99");
}

}  // namespace
}  // namespace segue::day
