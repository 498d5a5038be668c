/// \file
/// Social prescribing as all uptake models share it: who may be offered it, how link workers work, what it does.
#pragma once
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/core/quantity.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue {

/// Who is taken from the link workers' list first.
enum class QueueOrder : std::uint8_t { first_come, lowest_wellbeing, short_cases_first, count_ };
[[nodiscard]] constexpr auto names(QueueOrder) {
    return std::array<std::string_view, 3>{"first_come", "lowest_wellbeing", "short_cases_first"};
}

/// How the team offers social prescribing and how its link workers work.
struct PrescribingPolicy {
    bool offered{false};
    double cases_per_wte_year{225};
    QueueOrder queue_order{QueueOrder::first_come};
    double self_referral_ratio{0.1};

    static constexpr std::string_view prefix = "prescribing";
    static auto declarations() {
        using P = PrescribingPolicy;
        const Source own{"the configuration's own choice"};
        return std::tuple{
            parameter(&P::offered, "offered", "Whether social prescribing is offered at all", Range{0, 0},
                      Uncertain::known(), own, Certainty::C, Kind::policy),
            parameter(
                &P::cases_per_wte_year, "cases_per_wte_year",
                "People that one whole-time link worker takes on in a year. The caseload cap follows from it and "
                "from how long people are seen",
                Range{1, 2000}, Uncertain::uniform(200, 400),
                Source{"200 to 250 is NHS England's guideline, repeated by training hubs; 394 is what 1.3 million "
                       "people referred in 2023 (CPRD) and over 3,300 link workers (2025) imply"},
                Certainty::B, Kind::policy),
            parameter(&P::queue_order, "queue_order", "Who is taken from the link workers' list first", Range{0, 0},
                      Uncertain::known(), own, Certainty::C, Kind::policy),
            parameter(
                &P::self_referral_ratio, "self_referral_ratio",
                "Chance that somebody in whom a need arises goes to a link worker by themselves, as a ratio to the "
                "chance of an offer at a contact",
                Range{0, 10}, Uncertain::uniform(0, 0.3),
                Source{"set so that about a fifth of referrals come by themselves: 72 to 85% of 160,128 UK "
                       "referrals came by the medical route"},
                Certainty::C, Kind::policy)};
    }
};

/// What a referral to social prescribing is like, whoever decides.
struct PrescribingParameters {
    std::vector<std::string> needs{"social_need", "common_mental_disorder"};
    Days offered_again_after{365};
    Days first_contact_in{7};
    Minutes first_contact{35};
    Minutes later_contact{30};
    double telephone_share{0.5};
    Days between_contacts{9.3};
    int contacts_from{6};
    int contacts_to{12};
    double stops_coming_share{0.29};
    double gives_up_place_per_week{0.05};
    std::string evidence{"null"};

    static constexpr std::string_view prefix = "prescribing";
    static auto declarations() {
        using P = PrescribingParameters;
        const auto row = [](auto member, const char* name, const char* meaning, Range range, Uncertain doubt,
                            const char* source, Certainty certainty) {
            return parameter(member, name, meaning, range, doubt, Source{source}, certainty, Kind::evidence);
        };
        const char* const hubs = "NHS England role description, repeated by training hubs: 6 to 12 contacts a person";
        const char* const none = "assumption; no study found";
        return std::tuple{
            row(&P::needs, "needs", "Kinds of need at whose contacts it may be offered", {0, 0}, Uncertain::known(),
                "assumption: mental health is the most common reason of 160,128 UK referrals", Certainty::C),
            row(&P::offered_again_after, "offered_again_after_days",
                "Time after an offer, whatever became of it, before the next", {0, 3650}, Uncertain::uniform(90, 730),
                none, Certainty::C),
            row(&P::first_contact_in, "first_contact_in_days", "From a place in the caseload to the first contact",
                {1, 90}, Uncertain::uniform(1, 14), none, Certainty::C),
            row(&P::first_contact, "first_contact_min", "Length of the first conversation", {1, 240},
                Uncertain::uniform(30, 40), "guided conversation of 30 to 40 minutes (South Devon)", Certainty::B),
            row(&P::later_contact, "later_contact_min", "Length of each contact after it", {1, 240},
                Uncertain::uniform(15, 40), none, Certainty::C),
            row(&P::telephone_share, "telephone_share", "Share of contacts by telephone; the others are face to face",
                {0, 1}, Uncertain::uniform(0.2, 0.8), none, Certainty::C),
            row(&P::between_contacts, "between_contacts_days", "From one contact to the next", {1, 90},
                Uncertain::uniform(7, 14),
                "12 weeks of support (British Red Cross, South Devon) over 9 contacts (training hubs)", Certainty::C),
            row(&P::contacts_from, "contacts_from", "Fewest contacts of somebody who comes to all", {1, 100},
                Uncertain::known(), hubs, Certainty::B),
            row(&P::contacts_to, "contacts_to", "Most contacts of somebody who comes to all", {1, 100},
                Uncertain::known(), hubs, Certainty::B),
            row(&P::stops_coming_share, "stops_coming_share", "Share who stop coming after each contact", {0, 1},
                Uncertain::uniform(0.1, 0.35),
                "solved so that half of those seen once are seen three times: 0.45 of those referred were in the "
                "Glasgow "
                "trial, over 0.90 seen at all in UK platform data",
                Certainty::C),
            row(&P::gives_up_place_per_week, "gives_up_place_per_week",
                "Rate at which people give up waiting for a place in an activity [1/week]", {0, 2},
                Uncertain::uniform(0.01, 0.15), none, Certainty::C),
            row(&P::evidence, "evidence", "Which of prescribing.effects holds", {0, 0}, Uncertain::known(),
                "null: what controlled studies found; studies dispute any effect", Certainty::C)};
    }
};

/// Whom a study's effect is about.
enum class Treated : std::uint8_t { engaged, referred, count_ };
[[nodiscard]] constexpr auto names(Treated) { return std::array<std::string_view, 2>{"engaged", "referred"}; }

/// One reading of the evidence: what social prescribing does to a person.
struct EffectParameters {
    Treated treated{Treated::engaged};
    double life_satisfaction{0};
    double utility{0};
    double loneliness{0};
    double need_ratio{1};
    Days full_after{28};
    Days lasts{365};
    Days half_life{365};

    static constexpr std::string_view prefix = "prescribing.effects.*";
    static auto declarations() {
        using E = EffectParameters;
        const Source table{"prescribing_effects.csv gives each reading its own"};
        const auto row = [&](auto member, const char* name, const char* meaning, Range range, Uncertain doubt) {
            return parameter(member, name, meaning, range, doubt, table, Certainty::C, Kind::evidence);
        };
        return std::tuple{
            row(&E::treated, "treated",
                "Engaged: who has been seen three times or has started an activity; referred: who has accepted a "
                "referral",
                {0, 0}, Uncertain::known()),
            row(&E::life_satisfaction, "life_satisfaction", "Change of ONS life satisfaction (0 to 10)", {-10, 10},
                Uncertain::uniform(0, 2.1)),
            row(&E::utility, "utility", "Change of EQ-5D utility", {-1, 1}, Uncertain::uniform(-0.028, 0.045)),
            row(&E::loneliness, "loneliness", "Change of the UCLA loneliness score (0 to 6)", {-6, 6},
                Uncertain::uniform(-1.84, 0)),
            row(&E::need_ratio, "need_ratio",
                "Ratio of the person's own rate of needs that take people to general practice to what it would be",
                {0, 1}, Uncertain::uniform(0.6, 1)),
            row(&E::full_after, "full_after_days", "Time in which it grows to its full size", {0, 3650},
                Uncertain::uniform(0, 90)),
            row(&E::lasts, "lasts_days", "Time from then on that it keeps its full size", {0, 36500},
                Uncertain::uniform(90, 730)),
            row(&E::half_life, "half_life_days", "Time in which it then halves", {1, 36500},
                Uncertain::uniform(90, 730))};
    }
};

}  // namespace segue
