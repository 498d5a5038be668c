/// \file
/// Whom people call their own clinician, how far they wait for them, and what seeing them changes.
#pragma once
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "engine/core/quantity.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue {

/// Which role has clinicians of its own, and what seeing the usual one changes.
struct ContinuityParameters {
    Role role{Role::gp};
    Wte wte_per_post{0.75};
    double next_contact_ratio{1.18};

    static constexpr std::string_view prefix = "continuity";
    static auto declarations() {
        using C = ContinuityParameters;
        return std::tuple{
            parameter(&C::role, "role",
                      "The role of which everybody has a usual clinician; other roles share their work", Range{0, 0},
                      Uncertain::known(), Source{"general practitioners, as in the studies of continuity"},
                      Certainty::B, Kind::policy),
            parameter(&C::wte_per_post, "wte_per_post",
                      "Whole-time equivalent of one clinician, where none are named: how many share a practice's WTE",
                      Range{0.1, 1}, Uncertain::uniform(0.65, 0.93),
                      Source{"GPs report 5.85 sessions of nine and 35 of 37.5 hours a week (Pulse survey of 840 GPs, "
                             "2024): 0.65 to 0.93; the value between is an assumption"},
                      Certainty::B, Kind::policy),
            parameter(&C::next_contact_ratio, "next_contact_ratio",
                      "Mean time to the next consultation after the usual clinician over that after another; 1: none",
                      Range{1, 1.5}, Uncertain::uniform(1, 1.19),
                      Source{"18.1% longer (16.9 to 19.2), 381 English practices over 11 years, observational: "
                             "Kajaria-Montag, Freeman and Scholtes, Management Science 2024"},
                      Certainty::B, Kind::evidence)};
    }
};

/// How much it matters to people, by the group of their need: who asks for the usual clinician, and how long they wait.
struct ContinuityWishes {
    double acute_share{0.4};
    double long_term_share{0.75};
    double mental_share{0.75};
    double social_share{0.5};
    Days acute_waits{1};
    Days long_term_waits{5};
    Days mental_waits{5};
    Days social_waits{3};

    static constexpr std::string_view prefix = "continuity.wishes";
    static auto declarations() {
        using C = ContinuityWishes;
        const Source none{
            "assumption: more for long-term than for acute needs. Together they should give a usual-provider "
            "index near 0.61 at ages 62 to 82 (Barker and others 2017, doi:10.1136/bmj.j84)"};
        const auto share = [&](auto member, const char* name, const char* whose, double low, double high) {
            return parameter(member, name,
                             fmt::format("Share of requests for {} needs that ask for the usual clinician", whose),
                             Range{0, 1}, Uncertain::uniform(low, high), none, Certainty::C, Kind::evidence);
        };
        const auto waits = [&](auto member, const char* name, const char* whose, double high) {
            return parameter(member, name,
                             fmt::format("Days that those with {} needs stay in line for them before they take another "
                                         "clinician; urgent requests never wait",
                                         whose),
                             Range{0, 60}, Uncertain::uniform(0, high), none, Certainty::C, Kind::evidence);
        };
        return std::tuple{share(&C::acute_share, "acute_share", "acute", 0.2, 0.6),
                          share(&C::long_term_share, "long_term_share", "long-term", 0.5, 0.95),
                          share(&C::mental_share, "mental_share", "mental", 0.5, 0.95),
                          share(&C::social_share, "social_share", "social", 0.2, 0.8),
                          waits(&C::acute_waits, "acute_waits_days", "acute", 3),
                          waits(&C::long_term_waits, "long_term_waits_days", "long-term", 14),
                          waits(&C::mental_waits, "mental_waits_days", "mental", 14),
                          waits(&C::social_waits, "social_waits_days", "social", 14)};
    }
};

}  // namespace segue
