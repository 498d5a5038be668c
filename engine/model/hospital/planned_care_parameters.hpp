/// \file
/// Outpatients and elective treatment: who is referred, how long they wait, and what an attendance leads to.
#pragma once
#include <string_view>
#include <tuple>

#include "engine/core/quantity.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue {

/// What the hospital offers those who wait, and how long they wait where it is not limited.
struct PlannedCareParameters {
    double first_attendances_per_1000_week{0};
    double treatments_per_1000_week{0};
    Days first_wait{60};
    Days treatment_wait{120};
    double reviewed_out_per_year{0.2};
    double missed_share{0.062};
    double missed_rebooked_share{0.5};
    double discharged_share{0.32};
    double listed_share{0.29};
    double followed_up_after_treatment_share{0.7};
    double followed_up_again_share{0.77};
    double follow_up_soon_share{0.497};
    Days follow_up_soon_from{14};
    Days follow_up_later_from{91};
    Days follow_up_to{270};
    double day_case_share{0.858};
    Days inpatient_stay{3};
    double consultant_referral_share{0.28};

    static constexpr std::string_view prefix = "planned_care";
    static auto declarations() {
        using P = PlannedCareParameters;
        const Source place{"the place's own; no limit where none is known"};
        const Source hes{
            "HSCIC Hospital Outpatient Activity 2012/13: of first attendances 32.0% discharged, 33.2% with "
            "the next one booked, 33.6% to be sent one later"};
        const Source list{
            "assumption, with the wait for the other stage set so that about 0.12 pathways a person wait, "
            "as 7.4 million do in England"};
        const Source others{
            "assumption: about a quarter of first attendances; with those that A&E and wards refer, 47.4% "
            "are not referred by GPs (NHS IC Hospital Outpatient Activity 2010-11)"};
        const auto row = [](auto member, const char* name, const char* meaning, Range range, Uncertain doubt,
                            const Source& source, Certainty certainty) {
            return parameter(member, name, meaning, range, doubt, source, certainty, Kind::evidence);
        };
        const auto capacity = [&](auto member, const char* name, const char* meaning) {
            return parameter(member, name, meaning, Range{0, 1000}, Uncertain::known(), place, Certainty::C,
                             Kind::data);
        };
        return std::tuple{
            capacity(&P::first_attendances_per_1000_week, "first_attendances_per_1000_week",
                     "First outpatient appointments for each 1,000 registered people and week, a fifth of them on each "
                     "weekday but bank holidays; 0: no limit, and everybody waits as first_wait_days says"),
            capacity(&P::treatments_per_1000_week, "treatments_per_1000_week",
                     "Day cases and elective inpatients for each 1,000 registered people and week, a fifth of them on "
                     "each weekday but bank holidays; 0: no limit, and everybody waits as treatment_wait_days says"),
            row(&P::first_wait, "first_wait_days",
                "Mean time from referral to the first outpatient appointment where appointments are not limited",
                {2, 365}, Uncertain::uniform(30, 100), list, Certainty::C),
            row(&P::treatment_wait, "treatment_wait_days",
                "Mean time from listing to treatment where treatments are not limited", {2, 365},
                Uncertain::uniform(60, 200), list, Certainty::C),
            row(&P::reviewed_out_per_year, "reviewed_out_per_year",
                "Rate at which reviews of the list remove somebody who waits; 0: never", {0, 10},
                Uncertain::uniform(0, 0.6), Source{"assumption; no figure found"}, Certainty::C),
            row(&P::missed_share, "missed_share", "Share of outpatient appointments that are missed", {0, 1},
                Uncertain::uniform(0.05, 0.08),
                Source{"6.2% of 124.9 million (NHS Digital Hospital Outpatient Activity "
                       "2019-20); cancellations are left out"},
                Certainty::A),
            row(&P::missed_rebooked_share, "missed_rebooked_share",
                "Share of those who missed that get another appointment; the others are sent back to who referred them",
                {0, 1}, Uncertain::uniform(0.3, 0.8), Source{"assumption; no figure found"}, Certainty::C),
            row(&P::discharged_share, "discharged_share", "Share of first attendances that end the referral", {0, 1},
                Uncertain::uniform(0.3, 0.34), hes, Certainty::A),
            row(&P::listed_share, "listed_share", "Share of first attendances that put on a list for treatment", {0, 1},
                Uncertain::uniform(0.2, 0.33),
                Source{"solved: 141 day cases and elective inpatients per 1,000 registered (National Cost Collection "
                       "2024/25) over 485 first attendances (1.6 attendances, 2.3 follow-ups to each first)"},
                Certainty::B),
            row(&P::followed_up_after_treatment_share, "followed_up_after_treatment_share",
                "Share of treatments with an outpatient follow-up", {0, 1}, Uncertain::uniform(0.4, 0.9),
                Source{"assumption; no figure found"}, Certainty::C),
            row(&P::followed_up_again_share, "followed_up_again_share",
                "Share of follow-up attendances with a further one", {0, 0.95}, Uncertain::uniform(0.7, 0.8),
                Source{"solved so that follow-ups are about 2.3 times first attendances (HES 2011)"}, Certainty::B),
            row(&P::follow_up_soon_share, "follow_up_soon_share",
                "Share of follow-ups that are booked at once, for a day that is soon", {0, 1},
                Uncertain::uniform(0.4, 0.6), hes, Certainty::A),
            row(&P::follow_up_soon_from, "follow_up_soon_from_days", "Earliest follow-up that is soon", {1, 365},
                Uncertain::known(), Source{"assumption"}, Certainty::C),
            row(&P::follow_up_later_from, "follow_up_later_from_days",
                "Earliest follow-up that is sent later; the soon ones are before it", {2, 365},
                Uncertain::uniform(60, 120), Source{"assumption"}, Certainty::C),
            row(&P::follow_up_to, "follow_up_to_days", "Latest follow-up", {3, 730}, Uncertain::uniform(180, 365),
                Source{"assumption"}, Certainty::C),
            row(&P::day_case_share, "day_case_share", "Share of treatments without a night", {0, 1}, Uncertain::known(),
                Source{
                    "7.69 million day cases and 1.27 million elective inpatients (National Cost Collection 2024/25)"},
                Certainty::A),
            row(&P::inpatient_stay, "inpatient_stay_days", "Mean nights of the other treatments, at least one",
                {1, 100}, Uncertain::uniform(2, 4), Source{"assumption; no figure found"}, Certainty::C),
            row(&P::consultant_referral_share, "consultant_referral_share",
                "Share of first attendances that refer to another clinic as well", {0, 0.9},
                Uncertain::uniform(0.15, 0.4), others, Certainty::C)};
    }
};

}  // namespace segue
