/// \file
/// A kind of need is data: a row of `needs.csv`, or a `[needs.NAME]` table that a scenario writes. No kind is known
/// to the code by name.
#pragma once
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/core/quantity.hpp"
#include "engine/parameters/declaration.hpp"
#include "engine/population/people.hpp"

namespace segue {

/// How one kind of need arises, waits, and is met.
struct NeedParameters {
    int stream{-1};
    NeedGroup group{NeedGroup::acute};
    std::string season{"flat"};
    PerYear onset{0};
    double onset_scale{1};
    double presents_share{1};
    double straight_to_ae_share{0};
    Days heals_in{0};
    Days worsens_in{0};
    double worsens_to_ae_share{0};
    Days patience{0};
    double follow_up_share{0};
    Days follow_up_from{7};
    Days follow_up_to{28};
    int follow_ups_most{1};
    Days returns_in{7};
    double returns_share{1};
    double outpatient_share{0};
    double admission_share{0};
    double ae_admission_share{0};
    double telephone_share{0};
    double video_or_online_share{0};
    double home_visit_share{0};
    double group_share{0};
    double medicine_share{0};
    bool on_round{false};
    bool appointment{true};

    static constexpr std::string_view prefix = "needs.*";
    static auto declarations() {
        using N = NeedParameters;
        const auto doubt = Uncertain::known();
        const Source table{"needs.csv gives each kind its own; this default is an assumption"};
        const auto row = [&](auto member, const char* name, const char* meaning, Range range) {
            return parameter(member, name, meaning, range, doubt, table, Certainty::C, Kind::evidence);
        };
        return std::tuple{
            row(&N::stream, "stream", "Number that keys this kind's luck: never given to another kind", {0, 63}),
            row(&N::group, "group", "Which of a person's lasting levels of need raises it", {0, 0}),
            row(&N::season, "season", "Name of its profile over the months, in the table seasons", {0, 0}),
            row(&N::onset, "onset_per_year", "Onsets a person-year where every ratio of need_rates is 1", {0, 50}),
            parameter(&N::onset_scale, "onset_scale",
                      "Factor on every onset of the kind, those that conditions and traits add included", Range{0, 50},
                      doubt, Source{"solved by segue calibrate"}, Certainty::C, Kind::calibrated),
            row(&N::presents_share, "presents_share", "Share of onsets for which help is sought at all", {0, 1}),
            row(&N::straight_to_ae_share, "straight_to_ae_share",
                "Share of those who seek help that go straight to A&E", {0, 1}),
            row(&N::heals_in, "heals_in_days", "Mean time in which it heals by itself while waiting; 0: never",
                {0, 3650}),
            row(&N::worsens_in, "worsens_in_days", "Mean time in which it worsens while waiting; 0: never", {0, 3650}),
            row(&N::worsens_to_ae_share, "worsens_to_ae_share",
                "Share of the worsened that go to A&E; the others ask again, urgently", {0, 1}),
            row(&N::patience, "patience_days", "Mean time after the wanted day in which somebody gives up; 0: never",
                {0, 3650}),
            row(&N::follow_up_share, "follow_up_share", "Share of resolved contacts that lead to a planned follow-up",
                {0, 1}),
            row(&N::follow_up_from, "follow_up_from_days", "Earliest follow-up, counted from the contact", {1, 365}),
            row(&N::follow_up_to, "follow_up_to_days", "Latest follow-up; the day is drawn evenly between", {1, 365}),
            row(&N::follow_ups_most, "follow_ups_most", "Follow-ups that one onset can lead to at most", {0, 20}),
            row(&N::returns_in, "returns_in_days", "Mean time after which an unresolved need comes back", {1, 365}),
            row(&N::returns_share, "returns_share", "Share of unresolved needs that come back; the others stay unmet",
                {0, 1}),
            row(&N::outpatient_share, "outpatient_share", "Share of contacts that refer to outpatients", {0, 1}),
            row(&N::admission_share, "admission_share", "Share of contacts that end in emergency admission", {0, 1}),
            row(&N::ae_admission_share, "ae_admission_share", "Share of its A&E attendances that are admitted", {0, 1}),
            row(&N::telephone_share, "telephone_share", "Share of contacts by telephone", {0, 1}),
            row(&N::video_or_online_share, "video_or_online_share", "Share of contacts by video or online message",
                {0, 1}),
            row(&N::home_visit_share, "home_visit_share",
                "Share of contacts at the home of people who could travel; who cannot is seen at home anyway", {0, 1}),
            row(&N::group_share, "group_share", "Share of contacts in a group", {0, 1}),
            row(&N::medicine_share, "medicine_share", "Share of contacts that prescribe", {0, 1}),
            row(&N::on_round, "on_round", "Arises on the weekday on which the person's care home has its round",
                {0, 0}),
            row(&N::appointment, "appointment",
                "Its contacts are in the appointment books that national statistics count", {0, 0})};
    }
};

/// What one role can do for one kind of need. A role without a row cannot meet it.
struct NeedRoleParameters {
    double resolution{0};
    Minutes contact{10};

    static constexpr std::string_view prefix = "needs.*.roles.*";
    static auto declarations() {
        using R = NeedRoleParameters;
        const Source table{"need_roles.csv gives each pair its own; this default is an assumption"};
        return std::tuple{parameter(&R::resolution, "resolution",
                                    "Share of contacts that end the need; 0: this role does not suit it", Range{0, 1},
                                    Uncertain::known(), table, Certainty::C, Kind::evidence),
                          parameter(&R::contact, "contact_minutes",
                                    "Time one face-to-face contact takes from the role, notes included", Range{1, 240},
                                    Uncertain::known(), table, Certainty::C, Kind::evidence)};
    }
};

}  // namespace segue
