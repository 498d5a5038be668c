#include "engine/model/front_door/front_door.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "engine/rng/quantiles.hpp"

namespace segue::front_door {
namespace {

constexpr int most_attempts = 200;  // nobody tries for ever

void record_answer(NeighbourhoodState& state, const Request& request, MinuteTenths minutes) {
    Event& event = state.events.about(state.people, request.row, EventKind::answered, state.today.day);
    event.need = request.need;
    event.role = static_cast<std::uint8_t>(Role::call_handler);
    event.mode = static_cast<std::uint8_t>(request.channel);
    event.what = static_cast<std::uint8_t>(request.origin);
    event.value = static_cast<std::int32_t>(minutes);
    state.tally.minutes_recorded[MinuteUse::calls] += minutes;
    ++state.tally.answered;
}

/// Pays from a line's minutes of today, up to a share of all that the line had this morning.
bool spend_up_to(DayMinutes& till, std::size_t line, MinuteUse use, MinuteTenths minutes, double most_share) {
    MinuteTenths morning = till.left(line);
    for (const MinuteUse any : all<MinuteUse>()) morning += till.spent_today(line, any);
    const auto most = static_cast<MinuteTenths>(static_cast<double>(morning) * most_share);
    return till.spent_today(line, use) + minutes <= most && till.spend(line, use, minutes);
}

}  // namespace

bool is_own(RequestOrigin origin) noexcept {
    return origin == RequestOrigin::onset || origin == RequestOrigin::returned || origin == RequestOrigin::worsened ||
           origin == RequestOrigin::repeated || origin == RequestOrigin::recontact;
}

bool is_at_the_door(const Request& request, Day today) noexcept {
    return request.asked == today && is_own(request.origin);
}

FrontDoor::FrontDoor(const Scenario& scenario, const Kinds& kinds, const EnumArray<Role, bool>& in_post,
                     std::vector<double> practice_shares, Problems& problems)
    : kinds_{&kinds},
      routes_{read_routes(scenario, kinds, in_post, problems)},
      laws_{scenario, kinds, in_post, routes_, problems},
      practice_shares_{std::move(practice_shares)},
      error_{scenario.read<NavigationParameters>().error_share} {
    for (const Role role : all<Role>()) {
        if (in_post[role]) in_post_.push_back(role);
    }
}

std::vector<std::vector<Role>> FrontDoor::read_routes(const Scenario& scenario, const Kinds& kinds,
                                                      const EnumArray<Role, bool>& in_post, Problems& problems) {
    const auto roles_in_post = [&](const std::vector<std::string>& words) {
        std::vector<Role> roles;
        for (const std::string& word : words) {
            const auto role = from_name<Role>(word);
            if (role && in_post[*role]) roles.push_back(*role);
        }
        return roles;
    };
    std::vector<std::string> known;
    for (const NeedKind& kind : kinds.kinds) known.push_back(kind.name);
    const auto routed = scenario.names_in("navigation.routes.*");
    for (const std::string& need : routed) {
        if (std::find(known.begin(), known.end(), need) != known.end()) continue;
        const std::string near = nearest(need, known);
        problems
            .add(scenario.origin(fmt::format("navigation.routes.{}.roles", need)).place,
                 fmt::format("navigation.routes.{} is a route for no kind of need", need))
            .expected("the name of a kind of need")
            .advice(near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
    }
    const auto usual = scenario.read<NavigationParameters>().roles;
    const bool has_a_team = std::any_of(in_post.begin(), in_post.end(), [](bool any) { return any; });
    std::vector<std::vector<Role>> routes;
    for (const std::string& need : known) {
        const bool own = std::find(routed.begin(), routed.end(), need) != routed.end();
        const auto own_roles = own ? scenario.read<RouteParameters>({need}).roles : std::vector<std::string>{};
        const auto& words_of_route = own_roles.empty() ? usual : own_roles;
        routes.push_back(roles_in_post(words_of_route));
        first_choices_.push_back(words_of_route.empty() ? Role::gp : *from_name<Role>(words_of_route.front()));
        const NeedKind& kind = kinds.kinds[routes.size() - 1];
        // A site without a team is no configuration yet.
        if (has_a_team && std::none_of(routes.back().begin(), routes.back().end(),
                                       [&](Role role) { return kind.roles[role].suits; })) {
            const std::string key = own ? fmt::format("navigation.routes.{}.roles", need) : "navigation.roles";
            problems
                .warn(scenario.origin(key).place,
                      fmt::format(
                          "nobody in post on the route of needs.{} can meet it: its requests wait until they heal, "
                          "worsen or are given up",
                          need))
                .expected("a role with wte above 0 and a resolution for it");
        }
    }
    return routes;
}

/// Easier access than the base's moves the threshold that a person's own uniform is held against, and nobody else's.
bool FrontDoor::seeks_help(NeighbourhoodState& state, const Request& request, std::uint32_t word) const {
    const NeedKind& kind = (*kinds_)[request.need];
    const bool in_the_base = kind.presents.happens(word);
    if (state.presents_factor.empty()) return in_the_base;
    const double factor = state.presents_factor[state.people.practice[request.row]];
    const bool now = Chance{kind.parameters.presents_share * factor}.happens(word);
    if (now != in_the_base) {
        Event& event = state.events.about(state.people, request.row, now ? EventKind::induced : EventKind::deterred,
                                          state.today.day);
        event.need = request.need;
    }
    return now;
}

void FrontDoor::receive(NeighbourhoodState& state, std::uint32_t row, std::uint32_t key, std::uint8_t need,
                        NeedOrigin origin) const {
    const NeedKind& kind = (*kinds_)[need];
    const Day today = state.today.day;
    const Words luck = Draws{state.twin, PersonKey{state.people.key[row]}, Purpose::presents, key}.words();
    ++(origin == NeedOrigin::onset ? state.tally.needs_onset : state.tally.needs_derived);
    Event& event = state.events.about(state.people, row, EventKind::need, today);
    event.need = need;
    event.what = static_cast<std::uint8_t>(origin);

    const RequestSlot slot = state.requests.open(row);
    Request& request = state.requests[slot];
    request.key = key;
    request.need = need;
    request.asked = today;
    request.wanted = today;
    if (state.is_in_a_bed(row)) {
        state.events.about(state.people, row, EventKind::need_in_hospital, today).need = need;
        state.met(slot);
        return;
    }
    if (!seeks_help(state, request, luck[0])) {
        state.unmet(slot, UnmetReason::never_sought);
        return;
    }
    if (kind.straight_to_ae.happens(luck[1])) {
        state.today.ae_arrivals.push_back({row, key, need, 0});
        state.met(slot);
        return;
    }
    const BookingPurpose& purpose = kinds_->purposes[kind.purposes.of(luck[2])];
    if (purpose.urgent) request.priority = Priority::urgent;
    request.wanted = today + day_between(purpose.wanted_from, purpose.wanted_to, luck[3]);
    state.today.asking.push_back(slot);
}

void FrontDoor::answer(NeighbourhoodState& state) const {
    Today& today = state.today;
    today.through.clear();
    today.through.reserve(today.asking.size());
    today.callers.clear();
    today.callers.reserve(today.asking.size());
    today.taken_online.assign(practice_shares_.size(), 0);
    for (const RequestSlot slot : today.asking) {
        if (is_at_the_door(state.requests[slot], today.day)) {
            meet(state, slot);
        } else {
            today.through.push_back(slot);
        }
    }
    const auto who = [&state](const Caller& one) {
        const Request& request = state.requests[one.slot];
        return std::pair{state.people.key[request.row], request.key};
    };
    std::sort(today.callers.begin(), today.callers.end(), [&who](const Caller& a, const Caller& b) {
        return a.luck == b.luck ? who(a) < who(b) : a.luck < b.luck;
    });
    for (const Caller& caller : today.callers) take(state, caller.slot);
    today.asking.swap(today.through);
}

/// Those whom no call handler need see are through at once; the others wait for their turn, if the door is open.
void FrontDoor::meet(NeighbourhoodState& state, RequestSlot slot) const {
    const Channels& channels = laws_.channels;
    const bool on_round = (*kinds_)[state.requests[slot].need].parameters.on_round;  // the practice comes to them
    if (!channels.any() || on_round) {
        let_in(state, slot);
        return;
    }
    Request& request = state.requests[slot];
    const Words luck = state.draw(request, Purpose::front_door);
    if (books_directly(state, request, luck[2])) {
        request.channel = Channel::direct;
        request.route_place = *laws_.direct_place[request.need];
        ++state.tally.attempts;
        record_answer(state, request, 0);
        let_in(state, slot);
        return;
    }
    const Words taste =
        Draws{state.twin, PersonKey{state.people.key[request.row]}, Purpose::channel, request.key}.words();
    const bool online = state.people.has(PersonRow{request.row}, Trait::online_access);
    request.channel = channels.of(request.need, online, taste[0]);
    const Day today = state.today.day;
    const bool is_open =
        channels.is_open(request.channel, today) &&
        (request.origin == RequestOrigin::repeated || channels.is_within_hours(request.channel, today, luck[0]));
    if (is_open && request.channel == Channel::one_one_one) {
        ++state.tally.attempts;
        record_answer(state, request, 0);
        visit(state, slot, UrgentService::one_one_one);
    } else if (is_open && laws_.books.is_open(today)) {
        state.today.callers.push_back({luck[1], slot});
    } else if (is_open && request.channel == Channel::online) {
        // A message lies until those who read it are back.
        request.count_attempt();
        request.asked = channels.next_day(request.channel, today);
        state.schedule(request.asked, Due::request, slot);
    } else {
        find_closed(state, slot);
    }
}

bool FrontDoor::books_directly(const NeighbourhoodState& state, const Request& request, std::uint32_t word) const {
    const auto place = laws_.direct_place[request.need];
    return place && *place >= request.route_place && laws_.direct_share.happens(word) &&
           state.people.has(PersonRow{request.row}, Trait::online_access);
}

/// What can wait is asked for when the door opens; that is nobody's failure and is not counted as an attempt.
void FrontDoor::find_closed(NeighbourhoodState& state, RequestSlot slot) const {
    Request& request = state.requests[slot];
    if (request.priority == Priority::urgent) {
        ++state.tally.attempts;
        ++state.tally.rebuffed;
        turn_away(state, slot, Rebuff::closed);
        return;
    }
    request.count_attempt();
    request.asked = laws_.channels.next_day(request.channel, state.today.day);
    state.schedule(request.asked, Due::request, slot);
}

bool FrontDoor::has_room(NeighbourhoodState& state, const Request& request) const {
    if (request.channel != Channel::online) return true;
    const std::uint8_t practice = state.people.practice[request.row];
    const auto most = laws_.channels.most(Channel::online,
                                          practice_shares_[practice] * static_cast<double>(state.people.registered()));
    return !most || state.today.taken_online[practice]++ < *most;
}

/// Somebody's turn has come.
void FrontDoor::take(NeighbourhoodState& state, RequestSlot slot) const {
    const Request& request = state.requests[slot];
    ++state.tally.attempts;
    if (!has_room(state, request)) {
        ++state.tally.rebuffed;
        turn_away(state, slot, Rebuff::nothing_today);
        return;
    }
    const MinuteTenths minutes = laws_.door.call_handling ? laws_.channels.handling(request.channel) : 0;
    if (minutes > 0) {
        const std::size_t line = state.minutes.lines().of(state.people.practice[request.row], Role::call_handler);
        if (!spend_up_to(state.minutes, line, MinuteUse::calls, minutes, laws_.door.calls_most_share)) {
            ++state.tally.rebuffed;
            turn_away(state, slot, Rebuff::no_answer);
            return;
        }
    }
    record_answer(state, request, minutes);
    if (is_triaged(state, request)) {
        triage(state, slot);
    } else {
        let_in(state, slot);
    }
}

bool FrontDoor::is_triaged(const NeighbourhoodState& state, const Request& request) const {
    return laws_.triage.of[request.channel] && laws_.triage.needs[request.need] &&
           laws_.triage.share.happens(state.draw(request, Purpose::triage)[0]);
}

void FrontDoor::triage(NeighbourhoodState& state, RequestSlot slot) const {
    const Triage& law = laws_.triage;
    const Request& request = state.requests[slot];
    const std::size_t line = state.minutes.lines().of(state.people.practice[request.row], law.role);
    if (!spend_up_to(state.minutes, line, MinuteUse::triage, law.minutes, law.most_minutes_share)) {
        turn_away(state, slot, Rebuff::nothing_today);
        return;
    }
    const Words luck = state.draw(request, Purpose::triage);
    const bool ends = law.ends.happens(luck[1]);
    Event& event = state.events.about(state.people, request.row, EventKind::triaged, state.today.day);
    event.need = request.need;
    event.role = static_cast<std::uint8_t>(law.role);
    event.what = ends ? 1 : 0;
    event.value = static_cast<std::int32_t>(law.minutes);
    state.tally.minutes_recorded[MinuteUse::triage] += law.minutes;
    if (ends) {
        const NeedKind& kind = (*kinds_)[request.need];
        if (kind.prescribes.happens(luck[2])) state.today.prescriptions.push_back(request.row);
        if (kind.outpatient.happens(luck[3]))
            state.refer({request.row, request.key, request.need, request.attempts}, ReferralSource::contact, law.role);
        state.requests[slot].role = law.role;
        state.met(slot);
    } else {
        let_in(state, slot);
    }
}

void FrontDoor::let_in(NeighbourhoodState& state, RequestSlot slot) const {
    Request& request = state.requests[slot];
    if (request.wanted > state.today.day) {
        request.priority = Priority::booked;
        state.schedule(request.wanted, Due::request, slot);
    } else {
        state.today.through.push_back(slot);
    }
}

void FrontDoor::turn_away(NeighbourhoodState& state, RequestSlot slot, Rebuff rebuff) const {
    Request& request = state.requests[slot];
    const Words luck = state.draw(request, Purpose::turned_away);
    Recourse recourse = laws_.recourse(rebuff, request.priority == Priority::urgent, luck[0]);
    const bool repeats = recourse == Recourse::again_tomorrow || recourse == Recourse::waits;
    if (repeats && (!laws_.repeats || request.attempts >= most_attempts)) recourse = Recourse::gives_up;
    Event& event = state.events.about(state.people, request.row, EventKind::turned_away, state.today.day);
    event.need = request.need;
    event.mode = static_cast<std::uint8_t>(request.channel);
    event.what = static_cast<std::uint8_t>(rebuff);
    event.role = static_cast<std::uint8_t>(recourse);
    const Day today = state.today.day;
    switch (recourse) {
        case Recourse::again_tomorrow:
            ask_on(state, slot, laws_.channels.next_day(request.channel, today), RequestOrigin::repeated, luck[1]);
            break;
        case Recourse::waits:
            if (rebuff == Rebuff::nothing_today) {
                // A later appointment is offered and taken: booked now, and in line from tomorrow.
                request.origin = RequestOrigin::repeated;
                request.priority = Priority::routine;
                request.count_attempt();
                state.schedule(std::max(request.wanted, today + 1), Due::request, slot);
            } else {
                const Day day = laws_.channels.next_day(request.channel, today + (laws_.waits_days - 1));
                ask_on(state, slot, day, RequestOrigin::repeated, luck[1]);
            }
            break;
        case Recourse::pharmacy: visit(state, slot, UrgentService::community_pharmacy); break;
        case Recourse::one_one_one: visit(state, slot, UrgentService::one_one_one); break;
        case Recourse::accident_and_emergency:
            state.today.ae_arrivals.push_back({request.row, request.key, request.need, request.attempts});
            state.met(slot);
            break;
        default: state.unmet(slot, UnmetReason::turned_away); break;
    }
}

void FrontDoor::visit(NeighbourhoodState& state, RequestSlot slot, UrgentService service) const {
    Request& request = state.requests[slot];
    const auto seen_by = [&](UrgentService whom) {
        Event& event = state.events.about(state.people, request.row, EventKind::urgent_contact, state.today.day);
        event.need = request.need;
        event.what = static_cast<std::uint8_t>(whom);
        state.today.urgent_contacts.push_back({request.row, whom});
    };
    const Words luck = state.draw(request, Purpose::urgent_service);
    const ServiceOutcome outcome = laws_.outcome(service, luck[0]);
    seen_by(service);
    switch (outcome) {
        case ServiceOutcome::urgent:
        case ServiceOutcome::routine:
            if (!laws_.sent_back) {
                state.unmet(slot, UnmetReason::unresolved);
                return;
            }
            request.priority = outcome == ServiceOutcome::urgent ? Priority::urgent : Priority::routine;
            request.channel = Channel::direct;  // by message, from one service to the other
            ask_on(state, slot, laws_.books.next_open(state.today.day + 1), RequestOrigin::sent_back, luck[1]);
            return;
        case ServiceOutcome::out_of_hours: seen_by(UrgentService::out_of_hours); break;
        case ServiceOutcome::ambulance: seen_by(UrgentService::ambulance); break;
        default: break;
    }
    if (outcome == ServiceOutcome::ambulance || outcome == ServiceOutcome::accident_and_emergency)
        state.today.ae_arrivals.push_back({request.row, request.key, request.need, request.attempts});
    state.met(slot);
}

/// The need is asked for on a later day, unless it heals before.
void FrontDoor::ask_on(NeighbourhoodState& state, RequestSlot slot, Day day, RequestOrigin origin,
                       std::uint32_t word) const {
    Request& request = state.requests[slot];
    const std::int32_t days = day - state.today.day;
    if (waiting_days((*kinds_)[request.need].heals_per_day, word, days) < days) {
        state.unmet(slot, UnmetReason::healed_while_waiting);
        return;
    }
    request.origin = origin;
    request.asked = day;
    request.count_attempt();
    state.schedule(day, Due::request, slot);
}

void FrontDoor::send_away(NeighbourhoodState& state) const {
    for (const RequestSlot slot : state.today.told_nothing) turn_away(state, slot, Rebuff::nothing_today);
    state.today.told_nothing.clear();
}

Chance FrontDoor::error_of(const NeighbourhoodState& state, const Request& request) const {
    if (!is_own(request.origin) || !laws_.channels.any()) return error_;
    if (request.channel == Channel::direct) return Chance{};
    return is_triaged(state, request) ? laws_.triage.error : error_;
}

void FrontDoor::choose_role(const NeighbourhoodState& state, Request& request) const {
    const std::vector<Role>& roles = routes_[request.need];
    if (request.route_place < roles.size()) {
        request.role = roles[request.route_place];
    } else if (!roles.empty()) {
        request.role = roles.back();
    } else {
        request.role = first_choices_[request.need];  // waits in a line that nobody serves
        return;
    }
    const Chance error = error_of(state, request);
    if (error.probability() == 0) return;
    const Words luck = state.draw(request, Purpose::navigation);
    if (error.happens(luck[0])) request.role = in_post_[below(static_cast<std::uint32_t>(in_post_.size()), luck[1])];
}

void FrontDoor::navigate(NeighbourhoodState& state) const {
    for (const RequestSlot slot : state.today.asking) {
        Request& request = state.requests[slot];
        choose_role(state, request);
        Event& event = state.events.about(state.people, request.row, EventKind::request, state.today.day);
        event.need = request.need;
        event.role = static_cast<std::uint8_t>(request.role);
        event.mode = static_cast<std::uint8_t>(request.channel);
        event.what = static_cast<std::uint8_t>(request.origin);
        state.today.joining.push_back(slot);
    }
    state.today.asking.clear();
}

}  // namespace segue::front_door
