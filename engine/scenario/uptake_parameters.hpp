/// \file
/// What segue uptake fits every model to, how often it runs them, and how what was observed was counted. Read by that
/// command alone: no run depends on it.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "engine/core/words.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue::uptake {

/// Stages that are compared over groups and time.
enum class Reached : std::uint8_t { offered, accepted, contacted, started, count_ };
[[nodiscard]] constexpr auto names(Reached) {
    return std::array<std::string_view, 4>{"offered", "accepted", "contacted", "started"};
}

}  // namespace segue::uptake

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
    int replicates_of_loads{4};
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
            row(&R::replicates_of_loads, "replicates_of_loads", "Replicates at few and at many link workers",
                {1, 10'000}),
            row(&R::tolerance, "tolerance_share", "Share of a target by which it may be missed", {1e-4, 0.5}),
            row(&R::steps_most, "steps_most", "Steps after which the nearest point is taken", {1, 1000}),
            row(&R::load_low, "link_workers_few", "Link workers in post, as a ratio, when there are few", {0, 1}),
            row(&R::load_high, "link_workers_many", "Link workers in post, as a ratio, when there are many", {1, 100})};
    }
};

/// How one observed series came to be counted: `[uptake.observed.SERIES]`. A series that is called like a stage needs none.
struct ObservedSeries {
    std::string stage;
    double recorded_share{1};
    double recording_drift{1};
    double overdispersion{0};

    static constexpr std::string_view prefix = "uptake.observed.*";
    static auto declarations() {
        using O = ObservedSeries;
        const Source own{"belongs to whoever counted"};
        const auto row = [&](auto member, const char* name, const char* meaning, Range range) {
            return parameter(member, name, meaning, range, Uncertain::known(), own, Certainty::C, Kind::data);
        };
        return std::tuple{
            parameter(&O::stage, "stage", "Stage that the code counts", words<uptake::Reached>(), Uncertain::known(),
                      own, Certainty::C, Kind::data),
            row(&O::recorded_share, "recorded_share",
                "Share of those who reach the stage that is recorded, when the span begins", {0.001, 1}),
            row(&O::recording_drift, "recording_drift_per_year",
                "Ratio of the recorded share to what it was a year before; never more than all are recorded",
                {0.1, 10}),
            row(&O::overdispersion, "overdispersion",
                "Variance of the recorded count beyond the model's, as a share of the square of its mean", {0, 10})};
    }
};

/// What is believed of a model before the observed counts: `[uptake.prior.MODEL]`.
struct UptakePrior {
    double weight{1};

    static constexpr std::string_view prefix = "uptake.prior.*";
    static auto declarations() {
        return std::tuple{parameter(
            &UptakePrior::weight, "weight",
            "Prior weight of the model; the weights of those compared are brought to a sum of 1", Range{1e-6, 1e6},
            Uncertain::known(), Source{"equal: no model is believed beforehand"}, Certainty::C, Kind::data)};
    }
};

}  // namespace segue
