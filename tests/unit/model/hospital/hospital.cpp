#include "engine/model/hospital/hospital.hpp"

#include <gtest/gtest.h>

#include "tests/support/alike.hpp"

namespace segue::hospital {
namespace {

/// Everybody needs a bed today; `key` names the need that each has.
void admit_everybody(NeighbourhoodState& state, Hospital& hospital, std::uint32_t key) {
    Kinds kinds;
    kinds.kinds.emplace_back();
    for (std::uint32_t row = 0; row < state.people.rows(); ++row) state.today.admissions.push_back({row, key, 0, 0});
    hospital.receive(state, kinds);
}

TEST(Hospital, HasThePublishedMeanStay) {
    // Parameters: 59% short, half of them with a night, the others 13.4 nights on average: 0.59 x 0.5 + 0.41 x 13.4 =
    // 5.79 nights. Over 100,000 admissions the standard error is about 9.6 / 316 = 0.030: five of them, 0.15, is a
    // false-alarm rate below 1e-6. (Stays of more than a year are cut: fewer than one in 1e12.)
    NeighbourhoodState state = test::people_alike(1000);
    Hospital hospital{HospitalParameters{}};
    double nights = 0;
    for (std::uint32_t n = 0; n < 100; ++n) {
        state.events.start(state.today.day);
        admit_everybody(state, hospital, n);
        for (const Event& event : state.events.events()) {
            if (event.kind == EventKind::emergency_admission) nights += event.value;
        }
    }
    EXPECT_EQ(hospital.admissions(), 100'000);
    EXPECT_NEAR(nights / 100'000, 5.79, 0.15);
}

TEST(Hospital, SendsEverybodyHomeOnTheDayThatTheirNightsEnd) {
    NeighbourhoodState state = test::people_alike(200);
    Hospital hospital{HospitalParameters{}};
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
    Hospital hospital{HospitalParameters{}};
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
