#include "engine/model/front_door/front_door.hpp"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/need_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace segue::test {
namespace {

constexpr std::uint32_t people = 20'000;
const Day today = to_day({2026, 4, 1});

constexpr const char* cough = R"(
[needs.cough]
stream = 0
presents_share = 0.8
straight_to_ae_share = 0.1
[needs.cough.purposes]
today = { share = 0.3 }
this_week = { share = 0.7 }
[purposes]
today = { urgent = true }
this_week = { wanted_from_days = 2, wanted_to_days = 5 }
[needs.cough.roles.gp]
resolution = 1
)";

EnumArray<Role, bool> in_post(std::initializer_list<Role> roles) {
    EnumArray<Role, bool> some;
    for (const Role role : roles) some[role] = true;
    return some;
}

/// A door that leads to those in post.
class Door {
public:
    explicit Door(const std::string& text, std::initializer_list<Role> roles = {Role::gp})
        : scenario_{need_scenario(text)},
          kinds_{kinds_of(scenario_)},
          door_{scenario_, kinds_, in_post(roles), {0.6, 0.4}, problems_} {}
    const front_door::FrontDoor* operator->() const noexcept { return &door_; }
    [[nodiscard]] const Problems& problems() const noexcept { return problems_; }

private:
    Scenario scenario_;
    Kinds kinds_;
    Problems problems_;
    front_door::FrontDoor door_;
};

/// Somebody who asks today, at that place of their route.
RequestSlot ask(NeighbourhoodState& state, std::uint32_t row, std::uint8_t route_place = 0) {
    const RequestSlot slot = state.requests.open(row);
    state.requests[slot].key = request_key(today, 0, false, 0);
    state.requests[slot].route_place = route_place;
    state.today.asking.push_back(slot);
    return slot;
}

// 20,000 onsets by what becomes of them: chi-squared, false alarms 1e-6.
TEST(FrontDoor, SharesOutOnsetsByWhetherWhereAndHowSoonHelpIsSought) {
    const Door door{cough};
    NeighbourhoodState state = people_of_forty(people, today);
    for (std::uint32_t row = 0; row < people; ++row)
        door->receive(state, row, request_key(today, 0, false, 0), 0, NeedOrigin::onset);
    door->answer(state);
    const double never = static_cast<double>(state.tally.needs_unmet);
    const double at_ae = static_cast<double>(state.today.ae_arrivals.size());
    const double urgent = static_cast<double>(state.today.asking.size());
    const double booked = static_cast<double>(state.calendar.size());
    EXPECT_EQ(never + at_ae + urgent + booked, people);
    const double seek = 0.8 * people;
    EXPECT_LT(
        chi_squared({never, at_ae, urgent, booked}, {0.2 * people, 0.1 * seek, 0.9 * 0.3 * seek, 0.9 * 0.7 * seek}),
        chi_squared_limit(3));
    EXPECT_EQ(state.tally.needs_onset, people);
    EXPECT_EQ(state.tally.needs_met, static_cast<std::int64_t>(at_ae));  // A&E closes the need
    for (const RequestSlot slot : state.today.asking) EXPECT_EQ(state.requests[slot].priority, Priority::urgent);
}

TEST(FrontDoor, BooksTheOthersEvenlyOverTheDaysThatTheyMayWant) {
    const Door door{cough};
    NeighbourhoodState state = people_of_forty(people, today);
    for (std::uint32_t row = 0; row < people; ++row)
        door->receive(state, row, request_key(today, 0, false, 0), 0, NeedOrigin::onset);
    door->answer(state);
    std::vector<double> wanted(4, 0);
    state.calendar.for_each([&](const CalendarEntry& entry) {
        const Request& request = state.requests[entry.a];
        EXPECT_EQ(entry.due, Due::request);
        EXPECT_EQ(request.priority, Priority::booked);
        ++wanted.at(static_cast<std::size_t>(request.wanted - today - 2));
    });
    const double each = static_cast<double>(state.calendar.size()) / 4;
    EXPECT_LT(chi_squared(wanted, {each, each, each, each}), chi_squared_limit(3));  // false alarms 1e-6
}

TEST(FrontDoor, DecidesByThePersonAndTheNeedAndNotByTheTeam) {
    const Door gps{cough};
    const Door nurses{std::string{cough} + "[navigation]\nroles = [\"practice_nurse\"]\nerror_share = 0.5\n",
                      {Role::practice_nurse}};
    NeighbourhoodState one = people_of_forty(1000, today);
    NeighbourhoodState other = people_of_forty(1000, today);
    for (std::uint32_t row = 0; row < 1000; ++row) {
        gps->receive(one, row, request_key(today, 0, false, 0), 0, NeedOrigin::onset);
        nurses->receive(other, row, request_key(today, 0, false, 0), 0, NeedOrigin::onset);
    }
    EXPECT_EQ(one.today.asking, other.today.asking);
    EXPECT_EQ(one.tally.needs_unmet, other.tally.needs_unmet);
}

