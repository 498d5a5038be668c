// The same luck: what does not differ between two runs makes no difference.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>

#include "engine/results/digest.hpp"
#include "engine/results/same.hpp"
#include "engine/run/run.hpp"
#include "tests/support/village.hpp"

namespace segue::test {
namespace {

std::string parted(const Results& a, const Results& b, std::optional<Day> before = {}) {
    return same(a, b, before).value_or("");
}

constexpr std::string_view fewer_from_july =
    "[[change]]\nname = \"fewer\"\non = 2026-07-01\nset = { \"team.roles.gp.wte\" = 0.9 }\n";

TEST(Twins, GiveTheSameNumbersOnAnyNumberOfThreads) {
    // Five places keep eight threads busy, even on a machine of fewer processors.
    const tbb::global_control threads_allowed{tbb::global_control::max_allowed_parallelism, 8};
    Village five = village();
    for (const char* name : {"a", "b", "c", "d", "e"})
        five = with(five, fmt::format("[[neighbourhood]]\nname = \"{}\"\nsize = 800\n", name));
    const auto made = world(five);
    const Results one = run::run_in_memory(*made, 0, 1, best_isa());
    for (const int threads : {2, 3, 8}) {
        const Results many = run::run_in_memory(*made, 0, threads, best_isa());
        EXPECT_EQ(parted(one, many), "") << threads;
        EXPECT_EQ(digest(one), digest(many)) << threads;
    }
}

TEST(Twins, GiveTheSameNumbersWithWhateverInstructionsTheProcessorHas) {
    const auto made = world(village());
    EXPECT_EQ(parted(run::run_in_memory(*made, 0, 1, Isa::scalar), run::run_in_memory(*made, 0, 1, best_isa())), "");
}

TEST(Twins, GiveTheSameNumbersUnderAnotherNameOfTheScenarioAndWithAnotherOutput) {
    const Results plain = run(village());
    Results more = run(
        with(village(),
             "[[output]]\nname = \"by_practice\"\nmeasure = \"contacts\"\nby = [\"practice\"]\nevery = \"week\"\n"));
    std::erase_if(more.variables, [](const Variable& one) { return one.name == "by_practice"; });
    std::erase_if(more.axes, [](const Axis& one) { return one.name == "practice"; });
    EXPECT_EQ(parted(plain, more), "");
}

TEST(Twins, DifferByReplicateAndBySeed) {
    const auto made = world(village());
    const Results first = run::run_in_memory(*made, 0, 1, best_isa());
    EXPECT_NE(total(first, "needs"), total(run::run_in_memory(*made, 1, 1, best_isa()), "needs"));
    EXPECT_NE(total(first, "needs"), total(run(with_value(village(), "run.seed=2")), "needs"));
}

TEST(Twins, AreEqualBeforeTheChangeThatPartsThem) {
    const Results plain = run(village());
    const Results changed = run(with(village(), fewer_from_july));
    const Day july = to_day({2026, 7, 1});
    EXPECT_EQ(parted(plain, changed, july), "");
    EXPECT_EQ(digest(plain, july), digest(changed, july));
    EXPECT_NE(digest(plain, to_day({2026, 8, 1})), digest(changed, to_day({2026, 8, 1})));
}

TEST(Twins, AChangeThatSetsWhatIsSetAlreadyChangesNothing) {
    const Results changed =
        run(with(village(), "[[change]]\nname = \"none\"\non = 2026-07-01\nset = { \"team.roles.gp.wte\" = 1.323 }\n"));
    EXPECT_EQ(parted(run(village()), changed), "");
}

/// Everything that was counted in one neighbourhood.
std::vector<std::vector<double>> of_neighbourhood(const Results& results, const std::string& name) {
    std::vector<std::vector<double>> counted;
    for (const Variable& variable : results.variables) {
        if (variable.name != "replicate_status")
            counted.push_back(cells(results, variable.name, {{"neighbourhood", name}}));
    }
    return counted;
}

constexpr std::string_view west = "[[neighbourhood]]\nname = \"west\"\nsize = 2000\n";
constexpr std::string_view east = "[[neighbourhood]]\nname = \"east\"\nsize = 2000\n";

TEST(Twins, ANeighbourhoodIsTheSameAloneOrBesideAnotherInEitherOrder) {
    const Results alone = run(with(village(), west));
    const Results before = run(with(with(village(), west), east));
    const Results after = run(with(with(village(), east), west));
    EXPECT_EQ(of_neighbourhood(alone, "west"), of_neighbourhood(before, "west"));
    EXPECT_EQ(of_neighbourhood(before, "west"), of_neighbourhood(after, "west"));
    EXPECT_EQ(of_neighbourhood(before, "east"), of_neighbourhood(after, "east"));
    EXPECT_NE(of_neighbourhood(before, "west"), of_neighbourhood(before, "east"));
}

TEST(Twins, AChangeInOneNeighbourhoodLeavesTheOtherUntouched) {
    const Results plain = run(two_villages());
    const Results changed = run(with(two_villages(),
                                     "[[change]]\nname = \"west alone\"\non = 2026-07-01\nwhere = [\"west\"]\n"
                                     "set = { \"team.roles.gp.wte\" = 0.9 }\n"));
    EXPECT_EQ(of_neighbourhood(plain, "east"), of_neighbourhood(changed, "east"));
    EXPECT_NE(of_neighbourhood(plain, "west"), of_neighbourhood(changed, "west"));
}

/// Everybody registered on the first morning, as rows of numbers.
std::vector<std::vector<std::uint64_t>> first_list(const day::World& world, std::uint32_t replicate) {
    const day::Neighbourhood made{world, NeighbourhoodRow{0}, Twin{world.run().seed, replicate}, best_isa()};
    const People& people = made.state().people;
    std::vector<std::vector<std::uint64_t>> list;
    for (std::size_t row = 0; row < people.rows(); ++row) {
        list.push_back({people.key[row], static_cast<std::uint64_t>(people.birth_day[row]), people.cell[row],
                        people.conditions[row], people.frailty_residence[row], people.traits[row], people.practice[row],
                        people.household[row], people.level_rank[row][0],
                        static_cast<std::uint64_t>(people.wellbeing_milli[row])});
    }
    return list;
}

TEST(Twins, FixedPeopleAreTheSameInEveryReplicateAndResampledOnesAreNot) {
    const auto fixed = world(with_value(village(), "run.people=fixed"));
    EXPECT_EQ(first_list(*fixed, 0), first_list(*fixed, 5));
    const auto resampled = world(village());
    EXPECT_NE(first_list(*resampled, 0), first_list(*resampled, 5));
    EXPECT_EQ(first_list(*resampled, 0), first_list(*fixed, 0));
}

TEST(Twins, FixedPeopleLiveOnTheirOwnWaysInEachReplicate) {
    const auto fixed = world(with_value(village(), "run.people=fixed"));
    const Results first = run::run_in_memory(*fixed, 0, 1, best_isa());
    const Results second = run::run_in_memory(*fixed, 1, 1, best_isa());
    EXPECT_NE(cells(first, "needs"), cells(second, "needs"));
    EXPECT_NE(cells(first, "deaths"), cells(second, "deaths"));
}

}  // namespace
}  // namespace segue::test
