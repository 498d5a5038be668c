#include "engine/model/contact/contact.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/need_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace segue::test {
namespace {

const Day today = to_day({2026, 4, 1});
constexpr std::uint32_t people = 10'000;

/// A wound that a nurse heals in six of ten contacts, in a world where every loop of demand is on.
constexpr const char* wound = R"(
[contact]
handoff_loss_share = 0.1
handoff_in_days = 3
[attendance]
rebooks_share = 0.7
[needs.wound]
stream = 0
follow_up_share = 0.5
follow_up_from_days = 7
follow_up_to_days = 13
follow_ups_most = 2
returns_in_days = 10
returns_share = 0.8
outpatient_share = 0.05
admission_share = 0.02
medicine_share = 0.3
[needs.wound.roles.practice_nurse]
resolution = 0.6
)";

/// Everybody has a contact today; what comes of it is in the state afterwards.
class Clinic {
public:
    explicit Clinic(const std::string& more = {}, bool is_last_role = false, bool attended = true,
                    std::uint8_t follow_ups = 0)
        : scenario_{need_scenario(wound + more)},
          kinds_{kinds_of(scenario_)},
          aftercare_{scenario_},
          state{people_of_forty(people, today)} {
        for (std::uint32_t row = 0; row < people; ++row) {
            const RequestSlot slot = state.requests.open(row);
            Request& request = state.requests[slot];
            request.key = request_key(today - 5, 0, false, 0);
            request.asked = today - 5;
            request.wanted = today - 2;
            request.role = Role::practice_nurse;
            request.follow_ups = follow_ups;
            state.today.contacts.push_back(
                {slot, 100, Mode::face_to_face, attended, Seen::by_the_role, state.draw(request, Purpose::contact)});
        }
        std::vector<Role> route{Role::practice_nurse};
        if (!is_last_role) route.push_back(Role::gp);
        contact::conclude(state, kinds_, aftercare_, [&](std::uint8_t) -> const std::vector<Role>& { return route; });
        for (const Event& event : state.events.events()) ++events[event.kind];
        state.calendar.for_each([&](const CalendarEntry& entry) {
            const Request& request = state.requests[entry.a];
            EXPECT_EQ(entry.due, Due::request);
            EXPECT_TRUE(state.requests.is_current(entry.a, entry.b));
            EXPECT_EQ(request.asked, request.origin == RequestOrigin::returned ? request.wanted : today);
            EXPECT_GE(request.wanted, today + 1);
            ++again[request.origin];
            days.push_back(request.wanted - today);
        });
    }
    /// Every contact closes its need or leaves exactly one request; a follow-up is a need of its own.
    void expect_nothing_lost() const {
        EXPECT_EQ(state.requests.open_count(), state.calendar.size());
        EXPECT_EQ(people + state.tally.needs_derived,
                  state.tally.needs_met + state.tally.needs_unmet + static_cast<std::int64_t>(state.calendar.size()));
        EXPECT_EQ(state.tally.contacts_concluded, people);
        EXPECT_EQ(state.tally.minutes_recorded[MinuteUse::contacts], people * 100);
        EXPECT_TRUE(state.today.contacts.empty());
    }

private:
    Scenario scenario_;
    Kinds kinds_;
    contact::Aftercare aftercare_;

public:
    NeighbourhoodState state;
    EnumArray<EventKind, double> events;
    EnumArray<RequestOrigin, double> again;  ///< requests made, by why
    std::vector<std::int32_t> days;          ///< until they are wanted
};

/// A count out of `n` with a chance lies so near to its expectation, but for one in a million.
void expect_share(double count, double n, double chance) {
    EXPECT_NEAR(count, n * chance, deviate_limit() * std::sqrt(n * chance * (1 - chance)));
}

TEST(Contact, EndsTheNeedOrPassesItOnAndLosesNobodyFromTheCounts) {
    const Clinic clinic;
    clinic.expect_nothing_lost();
    expect_share(clinic.events[EventKind::need_met], people, 0.6);
    expect_share(clinic.again[RequestOrigin::follow_up], people, 0.6 * 0.5);
    expect_share(clinic.again[RequestOrigin::handoff], people, 0.4 * 0.9);
    expect_share(clinic.events[EventKind::need_unmet], people, 0.4 * 0.1);  // lost at the handoff
    EXPECT_EQ(clinic.again[RequestOrigin::returned], 0);
}

