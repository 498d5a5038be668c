#include "engine/day/backlog.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "engine/core/math.hpp"
#include "engine/core/words.hpp"

namespace segue::day {
namespace {

constexpr double rounding = 1e-6;  // of shares that are to add up to 1

Place place_of(const Scenario& scenario, const std::string& name, std::string_view field) {
    return scenario.origin(fmt::format("backlog.{}.{}", name, field)).place;
}

std::optional<std::uint8_t> read_need(const Scenario& scenario, const Kinds& kinds, const std::string& name,
                                      const BacklogParameters& written, Problems& problems) {
    std::vector<std::string> known;
    for (const NeedKind& kind : kinds.kinds) known.push_back(kind.name);
    const auto found = std::find(known.begin(), known.end(), written.need);
    if (found == known.end()) {
        const std::string near = nearest(written.need, known);
        // One that is not there is told where the backlog says how many.
        problems
            .add(place_of(scenario, name, written.need.empty() ? "people" : "need"),
                 written.need.empty() ? fmt::format("backlog.{} does not say what its people need", name)
                                      : fmt::format("backlog.{}.need is \"{}\", no kind of need", name, written.need))
            .expected("the name of a kind of need")
            .advice(near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
        return std::nullopt;
    }
    const auto need = static_cast<std::uint8_t>(found - known.begin());
    const auto role = from_name<Role>(name);
    if (role && !kinds[need].roles[*role].suits) {
        problems
            .add(place_of(scenario, name, "need"),
                 fmt::format("backlog.{}.need is {}, which that role cannot meet", name, written.need))
            .expected("a kind of need with a resolution by the role");
    }
    return need;
}

void check_profile(const Scenario& scenario, const std::string& name, const BacklogParameters& written,
                   Problems& problems) {
    const auto& edges = written.waited_days;
    const bool rise = std::adjacent_find(edges.begin(), edges.end(), std::greater_equal<>{}) == edges.end();
    if (edges.size() < 2 || !rise) {
        problems.add(place_of(scenario, name, "waited_days"), fmt::format("backlog.{}.waited_days do not rise", name))
            .expected("two or more edges, each above the one before");
    } else if (written.shares.size() + 1 != edges.size()) {
        problems
            .add(place_of(scenario, name, "shares"), fmt::format("backlog.{} has {} edges and shares for {}", name,
                                                                 edges.size(), written.shares.size() + 1))
            .expected("one share fewer than edges");
    }
    const double sum = std::accumulate(written.shares.begin(), written.shares.end(), 0.0);
    if (std::abs(sum - 1) > rounding) {
        problems.add(place_of(scenario, name, "shares"), fmt::format("backlog.{}.shares add up to {:.6g}", name, sum))
            .expected("1");
    }
}

std::variant<WaitStage, Role> where_of(const std::string& name) {
    if (const auto stage = from_name<WaitStage>(name)) return *stage;
    return *from_name<Role>(name);
}

/// At which rate the person of a row has onsets of the backlog's need; 0 for who is not on the list.
float rate_of(const Backlog& backlog, const needs::RateTables& rates, const NeighbourhoodState& state,
              std::uint32_t row) {
    if (state.people.present[row] == 0) return 0;
    return rates.rate(RateBasis::of(state.people, row), state.people.level_rank[row], backlog.stream);
}

void refuse(const Backlog& backlog, std::int64_t people, std::size_t candidates, Problems& problems) {
    problems
        .add(backlog.origin, fmt::format("backlog.{} is to have {} people, and {} on the list can have that need",
                                         backlog.name(), people, candidates))
        .expected("a kind of need that more of them can have, or fewer people");
}

std::int32_t waited(const Backlog& backlog, const Words& luck) {
    const std::size_t bin = backlog.shares.of(luck[1]);
    const double from = backlog.waited_days[bin];
    return static_cast<std::int32_t>(from + (backlog.waited_days[bin + 1] - from) * uniform(luck[2]));
}

}  // namespace

std::vector<std::string> backlog_names() {
    std::vector<std::string> names = words<WaitStage>();
    for (std::string& role : words<Role>()) names.push_back(std::move(role));
    return names;
}

std::vector<Backlog> read_backlogs(const Scenario& scenario, const Kinds& kinds, Problems& problems) {
    std::vector<Backlog> backlogs;
    const std::vector<std::string> names = backlog_names();
    for (const std::string& name : scenario.names_in(BacklogParameters::prefix)) {
        const auto written = scenario.read<BacklogParameters>({name});
        if (written.people == 0) {
            problems.warn(place_of(scenario, name, "people"),
                          fmt::format("backlog.{} has no people: nothing changes", name));
            continue;
        }
        const auto need = read_need(scenario, kinds, name, written, problems);
        check_profile(scenario, name, written, problems);
        if (kinds.size() == 0) continue;
        const NeedKind& kind = kinds[need.value_or(0)];  // the rest of a faulty one is looked at too
        const auto place = static_cast<std::uint32_t>(std::find(names.begin(), names.end(), name) - names.begin());
        backlogs.push_back({where_of(name), place, written.people, need.value_or(0),
                            static_cast<std::size_t>(kind.parameters.stream), written.waited_days,
                            Shares{written.shares}, place_of(scenario, name, "people")});
    }
    // As they are written must not matter: the first in line keep the order of their names.
    std::sort(backlogs.begin(), backlogs.end(), [](const Backlog& a, const Backlog& b) { return a.place < b.place; });
    return backlogs;
}

void check_backlog(const Backlog& backlog, const needs::RateTables& rates, const NeighbourhoodState& state,
                   Problems& problems) {
    std::size_t candidates = 0;
    for (std::uint32_t row = 0; row < state.people.rows(); ++row) candidates += rate_of(backlog, rates, state, row) > 0;
    if (candidates < static_cast<std::size_t>(backlog.people)) refuse(backlog, backlog.people, candidates, problems);
}

std::vector<Waiter> draw_backlog(const Backlog& backlog, std::int64_t people, const needs::RateTables& rates,
                                 const NeighbourhoodState& state) {
    if (people <= 0) return {};
    // The least of exponential times at each one's rate come first: a sample in proportion to the rates.
    struct Candidate {
        double time;
        std::uint64_t person;
        std::uint32_t row;
        Words luck;
        bool operator<(const Candidate& other) const noexcept {
            return std::tie(time, person) < std::tie(other.time, other.person);
        }
    };
    std::vector<Candidate> candidates;
    for (std::uint32_t row = 0; row < state.people.rows(); ++row) {
        const float rate = rate_of(backlog, rates, state, row);
        if (rate <= 0) continue;
        const PersonKey person{state.people.key[row]};
        const Words luck = Draws{state.twin, person, Purpose::backlog, backlog.place}.words();
        candidates.push_back({-math::log(uniform(luck[0])) / static_cast<double>(rate), person.value(), row, luck});
    }
    if (candidates.size() < static_cast<std::size_t>(people)) {
        Problems problems;
        refuse(backlog, people, candidates.size(), problems);
        problems.raise_if_any();
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.resize(static_cast<std::size_t>(people));
    const std::uint32_t key =
        request_key(state.today.day, static_cast<std::uint32_t>(backlog.stream), true, 255 - backlog.place);
    std::vector<Waiter> waiters;
    for (const Candidate& one : candidates) waiters.push_back({one.row, key, waited(backlog, one.luck)});
    return waiters;
}

void join_from_backlog(NeighbourhoodState& state, const Backlog& backlog, const Waiter& one) {
    const RequestSlot slot = state.requests.open(one.row);
    Request& request = state.requests[slot];
    request.key = one.key;
    request.need = backlog.need;
    request.asked = state.today.day - one.waited_days;
    request.wanted = request.asked;
    request.role = std::get<Role>(backlog.where);
    ++state.tally.needs_onset;
    Event& event = state.events.about(state.people, one.row, EventKind::need, state.today.day);
    event.need = backlog.need;
    event.what = static_cast<std::uint8_t>(NeedOrigin::backlog);
    state.today.joining.push_back(slot);
}

}  // namespace segue::day
