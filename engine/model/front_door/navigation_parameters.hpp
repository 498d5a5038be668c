/// \file
/// How a need reaches a role, as the configuration says.
#pragma once
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/core/vocabulary.hpp"
#include "engine/core/words.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue {

struct NavigationParameters {
    std::vector<std::string> roles{"gp"};
    double error_share{0};

    static constexpr std::string_view prefix = "navigation";
    static auto declarations() {
        using N = NavigationParameters;
        return std::tuple{
            parameter(&N::roles, "roles", "Roles to try in turn for a need without a route of its own", words<Role>(),
                      Uncertain::known(), Source{"GP first is the usual English arrangement; assumption"}, Certainty::C,
                      Kind::policy),
            parameter(&N::error_share, "error_share",
                      "Share of needs sent to a role drawn evenly from those in post instead", Range{0, 1},
                      Uncertain::uniform(0, 0.1), Source{"assumption; no English figure for navigation errors found"},
                      Certainty::C, Kind::policy)};
    }
};

/// One route: `[navigation.routes.NEED] roles = [...]`.
struct RouteParameters {
    std::vector<std::string> roles{};

    static constexpr std::string_view prefix = "navigation.routes.*";
    static auto declarations() {
        return std::tuple{parameter(&RouteParameters::roles, "roles",
                                    "Roles to try in turn for this kind of need; the first with staff in post sees it",
                                    words<Role>(), Uncertain::known(), Source{"the configuration's own choice"},
                                    Certainty::C, Kind::policy)};
    }
};

}  // namespace segue
