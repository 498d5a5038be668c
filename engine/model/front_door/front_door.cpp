#include "engine/model/front_door/front_door.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace segue::front_door {

FrontDoor::FrontDoor(const Scenario& scenario, const Kinds& kinds, const EnumArray<Role, bool>& in_post,
                     Problems& problems)
    : kinds_{&kinds} {
    const auto navigation = scenario.read<NavigationParameters>();
    error_ = Chance{navigation.error_share};
    for (const Role role : all<Role>()) {
        if (in_post[role]) in_post_.push_back(role);
    }
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
    for (const std::string& need : known) {
        const bool own = std::find(routed.begin(), routed.end(), need) != routed.end();
        const auto own_roles = own ? scenario.read<RouteParameters>({need}).roles : std::vector<std::string>{};
        routes_.push_back(roles_in_post(own_roles.empty() ? navigation.roles : own_roles));
    }
}

void FrontDoor::receive_onset(NeighbourhoodState& state, std::uint32_t row, std::uint32_t key,
                              std::uint8_t need) const {
    const NeedKind& kind = (*kinds_)[need];
    const Day today = state.today.day;
    const Words luck = Draws{state.twin, PersonKey{state.people.key[row]}, Purpose::presents, key}.words();
    ++state.tally.needs_onset;
    Event& event = state.events.about(state.people, row, EventKind::need, today);
    event.need = need;
    event.what = static_cast<std::uint8_t>(NeedOrigin::onset);

    const RequestSlot slot = state.requests.open(row);
    Request& request = state.requests[slot];
    request.key = key;
    request.need = need;
    request.asked = today;
    request.wanted = today;
    if (!kind.presents.happens(luck[0])) {
        state.unmet(slot, UnmetReason::never_sought);
        return;
    }
    if (kind.straight_to_ae.happens(luck[1])) {
        state.today.ae_arrivals.push_back({row, key, need, 0});
        state.met(slot);
        return;
    }
    if (kind.urgent.happens(luck[2])) {
        request.priority = Priority::urgent;
        state.today.asking.push_back(slot);
        return;
    }
    request.wanted = today + day_between(kind.parameters.wanted_from, kind.parameters.wanted_to, luck[3]);
    if (request.wanted == today) {
        state.today.asking.push_back(slot);
        return;
    }
    request.priority = Priority::booked;
    state.schedule(request.wanted, Due::request, slot);
}

bool FrontDoor::choose_role(const NeighbourhoodState& state, Request& request) const {
    const std::vector<Role>& roles = routes_[request.need];
    if (request.route_place < roles.size()) {
        request.role = roles[request.route_place];
    } else if (!roles.empty()) {
        request.role = roles.back();
    } else {
        return false;
    }
    if (error_.probability() == 0) return true;
    const Words luck = state.draw(request, Purpose::navigation);
    if (error_.happens(luck[0])) request.role = in_post_[below(static_cast<std::uint32_t>(in_post_.size()), luck[1])];
    return true;
}

void FrontDoor::navigate(NeighbourhoodState& state) const {
    for (const RequestSlot slot : state.today.asking) {
        Request& request = state.requests[slot];
        if (!choose_role(state, request)) {
            state.unmet(slot, UnmetReason::no_role_in_post);
            continue;
        }
        Event& event = state.events.about(state.people, request.row, EventKind::request, state.today.day);
        event.need = request.need;
        event.role = static_cast<std::uint8_t>(request.role);
        event.what = static_cast<std::uint8_t>(request.origin);
        state.today.joining.push_back(slot);
    }
    state.today.asking.clear();
}

}  // namespace segue::front_door
