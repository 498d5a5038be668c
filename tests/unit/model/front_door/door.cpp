// Who gets through, and what becomes of the others.
#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "engine/model/front_door/front_door.hpp"
#include "tests/support/need_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace segue::test {
namespace {

constexpr std::uint32_t people = 20'000;
const Day wednesday = to_day({2026, 4, 1});
const Day sunday = to_day({2026, 4, 5});

// Everybody with a cough telephones, in hours, and takes four minutes; an urgent need unless a test says otherwise.
constexpr const char* coughs = R"(
[needs.cough]
stream = 0
[needs.cough.purposes.today]
share = 1
[needs.cough.roles.gp]
resolution = 1
[needs.rash]
stream = 1
[needs.rash.purposes.in_three_days]
share = 1
[needs.rash.roles.gp]
resolution = 1
[purposes]
today = { urgent = true }
in_three_days = { wanted_from_days = 3, wanted_to_days = 3 }
[team.roles]
gp = { wte = 1 }
call_handler = { wte = 1 }
pharmacist = { wte = 1 }
[navigation.routes]
cough = { roles = ["gp", "pharmacist"] }
[front_door.channels.telephone]
share = 1
handling_minutes = 4
)";

constexpr const char* all_four = R"(
[front_door.channels.online]
share = 0.2
[front_door.channels.in_person]
share = 0.1
[front_door.channels.one_one_one]
share = 0.1
[front_door.channels.telephone]
)";

/// Text with a part of it replaced: TOML has each table once.
std::string with(std::string text, const std::string& part, const std::string& by) {
    const std::size_t place = text.find(part);
    EXPECT_NE(place, std::string::npos) << part;
    return text.replace(place, part.size(), by);
}

class Door {
public:
    explicit Door(const std::string& text) : scenario_{need_scenario(text)}, kinds_{kinds_of(scenario_)} {
        EnumArray<Role, bool> in_post;
        for (const Role role : all<Role>())
            in_post[role] = scenario_.read<TeamRoleParameters>({std::string{name_of(role)}}).wte.value() > 0;
        door_ = std::make_unique<front_door::FrontDoor>(scenario_, kinds_, in_post, std::vector<double>{1}, problems_);
    }
    const front_door::FrontDoor* operator->() const noexcept { return door_.get(); }
    [[nodiscard]] const std::vector<Problem>& problems() const noexcept { return problems_.all(); }

private:
    Scenario scenario_;
    Kinds kinds_;
    Problems problems_;
    std::unique_ptr<front_door::FrontDoor> door_;
};

/// Adults, half of whom (those in odd rows) can use online access, with so many minutes of a role at work today.
NeighbourhoodState at_the_door(std::uint32_t number, Day day, double call_minutes, double gp_minutes = 0) {
    NeighbourhoodState state = people_of_forty(number, day);
    for (std::uint32_t row = 1; row < number; row += 2) state.people.traits[row] = 1U << index(Trait::online_access);
    Lines lines;
    lines.practices = 1;
    std::vector<std::uint32_t> one_desk_each(lines.size() + 1);
    std::iota(one_desk_each.begin(), one_desk_each.end(), 0U);
    state.minutes.open(lines, one_desk_each);
    state.minutes.put(lines.of(0, Role::call_handler), tenths(Minutes{call_minutes}));
    state.minutes.put(lines.of(0, Role::gp), tenths(Minutes{gp_minutes}));
    return state;
}

void all_ask(NeighbourhoodState& state, const Door& door, std::uint8_t need = 0) {
    for (std::uint32_t row = 0; row < state.people.rows(); ++row)
        door->receive(state, row, request_key(state.today.day, need, false, 0), need, NeedOrigin::onset);
    door->answer(state);
}

/// Records of a kind, by one of their bytes.
std::vector<double> counted(const NeighbourhoodState& state, EventKind kind, std::uint8_t Event::*byte,
                            std::size_t size) {
    std::vector<double> counts(size, 0);
    for (const Event& event : state.events.events()) {
        if (event.kind == kind) ++counts.at(event.*byte);
    }
    return counts;
}

std::string told(const Door& door) {
    std::string text;
    for (const Problem& problem : door.problems()) text += problem.what + "\n";
    return text;
}

