#include "engine/model/hospital/hospital.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/alike.hpp"
#include "tests/support/statistics.hpp"

namespace segue::hospital {
namespace {

/// Everybody needs a bed today; `key` names the need that each has.
void admit_everybody(NeighbourhoodState& state, Hospital& hospital, std::uint32_t key) {
    Kinds kinds;
    kinds.kinds.emplace_back();
    for (std::uint32_t row = 0; row < state.people.rows(); ++row) state.today.admissions.push_back({row, key, 0, 0});
    hospital.receive(state, kinds);
}

/// Mean nights of 100,000 emergency admissions of people who are all this frail.
double mean_nights(Frailty frailty) {
    NeighbourhoodState state = test::people_alike(1000);
    for (std::uint32_t row = 0; row < 1000; ++row)
        state.people.set_frailty_residence(PersonRow{row}, frailty, Residence::own_home);
    Hospital hospital{HospitalParameters{}, true};
    double nights = 0;
    for (std::uint32_t n = 0; n < 100; ++n) {
        state.events.start(state.today.day);
        admit_everybody(state, hospital, n);
        for (const Event& event : state.events.events()) {
            if (event.kind == EventKind::emergency_admission) nights += event.value;
        }
        for (std::uint32_t row = 0; row < 1000; ++row) hospital.forget(state, row);
    }
    EXPECT_EQ(hospital.admissions(), 100'000);
    return nights / 100'000;
}

// 59% short, half of them with a night; the others 11.2 nights on average where fit, and 2.3 times that in severe
// frailty. Over 100,000 admissions the standard error is about 9.6 / 316 = 0.030 where fit and 0.070 in severe frailty:
// five of them is a false-alarm rate below 1e-6. (Stays of more than a year are cut: fewer than one in a million.)
TEST(Hospital, HasThePublishedMeanStayWithLongerOnesInFrailty) {
    EnumArray<Frailty, double> nights;
    for (const Frailty frailty : all<Frailty>()) nights[frailty] = mean_nights(frailty);
    EXPECT_NEAR(nights[Frailty::fit], 0.295 + 0.41 * 11.2, 0.15);
    EXPECT_NEAR(nights[Frailty::severe], 0.295 + 0.41 * 11.2 * 2.3, 0.35);
    // Admitted in the base: 63% fit, 19% mildly, 13% moderately, 5% severely frail. Published: 5.8, deaths included,
    // which end some stays and make about 0.1 less of these.
    const double mean = 0.628 * nights[Frailty::fit] + 0.189 * nights[Frailty::mild] +
                        0.129 * nights[Frailty::moderate] + 0.054 * nights[Frailty::severe];
    EXPECT_NEAR(mean, 5.9, 0.15);
}

TEST(Hospital, GivesNobodyASecondBed) {
    NeighbourhoodState state = test::people_alike(200);
    Hospital hospital{HospitalParameters{}, true};
    admit_everybody(state, hospital, 1);
    const std::int64_t kept = hospital.in_a_bed();
    ASSERT_GT(kept, 50);
    const std::int64_t before = hospital.admissions();
    admit_everybody(state, hospital, 2);
    EXPECT_EQ(hospital.admissions() - before, 200 - kept);
}

/// Everybody comes to A&E with something for which 30% need a bed, and which returns after a week or so.
NeighbourhoodState at_ae(double left_unseen_share, bool needs_return) {
    NeighbourhoodState state = test::people_alike(10'000);
    Kinds kinds;
    NeedKind& kind = kinds.kinds.emplace_back();
    kind.ae_admission = Chance{0.3};
    kind.returns = Chance{0.5};
    kind.parameters.returns_in = Days{7};
    for (std::uint32_t row = 0; row < state.people.rows(); ++row) state.today.ae_arrivals.push_back({row, 1, 0, 0});
    HospitalParameters parameters;
    parameters.left_unseen_share = left_unseen_share;
    Hospital hospital{parameters, needs_return};
    hospital.receive(state, kinds);
    return state;
}

std::int64_t with_outcome(const NeighbourhoodState& state, AeOutcome outcome) {
    const auto& events = state.events.events();
    return std::count_if(events.begin(), events.end(), [outcome](const Event& event) {
        return event.kind == EventKind::ae_attendance && event.what == static_cast<std::uint8_t>(outcome);
    });
}

TEST(AccidentAndEmergency, SomeLeaveBeforeTheyAreSeenAndHalfOfTheirNeedsReturn) {
    const NeighbourhoodState state = at_ae(0.2, true);
    const auto left = static_cast<double>(with_outcome(state, AeOutcome::left_unseen));
    EXPECT_LT(std::abs(left - 2000) / std::sqrt(10'000 * 0.2 * 0.8), test::deviate_limit());
    const auto admitted = static_cast<double>(with_outcome(state, AeOutcome::admitted));
    EXPECT_LT(std::abs(admitted - 0.24 * 10'000) / std::sqrt(10'000 * 0.24 * 0.76), test::deviate_limit());
    const auto back = static_cast<double>(state.tally.needs_derived);
    EXPECT_LT(std::abs(back - left / 2) / std::sqrt(left / 4), test::deviate_limit());
    EXPECT_EQ(state.requests.open_count(), static_cast<std::size_t>(state.tally.needs_derived));
}

TEST(AccidentAndEmergency, NobodyComesBackWhereNeedsDoNotReturn) {
    EXPECT_EQ(at_ae(0.2, false).tally.needs_derived, 0);
    EXPECT_EQ(with_outcome(at_ae(0, true), AeOutcome::left_unseen), 0);
}

TEST(Hospital, SendsEverybodyHomeOnTheDayThatTheirNightsEnd) {
    NeighbourhoodState state = test::people_alike(200);
    Hospital hospital{HospitalParameters{}, true};
    admit_everybody(state, hospital, 1);
    const auto discharge_today = [&state](const CalendarEntry& entry) { state.today.discharges.push_back(entry); };
    state.calendar.take(state.today.day, discharge_today);
    for (int day = 0; day < 400; ++day) {
        ++state.today.day;
        state.today.discharges.clear();
        state.calendar.take(state.today.day, discharge_today);
        hospital.discharge(state);
        EXPECT_EQ(hospital.admissions(), hospital.discharges() + hospital.in_a_bed());
    }
    EXPECT_EQ(hospital.in_a_bed(), 0);
}

TEST(Hospital, KeepsNobodyInABedWhoHasDied) {
    NeighbourhoodState state = test::people_alike(200);
    Hospital hospital{HospitalParameters{}, true};
    admit_everybody(state, hospital, 1);
    ASSERT_GT(hospital.in_a_bed(), 50);
    ++state.today.day;
    for (std::uint32_t row = 0; row < 200; ++row) hospital.forget(state, row);
    EXPECT_EQ(hospital.in_a_bed(), 0);
    EXPECT_EQ(hospital.admissions(), hospital.discharges());
    for (const Event& event : state.events.events()) {
        if (event.kind == EventKind::discharge) {
            EXPECT_LE(event.value, 1);
        }
    }
}

}  // namespace
}  // namespace segue::hospital
