#include "engine/model/hospital/planned_care.hpp"

#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "engine/core/math.hpp"
#include "engine/population/people.hpp"
#include "tests/support/alike.hpp"
#include "tests/support/statistics.hpp"

namespace segue::hospital {
namespace {

/// A hospital whose planned care is all there is.
class Clinic {
public:
    explicit Clinic(const PlannedCareParameters& parameters, std::uint32_t people = 20'000,
                    bool waiting_is_a_state = true)
        : state{test::people_alike(people)}, care{parameters, waiting_is_a_state}, ward{HospitalParameters{}, true} {}

    void refer(std::uint32_t row, std::uint32_t key = 1) {
        state.refer({row, key, 0, 0}, ReferralSource::contact, Role::gp);
    }
    void refer_everybody() {
        for (std::uint32_t row = 0; row < state.people.rows(); ++row) refer(row);
    }
    /// A day: what is due, then today's referrals.
    void live() {
        Today& today = state.today;
        for (auto* list : {&today.clocks_due, &today.visits_due, &today.discharges}) list->clear();
        state.calendar.take(today.day, [&today](const CalendarEntry& entry) {
            if (entry.due == Due::clock) today.clocks_due.push_back(entry);
            if (entry.due == Due::visit) today.visits_due.push_back(entry);
            if (entry.due == Due::discharge) today.discharges.push_back(entry);
        });
        ward.discharge(state);
        care.work(state, ward);
        care.start_clocks(state);
        care.close_day();
        ++today.day;
    }
    void live(int days) {
        for (int day = 0; day < days; ++day) live();
    }
    [[nodiscard]] std::map<std::uint8_t, int> counted(EventKind kind) const {
        std::map<std::uint8_t, int> counts;
        for (const Event& event : state.events.events()) {
            if (event.kind == kind) ++counts[event.what];
        }
        return counts;
    }
    [[nodiscard]] int stopped(ClockStop why) const { return of(counted(EventKind::clock_stopped), why); }
    template <class E>
    [[nodiscard]] static int of(std::map<std::uint8_t, int> counts, E what) {
        return counts[static_cast<std::uint8_t>(what)];
    }