// 1,000 minutes answer 250 calls of four minutes, never more and never fewer while somebody rings.
TEST(Channels, AnswerAsManyAsTheirMinutesReachAndNoMore) {
    const Door door{coughs};
    NeighbourhoodState state = at_the_door(1000, wednesday, 1000);
    all_ask(state, door);
    EXPECT_EQ(state.today.asking.size(), 250U);
    EXPECT_EQ(state.tally.attempts, 1000);
    EXPECT_EQ(state.tally.answered, 250);
    EXPECT_EQ(state.tally.rebuffed, 750);
    EXPECT_EQ(state.minutes.spent()[MinuteUse::calls], 10'000);
    EXPECT_EQ(state.tally.minutes_recorded[MinuteUse::calls], 10'000);
}

TEST(Channels, LeaveTheMinutesThatTheConfigurationKeepsFromCalls) {
    const Door door{with(coughs, "[front_door.channels", "[front_door]\ncalls_most_share = 0.4\n[front_door.channels")};
    NeighbourhoodState state = at_the_door(1000, wednesday, 1000);
    all_ask(state, door);
    EXPECT_EQ(state.tally.answered, 100);
}

TEST(Channels, TakeMoreMinutesWhereCallHandlersNavigate) {
    const Door door{with(coughs, "[navigation.routes]",
                         "[front_door]\nnavigation_minutes = 1\n[navigation]\nby_call_handlers = true\n"
                         "[navigation.routes]")};
    NeighbourhoodState state = at_the_door(1000, wednesday, 1000);
    all_ask(state, door);
    EXPECT_EQ(state.tally.answered, 200);
}

TEST(Channels, TakeNoMinutesWhereCallHandlingIsSwitchedOff) {
    const Door door{with(coughs, "[front_door.channels", "[front_door]\ncall_handling = false\n[front_door.channels")};
    NeighbourhoodState state = at_the_door(1000, wednesday, 0);
    all_ask(state, door);
    EXPECT_EQ(state.tally.answered, 1000);
}

// Half of 20,000 get through: by tenth of row they are as many, chi-squared, false alarms 1e-6.
TEST(Channels, AnswerNobodyEarlierForTheirPlaceInTheList) {
    const Door door{coughs};
    NeighbourhoodState state = at_the_door(people, wednesday, 4.0 * people / 2);
    all_ask(state, door);
    std::vector<double> by_tenth(10, 0);
    for (const RequestSlot slot : state.today.asking) ++by_tenth[state.requests[slot].row / (people / 10)];
    const double variance_share = 0.5;  // those answered are drawn without replacement from all
    EXPECT_LT(chi_squared(by_tenth, std::vector<double>(10, people / 20.0)) / variance_share, chi_squared_limit(9));
}

// Chi-squared over channels, for those with and without online access, false alarms 1e-6 each.
TEST(Channels, AreChosenByShareAmongThoseThatThePersonCanUse) {
    const std::string text =
        with(with(coughs, "[front_door.channels.telephone]", all_four), "share = 1\nhandling", "share = 0.6\nhandling");
    const Door door{text};
    ASSERT_EQ(told(door), "");
    NeighbourhoodState state = at_the_door(people, wednesday, 1e6);
    all_ask(state, door);
    std::vector<double> with_access(5, 0);
    std::vector<double> without(5, 0);
    for (const Event& event : state.events.events()) {
        if (event.kind == EventKind::answered) ++(event.row % 2 == 1 ? with_access : without)[event.mode];
    }
    const double half = people / 2.0;
    EXPECT_LT(chi_squared({with_access[0], with_access[1], with_access[2], with_access[3]},
                          {0.6 * half, 0.2 * half, 0.1 * half, 0.1 * half}),
              chi_squared_limit(3));
    EXPECT_EQ(without[1], 0);
    EXPECT_LT(chi_squared({without[0], without[2], without[3]}, {0.75 * half, 0.125 * half, 0.125 * half}),
              chi_squared_limit(2));
}

// Steering moves half of telephone and desk; a ratio of 2 doubles the weight of online before that.
TEST(Channels, FollowTheNeedAndTheConfiguration) {
    const std::string text = with(with(coughs, "[front_door.channels.telephone]",
                                       std::string{"[front_door]\nmoved_online_share = 0.5\n"
                                                   "[front_door.channels.online.needs.cough]\nratio = 2\n"} +
                                           all_four),
                                  "share = 1\nhandling", "share = 0.6\nhandling");
    const Door door{text};
    const auto& channels = door->laws().channels;
    const auto at = [](double uniform_word) { return static_cast<std::uint32_t>(uniform_word * 0x1p32); };
    // Weights of a cough with access: telephone 0.6 / 2, online 0.4 + 0.7 / 2, in person 0.1 / 2, 111 0.1; sum 1.2.
    EXPECT_EQ(channels.of(0, true, at(0.3 / 1.2 - 0.001)), Channel::telephone);
    EXPECT_EQ(channels.of(0, true, at(0.3 / 1.2 + 0.001)), Channel::online);
    EXPECT_EQ(channels.of(0, true, at(1.05 / 1.2 - 0.001)), Channel::online);
    EXPECT_EQ(channels.of(0, true, at(1.05 / 1.2 + 0.001)), Channel::in_person);
    EXPECT_EQ(channels.of(0, true, at(0.999)), Channel::one_one_one);
    EXPECT_EQ(channels.of(0, false, at(0.74)), Channel::telephone);  // 0.6 of 0.8
    EXPECT_EQ(channels.of(0, false, at(0.76)), Channel::in_person);
}

TEST(Channels, TakeOnlineRequestsUpToTheDaysLimitOfAPractice) {
    const Door door{with(coughs, "[front_door.channels.telephone]\nshare = 1\nhandling_minutes = 4\n",
                         "[front_door.channels.online]\nshare = 1\ndaily_per_1000 = 25\n")};
    NeighbourhoodState state = at_the_door(2000, wednesday, 0);
    all_ask(state, door);
    const auto channels = counted(state, EventKind::answered, &Event::mode, 5);
    EXPECT_EQ(channels[index(Channel::online)], 50);
    EXPECT_EQ(counted(state, EventKind::turned_away, &Event::what, 3)[index(Rebuff::nothing_today)], 950);
}

// With online access and nothing open but the form, everybody has a channel; without, nobody.
TEST(Channels, LeaveOutThoseWhoCanUseNoneThatIsOpen) {
    const Door door{with(coughs, "[front_door.channels.telephone]\nshare = 1\nhandling_minutes = 4\n",
                         "[front_door.channels.online]\nshare = 1\n[front_door.channels.telephone]\nopen = false\n"
                         "[front_door.channels.in_person]\nopen = false\n")};
    NeighbourhoodState state = at_the_door(1000, wednesday, 0);
    all_ask(state, door);
    EXPECT_EQ(state.tally.answered, 500);
    EXPECT_EQ(counted(state, EventKind::turned_away, &Event::what, 3)[index(Rebuff::closed)], 500);
}

TEST(Closed, TurnsUrgentRequestsAwayAndLetsTheOthersAskWhenItOpens) {
    const Door door{coughs};
    NeighbourhoodState state = at_the_door(100, sunday, 0);
    all_ask(state, door, 0);
    EXPECT_EQ(counted(state, EventKind::turned_away, &Event::what, 3)[index(Rebuff::closed)], 100);
    all_ask(state, door, 1);
    EXPECT_EQ(state.tally.attempts, 100);  // nobody tries on a Sunday for what can wait
    std::size_t on_tuesday = 0;            // Monday is a bank holiday
    state.calendar.for_each([&](const CalendarEntry& entry) {
        const Request& request = state.requests[entry.a];
        EXPECT_EQ(request.asked, sunday + 2);
        if (request.need == 1) ++on_tuesday;
    });
    EXPECT_EQ(on_tuesday, 100U);
}

// The default of after.* is that all try again.
TEST(TurnedAway, TriesAgainOnTheNextOpenDayAsTheSameNeed) {
    const Door door{coughs};
    NeighbourhoodState state = at_the_door(1, wednesday, 0);
    all_ask(state, door);
    ASSERT_EQ(state.calendar.size(), 1U);
    state.calendar.for_each([&](const CalendarEntry& entry) {
        const Request& request = state.requests[entry.a];
        EXPECT_EQ(request.origin, RequestOrigin::repeated);
        EXPECT_EQ(request.asked, wednesday + 1);
        EXPECT_EQ(request.wanted, wednesday);  // delay counts from the day that was wanted
        EXPECT_EQ(request.priority, Priority::urgent);
        EXPECT_TRUE(front_door::is_at_the_door(request, wednesday + 1));
    });
    EXPECT_EQ(state.tally.needs_onset, 1);
}

constexpr const char* recourses = R"([front_door.after.no_answer_urgent]
again_tomorrow_share = 0.3
waits_share = 0.1
pharmacy_share = 0.2
one_one_one_share = 0.2
accident_and_emergency_share = 0.15
gives_up_share = 0.05
[front_door.services.community_pharmacy]
ends_share = 0.7
urgent_share = 0.1
routine_share = 0.2
[front_door.services.one_one_one]
ends_share = 0.2
urgent_share = 0.2
routine_share = 0.1
out_of_hours_share = 0.3
ambulance_share = 0.1
accident_and_emergency_share = 0.1
[front_door.channels.telephone])";

// 20,000 whom nobody answers, by what they do and what comes of it: chi-squared, false alarms 1e-6.
TEST(TurnedAway, SharesOutWhatPeopleDoAndWhatComesOfIt) {
    const Door door{with(coughs, "[front_door.channels.telephone]", recourses)};
    ASSERT_EQ(told(door), "");
    NeighbourhoodState state = at_the_door(people, wednesday, 0);
    all_ask(state, door);
    const double n = people;
    EXPECT_LT(chi_squared(counted(state, EventKind::turned_away, &Event::role, count_of<Recourse>),
                          {0.3 * n, 0.1 * n, 0.2 * n, 0.2 * n, 0.15 * n, 0.05 * n}),
              chi_squared_limit(5));
    const auto services = counted(state, EventKind::urgent_contact, &Event::what, count_of<UrgentService>);
    EXPECT_LT(chi_squared(services, {0.2 * n, 0.2 * n, 0.06 * n, 0.02 * n}), chi_squared_limit(4));
    EXPECT_EQ(static_cast<double>(state.today.urgent_contacts.size()),
              services[0] + services[1] + services[2] + services[3]);
    // A&E: 0.15 by themselves, 0.2 x 0.2 by 111; met: those, and 0.2 x 0.7 + 0.2 x 0.5; gave up 0.05; the rest comes back.
    const auto at_ae = static_cast<double>(state.today.ae_arrivals.size());
    const auto met = static_cast<double>(state.tally.needs_met);
    const auto unmet = static_cast<double>(state.tally.needs_unmet);
    const auto back = static_cast<double>(state.calendar.size());
    EXPECT_EQ(met + unmet + back, n);
    EXPECT_LT(chi_squared({at_ae, met - at_ae, unmet, back}, {0.19 * n, 0.24 * n, 0.05 * n, 0.52 * n}),
              chi_squared_limit(3));
}

TEST(TurnedAway, GivesUpWhereNobodyMayRepeatAndStaysUnmetWhereNobodyIsSentBack) {
    const Door door{std::string{"[feedbacks]\nrepeats = false\nsent_back = false\n"} +
                    with(coughs, "[front_door.channels.telephone]", recourses)};
    NeighbourhoodState state = at_the_door(people, wednesday, 0);
    all_ask(state, door);
    EXPECT_EQ(state.calendar.size(), 0U);
    const auto reasons = counted(state, EventKind::need_unmet, &Event::what, count_of<UnmetReason>);
    const double n = people;
    EXPECT_LT(chi_squared({reasons[index(UnmetReason::turned_away)], reasons[index(UnmetReason::unresolved)]},
                          {0.45 * n, 0.12 * n}),
              chi_squared_limit(2));
}

// A need that heals at 0.1 a day has healed by tomorrow with 1 - exp(-0.1): a deviate, false alarms 1e-6.
TEST(TurnedAway, HealsMeanwhileAtTheRateOfTheNeed) {
    const Door door{with(coughs, "stream = 0\n", "stream = 0\nheals_in_days = 10\n")};
    NeighbourhoodState state = at_the_door(people, wednesday, 0);
    all_ask(state, door);
    const double share = 1 - std::exp(-0.1);
    const double sd = std::sqrt(people * share * (1 - share));
    EXPECT_LT(std::abs(static_cast<double>(state.tally.needs_unmet) - share * people) / sd, deviate_limit());
}

TEST(NothingToday, IsHeardByThoseWhomTheDayDidNotReach) {
    const Door door{with(coughs, "[front_door.channels.telephone]",
                         "[front_door.after.nothing_today_urgent]\nagain_tomorrow_share = 0\nwaits_share = 1\n"
                         "[front_door.channels.telephone]")};
    NeighbourhoodState state = at_the_door(10, wednesday, 1000);
    all_ask(state, door);
    state.today.told_nothing = state.today.asking;
    door->send_away(state);
    EXPECT_TRUE(state.today.told_nothing.empty());
    EXPECT_EQ(state.calendar.size(), 10U);
    state.calendar.for_each([&](const CalendarEntry& entry) {
        const Request& request = state.requests[entry.a];
        EXPECT_EQ(request.priority, Priority::routine);  // they took a later appointment
        EXPECT_FALSE(front_door::is_at_the_door(request, wednesday + 1));
    });
}

constexpr const char* triage = R"([navigation.triage]
channels = ["telephone"]
most_minutes_share = 0.5
[triage.gp]
minutes = 4
ends_share = 0.3
error_share = 0.2
[front_door.channels.telephone])";

