// The engine against the plain reference: the same draws, so the same numbers on every day, whatever the engine does
// to be fast.
#include "bench/reference/reference.hpp"

#include <gtest/gtest.h>

#include "bench/reference/sized.hpp"
#include "engine/day/neighbourhood.hpp"

namespace segue {
namespace {

/// Runs both side by side and stops at the first day on which they differ.
void expect_the_same_days(const Scenario& scenario, int days) {
    const day::World world{scenario};
    const Twin twin{world.run().seed, 0};
    day::Neighbourhood engine{world, NeighbourhoodRow{0}, twin, best_isa()};
    reference::Members before = reference::members(engine.state());
    reference::Neighbourhood plain{world, twin, before};
    reference::Counts counts;
    std::size_t counted = 0;
    for (int day = 0; day < days; ++day) {
        const auto in_a_bed = reference::in_a_bed(engine.state());
        engine.advance();
        reference::Members now = reference::members(engine.state());
        reference::Morning morning = reference::morning(before, now);
        morning.in_a_bed = in_a_bed;
        plain.advance(morning);
        before = std::move(now);
        const std::vector<Event>& events = engine.state().events.events();
        reference::count({events.data() + counted, events.size() - counted}, counts);
        counted = events.size();
        ASSERT_EQ(counts.needs, plain.counts().needs) << "day " << day;
        ASSERT_EQ(counts.requests, plain.counts().requests) << "day " << day;
        ASSERT_EQ(counts.contacts, plain.counts().contacts) << "day " << day;
        ASSERT_EQ(counts.unmet, plain.counts().unmet) << "day " << day;
        ASSERT_EQ(counts, plain.counts()) << "day " << day;
    }
    ASSERT_GT(counts.needs[NeedOrigin::onset], 0);
}

TEST(Reference, AgreesWithTheEngineOnEveryDay) {
    expect_the_same_days(reference::sized("scenarios/england-average/gp-led.toml", 2'000), 500);
}

TEST(Reference, AgreesWhereRolesAreAskedDirectlyAndErrorsAreMade) {
    expect_the_same_days(
        reference::sized("scenarios/st-austell/primary-care-home.toml", 2'000, {"navigation.error_share=0.1"}), 300);
}

TEST(Reference, AgreesWhenTheTeamIsFarTooSmall) {
    expect_the_same_days(reference::sized("scenarios/england-average/gp-led.toml", 2'000, {"team.roles.gp.wte=0.4"}),
                         300);
}

TEST(Reference, AgreesWhereAllAreTriagedAndUrgentRequestsMayNotWait) {
    expect_the_same_days(
        reference::sized("scenarios/england-average/gp-led.toml", 2'000,
                         {"navigation.triage.channels=[\"telephone\", \"online\", \"in_person\"]",
                          "navigation.triage.most_minutes_share=0.3", "front_door.same_day_only=true",
                          "front_door.channels.online.daily_per_1000=1", "front_door.moved_online_share=0.5",
                          "navigation.direct=[\"pharmacist\", \"wounds\"]", "navigation.direct_share=0.5"}),
        300);
}

TEST(Reference, AgreesOnOvertime) {
    expect_the_same_days(
        reference::sized("scenarios/england-average/gp-led.toml", 2'000,
                         {"team.roles.gp.wte=0.6", "book.capacity=elastic", "book.overtime_share=0.2"}),
        300);
}

}  // namespace
}  // namespace segue
