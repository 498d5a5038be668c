/// \file
/// The front door as a configuration and the evidence set it, compiled: which channel a need comes by and when it is
/// open, what those do whom it failed, what pharmacies and 111 lead to, who triages, and what may be booked directly.
/// Nothing here remembers anything: the same words give the same answers.
///
///   In     a scenario
///   Out    decisions, one word each
///   Holds  shares that do not add up, channels that never open and posts that nobody fills are reported, not guessed at
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/enum_array.hpp"
#include "engine/core/errors.hpp"
#include "engine/model/front_door/door_parameters.hpp"
#include "engine/model/front_door/navigation_parameters.hpp"
#include "engine/model/kinds.hpp"
#include "engine/model/team_parameters.hpp"
#include "engine/rng/draws.hpp"
#include "engine/rng/shares.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue::front_door {

/// What comes of asking a pharmacy or 111.
enum class ServiceOutcome : std::uint8_t {
    ends,
    urgent,
    routine,
    out_of_hours,
    ambulance,
    accident_and_emergency,
    count_
};

class Channels {
public:
    /// \param books when those who read and answer are at work
    Channels(const Scenario& scenario, const Kinds& kinds, const BookParameters& books, Problems& problems);

    /// False where the scenario has no channels: everybody then gets through at once.
    [[nodiscard]] bool any() const noexcept { return any_; }
    /// The channel by which a need comes. \param online whether the person can use online access
    [[nodiscard]] Channel of(std::uint8_t need, bool online, std::uint32_t word) const noexcept {
        return static_cast<Channel>(by_need_[need][online ? 1 : 0].of(word));
    }
    /// Whether anybody takes requests by this channel on that day, at whatever hour.
    [[nodiscard]] bool is_open(Channel channel, Day day) const noexcept;
    /// Whether one that comes at an hour that the word decides finds it open, on a day on which it is.
    [[nodiscard]] bool is_within_hours(Channel channel, Day day, std::uint32_t word) const noexcept {
        return hours_[channel][index(weekday(day))].happens(word);
    }
    /// The first day after `day` on which the channel is open and somebody is there to answer; a year on when none is.
    [[nodiscard]] Day next_day(Channel channel, Day day) const noexcept;
    /// Minutes of call handlers that one request takes, navigation included where they navigate.
    [[nodiscard]] MinuteTenths handling(Channel channel) const noexcept { return handling_[channel]; }
    /// Most requests a practice with so many people takes in a day; none: no limit.
    [[nodiscard]] std::optional<std::int64_t> most(Channel channel, double people) const noexcept;
    [[nodiscard]] bool needs_call_handlers() const noexcept;

private:
    void read(const Scenario& scenario, Problems& problems);
    void share_out(const Scenario& scenario, const Kinds& kinds, Problems& problems);

    BookParameters books_;
    bool any_{false};
    double moved_online_{0};
    EnumArray<Channel, ChannelParameters> parameters_;
    EnumArray<Channel, bool> usable_;  ///< open on some day
    EnumArray<Channel, std::array<Chance, 7>> hours_;
    EnumArray<Channel, MinuteTenths> handling_;
    std::vector<std::array<Shares, 2>> by_need_;  ///< without and with online access
};

/// Triage as configured; nobody triages where no channel is named.
struct Triage {
    EnumArray<Channel, bool> of;
    std::vector<bool> needs;  ///< by kind
    Role role{Role::gp};
    Chance share;
    double most_minutes_share{1};
    MinuteTenths minutes{0};
    Chance ends;
    Chance error;
};

struct Laws {
    Laws(const Scenario& scenario, const Kinds& kinds, const EnumArray<Role, bool>& in_post,
         const std::vector<std::vector<Role>>& routes, Problems& problems);

    [[nodiscard]] Recourse recourse(Rebuff rebuff, bool urgent, std::uint32_t word) const noexcept {
        return static_cast<Recourse>(after[rebuff][urgent ? 1 : 0].of(word));
    }
    /// \param service community pharmacy or 111
    [[nodiscard]] ServiceOutcome outcome(UrgentService service, std::uint32_t word) const noexcept {
        return static_cast<ServiceOutcome>(services[service].of(word));
    }

    BookParameters books;
    FrontDoorParameters door;
    std::int32_t waits_days;
    Channels channels;
    EnumArray<Rebuff, std::array<Shares, 2>> after;  ///< not urgent, urgent
    EnumArray<UrgentService, Shares> services;
    Triage triage;
    std::vector<std::optional<std::uint8_t>> direct_place;  ///< by need: place in its route that may be booked directly
    Chance direct_share;
    bool repeats{true};
    bool sent_back{true};
};

}  // namespace segue::front_door