TEST(Contact, WithTheLastRoleOfARouteLetsTheNeedComeBackOrLeavesItUnmet) {
    const Clinic clinic{"", true};
    clinic.expect_nothing_lost();
    expect_share(clinic.again[RequestOrigin::returned], people, 0.4 * 0.8);
    expect_share(clinic.events[EventKind::need_unmet], people, 0.4 * 0.2);
    EXPECT_EQ(clinic.again[RequestOrigin::handoff], 0);
}

TEST(Contact, BringsFollowUpsOnPlannedDaysAndReturnsAfterAnExponentialTime) {
    const Clinic clinic{"[feedbacks]\nreturns = false\nhandoffs = false\n", true};
    std::vector<double> planned(7, 0);
    for (const std::int32_t day : clinic.days) ++planned.at(static_cast<std::size_t>(day - 7));
    const double each = static_cast<double>(clinic.days.size()) / 7;
    EXPECT_LT(chi_squared(planned, std::vector<double>(7, each)), chi_squared_limit(6));  // false alarms 1e-6
    const Clinic returning{"[feedbacks]\nfollow_ups = false\n", true};
    // One day and whole days of an exponential time of mean 10: the mean of the whole days is 1 / (e^0.1 - 1) = 9.508.
    Moments wait;
    for (const std::int32_t day : returning.days) wait.add(day);
    EXPECT_NEAR(wait.mean(), 1 + 1 / std::expm1(0.1), deviate_limit() * wait.standard_error());
}

TEST(Contact, ThatIsMissedIsBookedAgainWithinAWeekOrNot) {
    const Clinic clinic{"", false, false};
    clinic.expect_nothing_lost();
    EXPECT_EQ(clinic.events[EventKind::missed], people);
    EXPECT_EQ(clinic.events[EventKind::contact], 0);
    expect_share(clinic.again[RequestOrigin::rebooked], people, 0.7);
    expect_share(clinic.events[EventKind::need_unmet], people, 0.3);
    for (const std::int32_t day : clinic.days) EXPECT_TRUE(day >= 1 && day <= 7) << day;
    EXPECT_TRUE(clinic.state.today.prescriptions.empty());
}

TEST(Contact, LeadsToNoMoreFollowUpsThanTheKindAllows) {
    const Clinic clinic{"", true, true, 2};
    clinic.expect_nothing_lost();
    EXPECT_EQ(clinic.again[RequestOrigin::follow_up], 0);
    EXPECT_EQ(clinic.state.tally.needs_derived, 0);
}

TEST(Contact, RefersPrescribesAndAdmitsItsShares) {
    const Clinic clinic;
    expect_share(static_cast<double>(clinic.state.today.referrals.size()), people, 0.05);
    expect_share(static_cast<double>(clinic.state.today.admissions.size()), people, 0.02);
    expect_share(static_cast<double>(clinic.state.today.prescriptions.size()), people, 0.3);
}

TEST(Contact, TellsHowLongAgoItWasBookedAndWanted) {
    const Clinic clinic;
    for (const Event& event : clinic.state.events.events()) {
        if (event.kind != EventKind::contact) continue;
        EXPECT_EQ(event.lead, 5);
        EXPECT_EQ(event.delay, 2);
        EXPECT_EQ(event.value, 100);
    }
}

TEST(Contact, StretchesTheMeanTimeToTheNextContactByTheRatioWhileThereIsSomethingToStretch) {
    const double days = 14;
    const double other = 70;
    // The next of two exponential times comes after days x other / (days + other) on average; without the one, after other.
    const auto mean = [other](double share, double again) {
        return (1 - share) * other + share * again * other / (again + other);
    };
    for (const double share : {0.18, 0.25, 0.4}) {
        for (const double ratio : {1.0, 1.1, 1.169, 1.18}) {
            const contact::Recontact usual = contact::after_usual_clinician(share, days, other, ratio);
            EXPECT_LE(usual.share, share);
            if (usual.share > 0) {
                EXPECT_NEAR(mean(usual.share, usual.days), ratio * mean(share, days), 1e-9) << share << " " << ratio;
            }
        }
    }
    EXPECT_DOUBLE_EQ(contact::after_usual_clinician(0.3, days, other, 1).share, 0.3);
    EXPECT_EQ(contact::after_usual_clinician(0.05, days, other, 1.18).share, 0);  // no more than nobody comes again
}

