// Social prescribing in the whole day: what it may change in people, and what it may not.
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>

#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>

#include "engine/core/math.hpp"
#include "engine/results/digest.hpp"
#include "engine/run/run.hpp"
#include "tests/support/village.hpp"

namespace segue::test {
namespace {

/// \param prescribing more lines of [prescribing], and tables after them
Village referring(Village plain, const std::string& prescribing = "", const std::string& link_workers = "0.4") {
    return with(
        with_value(std::move(plain), "team.roles.link_worker.wte=" + link_workers),
        "[navigation.routes]\nsocial_need = { roles = [\"gp\"] }\n[prescribing]\noffered = true\n" + prescribing);
}

using Record = std::array<std::uint32_t, 5>;

/// Records of these kinds, in their order: day, row, kind, what, need.
std::vector<Record> records(const day::Neighbourhood& lived, std::initializer_list<EventKind> kinds) {
    std::vector<Record> found;
    for (const Event& event : lived.state().events.events()) {
        const bool derived =
            event.kind == EventKind::need && event.what != static_cast<std::uint8_t>(NeedOrigin::onset);
        if (!derived && std::find(kinds.begin(), kinds.end(), event.kind) != kinds.end())
            found.push_back(
                {event.day, event.row, static_cast<std::uint32_t>(index(event.kind)), event.what, event.need});
    }
    return found;
}

std::vector<Record> life_of(const day::Neighbourhood& lived) {
    return records(lived, {EventKind::need, EventKind::birth, EventKind::death, EventKind::join, EventKind::leave,
                           EventKind::condition_onset});
}

std::vector<Record> stages_of(const day::Neighbourhood& lived) { return records(lived, {EventKind::referral_stage}); }

TEST(Prescribing, LeavesLifeAndNeedsOfEverybodyAsTheyWereWithMoreLinkWorkersAndNoEffect) {
    const auto few = lived_through(*world(referring(village(), "", "0.05")));
    const auto more = lived_through(*world(referring(village(), "", "1.6")));
    EXPECT_EQ(life_of(*few), life_of(*more));
    EXPECT_GT(life_of(*few).size(), 5000U);
    EXPECT_LT(stages_of(*few).size(), stages_of(*more).size());
}

TEST(Prescribing, LeavesLifeAndNeedsOfEverybodyAsTheyWereWhereItIsNotOffered) {
    const auto with_it = lived_through(*world(referring(village())));
    const auto without = lived_through(*world(with_value(referring(village()), "prescribing.offered=false")));
    EXPECT_EQ(life_of(*with_it), life_of(*without));
    EXPECT_TRUE(stages_of(*without).empty());
}

TEST(Prescribing, GivesTheSameNumbersOnAnyNumberOfThreadsAndWithAnyInstructions) {
    const tbb::global_control threads_allowed{tbb::global_control::max_allowed_parallelism, 2};
    const std::string every_model =
        "evidence = \"observational\"\n[uptake]\noffer = [\"referrers\", \"threshold\", \"knowledge\"]\n"
        "accept = [\"equity\", \"diffusion\", \"motivation\"]\n[uptake.threshold]\noffer_above_share = 1\n"
        "[uptake.knowledge]\noffer_share = 1\nat_start = 0.5\n[uptake.referrers]\nmean_logit = 2\n";
    const auto made = world(referring(two_villages(), every_model));
    const Results one = run::run_in_memory(*made, 0, 1, Isa::scalar);
    EXPECT_EQ(digest(one), digest(run::run_in_memory(*made, 0, 2, best_isa())));
    EXPECT_GT(total(one, "referrals", {{"referral_stage", "activity_started"}}), 0);
}

TEST(Prescribing, KeepsItsSelfChecksWhenPeopleGoAndPlacesAreFew) {
    const Village crowded =
        with_value(referring(village(), "offered_again_after_days = 30\n"), "uptake.referrers.mean_logit=3");
    const auto lived = lived_through(*world(crowded));
    for (const day::SelfCheck& check : day::self_checks(lived->audit()))
        EXPECT_TRUE(check.held) << check.name << ": " << check.finding;
    EXPECT_GT(lived->audit().link_worker_list.waiting, 20);
}

// ---- Effects ---------------------------------------------------------------------------------------------------------

constexpr std::string_view effect_on_needs =
    "evidence = \"strong\"\n[prescribing.effects.strong]\ntreated = \"referred\"\nneed_ratio = 0.5\nfull_after_days = "
    "0\n"
    "lasts_days = 1000\n";

TEST(Prescribing, OnlyTakesNeedsAwayFromTheTreated) {
    const auto none = lived_through(*world(referring(village())));
    const auto strong = lived_through(*world(referring(village(), std::string{effect_on_needs})));
    std::vector<Record> before = records(*none, {EventKind::need});
    std::vector<Record> after = records(*strong, {EventKind::need});
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    EXPECT_TRUE(std::includes(before.begin(), before.end(), after.begin(), after.end()));
    std::vector<Record> gone;
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
    EXPECT_GT(gone.size(), 10U);
    // Nobody loses a need before their referral is accepted.
    std::map<std::uint32_t, std::uint32_t> accepted;
    for (const Record& one : stages_of(*strong)) {
        if (one[3] == index(ReferralStage::accepted)) accepted.emplace(one[1], one[0]);
    }
    for (const Record& one : gone) {
        ASSERT_EQ(accepted.count(one[1]), 1U);
        EXPECT_GT(one[0], accepted.at(one[1]));
    }
}

TEST(Prescribing, MovesWellbeingAndUtilityByTheClosedForm) {
    // Needs are as they were, so that the two runs differ in these stocks alone. Each of the engaged counts from their third
    // contact or the start of an activity; nobody is low or high enough to reach an end of either scale by so little.
    const std::string small =
        "evidence = \"small\"\n[prescribing.effects.small]\nlife_satisfaction = 0.01\nutility = -0.002\nloneliness = "
        "-0.3\n"
        "full_after_days = 40\nlasts_days = 30\nhalf_life_days = 60\n";
    const std::string output =
        "[[output]]\nname = \"loneliness\"\nmeasure = \"loneliness_change\"\nevery = \"month\"\n";
    const auto made = world(referring(village(), small));
    const auto lived = lived_through(*made);
    const Day last = made->span().last;
    std::map<std::uint32_t, int> contacts;
    std::map<std::uint32_t, int> engaged_on;
    for (const Event& event : lived->state().events.events()) {
        const bool by_contact = event.kind == EventKind::contact &&
                                event.role == static_cast<std::uint8_t>(Role::link_worker) &&
                                ++contacts[event.row] == 3;
        const bool by_activity = event.kind == EventKind::referral_stage &&
                                 event.what == static_cast<std::uint8_t>(ReferralStage::activity_started);
        if (by_contact || by_activity) engaged_on.emplace(event.row, event.day);
        if (event.kind == EventKind::death || event.kind == EventKind::leave) {
            engaged_on.erase(event.row);
            contacts.erase(event.row);
        }
    }
    ASSERT_GT(engaged_on.size(), 10U);
    double satisfaction = 0;
    double utility = 0;
    double loneliness = 0;
    for (const auto& [row, day] : engaged_on) {
        const int days = last - lived->state().events.first_day() - day;
        const double strength = days < 40 ? days / 40.0 : days <= 70 ? 1 : math::exp(-std::log(2.0) * (days - 70) / 60);
        satisfaction += static_cast<double>(std::llround(10 * strength)) / 1000;
        utility += static_cast<double>(std::llround(-2000 * strength)) / 1e6;
        loneliness += static_cast<double>(std::llround(-300 * strength)) / 1000;
    }
    const Results plain = run(referring(village(), output));
    const Results treated = run(referring(village(), small + output));
    const auto moved = [&](const char* stock) { return cells(treated, stock).back() - cells(plain, stock).back(); };
    EXPECT_NEAR(moved("wellbeing"), satisfaction, 1e-6);
    EXPECT_NEAR(moved("utility"), utility, 1e-6);
    EXPECT_NEAR(moved("loneliness"), loneliness, 1e-6);
    EXPECT_EQ(cells(plain, "needs"), cells(treated, "needs"));
}

}  // namespace
}  // namespace segue::test
