/// \file
/// Referral clocks: from a referral to the first outpatient attendance and, for some, to treatment.
///
///   In     today.referrals, today.clocks_due, today.visits_due
///   Out    outpatient attendances, day cases and elective inpatients; why each clock stopped, and how long it ran; the
///          passing state of those who wait for treatment
///   Order  where a stage is limited: the longest clock first, then a keyed draw
///   Draws  by the referral's key and how often it has drawn: Purpose::outpatient_wait (wait, review, order),
///          outpatient_visit (missed; rebooked or what follows; when), consultant_referral, elective_stay
///   Holds  clocks started = stopped + running; Little's law over them
#pragma once
#include <tuple>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/model/hospital/hospital.hpp"
#include "engine/model/hospital/planned_care_parameters.hpp"
#include "engine/model/today.hpp"

namespace segue::hospital {

/// What planned care has done since the run began, for the self-checks.
struct ClockTotals {
    std::int64_t started{0};
    std::int64_t stopped{0};
    std::int64_t waiting_at_day_ends{0};  ///< clocks, summed over day ends
    std::int64_t days_waited_by_stopped{0};
};

/// An elective treatment, as money sees it.
struct Treatment {
    std::uint32_t row;
    ElectiveStay stay;
};

class PlannedCare {
public:
    /// \param waiting_is_a_state whoever waits for treatment is in the passing state awaiting_hospital
    PlannedCare(const PlannedCareParameters& parameters, bool waiting_is_a_state);

    /// Every clock of somebody who died or left the list stops today.
    void forget(NeighbourhoodState& state, std::uint32_t row);
    /// Reviews, attendances and treatments that are due, or that today's appointments reach; those who need a bed get
    /// it from `hospital`. Somebody who is in a bed today is seen later.
    void work(NeighbourhoodState& state, Hospital& hospital);
    /// Starts a clock for each of today's referrals.
    void start_clocks(NeighbourhoodState& state);
    /// A clock that has run for `waited_days` when the run begins, for the stage that it waits in.
    void place(NeighbourhoodState& state, const Referral& referral, WaitStage stage, std::int32_t waited_days);
    /// Counts who waits at the day's end.
    void close_day();

    [[nodiscard]] const std::vector<std::uint32_t>& attended_today() const noexcept { return attended_; }
    [[nodiscard]] const std::vector<Treatment>& treated_today() const noexcept { return treated_; }
    [[nodiscard]] std::int64_t waiting(WaitStage stage) const noexcept { return waiting_[stage]; }
    [[nodiscard]] std::int64_t waiting() const noexcept;
    [[nodiscard]] const ClockTotals& totals() const noexcept { return totals_; }
    /// Days so far of every clock that runs, the day's end included. [d]
    [[nodiscard]] std::int64_t days_so_far(Day today) const noexcept;
    [[nodiscard]] std::size_t bytes() const noexcept;  ///< that the clocks hold

private:
    using Slot = std::uint32_t;
    struct Clock {
        std::uint32_t key;     ///< *when* of its draws
        std::uint32_t serial;  ///< how often a clock of its slot has entered a stage: tells stale entries and places
        Day started;
        Day entered;     ///< the stage that it waits in
        Day held_since;  ///< the later of its start and the run's
        Day reviewed_out;
        std::uint32_t drawn;  ///< *block* of its next draw
        std::uint8_t need;
        WaitStage stage;
    };
    /// A place in a limited stage.
    struct Place {
        Day since;
        std::uint32_t tie;
        std::uint64_t person;
        Slot slot;
        std::uint32_t serial;
        /// Called later.
        friend bool operator>(const Place& a, const Place& b) noexcept {
            return std::tie(a.since, a.tie, a.person) > std::tie(b.since, b.tie, b.person);
        }
    };
    [[nodiscard]] Words draw(const NeighbourhoodState& state, Slot slot, Purpose purpose) const;
    Slot open(const NeighbourhoodState& state, const Referral& referral, Day started);
    void enter(NeighbourhoodState& state, Slot slot, WaitStage stage, Day since);
    void call_on(NeighbourhoodState& state, Slot slot, Day day);
    void stop(NeighbourhoodState& state, Slot slot, ClockStop reason);
    [[nodiscard]] bool has_a_clock(std::uint32_t row) const noexcept;
    [[nodiscard]] bool awaits_treatment(std::uint32_t row) const noexcept;
    void reach(NeighbourhoodState& state, Hospital& hospital, Slot slot);
    void attend(NeighbourhoodState& state, Slot slot);
    void treat(NeighbourhoodState& state, Hospital& hospital, Slot slot);
    void follow_up(NeighbourhoodState& state, std::uint32_t row, std::uint32_t key, std::uint32_t drawn,
                   std::uint8_t need, std::uint32_t which, std::uint32_t when);
    void see_follow_up(NeighbourhoodState& state, const CalendarEntry& entry);
    void serve(NeighbourhoodState& state, Hospital& hospital, WaitStage stage);
    [[nodiscard]] bool is_limited(WaitStage stage) const noexcept { return per_1000_week_[stage] > 0; }
    [[nodiscard]] bool is_current(Slot slot, std::uint32_t serial) const noexcept {
        return row_of_[slot] != nobody && clocks_[slot].serial == serial;
    }

    PlannedCareParameters parameters_;
    bool waiting_is_a_state_;
    EnumArray<WaitStage, double> per_1000_week_;
    EnumArray<WaitStage, double> called_per_day_;  ///< where it is not limited
    Chance missed_;
    Chance rebooked_;
    Chance discharged_;
    Chance discharged_or_listed_;
    Chance followed_up_after_treatment_;
    Chance followed_up_again_;
    Chance soon_;
    Chance day_case_;
    Chance refers_on_;
    double leaves_per_night_;  ///< an inpatient, beyond the first
    std::vector<Clock> clocks_;
    std::vector<std::uint32_t> row_of_;  ///< by slot; nobody: free. Apart, so that looking for a person is quick
    std::vector<Slot> free_;
    EnumArray<WaitStage, std::vector<Place>> places_;  ///< heaps
    EnumArray<WaitStage, std::int64_t> places_left_;   ///< of the day, carried over while somebody waits [1e-6]
    EnumArray<WaitStage, std::int64_t> waiting_;
    std::vector<Place> put_aside_;
    std::vector<std::uint32_t> attended_;
    std::vector<Treatment> treated_;
    ClockTotals totals_;
};

/// Clinics and theatres for planned care are open.
[[nodiscard]] bool is_clinic_day(Day day) noexcept;

}  // namespace segue::hospital
