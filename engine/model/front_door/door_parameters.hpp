/// \file
/// The front door: the channels by which people ask, who answers, and what those do whom nobody answers.
#pragma once
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/core/quantity.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/core/words.hpp"
#include "engine/model/front_door/navigation_parameters.hpp"
#include "engine/parameters/declaration.hpp"
#include "engine/scenario/catalogue.hpp"

namespace segue {

struct FrontDoorParameters {
    bool call_handling{true};
    double calls_most_share{1};
    double moved_online_share{0};
    bool same_day_only{false};
    Days waits{3};
    Minutes navigation{1};

    static constexpr std::string_view prefix = "front_door";
    static auto declarations() {
        using F = FrontDoorParameters;
        const Source choice{"the configuration's own choice"};
        return std::tuple{
            parameter(&F::call_handling, "call_handling", "Whether requests take minutes of call handlers", Range{0, 0},
                      Uncertain::known(), Source{"a switch of the model, not a figure"}, Certainty::C, Kind::evidence),
            parameter(&F::calls_most_share, "calls_most_share",
                      "Most that requests may take of the call handlers' minutes in a day", Range{0, 1},
                      Uncertain::known(), choice, Certainty::C, Kind::policy),
            parameter(&F::moved_online_share, "moved_online_share",
                      "Share of the requests by telephone and in person of people with online access that the "
                      "configuration moves online",
                      Range{0, 1}, Uncertain::known(), choice, Certainty::C, Kind::policy),
            parameter(&F::same_day_only, "same_day_only",
                      "Whether an urgent request that a day does not reach is told so in the evening; otherwise it "
                      "waits in line",
                      Range{0, 0}, Uncertain::known(), choice, Certainty::C, Kind::policy),
            parameter(&F::waits, "waits_days",
                      "Days after which somebody who was not answered, and chose to wait, asks again", Range{1, 60},
                      Uncertain::uniform(2, 7), Source{"assumption; no study found"}, Certainty::C, Kind::evidence),
            parameter(&F::navigation, "navigation_minutes",
                      "Time that call handlers need beyond taking a request to find out who suits it", Range{0, 20},
                      Uncertain::uniform(0.5, 3), Source{"assumption; no study found"}, Certainty::C, Kind::evidence)};
    }
};

/// One way in: `[front_door.channels.NAME]`.
struct ChannelParameters {
    bool open{true};
    double weekday_hours_share{1};
    double saturday_hours_share{0};
    double sunday_hours_share{0};
    bool open_on_bank_holidays{false};
    double daily_per_1000{0};
    Minutes handling{0};
    double share{0};

    static constexpr std::string_view prefix = "front_door.channels.*";
    static auto declarations() {
        using C = ChannelParameters;
        const Source choice{"the configuration's own choice; channels.csv gives the usual arrangement"};
        const Source table{"channels.csv gives each channel its own"};
        const auto hours = [&](auto member, const char* name, const char* days) {
            return parameter(member, name,
                             std::string{"Share of a day's requests that come within the channel's hours, on "} + days +
                                 "; 0: closed",
                             Range{0, 1}, Uncertain::known(), choice, Certainty::C, Kind::policy);
        };
        return std::tuple{
            parameter(&C::open, "open", "Whether the configuration has this channel at all", Range{0, 0},
                      Uncertain::known(), choice, Certainty::C, Kind::policy),
            hours(&C::weekday_hours_share, "weekday_hours_share", "Monday to Friday"),
            hours(&C::saturday_hours_share, "saturday_hours_share", "Saturday"),
            hours(&C::sunday_hours_share, "sunday_hours_share", "Sunday"),
            parameter(&C::open_on_bank_holidays, "open_on_bank_holidays",
                      "Whether the channel is open on England's bank holidays", Range{0, 0}, Uncertain::known(), choice,
                      Certainty::C, Kind::policy),
            parameter(&C::daily_per_1000, "daily_per_1000",
                      "Most requests a day that a practice takes by this channel for each 1,000 on its list; 0: no "
                      "limit",
                      Range{0, 1000}, Uncertain::known(), choice, Certainty::C, Kind::policy),
            parameter(&C::handling, "handling_minutes", "Time that one request takes from a call handler", Range{0, 60},
                      Uncertain::uniform(1, 8), table, Certainty::C, Kind::evidence),
            parameter(&C::share, "share", "Share of requests that come by this channel where all are open to a person",
                      Range{0, 1}, Uncertain::known(), table, Certainty::C, Kind::evidence)};
    }
};

/// How much more a kind of need uses a channel: `[front_door.channels.NAME.needs.NEED]`.
struct ChannelNeedParameters {
    double ratio{1};