TEST(FrontDoor, AsksTheRolesOfARouteInTurnAndTheLastForGood) {
    const Door door{
        std::string{cough} + "[navigation.routes]\ncough = { roles = [\"pharmacist\", \"practice_nurse\", \"gp\"] }\n",
        {Role::gp, Role::pharmacist, Role::practice_nurse}};
    NeighbourhoodState state = people_of_forty(5, today);
    for (std::uint8_t place = 0; place < 5; ++place) ask(state, place, place);
    door->navigate(state);
    const std::vector<Role> turns{Role::pharmacist, Role::practice_nurse, Role::gp, Role::gp, Role::gp};
    ASSERT_EQ(state.today.joining.size(), 5U);
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(state.requests[state.today.joining[i]].role, turns[i]) << i;
}

TEST(FrontDoor, PassesOverRolesThatHaveNobodyInPost) {
    const Door door{std::string{cough} + "[navigation.routes]\ncough = { roles = [\"pharmacist\", \"gp\"] }\n"};
    EXPECT_EQ(door->route(0), std::vector<Role>{Role::gp});
}

TEST(FrontDoor, SendsANeedToTheFirstRoleOfItsRouteToWaitWhenNobodyOfItIsInPost) {
    const Door door{cough, {Role::pharmacist}};
    NeighbourhoodState state = people_of_forty(1, today);
    ask(state, 0);
    door->navigate(state);
    ASSERT_EQ(state.today.joining.size(), 1U);
    EXPECT_EQ(state.requests[state.today.joining[0]].role, Role::gp);
    EXPECT_EQ(state.requests.open_count(), 1U);
    ASSERT_EQ(door.problems().all().size(), 1U);
    EXPECT_EQ(door.problems().all()[0].severity, Severity::warning);
    EXPECT_NE(door.problems().all()[0].what.find("nobody in post on the route of needs.cough can meet it"),
              std::string::npos);
}

// Half of those who would seek help in the base, by their own uniforms: 20,000 x share, false alarms 1e-6.
TEST(FrontDoor, MovesTheThresholdOfSeekingHelpAndNobodysLuck) {
    std::string half{cough};
    half.replace(half.find("presents_share = 0.8"), 20, "presents_share = 0.5");
    const auto seeking = [&](double factor) {
        const Door door{half, {Role::gp}};
        NeighbourhoodState state = people_of_forty(people, today);
        if (factor != 1) state.presents_factor = {factor};
        for (std::uint32_t row = 0; row < people; ++row)
            door->receive(state, row, request_key(today, 0, false, 0), 0, NeedOrigin::onset);
        std::vector<bool> seeks(people, true);
        std::array<int, 2> moved{};
        for (const Event& event : state.events.events()) {
            if (event.kind == EventKind::need_unmet) seeks[event.row] = false;
            if (event.kind == EventKind::induced) ++moved[0];
            if (event.kind == EventKind::deterred) ++moved[1];
        }
        return std::pair{seeks, moved};
    };
    const auto [base, nobody_moved] = seeking(1);
    const auto [easier, induced] = seeking(1.2);
    const auto [harder, deterred] = seeking(0.8);
    EXPECT_EQ(nobody_moved, (std::array<int, 2>{0, 0}));
    int more = 0;
    int fewer = 0;
    for (std::uint32_t row = 0; row < people; ++row) {
        EXPECT_TRUE(easier[row] || !base[row]);
        EXPECT_TRUE(base[row] || !harder[row]);
        more += easier[row] && !base[row] ? 1 : 0;
        fewer += base[row] && !harder[row] ? 1 : 0;
    }
    EXPECT_EQ(induced, (std::array<int, 2>{more, 0}));
    EXPECT_EQ(deterred, (std::array<int, 2>{0, fewer}));
    EXPECT_NEAR(more, people * 0.1, deviate_limit() * std::sqrt(people * 0.1 * 0.9));
}

// Of 20,000, 30% are sent astray, evenly to the three in post, the right one among them: chi-squared, false alarms 1e-6.
TEST(FrontDoor, SendsAShareAstrayEvenlyToThoseInPost) {
    const Door door{std::string{cough} + "[navigation]\nerror_share = 0.3\n",
                    {Role::gp, Role::pharmacist, Role::link_worker}};
    NeighbourhoodState state = people_of_forty(people, today);
    for (std::uint32_t row = 0; row < people; ++row) ask(state, row);
    door->navigate(state);
    EnumArray<Role, double> sent;
    for (const RequestSlot slot : state.today.joining) ++sent[state.requests[slot].role];
    EXPECT_LT(chi_squared({sent[Role::gp], sent[Role::pharmacist], sent[Role::link_worker]},
                          {0.8 * people, 0.1 * people, 0.1 * people}),
              chi_squared_limit(2));
}

TEST(FrontDoor, RefusesARouteForNoKindOfNeed) {
    const Door door{std::string{cough} + "[navigation.routes]\ncoughs = { roles = [\"gp\"] }\n"};
    ASSERT_EQ(door.problems().all().size(), 1U);
    EXPECT_EQ(door.problems().all()[0].what, "navigation.routes.coughs is a route for no kind of need");
    EXPECT_EQ(door.problems().all()[0].advice, "did you mean \"cough\"?");
}

}  // namespace
}  // namespace segue::test
