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
                      Range{0, 60}, Uncertain::uniform(0, 7), none, Certainty::C, Kind::evidence)};
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
    bool repeats{true};
    bool sent_back{true};

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
            row(&F::repeats, "repeats", "Those whom the front door failed may ask again; otherwise they give up"),
            row(&F::sent_back, "sent_back",
                "Pharmacies and 111 may send people back to the practice; otherwise the need stays unmet")};
    }
};

}  // namespace segue