    NeighbourhoodState state;
    PlannedCare care;
    Hospital ward;
};

/// Nobody misses, is reviewed out or referred on.
PlannedCareParameters orderly() {
    PlannedCareParameters p;
    p.missed_share = 0;
    p.reviewed_out_per_year = 0;
    p.consultant_referral_share = 0;
    return p;
}

/// Everybody is listed for treatment at their first attendance.
PlannedCareParameters all_listed() {
    PlannedCareParameters p = orderly();
    p.discharged_share = 0;
    p.listed_share = 1;
    p.first_wait = Days{2};
    return p;
}

void expect_share(int found, int of, double share) {
    const double spread = std::sqrt(share * (1 - share) / of);
    EXPECT_NEAR(static_cast<double>(found) / of, share, test::deviate_limit() * spread);
}

TEST(PlannedCare, EndsFirstAttendancesInThePublishedShares) {
    // HSCIC 2012/13: 32.0% discharged; listed as solved; the others are followed up.
    Clinic clinic{orderly()};
    clinic.refer_everybody();
    clinic.live(1000);
    const int people = 20'000;
    EXPECT_EQ(clinic.of(clinic.counted(EventKind::outpatient_attendance), Visit::first), people);
    expect_share(clinic.stopped(ClockStop::discharged), people, 0.32);
    expect_share(clinic.stopped(ClockStop::outpatient_care), people, 0.39);
    expect_share(clinic.stopped(ClockStop::treated) + static_cast<int>(clinic.care.waiting()), people, 0.29);
}

TEST(PlannedCare, HasSoManyFollowUpsToAFirstAttendance) {
    // From first attendances 0.39 are followed up, from treatments 0.29 x 0.7, and each follow-up is attended or rebooked:
    // of one that is booked, a = (1 - m) / (1 - m b) is attended in the end, and leads to q more. So the mean number
    // is (0.39 + 0.203) a / (1 - a q). Each person's number has a standard deviation below 5; 20,000 people, six of their
    // mean's standard errors of 0.035: a false-alarm rate below 1e-6 (and the last ones are cut off at 2,600 days).
    PlannedCareParameters p = orderly();
    p.missed_share = 0.062;
    p.missed_rebooked_share = 0.5;
    Clinic clinic{p};
    clinic.refer_everybody();
    clinic.live(2600);
    const auto attended = clinic.counted(EventKind::outpatient_attendance);
    const double firsts = clinic.of(attended, Visit::first);
    const double a = (1 - 0.062) / (1 - 0.062 * 0.5);
    const double expected = (0.39 + 0.29 * 0.7) * a / (1 - a * p.followed_up_again_share);
    EXPECT_NEAR(clinic.of(attended, Visit::follow_up) / firsts, expected, 0.21);
    EXPECT_NEAR(expected, 2.3, 0.1);  // the published ratio
}

TEST(PlannedCare, KeepsPeopleWaitingForTheMeanThatIsAsked) {
    // One day and a geometric number of mean 59, then on to a clinic day: 1 April 2026 plus so many days falls on a
    // weekend or bank holiday in about 2 of 7 and waits 1.5 d or so: 0 to 1.2 d more. Standard deviation 59.5 d over
    // 20,000 people: six standard errors are 2.5 d.
    PlannedCareParameters p = orderly();
    p.discharged_share = 1;
    p.listed_share = 0;
    Clinic clinic{p};
    clinic.refer_everybody();
    clinic.live(1020);
    double days = 0;
    for (const Event& event : clinic.state.events.events()) {
        if (event.kind == EventKind::clock_stopped) days += event.lead;
    }
    EXPECT_EQ(clinic.care.waiting(), 0);
    EXPECT_NEAR(days / 20'000, 60.5, 3.1);
}

TEST(PlannedCare, ReviewsOutAtTheRateThatIsAsked) {
    // Two constant rates race: of those who wait for their first appointment the share r / (r + c) is reviewed out, with
    // r = 2 a year and c = 1 / 59.5 d: 0.246. Six standard errors are 0.018, and closed days shift it by up to 0.01.
    PlannedCareParameters p = orderly();
    p.reviewed_out_per_year = 2;
    p.discharged_share = 1;
    p.listed_share = 0;
    Clinic clinic{p};
    clinic.refer_everybody();
    clinic.live(1020);
    EXPECT_NEAR(clinic.stopped(ClockStop::reviewed_out) / 20'000.0, 0.246, 0.03);
    EXPECT_EQ(clinic.stopped(ClockStop::reviewed_out) + clinic.stopped(ClockStop::discharged), 20'000);
}

TEST(PlannedCare, ServesALimitedClinicInTheOrderOfReferral) {
    // 1,000 people and 10 places a week are 2 a weekday. 3 are referred on each of ten days.
    PlannedCareParameters p = orderly();
    p.discharged_share = 1;
    p.listed_share = 0;
    p.first_attendances_per_1000_week = 10;
    Clinic clinic{p, 1000};
    for (std::uint32_t day = 0; day < 10; ++day) {
        for (std::uint32_t i = 0; i < 3; ++i) clinic.refer(day * 3 + i);
        clinic.live();
    }
    clinic.live(60);
    EXPECT_EQ(clinic.stopped(ClockStop::discharged), 30);
    std::map<Day, int> seen_on;
    std::uint32_t before = 0;
    for (const Event& event : clinic.state.events.events()) {
        if (event.kind != EventKind::outpatient_attendance) continue;
        const Day day = clinic.state.events.first_day() + event.day;
        EXPECT_TRUE(is_clinic_day(day));
        EXPECT_LE(++seen_on[day], 2);
        EXPECT_GE(event.row / 3, before);  // referred on a later day or the same
        before = event.row / 3;
    }
}

TEST(PlannedCare, LetsALimitedListGrowByWhatExceedsIt) {
    // 20 referrals on every day against 10 places a clinic day: what is left is the difference, exactly.
    PlannedCareParameters p = orderly();
    p.discharged_share = 1;
    p.listed_share = 0;
    p.first_attendances_per_1000_week = 2.5;
    Clinic clinic{p};
    std::uint32_t next = 0;
    int clinic_days = 0;
    for (int day = 0; day < 52 * 7; ++day) {
        if (day > 0 && is_clinic_day(clinic.state.today.day)) ++clinic_days;  // nobody waits on the first
        for (int i = 0; i < 20; ++i) clinic.refer(next++ % 20'000, static_cast<std::uint32_t>(day));
        clinic.live();
    }
    EXPECT_EQ(clinic.care.waiting(), 52 * 7 * 20 - 10 * clinic_days);
}

TEST(PlannedCare, LeavesTheEntriesOfALimitedClinicBehindOnTheWayToTreatment) {
    // Everybody is referred on one day, so that the clinic would look at all their clocks again on one day, 1,003 days
    // later. Whoever is listed by then (one in seven still waits) is called to treatment on a clinic day of their own:
    // at most 4 a day, three days' worth after a weekend.
    PlannedCareParameters p = all_listed();
    p.first_attendances_per_1000_week = 50;
    p.treatment_wait = Days{500};
    Clinic clinic{p, 1000};
    clinic.refer_everybody();
    clinic.live(1200);
    std::map<Day, int> treated_on;
    for (const Event& event : clinic.state.events.events()) {
        if (event.kind != EventKind::elective_admission) continue;
        const Day day = clinic.state.events.first_day() + event.day;
        EXPECT_TRUE(is_clinic_day(day));
        EXPECT_LT(++treated_on[day], 60);
    }
    EXPECT_EQ(clinic.stopped(ClockStop::treated), 1000);
}

TEST(PlannedCare, GivesNobodyTwoPlacesOfALimitedClinicOnOneDay) {
    // Everybody misses and is booked again, and places are more than enough: once a clinic day, and no oftener.
    PlannedCareParameters p = orderly();
    p.missed_share = 1;
    p.missed_rebooked_share = 1;
    p.first_attendances_per_1000_week = 50'000;
    Clinic clinic{p, 100};
    clinic.refer_everybody();
    std::map<std::pair<Day, std::uint32_t>, int> missed;
    clinic.live(30);
    for (const Event& event : clinic.state.events.events()) {
        if (event.kind != EventKind::outpatient_missed) continue;
        const std::pair seen{clinic.state.events.first_day() + event.day, event.row};
        EXPECT_EQ(++missed[seen], 1);
    }
    EXPECT_GT(missed.size(), 1500);
}

TEST(PlannedCare, KeepsEveryClockAndItsDays) {
    PlannedCareParameters p;
    p.treatments_per_1000_week = 3;
    Clinic clinic{p, 2000};
    for (int day = 0; day < 700; ++day) {
        for (std::uint32_t i = 0; i < 5; ++i)
            clinic.refer((static_cast<std::uint32_t>(day) * 5 + i) % 2000, static_cast<std::uint32_t>(day));
        if (day % 3 == 0) clinic.care.forget(clinic.state, static_cast<std::uint32_t>(day * 7 % 2000));
        clinic.live();
        const ClockTotals& totals = clinic.care.totals();
        ASSERT_EQ(totals.started, totals.stopped + clinic.care.waiting());
        ASSERT_EQ(totals.waiting_at_day_ends,
                  totals.days_waited_by_stopped + clinic.care.days_so_far(clinic.state.today.day - 1));
    }
    for (const ClockStop why : all<ClockStop>()) EXPECT_GT(clinic.stopped(why), 0) << name_of(why);
}

TEST(PlannedCare, StopsTheClocksOfWhoeverLeaves) {
    Clinic clinic{orderly(), 100};
    clinic.refer_everybody();
    clinic.live(5);
    for (std::uint32_t row = 0; row < 100; ++row) clinic.care.forget(clinic.state, row);
    EXPECT_EQ(clinic.care.waiting(), 0);
    EXPECT_GT(clinic.stopped(ClockStop::left_list), 80);
}

TEST(PlannedCare, PutsOffWhoeverIsInABed) {
    PlannedCareParameters p = orderly();
    p.first_wait = Days{2};
    Clinic clinic{p, 50};
    clinic.refer_everybody();
    clinic.live();
    for (std::uint32_t row = 0; row < 50; ++row) clinic.ward.keep(clinic.state, row, 30, AdmissionKind::emergency);
    clinic.live(28);
    EXPECT_EQ(clinic.of(clinic.counted(EventKind::outpatient_attendance), Visit::first), 0);
    clinic.live(60);
    EXPECT_EQ(clinic.of(clinic.counted(EventKind::outpatient_attendance), Visit::first), 50);
}

TEST(PlannedCare, GivesInpatientsABedForTheMeanStay) {
    // At least one night, geometric beyond: standard deviation sqrt(2 x 3) = 2.45 of about 2,850 stays: six standard
    // errors are 0.28.
    PlannedCareParameters p = all_listed();
    p.treatment_wait = Days{2};
    Clinic clinic{p};
    clinic.refer_everybody();
    clinic.live(120);
    const auto stays = clinic.counted(EventKind::elective_admission);
    expect_share(clinic.of(stays, ElectiveStay::day_case), 20'000, 0.858);
    double nights = 0;
    for (const Event& event : clinic.state.events.events()) {
        if (event.kind == EventKind::discharge) nights += event.value;
    }
    EXPECT_NEAR(nights / clinic.of(stays, ElectiveStay::inpatient), 3, 0.3);
    EXPECT_EQ(clinic.ward.in_a_bed(), 0);
}

TEST(PlannedCare, KnowsWhoAwaitsTreatmentUntilTheirLastTreatment) {
    // Two referrals each: by day 90 some were treated twice, some once, and a few never. The mean wait is 120 days.
    Clinic clinic{all_listed(), 2000};
    for (const std::uint32_t key : {1U, 2U}) {
        for (std::uint32_t row = 0; row < 2000; ++row) clinic.refer(row, key);
    }
    clinic.live(90);
    ASSERT_EQ(clinic.care.waiting(WaitStage::first_attendance), 0);
    std::vector<int> treated(2000, 0);
    for (const Event& event : clinic.state.events.events()) {
        if (event.kind == EventKind::elective_admission) ++treated[event.row];
    }
    std::vector<int> people(3, 0);
    for (std::uint32_t row = 0; row < 2000; ++row) {
        ++people[static_cast<std::size_t>(treated[row])];
        EXPECT_EQ(clinic.state.people.is(PersonRow{row}, Passing::awaiting_hospital), treated[row] < 2);
    }
    for (const int of_each : people) EXPECT_GT(of_each, 200);
}

TEST(PlannedCare, LeavesTheStateOfThoseWhoWaitAloneWhenSwitchedOff) {
    Clinic clinic{all_listed(), 100, false};
    clinic.refer_everybody();
    clinic.live(20);
    EXPECT_GT(clinic.care.waiting(WaitStage::treatment), 50);
    EXPECT_EQ(clinic.counted(EventKind::passing_begins).size(), 0U);
    EXPECT_TRUE(clinic.state.today.changed.empty());
}

}  // namespace
}  // namespace segue::hospital
