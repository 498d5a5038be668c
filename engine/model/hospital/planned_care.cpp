#include "engine/model/hospital/planned_care.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "engine/core/memory.hpp"
#include "engine/rng/quantiles.hpp"

namespace segue::hospital {
namespace {

constexpr std::int32_t never = 100'000;                                     // days; longer than any run
constexpr std::int32_t reach_of_calendar = DayCalendar::horizon_days - 20;  // a weekend or Easter is added to it
constexpr std::int32_t put_off_days = 7;                                    // of an appointment of somebody in a bed
constexpr std::int64_t one_place = 1'000'000;

/// Whole days, at least one, of this mean: geometric.
std::int32_t days_of_mean(double per_day, std::uint32_t word) noexcept {
    return 1 + waiting_days(per_day, word, reach_of_calendar - 1);
}

/// The rate at which `days_of_mean` have this mean. [1/d]
double rate_beyond_first_day(Days mean) noexcept { return rate_of_waiting(mean.value() - 1); }

Day next_clinic(Day day) noexcept {
    while (!is_clinic_day(day)) ++day;
    return day;
}

}  // namespace

bool is_clinic_day(Day day) noexcept { return index(weekday(day)) < 5 && !is_bank_holiday(day); }

PlannedCare::PlannedCare(const PlannedCareParameters& parameters, bool waiting_is_a_state)
    : parameters_{parameters},
      waiting_is_a_state_{waiting_is_a_state},
      missed_{parameters.missed_share},
      rebooked_{parameters.missed_rebooked_share},
      discharged_{parameters.discharged_share},
      discharged_or_listed_{parameters.discharged_share + parameters.listed_share},
      followed_up_after_treatment_{parameters.followed_up_after_treatment_share},
      followed_up_again_{parameters.followed_up_again_share},
      soon_{parameters.follow_up_soon_share},
      day_case_{parameters.day_case_share},
      refers_on_{parameters.consultant_referral_share},
      leaves_per_night_{rate_beyond_first_day(parameters.inpatient_stay)} {
    per_1000_week_[WaitStage::first_attendance] = parameters.first_attendances_per_1000_week;
    per_1000_week_[WaitStage::treatment] = parameters.treatments_per_1000_week;
    called_per_day_[WaitStage::first_attendance] = rate_beyond_first_day(parameters.first_wait);
    called_per_day_[WaitStage::treatment] = rate_beyond_first_day(parameters.treatment_wait);
}

Words PlannedCare::draw(const NeighbourhoodState& state, Slot slot, Purpose purpose) const {
    const Clock& clock = clocks_[slot];
    return Draws{state.twin, PersonKey{state.people.key[row_of_[slot]]}, purpose, clock.key}.words(clock.drawn);
}

PlannedCare::Slot PlannedCare::open(const NeighbourhoodState& state, const Referral& referral, Day started) {
    if (free_.empty()) {
        make_room(clocks_);
        make_room(row_of_);
        free_.push_back(static_cast<Slot>(clocks_.size()));
        clocks_.emplace_back();
        row_of_.push_back(nobody);
    }
    const Slot slot = free_.back();
    free_.pop_back();
    row_of_[slot] = referral.row;
    clocks_[slot] = {.key = referral.key,
                     .serial = clocks_[slot].serial,
                     .started = started,
                     .entered = state.today.day,
                     .held_since = state.today.day,
                     .reviewed_out = state.today.day,
                     .drawn = std::uint32_t{referral.attempts} << 16U,
                     .need = referral.need,
                     .stage = WaitStage::first_attendance};
    ++totals_.started;
    return slot;
}

void PlannedCare::start_clocks(NeighbourhoodState& state) {
    for (const Referral& referral : state.today.referrals) {
        const Slot slot = open(state, referral, state.today.day);
        enter(state, slot, WaitStage::first_attendance, state.today.day);
    }
    state.today.referrals.clear();
}

void PlannedCare::place(NeighbourhoodState& state, const Referral& referral, WaitStage stage,
                        std::int32_t waited_days) {
    const Slot slot = open(state, referral, state.today.day - waited_days);
    enter(state, slot, stage, clocks_[slot].started);
}

void PlannedCare::call_on(NeighbourhoodState& state, Slot slot, Day day) {
    state.schedule(day, {.row = row_of_[slot], .a = slot, .b = clocks_[slot].serial, .due = Due::clock});
}

/// When the clock will be reviewed out, and when it is called: on whichever comes first it is looked at again.
void PlannedCare::enter(NeighbourhoodState& state, Slot slot, WaitStage stage, Day since) {
    const Words luck = draw(state, slot, Purpose::outpatient_wait);
    Clock& clock = clocks_[slot];
    ++clock.drawn;
    ++clock.serial;
    clock.stage = stage;
    clock.entered = state.today.day;
    ++waiting_[stage];
    if (waiting_is_a_state_ && stage == WaitStage::treatment)
        state.set_passing(row_of_[slot], Passing::awaiting_hospital, true);
    const Day today = state.today.day;
    const double reviews_a_day = parameters_.reviewed_out_per_year / days_per_year;
    clock.reviewed_out = today + (reviews_a_day > 0 ? 1 + waiting_days(reviews_a_day, luck[1], never) : never);
    if (is_limited(stage)) {
        places_[stage].push_back({since, luck[2], state.people.key[row_of_[slot]], slot, clock.serial});
        std::push_heap(places_[stage].begin(), places_[stage].end(), std::greater<>{});
        call_on(state, slot, std::min(clock.reviewed_out, today + reach_of_calendar));
    } else {
        const Day called = next_clinic(today + days_of_mean(called_per_day_[stage], luck[0]));
        call_on(state, slot, std::min(clock.reviewed_out, called));
    }
}

void PlannedCare::stop(NeighbourhoodState& state, Slot slot, ClockStop reason) {
    const Clock& clock = clocks_[slot];
    const Day today = state.today.day;
    Event& event = state.events.about(state.people, row_of_[slot], EventKind::clock_stopped, today);
    event.need = clock.need;
    event.what = static_cast<std::uint8_t>(reason);
    event.lead = recorded_days(today - clock.started);
    --waiting_[clock.stage];
    ++totals_.stopped;
    totals_.days_waited_by_stopped += today - clock.held_since;
    const std::uint32_t row = std::exchange(row_of_[slot], nobody);
    free_.push_back(slot);
    // Whoever is gone keeps the state that they died or left in.
    if (clock.stage == WaitStage::treatment && reason != ClockStop::left_list && !awaits_treatment(row))
        state.set_passing(row, Passing::awaiting_hospital, false);
}

/// Looks through all, which is several times as quick as finding the first: most people have none.
bool PlannedCare::has_a_clock(std::uint32_t row) const noexcept {
    return std::count(row_of_.begin(), row_of_.end(), row) > 0;
}

bool PlannedCare::awaits_treatment(std::uint32_t row) const noexcept {
    if (!has_a_clock(row)) return false;
    for (Slot slot = 0; slot < row_of_.size(); ++slot) {
        if (row_of_[slot] == row && clocks_[slot].stage == WaitStage::treatment) return true;
    }
    return false;
}

void PlannedCare::forget(NeighbourhoodState& state, std::uint32_t row) {
    if (!has_a_clock(row)) return;
    for (Slot slot = 0; slot < row_of_.size(); ++slot) {
        if (row_of_[slot] == row) stop(state, slot, ClockStop::left_list);
    }
}

void PlannedCare::work(NeighbourhoodState& state, Hospital& hospital) {
    attended_.clear();
    treated_.clear();
    for (const CalendarEntry& entry : state.today.clocks_due) {
        const Slot slot = entry.a;
        if (!is_current(slot, entry.b)) continue;
        const Clock& clock = clocks_[slot];
        const Day today = state.today.day;
        if (clock.reviewed_out <= today) {
            stop(state, slot, ClockStop::reviewed_out);
        } else if (is_limited(clock.stage)) {
            call_on(state, slot, std::min(clock.reviewed_out, today + reach_of_calendar));
        } else if (state.is_in_a_bed(row_of_[slot])) {
            call_on(state, slot, std::min(clock.reviewed_out, next_clinic(today + put_off_days)));
        } else {
            reach(state, hospital, slot);
        }
    }
    for (const CalendarEntry& entry : state.today.visits_due) see_follow_up(state, entry);
    for (const WaitStage stage : all<WaitStage>()) {
        if (is_limited(stage)) serve(state, hospital, stage);
    }
}

/// Gives the day's places away. What is left of one is kept while somebody waits, so that a small list is served too.
void PlannedCare::serve(NeighbourhoodState& state, Hospital& hospital, WaitStage stage) {
    if (!is_clinic_day(state.today.day)) return;
    std::vector<Place>& heap = places_[stage];
    std::int64_t& left = places_left_[stage];
    left += static_cast<std::int64_t>(per_1000_week_[stage] / 5000 * one_place *
                                      static_cast<double>(state.people.registered()));
    put_aside_.clear();
    while (left >= one_place && !heap.empty()) {
        std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
        const Place next = heap.back();
        heap.pop_back();
        if (!is_current(next.slot, next.serial)) continue;
        const bool came_today = clocks_[next.slot].entered == state.today.day;
        if (came_today || state.is_in_a_bed(row_of_[next.slot])) {
            put_aside_.push_back(next);
            continue;
        }
        left -= one_place;
        reach(state, hospital, next.slot);
    }
    if (heap.empty()) left = std::min(left, one_place - 1);
    for (const Place& place : put_aside_) {
        heap.push_back(place);
        std::push_heap(heap.begin(), heap.end(), std::greater<>{});
    }
}

void PlannedCare::reach(NeighbourhoodState& state, Hospital& hospital, Slot slot) {
    if (clocks_[slot].stage == WaitStage::treatment) {
        treat(state, hospital, slot);
    } else {
        attend(state, slot);
    }
}

void PlannedCare::attend(NeighbourhoodState& state, Slot slot) {
    const Words luck = draw(state, slot, Purpose::outpatient_visit);
    const Words other_clinic = draw(state, slot, Purpose::consultant_referral);
    const std::uint32_t row = row_of_[slot];
    Clock& clock = clocks_[slot];
    ++clock.drawn;
    const bool misses = missed_.happens(luck[0]);
    Event& event = state.events.about(
        state.people, row, misses ? EventKind::outpatient_missed : EventKind::outpatient_attendance, state.today.day);
    event.need = clock.need;
    event.what = static_cast<std::uint8_t>(Visit::first);
    event.lead = recorded_days(state.today.day - clock.started);
    if (misses) {
        if (!rebooked_.happens(luck[1])) return stop(state, slot, ClockStop::missed);
        --waiting_[clock.stage];
        return enter(state, slot, WaitStage::first_attendance, state.today.day);
    }
    attended_.push_back(row);
    if (refers_on_.happens(other_clinic[0])) {
        state.refer({row, other_clinic[1], clock.need, 0}, ReferralSource::consultant, Role::visiting_consultant);
    }
    if (discharged_.happens(luck[1])) return stop(state, slot, ClockStop::discharged);
    if (discharged_or_listed_.happens(luck[1])) {
        --waiting_[clock.stage];
        return enter(state, slot, WaitStage::treatment, clock.started);
    }
    follow_up(state, row, clock.key, clock.drawn, clock.need, luck[2], luck[3]);
    stop(state, slot, ClockStop::outpatient_care);
}

void PlannedCare::treat(NeighbourhoodState& state, Hospital& hospital, Slot slot) {
    const Words luck = draw(state, slot, Purpose::elective_stay);
    const Words after = draw(state, slot, Purpose::outpatient_visit);
    const std::uint32_t row = row_of_[slot];
    Clock& clock = clocks_[slot];
    ++clock.drawn;
    const ElectiveStay stay = day_case_.happens(luck[0]) ? ElectiveStay::day_case : ElectiveStay::inpatient;
    const std::int32_t nights = stay == ElectiveStay::day_case ? 0 : days_of_mean(leaves_per_night_, luck[1]);
    Event& event = state.events.about(state.people, row, EventKind::elective_admission, state.today.day);
    event.need = clock.need;
    event.what = static_cast<std::uint8_t>(stay);
    event.value = nights;
    event.lead = recorded_days(state.today.day - clock.started);
    treated_.push_back({row, stay});
    if (nights > 0) hospital.keep(state, row, nights, AdmissionKind::elective);
    if (followed_up_after_treatment_.happens(after[1]))
        follow_up(state, row, clock.key, clock.drawn, clock.need, after[2], after[3]);
    stop(state, slot, ClockStop::treated);
}

void PlannedCare::follow_up(NeighbourhoodState& state, std::uint32_t row, std::uint32_t key, std::uint32_t drawn,
                            std::uint8_t need, std::uint32_t which, std::uint32_t when) {
    const PlannedCareParameters& p = parameters_;
    const std::int32_t in_days = soon_.happens(which)
                                     ? day_between(p.follow_up_soon_from, p.follow_up_later_from - Days{1}, when)
                                     : day_between(p.follow_up_later_from, p.follow_up_to, when);
    state.schedule(next_clinic(state.today.day + in_days),
                   {.row = row, .a = key, .b = drawn, .due = Due::visit, .c = need});
}

void PlannedCare::see_follow_up(NeighbourhoodState& state, const CalendarEntry& entry) {
    if (!state.is_current(entry)) return;
    if (state.is_in_a_bed(entry.row)) {
        state.calendar.add(next_clinic(state.today.day + put_off_days), entry);
        return;
    }
    const std::uint32_t drawn = entry.b;
    const Words luck =
        Draws{state.twin, PersonKey{state.people.key[entry.row]}, Purpose::outpatient_visit, entry.a}.words(drawn);
    const bool misses = missed_.happens(luck[0]);
    Event& event =
        state.events.about(state.people, entry.row,
                           misses ? EventKind::outpatient_missed : EventKind::outpatient_attendance, state.today.day);
    event.need = entry.c;
    event.what = static_cast<std::uint8_t>(Visit::follow_up);
    if (!misses) attended_.push_back(entry.row);
    if ((misses ? rebooked_ : followed_up_again_).happens(luck[1])) {
        follow_up(state, entry.row, entry.a, drawn + 1, entry.c, luck[2], luck[3]);
    }
}

void PlannedCare::close_day() { totals_.waiting_at_day_ends += waiting(); }

std::int64_t PlannedCare::waiting() const noexcept {
    std::int64_t sum = 0;
    for (const std::int64_t people : waiting_) sum += people;
    return sum;
}

std::int64_t PlannedCare::days_so_far(Day today) const noexcept {
    std::int64_t days = 0;
    for (Slot slot = 0; slot < row_of_.size(); ++slot) {
        if (row_of_[slot] != nobody) days += today - clocks_[slot].held_since + 1;
    }
    return days;
}

std::size_t PlannedCare::bytes() const noexcept {
    std::size_t bytes = bytes_of(clocks_, row_of_, free_, put_aside_, attended_, treated_);
    for (const auto& heap : places_) bytes += bytes_of(heap);
    return bytes;
}

}  // namespace segue::hospital
