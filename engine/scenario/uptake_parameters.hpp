/// \file
/// What segue uptake fits every model to, and how often it runs them. Read by that command alone: no run depends on it.
#pragma once
#include <string_view>
#include <tuple>

#include "engine/parameters/declaration.hpp"

namespace segue {

/// What each model is fitted to, one free parameter a target, stage by stage.
struct UptakeTargets {
    double offered_per_year{0.0208};
    double accepted_share{0.88};
    double contacted_share{0.90};
    double started_share{0.38};

    static constexpr std::string_view prefix = "uptake.targets";
    static auto declarations() {
        using T = UptakeTargets;
        const auto row = [](auto member, const char* name, const char* meaning, Uncertain doubt, const char* source,
                            Certainty certainty) {
            return parameter(member, name, meaning, Range{1e-6, 1}, doubt, Source{source}, certainty, Kind::data);
        };
        return std::tuple{
            row(&T::offered_per_year, "offered_per_person_year",
                "Referrals offered for each registered person and year, those who decline included",
                Uncertain::uniform(0.0200, 0.0216),
                "1.3 million people in 2023 (CPRD) over the 62,418,295 registered in England that year", Certainty::A),
            row(&T::accepted_share, "accepted_share", "Accepted, of those offered", Uncertain::uniform(0.78, 0.88),
                "435 of 495 at 50 and over (ELSA, wave 10)", Certainty::A),
            row(&T::contacted_share, "contacted_share", "Seen by a link worker within 365 days, of those who accepted",
                Uncertain::uniform(0.24, 0.90),
                "160,128 UK referrals; our reading of sources that define it differently", Certainty::C),
            row(&T::started_share, "started_share", "Started an activity within 365 days, of those who accepted",
                Uncertain::uniform(0.3, 0.5), "160,128 UK referrals with any intervention; our reading", Certainty::C)};
    }
};

/// How segue uptake runs.
struct UptakeRuns {
    int replicates_to_fit{4};
    int replicates_to_compare{20};
    double tolerance{0.02};
    int steps_most{12};
    double load_low{0.5};
    double load_high{2};

    static constexpr std::string_view prefix = "uptake.runs";
    static auto declarations() {
        using R = UptakeRuns;
        const auto row = [](auto member, const char* name, const char* meaning, Range range) {
            return parameter(member, name, meaning, range, Uncertain::known(), Source{"the comparison's own choice"},
                             Certainty::C, Kind::data);
        };
        return std::tuple{
            row(&R::replicates_to_fit, "replicates_to_fit", "Replicates at each point of a fit, under the same keys",
                {1, 1000}),
            row(&R::replicates_to_compare, "replicates_to_compare", "Replicates of each fitted model", {2, 10'000}),
            row(&R::tolerance, "tolerance_share", "Share of a target by which it may be missed", {1e-4, 0.5}),
            row(&R::steps_most, "steps_most", "Steps after which the nearest point is taken", {1, 1000}),
            row(&R::load_low, "link_workers_few", "Link workers in post, as a ratio, when there are few", {0, 1}),
            row(&R::load_high, "link_workers_many", "Link workers in post, as a ratio, when there are many", {1, 100})};
    }
};

}  // namespace segue
