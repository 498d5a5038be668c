/// \file
/// How much people differ, lastingly, in how often they need something.
#pragma once
#include <string_view>
#include <tuple>

#include "engine/parameters/declaration.hpp"

namespace segue {

struct LevelParameters {
    double acute{0.35};
    double long_term{0.25};
    double mental{1.0};
    double social{1.0};

    static constexpr std::string_view prefix = "levels";
    static auto declarations() {
        using L = LevelParameters;
        const auto row = [](auto member, const char* name, const char* meaning) {
            return parameter(member, name, meaning, Range{0, 10}, Uncertain::uniform(0.2, 2),
                             Source{"assumption; to be held against the share of consultations that the top tenth of "
                                    "consulters take (40%, 845 UK practices, 2019)"},
                             Certainty::C, Kind::evidence);
        };
        return std::tuple{
            row(&L::acute, "acute_variance", "Variance over people of the personal level of acute needs (mean 1)"),
            row(&L::long_term, "long_term_variance", "The same for needs of long-term conditions"),
            row(&L::mental, "mental_variance", "The same for needs of mental health"),
            row(&L::social, "social_variance", "The same for social needs")};
    }
};

}  // namespace segue
