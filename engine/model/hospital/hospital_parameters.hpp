/// \file
/// A&E, emergency admission and length of stay.
#pragma once
#include <string_view>
#include <tuple>

#include "engine/core/quantity.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue {

struct HospitalParameters {
    double short_stay_share{0.59};
    double overnight_share_of_short{0.5};
    Days long_stay{11.2};
    double long_stay_ratio_mild{1.3};
    double long_stay_ratio_moderate{1.75};
    double long_stay_ratio_severe{2.3};
    double left_unseen_share{0.028};

    static constexpr std::string_view prefix = "hospital";
    static auto declarations() {
        using H = HospitalParameters;
        const Source between{"assumption: between somebody who is fit and severe frailty"};
        const auto ratio = [](auto member, const char* name, const char* meaning, Uncertain doubt,
                              const Source& source) {
            return parameter(member, name, meaning, Range{0.2, 5}, doubt, source, Certainty::C, Kind::evidence);
        };
        return std::tuple{
            parameter(
                &H::short_stay_share, "short_stay_share", "Share of emergency admissions that stay at most one night",
                Range{0, 1}, Uncertain::uniform(0.5, 0.65),
                Source{"6.61 of 11.20 million non-elective episodes (National Cost Collection 2024/25); episodes, "
                       "not spells"},
                Certainty::B, Kind::evidence),
            parameter(&H::overnight_share_of_short, "overnight_share_of_short",
                      "Share of short stays that have a night", Range{0, 1}, Uncertain::uniform(0.3, 0.7),
                      Source{"assumption"}, Certainty::C, Kind::evidence),
            parameter(
                &H::long_stay, "long_stay_days",
                "Mean nights of the others among those who are fit, at least two, falling off evenly night by night",
                Range{2, 100}, Uncertain::uniform(9, 12.3),
                Source{"solved so that the mean is 5.8 bed days an emergency admission (NAO 2018: 33.59 million "
                       "over 5.8 million, England 2016-17) where, as in the base, 63% of those admitted are fit and "
                       "19%, 13% and 5% mildly, moderately and severely frail, and deaths end some stays"},
                Certainty::B, Kind::evidence),
            ratio(&H::long_stay_ratio_mild, "long_stay_ratio_mild",
                  "Ratio of that mean with mild frailty to without any", Uncertain::uniform(1, 1.6), between),
            ratio(&H::long_stay_ratio_moderate, "long_stay_ratio_moderate", "Ratio of that mean with moderate frailty",
                  Uncertain::uniform(1.2, 2.2), between),
            ratio(&H::long_stay_ratio_severe, "long_stay_ratio_severe", "Ratio of that mean with severe frailty",
                  Uncertain::uniform(1.9, 2.7),
                  Source{"ratio of inpatient days 7.26 over ratio of emergency admissions 3.16, severe frailty to none "
                         "(Han and others 2019); days of all admissions, not of long emergency ones"}),
            parameter(&H::left_unseen_share, "left_unseen_share",
                      "Share of people at A&E who leave before they are seen; what they came for may come back",
                      Range{0, 1}, Uncertain::uniform(0.019, 0.033),
                      Source{"A&E quality indicators, England: mean of 118 trusts 2.81% in 2012-13, 3.2% in September "
                             "2016, 1.9% in May 2019"},
                      Certainty::B, Kind::evidence)};
    }
};

}  // namespace segue
