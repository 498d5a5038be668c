#include "engine/model/front_door/laws.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "engine/model/contact_parameters.hpp"
#include "engine/model/rota.hpp"

namespace segue::front_door {
namespace {

constexpr double sum_tolerance = 1e-6;  // shares of a table, written with a few decimals

bool add_up(const std::vector<double>& shares) {
    return std::abs(std::accumulate(shares.begin(), shares.end(), 0.0) - 1) <= sum_tolerance;
}

/// Shares of a keyed row, or a problem when they do not add up.
Shares checked(const Scenario& scenario, const std::string& row, const std::string& first_field,
               const std::vector<double>& shares, Problems& problems) {
    if (!add_up(shares)) {
        problems
            .add(scenario.origin(row + "." + first_field).place,
                 fmt::format("the shares of {} add up to {:.6g}", row,
                             std::accumulate(shares.begin(), shares.end(), 0.0)))
            .expected("shares that add up to 1");
    }
    return Shares{shares};
}

std::string channel_key(Channel channel, const char* field) {
    return fmt::format("front_door.channels.{}.{}", name_of(channel), field);
}

std::vector<std::string> names_of(const Kinds& kinds) {
    std::vector<std::string> words;
    for (const NeedKind& kind : kinds.kinds) words.push_back(kind.name);
    return words;
}

}  // namespace

Channels::Channels(const Scenario& scenario, const Kinds& kinds, const BookParameters& books, Problems& problems)
    : books_{books},
      any_{!scenario.names_in("front_door.channels.*").empty()},
      moved_online_{scenario.read<FrontDoorParameters>().moved_online_share} {
    if (!any_) return;
    read(scenario, problems);
    share_out(scenario, kinds, problems);
}

void Channels::read(const Scenario& scenario, Problems& problems) {
    bool some_open = false;
    double sum = 0;
    for (const Channel channel : all<Channel>()) {
        if (channel == Channel::direct) continue;  // not a choice of people's: see navigation.direct
        ChannelParameters& p = parameters_[channel];
        p = scenario.read<ChannelParameters>({std::string{name_of(channel)}});
        sum += p.share;
        const bool navigates = p.handling.value() > 0 && scenario.read<NavigationParameters>().by_call_handlers;
        handling_[channel] =
            tenths(p.handling + (navigates ? scenario.read<FrontDoorParameters>().navigation : Minutes{0}));
        hours_[channel].fill(Chance{p.weekday_hours_share});
        hours_[channel][index(Weekday::saturday)] = Chance{p.saturday_hours_share};
        hours_[channel][index(Weekday::sunday)] = Chance{p.sunday_hours_share};
        const bool opens = p.weekday_hours_share + p.saturday_hours_share + p.sunday_hours_share > 0;
        if (p.open && p.share > 0 && !opens) {
            problems
                .add(scenario.origin(channel_key(channel, "weekday_hours_share")).place,
                     fmt::format("front_door.channels.{} never opens", name_of(channel)))
                .expected("a weekday_hours_share, saturday_hours_share or sunday_hours_share above 0")
                .advice(fmt::format("set {} = false to close it", channel_key(channel, "open")));
        }
        usable_[channel] = p.open && opens;
        some_open = some_open || (channel != Channel::one_one_one && usable_[channel] && p.share > 0);
    }
    const std::string first = "front_door.channels." + scenario.names_in("front_door.channels.*").front();
    if (std::abs(sum - 1) > sum_tolerance) {
        problems
            .add(scenario.origin(first + ".share").place, fmt::format("the shares of channels add up to {:.6g}", sum))
            .expected("front_door.channels.*.share that add up to 1");
    }
    if (!some_open) {
        const Place& place = scenario.origin(channel_key(Channel::telephone, "open")).place;
        problems.add(place, "no channel of the practice is ever open, so nobody could ask it for care")
            .expected("open = true for telephone, online or in_person of front_door.channels, with a share above 0");
    }
}

void Channels::share_out(const Scenario& scenario, const Kinds& kinds, Problems& problems) {
    const std::vector<std::string> known = names_of(kinds);
    std::vector<EnumArray<Channel, double>> ratios(kinds.size());
    for (auto& of_need : ratios) of_need.fill(1);
    for (const Channel channel : all<Channel>()) {
        const std::string name{name_of(channel)};
        for (const std::string& need : scenario.names_in("front_door.channels.*.needs.*", {name})) {
            const auto place = std::find(known.begin(), known.end(), need);
            if (place == known.end()) {
                const std::string near = nearest(need, known);
                problems
                    .add(scenario.origin(fmt::format("front_door.channels.{}.needs.{}.ratio", name, need)).place,
                         fmt::format("front_door.channels.{}.needs.{} is for no kind of need", name, need))
                    .expected("the name of a kind of need")
                    .advice(near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
                continue;
            }
            ratios[static_cast<std::size_t>(place - known.begin())][channel] =
                scenario.read<ChannelNeedParameters>({name, need}).ratio;
        }
    }
    for (const auto& of_need : ratios) {
        std::array<Shares, 2>& made = by_need_.emplace_back();
        for (const bool online : {false, true}) {
            std::vector<double> weights(count_of<Channel>, 0);
            for (const Channel channel : all<Channel>()) {
                if (!usable_[channel] || (channel == Channel::online && !online)) continue;
                weights[index(channel)] = parameters_[channel].share * of_need[channel];
            }
            if (online && usable_[Channel::online]) {
                for (const Channel from : {Channel::telephone, Channel::in_person}) {
                    weights[index(Channel::online)] += weights[index(from)] * moved_online_;
                    weights[index(from)] *= 1 - moved_online_;
                }
            }
            const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
            // Who can use none of the channels that are open goes to the desk, and finds it closed.
            if (sum <= 0) weights[index(Channel::in_person)] = 1;
            for (double& weight : weights) weight /= sum > 0 ? sum : 1;
            made[online ? 1 : 0] = Shares{weights};
        }
    }
}

bool Channels::is_open(Channel channel, Day day) const noexcept {
    const ChannelParameters& p = parameters_[channel];
    return usable_[channel] && hours_[channel][index(weekday(day))].probability() > 0 &&
           (p.open_on_bank_holidays || !is_bank_holiday(day));
}

Day Channels::next_day(Channel channel, Day day) const noexcept {
    for (std::int32_t ahead = 1; ahead < 366; ++ahead) {
        if (is_open(channel, day + ahead) && books_.is_open(day + ahead)) return day + ahead;
    }
    return day + 366;
}

std::optional<std::int64_t> Channels::most(Channel channel, double people) const noexcept {
    const double per_1000 = parameters_[channel].daily_per_1000;
    if (per_1000 <= 0) return std::nullopt;
    return static_cast<std::int64_t>(per_1000 * people / 1000);
}

bool Channels::needs_call_handlers() const noexcept {
    for (const Channel channel : all<Channel>()) {
        if (usable_[channel] && parameters_[channel].share > 0 && handling_[channel] > 0) return true;
    }
    return false;
}

namespace {

Triage read_triage(const Scenario& scenario, const Kinds& kinds, const EnumArray<Role, bool>& in_post,
                   Problems& problems) {
    const auto policy = scenario.read<TriageParameters>();
    const auto by_role = scenario.read<TriageRoleParameters>({std::string{name_of(policy.role)}});
    Triage triage;
    triage.role = policy.role;
    triage.share = Chance{policy.share};
    triage.most_minutes_share = policy.most_minutes_share;
    triage.minutes = tenths(by_role.minutes);
    triage.ends = Chance{by_role.ends_share};
    triage.error = Chance{by_role.error_share};
    const std::vector<std::string> known = names_of(kinds);
    triage.needs.assign(kinds.size(), policy.needs.empty());
    for (const std::string& need : policy.needs) {
        const auto found = std::find(known.begin(), known.end(), need);
        if (found != known.end()) {
            triage.needs[static_cast<std::size_t>(found - known.begin())] = true;
            continue;
        }
        const std::string near = nearest(need, known);
        problems
            .add(scenario.origin("navigation.triage.needs").place,
                 fmt::format("navigation.triage.needs names \"{}\", which is no kind of need", need))
            .expected("names of kinds of need")
            .advice(near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
    }
    for (const std::string& word : policy.channels) {
        if (const auto channel = from_name<Channel>(word)) triage.of[*channel] = true;
    }
    if (!policy.channels.empty() && !in_post[policy.role]) {
        problems
            .add(scenario.origin("navigation.triage.role").place,
                 fmt::format("{} triages, and nobody of that role is in post", name_of(policy.role)))
            .expected(
                fmt::format("team.roles.{}.wte above 0, or another navigation.triage.role", name_of(policy.role)));
    }
    return triage;
}

/// By need, the place in its route of the first role that people may book themselves.
std::vector<std::optional<std::uint8_t>> read_direct(const Scenario& scenario, const Kinds& kinds,
                                                     const std::vector<std::vector<Role>>& routes, Problems& problems) {
    std::vector<std::optional<std::uint8_t>> places(kinds.size());
    const std::vector<std::string> needs = names_of(kinds);
    std::vector<std::string> known = words<Role>();
    known.insert(known.end(), needs.begin(), needs.end());
    for (const std::string& word : scenario.read<NavigationParameters>().direct) {
        if (std::find(known.begin(), known.end(), word) == known.end()) {
            const std::string near = nearest(word, known);
            problems
                .add(scenario.origin("navigation.direct").place,
                     fmt::format("navigation.direct names \"{}\", which is unknown", word))
                .expected("names of roles or of kinds of need")
                .advice(near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
            continue;
        }
        const auto role = from_name<Role>(word);
        for (std::size_t need = 0; need < needs.size(); ++need) {
            const std::vector<Role>& route = routes[need];
            const auto found = role ? std::find(route.begin(), route.end(), *role)
                                    : (needs[need] == word ? route.begin() : route.end());
            if (found == route.end()) continue;
            const auto place = static_cast<std::uint8_t>(found - route.begin());
            places[need] = std::min(places[need].value_or(place), place);
        }
    }
    return places;
}

}  // namespace

Laws::Laws(const Scenario& scenario, const Kinds& kinds, const EnumArray<Role, bool>& in_post,
           const std::vector<std::vector<Role>>& routes, Problems& problems)
    : books{read_book(scenario, problems)},
      door{scenario.read<FrontDoorParameters>()},
      waits_days{static_cast<std::int32_t>(door.waits.value())},
      channels{scenario, kinds, books, problems},
      triage{read_triage(scenario, kinds, in_post, problems)},
      direct_place{read_direct(scenario, kinds, routes, problems)},
      direct_share{scenario.read<NavigationParameters>().direct_share} {
    const auto feedbacks = scenario.read<FeedbackParameters>();
    repeats = feedbacks.repeats;
    sent_back = feedbacks.sent_back;
    for (const std::string& event : RecourseParameters::events()) {
        const auto p = scenario.read<RecourseParameters>({event});
        const bool urgent = event.ends_with("_urgent");
        const auto rebuff = from_name<Rebuff>(urgent ? event.substr(0, event.size() - 7) : event);
        after[*rebuff][urgent ? 1 : 0] = checked(
            scenario, "front_door.after." + event, "again_tomorrow_share",
            {p.again_tomorrow, p.waits, p.pharmacy, p.one_one_one, p.accident_and_emergency, p.gives_up}, problems);
    }
    for (const std::string& name : UrgentServiceParameters::services()) {
        const auto p = scenario.read<UrgentServiceParameters>({name});
        services[*from_name<UrgentService>(name)] =
            checked(scenario, "front_door.services." + name, "ends_share",
                    {p.ends, p.urgent, p.routine, p.out_of_hours, p.ambulance, p.accident_and_emergency}, problems);
    }
    const bool has_team = std::any_of(in_post.begin(), in_post.end(), [](bool some) { return some; });
    if (has_team && channels.any() && door.call_handling && channels.needs_call_handlers() &&
        !in_post[Role::call_handler]) {
        problems
            .add(scenario.origin("team.roles.call_handler.wte").place,
                 "team.roles.call_handler.wte is 0, so nobody answers the telephone or the door")
            .expected("call handlers in post, or front_door.call_handling = false");
    }
}

}  // namespace segue::front_door
