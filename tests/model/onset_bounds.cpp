// Rates that fall and rise within a quarter: onsets are those of the rate in force, whatever came before.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>

#include "bench/reference/sized.hpp"
#include "engine/day/world.hpp"

namespace segue {
namespace {

using Onsets = std::set<std::pair<std::uint32_t, std::uint32_t>>;  // person, key of the need

/// A hundred days from 1 January of people whom nothing happens to, but for what `change` does to them each morning.
template <class Change>
Onsets onsets_of(const day::World& world, Day until, Change change) {
    const Day first = to_day({2026, 1, 1});
    NeighbourhoodState state{Twin{1, 0}, NeighbourhoodRow{0}, first, best_isa()};
    world.laws().synthesis().populate(state.people, state.twin, state.row, 5'000, first);
    needs::OnsetStream stream{world.rates()};
    Onsets arisen;
    for (state.today.day = first; state.today.day < until; ++state.today.day) {
        stream.open_quarter_if_new(state);
        change(state);
        stream.follow_changes(state);
        stream.onsets(
            state, [&](std::uint32_t row, std::uint32_t key, std::uint8_t, NeedOrigin) { arisen.emplace(row, key); });
    }
    return arisen;
}

Onsets after(const Onsets& all_onsets, Day day) {
    Onsets later;
    std::copy_if(all_onsets.begin(), all_onsets.end(), std::inserter(later, later.end()),
                 [day](const auto& one) { return one.second >= request_key(day, 0, false, 0); });
    return later;
}

/// Everybody's conditions go on `on` and come back on `back`.
auto well_between(Day on, Day back) {
    return [on, back, before = std::vector<std::uint32_t>{}](NeighbourhoodState& state) mutable {
        if (state.today.day != on && state.today.day != back) return;
        for (std::uint32_t row = 0; row < state.people.rows(); ++row) state.will_change(row);
        if (state.today.day == on) {
            before = state.people.conditions;
            std::fill(state.people.conditions.begin(), state.people.conditions.end(), 0);
        } else {
            state.people.conditions = before;
        }
    };
}

TEST(OnsetBounds, RatesThatFallAndRiseAgainLeaveLaterOnsetsAsTheyWere) {
    const day::World world{reference::sized("scenarios/england-average/gp-led.toml", 5'000)};
    const Day until = to_day({2026, 4, 1});
    const Day on = to_day({2026, 1, 20});
    const Day back = to_day({2026, 2, 10});
    const Onsets constant = onsets_of(world, until, [](NeighbourhoodState&) {});
    const Onsets varying = onsets_of(world, until, well_between(on, back));
    ASSERT_FALSE(after(constant, back + 1).empty());
    EXPECT_EQ(after(constant, back + 1), after(varying, back + 1));
    EXPECT_TRUE(std::includes(constant.begin(), constant.end(), varying.begin(), varying.end()));
    EXPECT_LT(varying.size(), constant.size());
}

}  // namespace
}  // namespace segue
