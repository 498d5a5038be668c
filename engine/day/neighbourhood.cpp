#include "engine/day/neighbourhood.hpp"

#include <algorithm>
#include <cmath>

#include "engine/day/steps.hpp"

namespace segue::day {
namespace {

bool ends_month(Day day) noexcept { return to_date(day + 1).day == 1; }

}  // namespace

Neighbourhood::Neighbourhood(const World& world, NeighbourhoodRow row, Twin twin, Isa isa)
    : world_{&world},
      plan_{&world.neighbourhoods()[row.value()]},
      state_{twin, plan_->number, world.warm_up_start(), isa},
      life_{world.laws()},
      onsets_{world.rates()},
      book_{world.kinds(), plan_->configurations.front()->terms},
      hospital_{world.hospital(), world.feedbacks().returns},
      planned_care_{world.planned_care(), world.feedbacks().waiting_for_treatment},
      pathway_{world.scenario(), world.prescribing(), plan_->configurations.front()->prescribing, plan_->number.value(),
               world.warm_up_start()},
      ledger_{plan_->configurations.front()->prices},
      counter_{world.plan()},
      next_{world.warm_up_start()} {
    state_.today.day = next_;
    state_.events.start(next_);
    for (auto& weeks : waiting_days_) weeks.assign(world.plan().periods(Period::week).size(), 0);
    state_.treated.set(world.prescribing().effect, next_);
    const bool shared_list = world.run().people == PeopleDraw::fixed;
    life_.first_list(state_, plan_->size, shared_list ? Twin{twin.seed, 0} : twin);
    state_.tally.people_at_start = static_cast<std::int64_t>(state_.people.registered());
    Problems problems;  // told now, and not after the warm-up
    for (const Backlog& backlog : world.backlogs()) check_backlog(backlog, world.rates(), state_, problems);
    problems.raise_if_any();
}

void Neighbourhood::advance() {
    state_.today.day = next_;
    for (const Step& step : steps()) step.take(*this);
    ++next_;
}

void Neighbourhood::close_holdings() {
    const Day today = state_.today.day;
    if (!counter_.closes_a_stock(today)) return;
    Holdings holdings{state_.people, {}, {}, hospital_.in_a_bed(), {}, {}, &state_.treated};
    holdings.prescribing.caseload = pathway_.caseload();
    holdings.prescribing.waiting_for_link_worker = pathway_.waiting_for_link_worker();
    holdings.prescribing.waiting_for_activity = pathway_.waiting_for_activity();
    for (std::size_t i = 0; i < world_->prescribing().activities.size(); ++i)
        holdings.prescribing.places_used.push_back(pathway_.places_used(i));
    for (const WaitStage stage : all<WaitStage>()) holdings.hospital_waiting[stage] = planned_care_.waiting(stage);
    for (const Role role : all<Role>()) {
        holdings.waiting[role] = book_.waiting(role);
        holdings.wte_thousandths[role] = std::llround(configuration().terms.wte[role] * 1000);
    }
    counter_.close_day(today, holdings);
}

void Neighbourhood::keep_todays_events() {
    const auto& events = state_.events.events();
    const Day today = state_.today.day;
    if (keeps_events_from_ && today >= *keeps_events_from_) {
        for (std::size_t i = kept_of_buffer_; i < events.size(); ++i) {
            kept_events_.push_back({events[i].row == nobody ? 0 : state_.people.key[events[i].row], today, events[i]});
        }
    }
    kept_of_buffer_ = events.size();
}

void Neighbourhood::count_records() {
    for (const Event& event : state_.events.events()) {
        if (event.kind == EventKind::cost) charged_in_records_ += event.value;
    }
    events_ += static_cast<std::int64_t>(state_.events.events().size());
    counter_.count(state_.events);
    counter_.close_shares(state_.today.day);
    state_.events.start(next_);
    kept_of_buffer_ = 0;
}

void Neighbourhood::place_backlogs() {
    for (const Backlog& backlog : world_->backlogs()) {
        const auto* stage = std::get_if<WaitStage>(&backlog.where);
        const std::int64_t waiting =
            stage != nullptr ? planned_care_.waiting(*stage) : book_.waiting(std::get<Role>(backlog.where));
        for (const Waiter& one : draw_backlog(backlog, backlog.people - waiting, world_->rates(), state_)) {
            if (stage != nullptr) {
                planned_care_.place(state_, {one.row, one.key, backlog.need, 0}, *stage, one.waited_days);
            } else {
                join_from_backlog(state_, backlog, one);
            }
        }
    }
}

void Neighbourhood::count_waiting() {
    const std::size_t week = world_->plan().periods(Period::week).of(state_.today.day);
    waiting_days_[WaitingList::books][week] += book_.waiting();
    waiting_days_[WaitingList::hospital][week] += planned_care_.waiting();
}

void Neighbourhood::run_month() {
    const Span& span = world_->span();
    Day today;
    do {
        advance();
        today = state_.today.day;
        if (today + 1 == span.first) person_days_before_results_ = person_days_;
        if (today >= span.first) count_waiting();
        // Every day, while the day's records are still in the processor's cache.
        count_records();
    } while (!ends_month(today) && today + 1 != span.first && today != span.last);
}

Outcome Neighbourhood::finish() {
    Outcome outcome;
    outcome.checks = self_checks(audit());
    outcome.person_years = static_cast<double>(person_days_) / days_per_year;
    outcome.results_person_years = static_cast<double>(person_days_ - person_days_before_results_) / days_per_year;
    outcome.events = events_;
    outcome.counts = counter_.release();
    outcome.kept_events = std::move(kept_events_);
    outcome.waiting_days = std::move(waiting_days_);
    return outcome;
}

Outcome Neighbourhood::run(const std::function<bool(std::int64_t)>& keep_going,
                           const std::function<double()>& cpu_clock) {
    const double began = cpu_clock ? cpu_clock() : 0;
    std::int64_t told = 0;
    while (!is_over()) {
        run_month();
        if (keep_going && !keep_going(person_days_ - std::exchange(told, person_days_))) return {};
    }
    Outcome outcome = finish();
    outcome.loop_cpu_seconds = cpu_clock ? cpu_clock() - began : 0;
    return outcome;
}

Memory Neighbourhood::memory() const noexcept {
    return {.people = state_.people.bytes(),
            .calendar = state_.birthdays.bytes() + state_.onset_candidates.bytes() + state_.calendar.bytes(),
            .requests = state_.requests.bytes(),
            .lines = book_.bytes() + state_.minutes.bytes(),
            .clocks = planned_care_.bytes(),
            .prescribing = pathway_.bytes() + state_.treated.bytes(),
            .onsets = onsets_.bytes(),
            .today = state_.today.bytes(),
            .records = state_.events.bytes(),
            .outputs = world_->plan().cells() * sizeof(std::int64_t)};
}

Audit Neighbourhood::audit() const {
    const Tally& tally = state_.tally;
    Audit audit;
    audit.people_at_start = tally.people_at_start;
    audit.people_entered = tally.people_entered;
    audit.people_gone = tally.people_gone;
    audit.people_registered = std::count(state_.people.present.begin(), state_.people.present.end(), std::uint8_t{1});
    audit.needs_onset = tally.needs_onset;
    audit.needs_derived = tally.needs_derived;
    audit.needs_met = tally.needs_met;
    audit.needs_unmet = tally.needs_unmet;
    audit.needs_waiting_in_lines = book_.waiting();
    state_.calendar.for_each([&](const CalendarEntry& entry) {
        if (entry.due == Due::request && state_.requests.is_current(entry.a, entry.b)) ++audit.needs_in_calendar;
    });
    audit.lines_joined = tally.lines_joined;
    audit.lines_left = tally.lines_left;
    audit.attempts = tally.attempts;
    audit.answered = tally.answered;
    audit.rebuffed = tally.rebuffed;
    audit.contacts_served = tally.contacts_served;
    audit.contacts_concluded = tally.contacts_concluded;
    audit.minutes_offered = tally.minutes_offered;
    audit.minutes_spent = state_.minutes.spent();
    audit.minutes_recorded = tally.minutes_recorded;
    audit.least_minutes_left = book_.least_minutes_left();
    audit.charged_by_setting = ledger_.charged();
    audit.charged_in_records = charged_in_records_;
    for (const Event& event : state_.events.events()) {
        if (event.kind == EventKind::cost) audit.charged_in_records += event.value;
    }
    audit.admitted = hospital_.admissions();
    audit.discharged = hospital_.discharges();
    audit.in_a_bed = hospital_.in_a_bed();
    const hospital::ClockTotals& clocks = planned_care_.totals();
    audit.clocks = {clocks.started,
                    clocks.stopped,
                    planned_care_.waiting(),
                    clocks.waiting_at_day_ends,
                    clocks.days_waited_by_stopped,
                    planned_care_.days_so_far(state_.today.day)};
    const prescribing::PathwayTotals& referrals = pathway_.totals();
    audit.referrals_offered = referrals.offered;
    audit.referrals_declined = referrals.declined;
    audit.referrals_ended = referrals.ended;
    audit.referrals_open = pathway_.open();
    audit.places_over = referrals.most_over_places;
    audit.link_worker_list = {
        referrals.joined_list,         referrals.left_list,           pathway_.waiting_for_link_worker(),
        referrals.waiting_at_day_ends, referrals.days_waited_by_left, pathway_.days_so_far(state_.today.day)};
    for (std::size_t line = 0; line < book_.totals().size(); ++line) {
        const book::LineTotals& totals = book_.totals()[line];
        audit.lines.push_back({totals.joined, totals.left, book_.waiting_in(line), totals.waiting_at_day_ends,
                               totals.days_waited_by_left, book_.days_so_far(state_, line, state_.today.day)});
    }
    return audit;
}

void judge_spoiled(const Neighbourhood& neighbourhood, const std::function<void(Audit&)>& spoil, Outcome& outcome) {
    Audit audit = neighbourhood.audit();
    spoil(audit);
    outcome.checks = self_checks(audit);
}

}  // namespace segue::day