    static constexpr std::string_view prefix = "front_door.channels.*.needs.*";
    static auto declarations() {
        return std::tuple{parameter(&ChannelNeedParameters::ratio, "ratio",
                                    "Use of the channel for this kind of need, relative to its share for all kinds",
                                    Range{0, 100}, Uncertain::uniform(0.5, 3),
                                    Source{"channel_needs.csv gives each pair its own"}, Certainty::C, Kind::evidence)};
    }
};

/// What people do whom the front door failed: `[front_door.after.EVENT]`. The six shares add up to 1.
struct RecourseParameters {
    double again_tomorrow{1};
    double waits{0};
    double pharmacy{0};
    double one_one_one{0};
    double accident_and_emergency{0};
    double gives_up{0};

    static constexpr std::string_view prefix = "front_door.after.*";
    /// Requests that can wait ask on the next open day when the door is closed: only urgent ones have a choice then.
    static std::vector<std::string> events() {
        return {"no_answer", "no_answer_urgent", "nothing_today", "nothing_today_urgent", "closed_urgent"};
    }
    static auto declarations() {
        using R = RecourseParameters;
        const Source table{"after_rebuffs.csv gives each row its own"};
        const auto row = [&](auto member, const char* name, const char* meaning, double low, double high) {
            return parameter(member, name, meaning, Range{0, 1}, Uncertain::uniform(low, high), table, Certainty::C,
                             Kind::evidence);
        };
        return std::tuple{
            row(&R::again_tomorrow, "again_tomorrow_share", "Share that tries again on the next open day", 0.2, 0.9),
            row(&R::waits, "waits_share",
                "Share that leaves it for some days, or takes a later appointment where one is offered", 0, 0.6),
            row(&R::pharmacy, "pharmacy_share", "Share that goes to a community pharmacy", 0, 0.2),
            row(&R::one_one_one, "one_one_one_share", "Share that calls NHS 111", 0, 0.3),
            row(&R::accident_and_emergency, "accident_and_emergency_share", "Share that goes to A&E", 0, 0.37),
            row(&R::gives_up, "gives_up_share", "Share that sees nobody", 0.02, 0.2)};
    }
};

/// What becomes of somebody who asks a pharmacy or 111: `[front_door.services.NAME]`. The shares add up to 1.
struct UrgentServiceParameters {
    double ends{1};
    double urgent{0};
    double routine{0};
    double out_of_hours{0};
    double ambulance{0};
    double accident_and_emergency{0};

    static constexpr std::string_view prefix = "front_door.services.*";
    static std::vector<std::string> services() { return {"community_pharmacy", "one_one_one"}; }
    static auto declarations() {
        using U = UrgentServiceParameters;
        const Source table{"urgent_services.csv gives each service its own"};
        const auto row = [&](auto member, const char* name, const char* meaning, double low, double high) {
            return parameter(member, name, meaning, Range{0, 1}, Uncertain::uniform(low, high), table, Certainty::B,
                             Kind::evidence);
        };
        return std::tuple{
            row(&U::ends, "ends_share", "Share whose need it ends", 0.1, 0.8),
            row(&U::urgent, "urgent_share", "Share sent back to the practice to be seen at once", 0.05, 0.4),
            row(&U::routine, "routine_share", "Share sent back to the practice for a routine appointment", 0.05, 0.3),
            row(&U::out_of_hours, "out_of_hours_share", "Share that an out-of-hours GP service sees", 0, 0.5),
            row(&U::ambulance, "ambulance_share", "Share taken to A&E by ambulance", 0, 0.12),
            row(&U::accident_and_emergency, "accident_and_emergency_share", "Share sent to A&E", 0, 0.1)};
    }
};

/// Adds the parameters of the front door and of navigation, and their tables.
inline void declare_front_door(Catalogue& made) {
    const std::vector<std::string> channels{"telephone", "online", "in_person", "one_one_one"};
    made.add<NavigationParameters>();
    made.add_table<RouteParameters>({{}});
    made.add<TriageParameters>();
    made.add_table<TriageRoleParameters>({words<Role>()});
    made.add<FrontDoorParameters>();
    made.add_table<ChannelParameters>({channels});
    made.add_table<ChannelNeedParameters>({channels, {}});
    made.add_table<RecourseParameters>({RecourseParameters::events()});
    made.add_table<UrgentServiceParameters>({UrgentServiceParameters::services()});
    made.add_layer_table("triage", "triage.*");
    made.add_layer_table("channels", "front_door.channels.*");
    made.add_layer_table("channel_needs", "front_door.channels.*.needs.*");
    made.add_layer_table("after_rebuffs", "front_door.after.*");
    made.add_layer_table("urgent_services", "front_door.services.*");
}

}  // namespace segue
