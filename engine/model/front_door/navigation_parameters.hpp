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
    std::vector<std::string> direct{};
    double direct_share{1};
    bool by_call_handlers{false};

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
                      Certainty::C, Kind::policy),
            parameter(&N::direct, "direct",
                      "Roles, and kinds of need, that people with online access may book themselves, without call "
                      "handler, triage or navigation",
                      Range{0, 0}, Uncertain::known(), Source{"the configuration's own choice"}, Certainty::C,
                      Kind::policy),
            parameter(&N::direct_share, "direct_share", "Share of the requests that may be booked so which are",
                      Range{0, 1}, Uncertain::uniform(0.2, 1), Source{"assumption; no English figure found"},
                      Certainty::C, Kind::policy),
            parameter(&N::by_call_handlers, "by_call_handlers",
                      "Whether call handlers ask what a request is about and say who suits it, which takes "
                      "front_door.navigation_minutes of theirs",
                      Range{0, 0}, Uncertain::known(), Source{"the configuration's own choice"}, Certainty::C,
                      Kind::policy)};
    }
};

/// Total triage: `[navigation.triage]`. Requests by the channels named are first read or called back by one role.
struct TriageParameters {
    std::vector<std::string> channels{};
    std::vector<std::string> needs{};
    Role role{Role::gp};
    double share{1};
    double most_minutes_share{0.5};

    static constexpr std::string_view prefix = "navigation.triage";
    static auto declarations() {
        using T = TriageParameters;
        const Source choice{"the configuration's own choice"};
        return std::tuple{parameter(&T::channels, "channels", "Channels whose requests are triaged; none: no triage",
                                    words<Channel>(), Uncertain::known(), choice, Certainty::C, Kind::policy),
                          parameter(&T::needs, "needs", "Kinds of need that are triaged; none named: all of them",
                                    Range{0, 0}, Uncertain::known(), choice, Certainty::C, Kind::policy),
                          parameter(&T::role, "role", "Who triages", Range{0, 0}, Uncertain::known(), choice,
                                    Certainty::C, Kind::policy),
                          parameter(&T::share, "share", "Share of these requests that are triaged", Range{0, 1},
                                    Uncertain::known(), choice, Certainty::C, Kind::policy),
                          parameter(&T::most_minutes_share, "most_minutes_share",
                                    "Most that triage may take of the role's minutes in a day", Range{0, 1},
                                    Uncertain::known(), choice, Certainty::C, Kind::policy)};
    }
};

/// What triage by a role takes and does: `[triage.ROLE]`.
struct TriageRoleParameters {
    Minutes minutes{5};
    double ends_share{0.2};
    double error_share{0};

    static constexpr std::string_view prefix = "triage.*";
    static auto declarations() {
        using T = TriageRoleParameters;
        const Source table{"triage.csv gives each role its own; this default is an assumption"};
        return std::tuple{parameter(&T::minutes, "minutes", "Time that triage of one request takes", Range{0, 60},
                                    Uncertain::uniform(2, 8), table, Certainty::C, Kind::evidence),
                          parameter(&T::ends_share, "ends_share", "Share of requests that end with triage", Range{0, 1},
                                    Uncertain::uniform(0.07, 0.5), table, Certainty::C, Kind::evidence),
                          parameter(&T::error_share, "error_share",
                                    "Share that triage sends to a role drawn evenly from those in post instead",
                                    Range{0, 1}, Uncertain::uniform(0, 0.05), table, Certainty::C, Kind::evidence)};
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
