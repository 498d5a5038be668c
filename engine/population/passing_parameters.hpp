/// \file
/// States that somebody passes through: how long they last, and how often they begin. See docs/odd.md#dying, #maternity and
/// #high-need.
#pragma once
#include <string_view>
#include <tuple>

#include "engine/core/quantity.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue {

struct PassingParameters {
    bool declines{true};
    Days short_decline{90};
    Days stepwise_decline{300};
    Days slow_decline{700};
    double short_known_share{0.62};
    double stepwise_known_share{0.21};
    double slow_known_share{0.41};
    Days after_birth{56};
    PerYear spells{0};
    Days spell{120};
    double spell_ratio{6};

    static constexpr std::string_view prefix = "passing";
    static auto declarations() {
        using P = PassingParameters;
        const Source trajectories{
            "assumption within the courses of dying of Lynn and Adamson 2003 (RAND WP-137): weeks to months, months to "
            "years with crises, years"};
        const Source gadoud{
            "Gadoud and others 2020, BMJ Supportive and Palliative Care (CPRD, deaths of 2013/14 with a record of "
            "palliative care: cancer 61.9%, dementia 40.7%, heart failure and COPD 21.2%)"};
        const auto evidence = [](auto member, const char* name, const char* meaning, Range range, Uncertain doubt,
                                 const Source& source, Certainty certainty) {
            return parameter(member, name, meaning, range, doubt, source, certainty, Kind::evidence);
        };
        return std::tuple{
            evidence(&P::declines, "declines",
                     "Most deaths follow a decline, as the table dying says; false: all are sudden", Range{0, 0},
                     Uncertain::known(), Source{"a switch of the model, not a figure"}, Certainty::C),
            evidence(&P::short_decline, "short_decline_days", "Mean length of a short decline before death",
                     Range{1, 365}, Uncertain::triangular(45, 90, 180), trajectories, Certainty::C),
            evidence(&P::stepwise_decline, "stepwise_decline_days",
                     "The same of a decline by steps, as of failing organs", Range{1, 1000},
                     Uncertain::triangular(150, 300, 700), trajectories, Certainty::C),
            evidence(&P::slow_decline, "slow_decline_days", "The same of the slow decline of frailty and dementia",
                     Range{1, 1000}, Uncertain::triangular(400, 700, 1000), trajectories, Certainty::C),
            evidence(&P::short_known_share, "short_decline_known_share",
                     "Share of short declines that those who care for the person recognise", Range{0, 1},
                     Uncertain::triangular(0.45, 0.62, 0.67), gadoud, Certainty::A),
            evidence(&P::stepwise_known_share, "stepwise_decline_known_share", "The same of declines by steps",
                     Range{0, 1}, Uncertain::triangular(0.13, 0.21, 0.3), gadoud, Certainty::A),
            evidence(&P::slow_known_share, "slow_decline_known_share", "The same of slow declines", Range{0, 1},
                     Uncertain::triangular(0.2, 0.41, 0.48), gadoud, Certainty::A),
            evidence(&P::after_birth, "after_birth_days", "How long after a birth its mother's needs are those of it",
                     Range{1, 365}, Uncertain::uniform(42, 84),
                     Source{"the six to eight weeks until the postnatal check: NICE NG194"}, Certainty::B),
            evidence(&P::spells, "high_need_spells_per_year",
                     "Spells of high need that begin for each person in none and year; 0: there are none", Range{0, 10},
                     Uncertain::uniform(0, 0.2),
                     Source{"assumption; held against the share of consultations of the top tenth of consulters (40%)"},
                     Certainty::C),
            evidence(&P::spell, "high_need_spell_days", "Mean length of a spell of high need", Range{1, 1000},
                     Uncertain::triangular(45, 120, 300),
                     Source{"assumption; 79% of those in the top 3% of consulters for six months consulted less in the "
                            "next (seven Bristol practices, BJGP Open 2020, doi:10.3399/bjgpopen20X101083)"},
                     Certainty::C),
            evidence(&P::spell_ratio, "high_need_ratio",
                     "Onsets of every kind of need within a spell over those outside it", Range{1, 50},
                     Uncertain::triangular(2, 6, 10), Source{"assumption; held against the same figures"},
                     Certainty::C)};
    }

    /// Share of time that a person spends in spells of high need. [1]
    [[nodiscard]] double spell_share() const noexcept {
        const double odds = expected(spells, spell);
        return odds / (1 + odds);
    }
    /// Mean over a person's time of the ratio by which spells raise need: rates are divided by it, so that spells move
    /// needs in time and make none. [1]
    [[nodiscard]] double mean_spell_ratio() const noexcept { return 1 + spell_share() * (spell_ratio - 1); }
};

}  // namespace segue
