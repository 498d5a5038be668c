// People who wait when the results begin: how many, who, for how long; and what a scenario may not ask for.
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "engine/core/errors.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/village.hpp"

namespace segue::test {
namespace {

constexpr const char* a_backlog = R"([backlog.gp]
people = 400
need = "minor_acute"
waited_days = [10, 20, 60]
shares = [0.25, 0.75]
[backlog.treatment]
people = 300
need = "musculoskeletal"
[backlog.first_attendance]
people = 500
need = "skin"
)";

/// A neighbourhood on the evening before the results begin.
day::Neighbourhood on_the_eve(const day::World& world) {
    day::Neighbourhood lived{world, NeighbourhoodRow{0}, Twin{3, 0}, best_isa()};
    while (lived.today() + 1 < world.span().first) lived.advance();
    return lived;
}

const day::Backlog& named(const day::World& world, const std::string& name) {
    return *std::find_if(world.backlogs().begin(), world.backlogs().end(),
                         [&](const day::Backlog& one) { return one.name() == name; });
}

std::string problems_with(const std::string& text) {
    try {
        const auto made = world(with(village(), text));
    } catch (const ScenarioError& error) {
        return error.what();
    }
    return {};
}

TEST(Backlog, FillsUpToTheStatedNumberAndInOrderOfTheWait) {
    const auto made = world(with(village(), a_backlog));
    day::Neighbourhood lived = on_the_eve(*made);
    const std::int64_t before = lived.book().waiting(Role::gp);
    const std::int64_t left_before = lived.state().tally.lines_left;
    const std::int64_t clocks_before = lived.audit().clocks.joined;
    const std::size_t told = lived.state().events.events().size();
    lived.advance();
    const auto& events = lived.state().events.events();
    std::int64_t added = 0;
    std::int64_t referred = 0;
    for (std::size_t i = told; i < events.size(); ++i) {
        if (events[i].kind == EventKind::outpatient_referral) ++referred;
        if (events[i].kind == EventKind::need && events[i].what == static_cast<std::uint8_t>(NeedOrigin::backlog))
            ++added;
    }
    // A few leave the line that very morning, and are made up for too.
    EXPECT_GE(added, 400 - before);
    EXPECT_LE(added, 400 - before + lived.state().tally.lines_left - left_before);
    const std::int64_t placed = lived.audit().clocks.joined - clocks_before - referred;
    EXPECT_GT(placed, 500);
    EXPECT_LE(placed, 800);
    // Those who still wait stand in the order of how long ago they asked.
    std::map<std::uint16_t, std::map<std::uint32_t, Day>> lines;
    for (std::uint32_t row = 0; row < lived.state().people.rows(); ++row) {
        for (RequestSlot slot = lived.state().requests.first_of(row); slot != no_request;
             slot = lived.state().requests[slot].next) {
            const Request& request = lived.state().requests[slot];
            if (request.in_line && request.priority == Priority::routine)
                lines[request.line][request.position] = request.asked;
        }
    }
    std::size_t longest = 0;
    for (const auto& [line, people] : lines) {
        longest = std::max(longest, people.size());
        Day last = people.begin()->second;
        for (const auto& [position, asked] : people) {
            EXPECT_LE(last, asked) << line << " at " << position;
            last = asked;
        }
    }
    EXPECT_GT(longest, 50U);
}

TEST(Backlog, HasTheStatedProfileAndEachPersonOnce) {
    const auto made = world(with(village(), a_backlog));
    const day::Neighbourhood lived = on_the_eve(*made);
    const auto waiters = day::draw_backlog(named(*made, "gp"), 1'000, made->rates(), lived.state());
    std::set<std::uint32_t> people;
    double shorter = 0;
    double sum = 0;
    for (const day::Waiter& one : waiters) {
        people.insert(one.row);
        EXPECT_GE(one.waited_days, 10);
        EXPECT_LT(one.waited_days, 60);
        if (one.waited_days < 20) ++shorter;
        sum += one.waited_days;
    }
    EXPECT_EQ(people.size(), 1'000U);
    EXPECT_LT(std::abs(shorter - 250) / std::sqrt(1'000 * 0.25 * 0.75), deviate_limit());
    // Whole days, even between the edges: 14.5 and 39.5 on average. Their standard deviation is below 16.
    EXPECT_NEAR(sum / 1'000, 0.25 * 14.5 + 0.75 * 39.5, deviate_limit() * 16 / std::sqrt(1'000));
}

TEST(Backlog, OfMorePeopleHoldsThoseOfFewer) {
    const auto made = world(with(village(), a_backlog));
    const day::Neighbourhood lived = on_the_eve(*made);
    const auto few = day::draw_backlog(named(*made, "treatment"), 50, made->rates(), lived.state());
    const auto more = day::draw_backlog(named(*made, "treatment"), 60, made->rates(), lived.state());
    ASSERT_EQ(more.size(), 60U);
    for (std::size_t i = 0; i < few.size(); ++i) {
        EXPECT_EQ(few[i].row, more[i].row);
        EXPECT_EQ(few[i].waited_days, more[i].waited_days);
    }
    EXPECT_TRUE(day::draw_backlog(named(*made, "treatment"), -5, made->rates(), lived.state()).empty());
}

TEST(Backlog, IsOfThoseWhoCanHaveTheNeed) {
    const auto made = world(with(village(), "[backlog.gp]\npeople = 5\nneed = \"maternity\"\n"));
    const day::Neighbourhood lived = on_the_eve(*made);
    for (const day::Waiter& one : day::draw_backlog(made->backlogs().front(), 5, made->rates(), lived.state())) {
        EXPECT_GT(made->rates().rate(RateBasis::of(lived.state().people, one.row),
                                     lived.state().people.level_rank[one.row], made->backlogs().front().stream),
                  0);
    }
    EXPECT_THROW((void)day::draw_backlog(made->backlogs().front(), 2'900, made->rates(), lived.state()), ScenarioError);
}

TEST(Backlog, IsRefusedWhereItCannotBe) {
    EXPECT_NE(problems_with("[backlog.gp]\npeople = 3_001\nneed = \"skin\"\n")
                  .find("backlog.gp.people is 3001, and the list of"),
              std::string::npos);
    EXPECT_NE(problems_with("[backlog.gp]\npeople = 10\nneed = \"skinn\"\n").find("did you mean \"skin\"?"),
              std::string::npos);
    EXPECT_NE(problems_with("[backlog.gp]\npeople = 10\n").find("does not say what its people need"),
              std::string::npos);
    EXPECT_NE(
        problems_with("[backlog.call_handler]\npeople = 10\nneed = \"skin\"\n").find("which that role cannot meet"),
        std::string::npos);
    const std::string ten = "[backlog.gp]\npeople = 10\nneed = \"skin\"\n";
    EXPECT_NE(problems_with(ten + "shares = [0.3, 0.3, 0.3]\n").find("backlog.gp.shares add up to 0.9; expected 1"),
              std::string::npos);
    EXPECT_NE(problems_with(ten + "shares = [0.5, 0.5]\n").find("has 4 edges and shares for 3"), std::string::npos);
    EXPECT_NE(problems_with(ten + "waited_days = [0, 50, 20, 70]\n").find("do not rise"), std::string::npos);
    EXPECT_NE(problems_with("[backlog.gps]\npeople = 10\nneed = \"skin\"\n").find("did you mean"), std::string::npos);
    EXPECT_EQ(problems_with(ten), "");
}

}  // namespace
}  // namespace segue::test