// 8,000 of the GPs' 16,000 minutes triage 2,000 of 3,000 who are answered, and end 30% of these.
TEST(Triage, SpendsItsShareOfTheRolesMinutesAndEndsAShareOfNeeds) {
    const Door door{with(coughs, "[front_door.channels.telephone]", triage)};
    ASSERT_EQ(told(door), "");
    NeighbourhoodState state = at_the_door(3000, wednesday, 12'000, 16'000);
    all_ask(state, door);
    const auto outcomes = counted(state, EventKind::triaged, &Event::what, 2);
    EXPECT_EQ(outcomes[0] + outcomes[1], 2000);
    EXPECT_EQ(counted(state, EventKind::turned_away, &Event::what, 3)[index(Rebuff::nothing_today)], 1000);
    EXPECT_EQ(state.tally.minutes_recorded[MinuteUse::triage], 80'000);
    EXPECT_LT(std::abs(outcomes[1] - 600) / std::sqrt(2000 * 0.3 * 0.7), deviate_limit());
    EXPECT_EQ(static_cast<double>(state.tally.needs_met), outcomes[1]);
    EXPECT_EQ(static_cast<double>(state.today.asking.size()), outcomes[0]);
    EXPECT_TRUE(state.today.referrals.empty());
}

TEST(Triage, RefersOfTheNeedsThatItEndsAsAContactWould) {
    const Door door{with(with(coughs, "[front_door.channels.telephone]", triage), "[needs.cough]\nstream = 0\n",
                         "[needs.cough]\nstream = 0\noutpatient_share = 1\n")};
    ASSERT_EQ(told(door), "");
    NeighbourhoodState state = at_the_door(3000, wednesday, 12'000, 16'000);
    all_ask(state, door);
    const auto outcomes = counted(state, EventKind::triaged, &Event::what, 2);
    EXPECT_GT(outcomes[1], 0);
    EXPECT_EQ(static_cast<double>(state.today.referrals.size()), outcomes[1]);
}

TEST(Triage, IsOfTheKindsThatTheConfigurationNames) {
    const Door door{with(coughs, "[front_door.channels.telephone]",
                         with(triage, "[\"telephone\"]\n", "[\"telephone\"]\nneeds = [\"rash\"]\n"))};
    NeighbourhoodState state = at_the_door(100, wednesday, 1000, 1000);
    all_ask(state, door, 0);
    EXPECT_EQ(state.minutes.spent()[MinuteUse::triage], 0);
    all_ask(state, door, 1);
    EXPECT_GT(state.minutes.spent()[MinuteUse::triage], 0);
}

// A fifth of 20,000 is sent astray evenly to the three in post: 2/15 to others than the GP.
TEST(Triage, HasItsOwnErrors) {
    const Door door{
        with(with(coughs, "[front_door.channels.telephone]", triage), "ends_share = 0.3", "ends_share = 0")};
    NeighbourhoodState state = at_the_door(people, wednesday, 1e6, 1e6);
    all_ask(state, door);
    door->navigate(state);
    double astray = 0;
    for (const RequestSlot slot : state.today.joining) astray += state.requests[slot].role == Role::gp ? 0 : 1;
    const double share = 2.0 / 15;
    EXPECT_LT(std::abs(astray - share * people) / std::sqrt(share * (1 - share) * people), deviate_limit());
}

TEST(Direct, LetsThoseWithOnlineAccessBookARoleThemselves) {
    const Door door{with(coughs, "[navigation.routes]",
                         "[navigation]\ndirect = [\"pharmacist\"]\nerror_share = 1\n[navigation.routes]")};
    NeighbourhoodState state = at_the_door(1000, wednesday, 0);
    all_ask(state, door);
    EXPECT_EQ(counted(state, EventKind::answered, &Event::mode, 5)[index(Channel::direct)], 500);
    EXPECT_EQ(state.tally.rebuffed, 500);  // the others ring, and nobody answers
    door->navigate(state);
    for (const RequestSlot slot : state.today.joining) EXPECT_EQ(state.requests[slot].role, Role::pharmacist);
    EXPECT_EQ(state.today.joining.size(), 500U);
}

TEST(FrontDoorLaws, RefuseSharesThatDoNotAddUp) {
    EXPECT_EQ(told(Door{with(coughs, "share = 1\nhandling", "share = 0.8\nhandling")}),
              "the shares of channels add up to 0.8\n");
    EXPECT_EQ(
        told(Door{with(coughs, "[front_door.channels.telephone]",
                       "[front_door.after.no_answer]\nagain_tomorrow_share = 0.5\n[front_door.channels.telephone]")}),
        "the shares of front_door.after.no_answer add up to 0.5\n");
    EXPECT_EQ(
        told(Door{with(coughs, "[front_door.channels.telephone]",
                       "[front_door.services.one_one_one]\nurgent_share = 0.5\n[front_door.channels.telephone]")}),
        "the shares of front_door.services.one_one_one add up to 1.5\n");
}

TEST(FrontDoorLaws, RefuseChannelsThatNeverOpenAndThatNobodyAnswers) {
    EXPECT_EQ(told(Door{with(coughs, "share = 1\nhandling", "share = 1\nweekday_hours_share = 0\nhandling")}),
              "front_door.channels.telephone never opens\nno channel of the practice is ever open, so nobody could ask "
              "it for care\n");
    EXPECT_EQ(told(Door{with(coughs, "share = 1\nhandling", "share = 1\nopen = false\nhandling")}),
              "no channel of the practice is ever open, so nobody could ask it for care\n");
    EXPECT_EQ(told(Door{with(coughs, "call_handler = { wte = 1 }\n", "")}),
              "team.roles.call_handler.wte is 0, so nobody answers the telephone or the door\n");
    EXPECT_EQ(told(Door{with(coughs, "[navigation.routes]",
                             "[navigation.triage]\nchannels = [\"telephone\"]\nrole = \"paramedic\"\n"
                             "[navigation.routes]")}),
              "paramedic triages, and nobody of that role is in post\n");
}

TEST(FrontDoorLaws, RefuseNamesThatAreNone) {
    const Door door{with(coughs, "[navigation.routes]",
                         "[navigation]\ndirect = [\"coughs\"]\n[navigation.triage]\nneeds = "
                         "[\"rashes\"]\n[front_door.channels.telephone.needs.rush]\nratio = 2\n"
                         "[navigation.routes]")};
    ASSERT_EQ(door.problems().size(), 3U);
    EXPECT_EQ(door.problems()[0].what, "front_door.channels.telephone.needs.rush is for no kind of need");
    EXPECT_EQ(door.problems()[0].advice, "did you mean \"rash\"?");
    EXPECT_EQ(door.problems()[1].what, "navigation.triage.needs names \"rashes\", which is no kind of need");
    EXPECT_EQ(door.problems()[1].advice, "did you mean \"rash\"?");
    EXPECT_EQ(door.problems()[2].what, "navigation.direct names \"coughs\", which is unknown");
    EXPECT_EQ(door.problems()[2].advice, "did you mean \"cough\"?");
}

}  // namespace
}  // namespace segue::test