/// Contacts with one clinician that all end their needs.
EnumArray<NeedOrigin, double> needs_after(Seen seen, const std::string& more) {
    const Scenario scenario = need_scenario(std::string{wound} + more);
    const Kinds kinds = kinds_of(scenario);
    const contact::Aftercare aftercare{scenario};
    NeighbourhoodState state = people_of_forty(people, today);
    for (std::uint32_t row = 0; row < people; ++row) {
        const RequestSlot slot = state.requests.open(row);
        Request& request = state.requests[slot];
        request.key = request_key(today - 5, 0, false, 0);
        request.role = Role::practice_nurse;
        request.follow_ups = 2;  // no more are planned
        state.today.contacts.push_back(
            {slot, 100, Mode::face_to_face, true, seen, state.draw(request, Purpose::contact)});
    }
    const std::vector<Role> route{Role::practice_nurse};
    contact::conclude(state, kinds, aftercare, [&](std::uint8_t) -> const std::vector<Role>& { return route; });
    EnumArray<NeedOrigin, double> needs;
    for (const Event& event : state.events.events()) {
        if (event.kind == EventKind::need) ++needs[static_cast<NeedOrigin>(event.what)];
    }
    return needs;
}

TEST(Contact, BringsPeopleAgainLessAfterTheirUsualClinicianAndNotWhenTheLoopIsOff) {
    const std::string recontact = "[continuity]\nnext_contact_ratio = 1.18\n";
    const double met = people * 0.6;
    expect_share(needs_after(Seen::by_another, recontact)[NeedOrigin::recontact], met, 0.18);
    expect_share(needs_after(Seen::by_usual_clinician, recontact)[NeedOrigin::recontact], met,
                 contact::after_usual_clinician(0.18, 14, 70, 1.18).share);
    EXPECT_EQ(needs_after(Seen::by_the_role, recontact)[NeedOrigin::recontact], 0);
    EXPECT_EQ(needs_after(Seen::by_another, "[feedbacks]\nrecontact = false\n")[NeedOrigin::recontact], 0);
}

TEST(Contact, OfOneSentAstrayPassesThemToWhereTheyShouldHaveGone) {
    const Scenario scenario = need_scenario(wound);
    const Kinds kinds = kinds_of(scenario);
    const contact::Aftercare aftercare{scenario};
    NeighbourhoodState state = people_of_forty(people, today);
    for (std::uint32_t row = 0; row < people; ++row) {
        const RequestSlot slot = state.requests.open(row);
        Request& request = state.requests[slot];
        request.key = request_key(today - 5, 0, false, 0);
        request.role = Role::pharmacist;  // cannot meet it
        state.today.contacts.push_back(
            {slot, 50, Mode::face_to_face, true, Seen::by_the_role, state.draw(request, Purpose::contact)});
    }
    const std::vector<Role> route{Role::practice_nurse};
    contact::conclude(state, kinds, aftercare, [&](std::uint8_t) -> const std::vector<Role>& { return route; });
    double passed_on = 0;
    state.calendar.for_each([&](const CalendarEntry& entry) {
        EXPECT_EQ(state.requests[entry.a].origin, RequestOrigin::wrong_role);
        EXPECT_EQ(state.requests[entry.a].route_place, 0);
        ++passed_on;
    });
    expect_share(passed_on, people, 0.9);  // the others are lost at the handoff
}

struct Loop {
    const char* name;
    RequestOrigin origin;
    bool is_last_role;
    bool attended;
};

class Feedbacks : public testing::TestWithParam<Loop> {};

// Each switch stops its own loop and leaves the others going.
TEST_P(Feedbacks, StopWhenSwitchedOff) {
    const Loop loop = GetParam();
    const std::string off = std::string{"[feedbacks]\n"} + loop.name + " = false\n";
    const Clinic on_clinic{"", loop.is_last_role, loop.attended};
    const Clinic off_clinic{off, loop.is_last_role, loop.attended};
    off_clinic.expect_nothing_lost();
    EXPECT_GT(on_clinic.again[loop.origin], 0);
    EXPECT_EQ(off_clinic.again[loop.origin], 0);
    EXPECT_EQ(off_clinic.events[EventKind::need_met],
              on_clinic.events[EventKind::need_met]);  // the same contacts end the same needs
}

INSTANTIATE_TEST_SUITE_P(OneByOne, Feedbacks,
                         testing::Values(Loop{"follow_ups", RequestOrigin::follow_up, false, true},
                                         Loop{"handoffs", RequestOrigin::handoff, false, true},
                                         Loop{"returns", RequestOrigin::returned, true, true},
                                         Loop{"rebooking", RequestOrigin::rebooked, false, false}),
                         [](const auto& tested) { return std::string{tested.param.name}; });

}  // namespace
}  // namespace segue::test
