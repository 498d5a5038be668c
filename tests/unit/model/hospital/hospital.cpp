#include "engine/model/hospital/hospital.hpp"

#include <gtest/gtest.h>

#include "tests/support/desk.hpp"

namespace segue::hospital {
namespace {

TEST(Hospital, HasThePublishedMeanStay) {
    // Parameters: 59% short, half of them with a night, the others 13.4 nights on average: 0.59 x 0.5 + 0.41 x 13.4 =
    // 5.79 nights. Over 100,000 admissions the standard error is about 9.6 / 316 = 0.030: five of them, 0.15, is a
    // false-alarm rate below 1e-6. (Stays of more than a year are cut: fewer than one in 1e12.)
    const test::Desk desk{1};
    NeighbourhoodState state = desk.state(1000);
    Kinds kinds;
    kinds.kinds.emplace_back();
    Hospital hospital{HospitalParameters{}};
    double nights = 0;
    for (std::uint32_t n = 0; n < 100; ++n) {
        state.events.start(state.today.day);
        for (std::uint32_t row = 0; row < 1000; ++row) state.today.admissions.push_back({row, n, 0, 0});
        hospital.receive(state, kinds);
        for (const Event& event : state.events.events()) {
            if (event.kind == EventKind::emergency_admission) nights += event.value;
        }
    }
    EXPECT_EQ(hospital.admissions(), 100'000);
    EXPECT_NEAR(nights / 100'000, 5.79, 0.15);
}

TEST(Hospital, SendsEverybodyHomeOnTheDayThatTheirNightsEnd) {
    const test::Desk desk{1};
    NeighbourhoodState state = desk.state(200);
    Kinds kinds;
    kinds.kinds.emplace_back();
    Hospital hospital{HospitalParameters{}};
    for (std::uint32_t row = 0; row < 200; ++row) state.today.admissions.push_back({row, 1, 0, 0});
    hospital.receive(state, kinds);
    std::vector<CalendarEntry> due;
    state.calendar.take(state.today.day, due);
    for (int day = 0; day < 400; ++day) {
        ++state.today.day;
        state.today.discharges.clear();
        state.calendar.take(state.today.day, state.today.discharges);
        hospital.discharge(state);
        EXPECT_EQ(hospital.admissions(), hospital.discharges() + hospital.in_a_bed());
    }
    EXPECT_EQ(hospital.in_a_bed(), 0);
}

TEST(Hospital, KeepsNobodyInABedWhoHasDied) {
    const test::Desk desk{1};
    NeighbourhoodState state = desk.state(200);
    Kinds kinds;
    kinds.kinds.emplace_back();
    Hospital hospital{HospitalParameters{}};
    for (std::uint32_t row = 0; row < 200; ++row) state.today.admissions.push_back({row, 1, 0, 0});
    hospital.receive(state, kinds);
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
