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
    Days long_stay{13.4};

    static constexpr std::string_view prefix = "hospital";
    static auto declarations() {
        using H = HospitalParameters;
        return std::tuple{parameter(&H::short_stay_share, "short_stay_share",
                                    "Share of emergency admissions that stay at most one night", Range{0, 1},
                                    Uncertain::uniform(0.5, 0.65),
                                    Source{"6.61 of 11.20 million non-elective episodes (National Cost Collection "
                                           "2024/25); episodes, not spells"},
                                    Certainty::B, Kind::evidence),
                          parameter(&H::overnight_share_of_short, "overnight_share_of_short",
                                    "Share of short stays that have a night", Range{0, 1}, Uncertain::uniform(0.3, 0.7),
                                    Source{"assumption"}, Certainty::C, Kind::evidence),
                          parameter(&H::long_stay, "long_stay_days",
                                    "Mean nights of the others, at least two, falling off evenly night by night",
                                    Range{2, 100}, Uncertain::uniform(11, 15),
                                    Source{"solved so that the mean is 5.8 bed days an emergency admission (NAO 2018: "
                                           "33.59 million over 5.8 million, England 2016-17)"},
                                    Certainty::B, Kind::evidence)};
    }
};

}  // namespace segue
