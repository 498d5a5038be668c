/// \file
/// What happens in and after a contact, whoever's need it is; and which loops of derived demand are on.
#pragma once
#include <string_view>
#include <tuple>

#include "engine/core/quantity.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue {

struct ContactParameters {
    Minutes unsuitable{5};
    double handoff_loss_share{0.05};
    double handoff_in_days{2};
    double recontact_share{0.18};
    Days recontact_in{14};
    Days other_contact_in{70};

    static constexpr std::string_view prefix = "contact";
    static auto declarations() {
        using C = ContactParameters;
        const Source none{"assumption; no English figure found"};
        return std::tuple{
            parameter(&C::unsuitable, "unsuitable_minutes",
                      "Time a role spends on a need that is not for it before passing it on", Range{0, 60},
                      Uncertain::uniform(2, 10), none, Certainty::C, Kind::evidence),
            parameter(&C::handoff_loss_share, "handoff_loss_share",
                      "Share of people lost when one role hands over to another", Range{0, 1},
                      Uncertain::uniform(0, 0.15), none, Certainty::C, Kind::evidence),
            parameter(&C::handoff_in_days, "handoff_in_days", "Days after the contact on which the next role is wanted",
                      Range{0, 60}, Uncertain::uniform(0, 7), none, Certainty::C, Kind::evidence),
            parameter(
                &C::recontact_share, "recontact_share",
                "Share of met needs without a planned follow-up for which people come again, after a contact with "
                "another than their usual clinician",
                Range{0, 0.9}, Uncertain::uniform(0, 0.3), none, Certainty::C, Kind::evidence),
            parameter(&C::recontact_in, "recontact_in_days", "Mean time after which they do", Range{1, 365},
                      Uncertain::uniform(7, 28), none, Certainty::C, Kind::evidence),
            parameter(
                &C::other_contact_in, "other_contact_in_days",
                "Mean time to somebody's next contact about anything else", Range{1, 3650}, Uncertain::uniform(50, 90),
                Source{"5.2 attended contacts a registered person-year (Appointments in General Practice, England, "
                       "2024/25)"},
                Certainty::B, Kind::evidence)};
    }
};

/// How far easier access makes more people seek help.
struct InducedDemandParameters {
    double elasticity{0};
    Days baseline_delay{3};

    static constexpr std::string_view prefix = "induced_demand";
    static auto declarations() {
        using I = InducedDemandParameters;
        return std::tuple{
            parameter(&I::elasticity, "elasticity",
                      "Share who seek help rises with this power of (1 + baseline delay) / (1 + recent delay); 0: none",
                      Range{0, 2}, Uncertain::uniform(0, 0.2),
                      Source{"assumption; easier access raises use in some studies and not in others"}, Certainty::C,
                      Kind::evidence),
            parameter(&I::baseline_delay, "baseline_delay_days",
                      "Mean days from the wanted day to the contact, at which the shares who seek help hold",
                      Range{0, 365}, Uncertain::known(), Source{"calibrated at the base"}, Certainty::C,
                      Kind::calibrated)};
    }
};

/// Time of a contact in each mode, relative to face to face.
struct ModeParameters {
    double minutes_ratio{1};

    static constexpr std::string_view prefix = "modes.*";
    static auto declarations() {
        return std::tuple{parameter(&ModeParameters::minutes_ratio, "minutes_ratio",
                                    "Time of a contact in this mode over the same face to face", Range{0.05, 10},
                                    Uncertain::known(), Source{"modes.csv gives each mode its own"}, Certainty::C,
                                    Kind::evidence)};
    }
};

/// Loops by which care makes more demand. Each can be switched off and has its own counter among the needs' origins.
struct FeedbackParameters {
    bool follow_ups{true};
    bool handoffs{true};
    bool returns{true};
    bool rebooking{true};
    bool worsening{true};
    bool recontact{true};
    bool induced_demand{true};
    bool repeats{true};
    bool sent_back{true};
    bool waiting_for_treatment{true};

    static constexpr std::string_view prefix = "feedbacks";
    static auto declarations() {
        using F = FeedbackParameters;
        const Source design{"a switch of the model, not a figure"};
        const auto row = [&](auto member, const char* name, const char* meaning) {
            return parameter(member, name, meaning, Range{0, 0}, Uncertain::known(), design, Certainty::C,
                             Kind::evidence);
        };
        return std::tuple{
            row(&F::follow_ups, "follow_ups", "Resolved contacts may lead to planned follow-ups"),
            row(&F::handoffs, "handoffs", "A role that cannot resolve a need passes it to the next of its route"),
            row(&F::returns, "returns", "Needs that stay unresolved come back"),
            row(&F::rebooking, "rebooking", "Some of those who missed a contact book again"),
            row(&F::worsening, "worsening", "Waiting needs may worsen and be asked for again, or go to A&E"),
            row(&F::recontact, "recontact",
                "People come again about needs that were met, less after their usual clinician"),
            row(&F::induced_demand, "induced_demand", "Easier access than the base's raises the share who seek help"),
            row(&F::repeats, "repeats", "Those whom the front door failed may ask again; otherwise they give up"),
            row(&F::sent_back, "sent_back",
                "Pharmacies and 111 may send people back to the practice; otherwise the need stays unmet"),
            row(&F::waiting_for_treatment, "waiting_for_treatment",
                "Who waits for treatment in hospital is in the passing state awaiting_hospital, and may have more "
                "needs")};
    }
};

}  // namespace segue
