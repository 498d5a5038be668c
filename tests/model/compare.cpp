// Arms of one village beside one another: what twins promise, and what a difference is made of.
#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/compare/attribution.hpp"
#include "engine/compare/comparison_results.hpp"
#include "engine/compare/staff_cost.hpp"
#include "engine/model/team_parameters.hpp"
#include "engine/results/digest.hpp"
#include "engine/run/run.hpp"
#include "engine/scenario/changed_parts.hpp"
#include "tests/support/village.hpp"

namespace segue::compare {
namespace {

class Silent : public run::Observer {
public:
    void progressed(double /*done*/, double /*all*/) override {}
    bool asks_to_stop() override { return false; }
};

HeadlineReader reader() {
    Problems problems;
    HeadlineReader made{headlines(), problems};
    problems.raise_if_any();
    return made;
}

std::unique_ptr<const day::World> arm(test::Village village) {
    const HeadlineReader outputs = reader();
    for (const std::string& one : outputs.overrides()) village.overrides.push_back(one);
    return test::world(village);
}

Arms arms_of(const test::Village& a, const test::Village& b) {
    std::vector<std::unique_ptr<const day::World>> worlds;
    worlds.push_back(arm(a));
    worlds.push_back(arm(b));
    return {std::move(worlds), reader()};
}

Comparison compared(const Arms& arms, int threads = 1, std::optional<Precision> precision = {}) {
    Silent silent;
    return compare(arms, {threads, best_isa(), precision}, silent);
}

std::size_t place_of(const std::string& headline) {
    const auto all_headlines = headlines();
    const auto found = std::find_if(all_headlines.begin(), all_headlines.end(),
                                    [&](const Headline& one) { return one.name() == headline; });
    return static_cast<std::size_t>(found - all_headlines.begin());
}

std::int64_t who_differ(const TwinCounts& counts) {
    return std::accumulate(counts.by_cause.begin(), counts.by_cause.end(), std::int64_t{0});
}

/// Two replicates of few people.
test::Village pair_of(test::Village village) { return test::with_value(std::move(village), "run.replicates=2"); }

const test::Village plain = pair_of(test::village());

double cost_of(const day::World& world, Role role) {
    return world.scenario().read<RoleParameters>({std::string{name_of(role)}}).cost_per_wte_year.value();
}

TEST(Comparison, OfANullChangeIsExactlyZeroEverywhere) {
    const Arms arms = arms_of(plain, plain);
    const Comparison made = compared(arms);
    for (const ReplicateComparison& one : made.replicates) {
        for (std::size_t i = 0; i < one.values[0].size(); ++i) {
            if (std::isfinite(one.values[0][i])) {
                EXPECT_EQ(one.values[1][i] - one.values[0][i], 0) << arms.headlines()[i].name();
            }
        }
        EXPECT_EQ(who_differ(one.twins[1]), 0);
        EXPECT_GT(one.twins[1].people, 3'000);
        EXPECT_EQ(one.twins[1].people_by_change, one.twins[0].people_by_change);
        for (const std::int64_t change : one.twins[1].sum_by_change) EXPECT_EQ(change, 0);
    }
}

TEST(Comparison, CountsEachPersonOnceByCauseAndOnceByChange) {
    const Arms arms = arms_of(plain, pair_of(test::one_more_gp_session(test::village())));
    const Comparison made = compared(arms);
    for (const ReplicateComparison& one : made.replicates) {
        const TwinCounts& twins = one.twins[1];
        EXPECT_GT(who_differ(twins), 100);
        EXPECT_LE(who_differ(twins), twins.people);
        EXPECT_GT(twins.by_cause[Cause::displaced], twins.by_cause[Cause::knock_on])
            << "more GPs move people up the queue first of all";
        const std::size_t a_measure = twins.people_by_change.size() / personal_measures().size();
        std::vector<std::int64_t> people;
        for (std::size_t m = 0; m < personal_measures().size(); ++m) {
            const auto from = twins.people_by_change.begin() + static_cast<std::ptrdiff_t>(m * a_measure);
            people.push_back(std::accumulate(from, from + static_cast<std::ptrdiff_t>(a_measure), std::int64_t{0}));
        }
        EXPECT_EQ(people, std::vector<std::int64_t>(people.size(), people.front()));
        EXPECT_LE(people.front(), twins.people);
    }
}

// What twins gain and lose one by one is what the outputs count in all.
TEST(Comparison, AddsUpToWhatTheOutputsCount) {
    const test::Village more = pair_of(test::one_more_gp_session(test::village()));
    const Comparison made = compared(arms_of(plain, more));
    const double before = test::total(test::run(plain), "contacts");
    const double after = test::total(test::run(more), "contacts");
    const TwinCounts& twins = made.replicates.front().twins[1];
    double change = 0;
    for (std::size_t segment = 0; segment < twins.segments; ++segment) {
        for (int fifth = 1; fifth <= deprivation_quintiles; ++fifth) {
            for (const Change one : all<Change>())
                change += static_cast<double>(twins.sum_by_change[twins.cell(2, segment, fifth, one)]);
        }
    }
    ASSERT_EQ(personal_measures()[2].name, "contacts");
    // But for the few who are on the list in one arm only.
    EXPECT_NEAR(change, after - before, 10);
    EXPECT_NE(change, 0);
}

TEST(Comparison, GivesTheSameDigestOnAnyNumberOfThreads) {
    const test::Village two = pair_of(test::two_villages());
    const Arms arms = arms_of(two, pair_of(test::one_more_gp_session(test::two_villages(), "west")));
    const std::string one = digest(to_results(arms, compared(arms, 1), nullptr));
    EXPECT_EQ(digest(to_results(arms, compared(arms, 2), nullptr)), one);
    EXPECT_EQ(digest(to_results(arms, compared(arms, 3), nullptr)), one);
}

TEST(Comparison, AddsReplicatesUntilItIsPreciseAndKeepsTheFirst) {
    const test::Village more = test::one_more_gp_session(test::village());
    const std::size_t contacts = place_of("contacts[role=gp]");
    const Arms arms = arms_of(plain, pair_of(more));
    const Comparison loose = compared(arms, 2, Precision{contacts, 0.5});
    ASSERT_EQ(loose.replicates.size(), least_replicates);
    const double half_width = paired_difference(loose, 1, contacts, 0.01).difference.half_width;
    const double share = 0.7 * half_width / interval_of(loose.values(0, contacts)).mean;
    const Comparison precise = compared(arms, 2, Precision{contacts, share});
    EXPECT_TRUE(precise.is_precise);
    EXPECT_GT(precise.replicates.size(), loose.replicates.size());
    EXPECT_LE(paired_difference(precise, 1, contacts, 0.01).difference.half_width,
              share * interval_of(precise.values(0, contacts)).mean);
    for (std::size_t i = 0; i < loose.replicates.size(); ++i) {
        EXPECT_EQ(precise.replicates[i].values[0][contacts], loose.replicates[i].values[0][contacts]);
        EXPECT_EQ(precise.replicates[i].values[1][contacts], loose.replicates[i].values[1][contacts]);
    }
}

TEST(Comparison, RefusesOtherPeopleAndAnotherSeedWhereTheyAreWritten) {
    const auto fault = [](const test::Village& other) {
        try {
            static_cast<void>(arms_of(plain, other));
        } catch (const ScenarioError& error) {
            return std::string{error.what()};
        }
        return std::string{"none"};
    };
    EXPECT_NE(fault(pair_of(test::with(test::village(), "[run]\nseed = 2\n"))).find("village.toml:4:8: run.seed is 2"),
              std::string::npos);
    EXPECT_NE(
        fault(pair_of(test::with(test::village(), "[population]\njoiners_per_1000_years = 60\n"))).find("joiners"),
        std::string::npos);
    EXPECT_NE(
        fault(pair_of(test::with(test::village(), "[[segment]]\nname = \"x\"\nwhen = \"age < 5\"\n"))).find("segment"),
        std::string::npos);
    EXPECT_NE(fault(pair_of(test::two_villages())).find("its neighbourhoods are not those of"), std::string::npos);
    EXPECT_NE(fault(test::village()).find("run.replicates is 1, and 2"), std::string::npos);
    EXPECT_EQ(fault(pair_of(test::one_more_gp_session(test::village()))), "none");
}

// A team's cost is linear in each role's WTE: the share of a role is its own WTE times its price.
TEST(Attribution, GivesEachRoleItsOwnCostAndAddsUpExactly) {
    const test::Village changed =
        pair_of(test::with(test::village(), "[team.roles]\ngp = { wte = 1.423 }\npractice_nurse = { wte = 0.704 }\n"));
    const Arms arms = arms_of(plain, changed);
    const Comparison comparison = compared(arms);
    Silent silent;
    const Attribution made = attribute(arms, comparison, {2, best_isa(), {}}, runs_by_default, silent);
    ASSERT_EQ(made.parts, (std::vector<std::string>{"team.roles.gp", "team.roles.practice_nurse"}));
    EXPECT_EQ(made.runs, 2U);
    const std::size_t cost = place_of("staff_cost_gbp");
    EXPECT_NEAR(made.shares[0][cost][0], 0.1 * cost_of(arms.first(), Role::gp), 0.02);
    EXPECT_NEAR(made.shares[0][cost][1], -0.1 * cost_of(arms.first(), Role::practice_nurse), 0.02);
    for (std::size_t replicate = 0; replicate < 2; ++replicate) {
        for (std::size_t i = 0; i < arms.headlines().size(); ++i) {
            const auto& values = comparison.replicates[replicate].values;
            if (!std::isfinite(values[0][i])) continue;
            EXPECT_EQ(made.shares[replicate][i][0] + made.shares[replicate][i][1], values[1][i] - values[0][i])
                << arms.headlines()[i].name();
        }
    }
}

TEST(Attribution, NeedsTwoArmsThatDiffer) {
    const Arms arms = arms_of(plain, plain);
    Silent silent;
    EXPECT_THROW(static_cast<void>(attribute(arms, compared(arms), {1, best_isa(), {}}, 8, silent)), ScenarioError);
}

TEST(ChangedParts, AllTogetherLiveAsTheOtherScenarioDoes) {
    const auto base = test::world(test::village());
    const auto other = test::world(
        test::with(test::one_more_gp_session(test::village()),
                   "[team.roles]\npharmacist = { wte = 0.5 }\n[navigation.routes]\nskin = { roles = [\"pharmacist\", "
                   "\"gp\"] }\n[needs.skin]\nonset_per_year = 0.4\n"));
    const std::vector<ChangedPart> parts = changed_parts(base->scenario(), other->scenario());
    std::vector<std::string> names;
    std::vector<const ChangedPart*> all_parts;
    for (const ChangedPart& part : parts) {
        names.push_back(part.name);
        all_parts.push_back(&part);
    }
    EXPECT_EQ(names, (std::vector<std::string>{"navigation", "needs.skin", "team.roles.pharmacist",
                                               "change.one more GP session"}));
    const auto lived = [](const Scenario& scenario) {
        return digest(run::run_in_memory(day::World{scenario}, 0, 1, best_isa()));
    };
    EXPECT_EQ(lived(with_parts(base->scenario(), other->scenario(), {})), lived(base->scenario()));
    EXPECT_EQ(lived(with_parts(base->scenario(), other->scenario(), all_parts)), lived(other->scenario()));
}

// Closed form: WTE now + difference in cost / price of one WTE.
TEST(EqualCost, IsSolvedInClosedForm) {
    const auto first = test::world(test::village());
    const auto more = test::world(test::one_more_gp_session(test::village()));
    Problems problems;
    const auto wte = equal_cost_wte(*first, *more, Role::practice_nurse, problems);
    ASSERT_TRUE(wte);
    const double gp = cost_of(*first, Role::gp);
    EXPECT_NEAR(wte->value(), 0.804 - 0.1 * gp / cost_of(*first, Role::practice_nurse), 1e-6);
    const auto equal = test::world(test::with_value(test::one_more_gp_session(test::village()),
                                                    fmt::format("team.roles.practice_nurse.wte={}", wte->value())));
    EXPECT_NEAR(staff_cost_per_year(*equal).value(), staff_cost_per_year(*first).value(), 0.02);
}

TEST(EqualCost, IsRefusedWhereARoleCannotMakeUpTheDifference) {
    const auto first = test::world(test::village());
    const auto more = test::world(test::one_more_gp_session(test::village(), {}, 3));
    const auto fault = [&](Role role) {
        Problems problems;
        EXPECT_FALSE(equal_cost_wte(*first, *more, role, problems));
        return to_string(problems.all().at(0));
    };
    EXPECT_NE(fault(Role::paramedic).find("GBP a year more than"), std::string::npos);
    EXPECT_NE(fault(Role::gp).find("one more would cost nothing"), std::string::npos) << "a change sets it for good";
}

}  // namespace
}  // namespace segue::compare
