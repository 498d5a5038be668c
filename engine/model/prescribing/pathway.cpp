#include "engine/model/prescribing/pathway.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/core/math.hpp"
#include "engine/rng/quantiles.hpp"

namespace segue::prescribing {
namespace {

constexpr std::int32_t reach_of_calendar = DayCalendar::horizon_days - 20;
constexpr std::int32_t put_off_days = 7;  // a contact with somebody in a bed
constexpr std::uint16_t never = 0xFFFF;
constexpr int contacts_of_the_engaged = 3;  // as the Glasgow trial counts those who were seen
constexpr int contact_with_plan = 2;
constexpr std::uint32_t by_oneself = 0xFFFF;  // *block* of the offer that nobody makes
constexpr double endless_wait_weeks = 520;    // where there is no link worker

std::uint16_t days_since(Day first, Day today) noexcept {
    return static_cast<std::uint16_t>(std::min<std::int32_t>(today - first, never - 1));
}

}  // namespace

Pathway::Pathway(const Scenario& scenario, const Evidence& evidence, const Terms& terms, std::uint32_t neighbourhood,
                 Day first_day)
    : evidence_{&evidence},
      terms_{&terms},
      neighbourhood_{neighbourhood},
      stack_{scenario},
      network_parameters_{scenario.read<NetworkParameters>()},
      places_{evidence.activities.size()},
      first_day_{first_day} {}

Community Pathway::community(const NeighbourhoodState& state) const noexcept {
    return {state.twin, neighbourhood_,      state.today.day, &state.people, network_ ? &*network_ : nullptr,
            &has_used_, expected_wait_weeks_};
}

Words Pathway::draw(const NeighbourhoodState& state, Slot slot, Purpose purpose, std::uint32_t block) const {
    return Draws{state.twin, PersonKey{state.people.key[row_of_[slot]]}, purpose, cases_[slot].key}.words(block);
}

std::int64_t Pathway::caseload_cap() const noexcept {
    // Little's law: people in the caseload = people taken on a year x years that each is in it.
    const double years = evidence_->mean_days_in_caseload() / days_per_year;
    return std::llround(terms_->wte * terms_->policy.cases_per_wte_year * years);
}

std::int64_t Pathway::open() const noexcept {
    return static_cast<std::int64_t>(cases_.size()) - static_cast<std::int64_t>(free_.size());
}

// ---- Offer and acceptance --------------------------------------------------------------------------------------------

bool Pathway::is_open_to_offers(std::uint32_t row, Day today) const noexcept {
    if (row < case_of_.size() && case_of_[row] != nobody) return false;
    if (row >= offered_on_.size() || offered_on_[row] == never) return true;
    return days_since(first_day_, today) - offered_on_[row] >= evidence_->parameters.offered_again_after.value();
}

void Pathway::note_offer(const NeighbourhoodState& state, std::uint32_t row) {
    grow_to(offered_on_, state.people.rows(), never);
    offered_on_[row] = days_since(first_day_, state.today.day);
}

void Pathway::self_refer(NeighbourhoodState& state, std::uint32_t row, std::uint32_t key, std::uint8_t need) {
    if (!terms_->policy.offered || terms_->policy.self_referral_ratio == 0) return;
    if (!evidence_->may_be_offered[need] || state.is_in_a_bed(row)) return;
    const Words luck =
        Draws{state.twin, PersonKey{state.people.key[row]}, Purpose::uptake_offer, key}.words(by_oneself);
    consider(state, {row, key, need, ReferralRoute::self, Role::link_worker, 0, luck[0]});
}

void Pathway::offer(NeighbourhoodState& state) {
    if (!terms_->policy.offered) return;
    for (const Contact& contact : state.today.contacts) {
        const Request& request = state.requests[contact.slot];
        if (!contact.attended || !evidence_->may_be_offered[request.need]) continue;
        const Words luck = state.draw(request, Purpose::uptake_offer);
        consider(state, {request.row, request.key, request.need, ReferralRoute::contact, request.role,
                         std::uint32_t{request.line} << 16U | contact.desk, luck[0]});
    }
}

void Pathway::consider(NeighbourhoodState& state, const Opportunity& chance) {
    if (!is_open_to_offers(chance.row, state.today.day)) return;
    const Community others = community(state);
    Decision decision{.row = chance.row, .route = chance.route, .clinician = chance.clinician};
    const double ratio = chance.route == ReferralRoute::self ? terms_->policy.self_referral_ratio : 1;
    if (!Chance{ratio * stack_.chance(decision, others)}.happens(chance.luck)) return;
    note_offer(state, chance.row);
    ++totals_.offered;
    const Words luck =
        Draws{state.twin, PersonKey{state.people.key[chance.row]}, Purpose::uptake_case, chance.key}.words();
    decision.stage = UptakeStage::accept;
    Event& offered = state.events.about(state.people, chance.row, EventKind::referral_stage, state.today.day);
    offered.what = static_cast<std::uint8_t>(ReferralStage::offered);
    offered.mode = static_cast<std::uint8_t>(chance.route);
    offered.role = static_cast<std::uint8_t>(chance.role);
    offered.need = chance.need;
    if (Chance{stack_.chance(decision, others)}.happens(luck[0])) {
        open_case(state, chance, luck);
        return;
    }
    ++totals_.declined;
    Event& ended = state.events.about(state.people, chance.row, EventKind::referral_ended, state.today.day);
    ended.what = static_cast<std::uint8_t>(ReferralEnd::declined);
    ended.mode = static_cast<std::uint8_t>(ReferralStage::offered);
    ended.need = chance.need;
}

void Pathway::open_case(NeighbourhoodState& state, const Opportunity& chance, const Words& luck) {
    if (free_.empty()) {
        make_room(cases_);
        make_room(row_of_);
        free_.push_back(static_cast<Slot>(cases_.size()));
        cases_.emplace_back();
        row_of_.push_back(nobody);
    }
    const Slot slot = free_.back();
    free_.pop_back();
    row_of_[slot] = chance.row;
    grow_to(case_of_, state.people.rows(), nobody);
    case_of_[chance.row] = slot;
    Case fresh;
    fresh.key = chance.key;
    fresh.serial = cases_[slot].serial + 1;
    fresh.activity_serial = cases_[slot].activity_serial + 1;
    fresh.clinician = chance.clinician;
    fresh.tie = luck[2];
    fresh.accepted = state.today.day;
    fresh.need = chance.need;
    fresh.route = chance.route;
    const PrescribingParameters& p = evidence_->parameters;
    fresh.contacts_wanted = static_cast<std::uint8_t>(
        p.contacts_from +
        static_cast<int>(below(static_cast<std::uint32_t>(p.contacts_to - p.contacts_from + 1), luck[3])));
    cases_[slot] = fresh;
    ++totals_.accepted;
    record(state, slot, ReferralStage::accepted);
    treat(state, slot, Treated::referred);
    join_list(state, slot, luck[1]);
}

Event& Pathway::record(NeighbourhoodState& state, Slot slot, ReferralStage stage) {
    Case& one = cases_[slot];
    one.stage = stage;
    news_.push_back({row_of_[slot], one.clinician, one.route, stage});
    Event& event = state.events.about(state.people, row_of_[slot], EventKind::referral_stage, state.today.day);
    event.what = static_cast<std::uint8_t>(stage);
    event.mode = static_cast<std::uint8_t>(one.route);
    event.role = static_cast<std::uint8_t>(Role::link_worker);
    event.need = one.need;
    event.lead = recorded_days(state.today.day - one.accepted);
    return event;
}

// ---- The link workers' list and caseload -----------------------------------------------------------------------------

void Pathway::join_list(NeighbourhoodState& state, Slot slot, std::uint32_t patience_luck) {
    Case& one = cases_[slot];
    const std::uint32_t row = row_of_[slot];
    std::int64_t order = one.accepted.number();
    if (terms_->policy.queue_order == QueueOrder::lowest_wellbeing) order = state.people.wellbeing_milli[row];
    if (terms_->policy.queue_order == QueueOrder::short_cases_first) order = one.contacts_wanted;
    one.on_list = true;
    ++waiting_;
    ++totals_.joined_list;
    make_room(list_);
    list_.push_back({order, one.tie, state.people.key[row], slot, one.serial});
    std::push_heap(list_.begin(), list_.end(), std::greater<>{});
    const Decision decision{.stage = UptakeStage::attend, .row = row, .route = one.route, .clinician = one.clinician};
    const double per_day = stack_.gives_up_per_week(decision, community(state)) / 7;
    if (per_day <= 0) return;
    const std::int32_t patience = 1 + waiting_days(per_day, patience_luck, reach_of_calendar);
    if (patience < reach_of_calendar) call_on(state, slot, state.today.day + patience);
}

void Pathway::leave_list(NeighbourhoodState& state, Slot slot) {
    Case& one = cases_[slot];
    one.on_list = false;
    ++one.serial;
    --waiting_;
    ++totals_.left_list;
    totals_.days_waited_by_left += state.today.day - one.accepted;
}

void Pathway::call_on(NeighbourhoodState& state, Slot slot, Day day) {
    state.schedule(day, {.row = row_of_[slot], .a = slot, .b = cases_[slot].serial, .due = Due::link_worker});
}

void Pathway::take_from_list(NeighbourhoodState& state) {
    const std::int64_t cap = caseload_cap();
    while (in_caseload_ < cap && !list_.empty()) {
        std::pop_heap(list_.begin(), list_.end(), std::greater<>{});
        const Place next = list_.back();
        list_.pop_back();
        if (!is_current(next.slot, next.serial)) continue;
        leave_list(state, next.slot);
        Case& one = cases_[next.slot];
        one.in_caseload = true;
        ++in_caseload_;
        record(state, next.slot, ReferralStage::assigned).delay = recorded_days(state.today.day - one.accepted);
        plan_contact(state, next.slot, evidence_->parameters.first_contact_in.value());
    }
}

void Pathway::plan_contact(NeighbourhoodState& state, Slot slot, double in_days) {
    cases_[slot].due = state.today.day + static_cast<std::int32_t>(in_days);
    call_on(state, slot, cases_[slot].due);
}

/// Leaves out who is no longer waited for; of the others whoever was put off before comes first.
void Pathway::put_due_in_order(const NeighbourhoodState& state, std::vector<CalendarEntry>& due) const {
    std::erase_if(due, [this](const CalendarEntry& entry) { return !is_current(entry.a, entry.b); });
    const auto order = [&](const CalendarEntry& entry) {
        const Case& one = cases_[entry.a];
        return std::tuple{one.due, one.tie, state.people.key[row_of_[entry.a]]};
    };
    std::sort(due.begin(), due.end(),
              [&](const CalendarEntry& a, const CalendarEntry& b) { return order(a) < order(b); });
}

void Pathway::work(NeighbourhoodState& state) {
    if (offered_on_.empty()) return;  // nobody has ever been offered it
    put_due_in_order(state, state.today.link_worker_due);
    for (const CalendarEntry& entry : state.today.link_worker_due) {
        if (cases_[entry.a].on_list) {
            leave_list(state, entry.a);
            end(state, entry.a, ReferralEnd::gave_up_waiting);
        } else {
            meet(state, entry.a);
        }
    }
    for (const CalendarEntry& entry : state.today.activities_due) {
        if (row_of_[entry.a] != nobody && cases_[entry.a].activity_serial == entry.b) activity_due(state, entry.a);
    }
    take_from_list(state);
    start_activities(state);
}

bool Pathway::spends_minutes(NeighbourhoodState& state, Slot slot, Mode mode, MinuteTenths minutes, bool attended) {
    const std::uint32_t row = row_of_[slot];
    const std::uint16_t line = state.minutes.lines().of(state.people.practice[row], Role::link_worker);
    if (!state.minutes.spend(line, MinuteUse::contacts, minutes)) return false;
    ++state.tally.contacts_served;
    Event& event =
        state.events.about(state.people, row, attended ? EventKind::contact : EventKind::missed, state.today.day);
    event.role = static_cast<std::uint8_t>(Role::link_worker);
    event.need = cases_[slot].need;
    event.mode = static_cast<std::uint8_t>(mode);
    event.what = static_cast<std::uint8_t>(RequestOrigin::follow_up);
    event.value = static_cast<std::int32_t>(minutes);
    ++state.tally.contacts_concluded;
    state.tally.minutes_recorded[MinuteUse::contacts] += minutes;
    return true;
}

/// A contact, today if there are minutes for it, else tomorrow.
void Pathway::meet(NeighbourhoodState& state, Slot slot) {
    Case& one = cases_[slot];
    const PrescribingParameters& p = evidence_->parameters;
    const std::uint32_t row = row_of_[slot];
    if (state.is_in_a_bed(row)) return call_on(state, slot, state.today.day + put_off_days);
    const bool is_first = one.contacts == 0;
    const Words luck = draw(state, slot, Purpose::uptake_contact, one.contacts);
    const Mode mode = Chance{p.telephone_share}.happens(luck[0]) ? Mode::telephone : Mode::face_to_face;
    bool attended = true;
    if (is_first) {
        const Decision decision{
            .stage = UptakeStage::attend, .row = row, .route = one.route, .clinician = one.clinician};
        attended = Chance{stack_.chance(decision, community(state))}.happens(luck[2]);
    }
    if (!spends_minutes(state, slot, mode, tenths(is_first ? p.first_contact : p.later_contact), attended))
        return call_on(state, slot, state.today.day + 1);
    if (!attended) {
        one.outcome = ReferralEnd::missed_first_contact;
        return leave_caseload(state, slot);
    }
    ++one.contacts;
    if (is_first) record(state, slot, ReferralStage::first_contact);
    if (one.contacts == contacts_of_the_engaged) treat(state, slot, Treated::engaged);
    if (one.contacts == std::min<int>(contact_with_plan, one.contacts_wanted)) make_a_plan(state, slot);
    const bool stops = Chance{p.stops_coming_share}.happens(luck[1]);
    if (stops || one.contacts >= one.contacts_wanted) return leave_caseload(state, slot);
    plan_contact(state, slot, p.between_contacts.value() + uniform(luck[3]));
}

void Pathway::leave_caseload(NeighbourhoodState& state, Slot slot) {
    Case& one = cases_[slot];
    one.in_caseload = false;
    ++one.serial;
    --in_caseload_;
    end_if_over(state, slot);
}

// ---- Activities ------------------------------------------------------------------------------------------------------

std::vector<Option> Pathway::options(const NeighbourhoodState& state, Slot slot) const {
    std::vector<Option> offered;
    const std::uint32_t row = row_of_[slot];
    const Day today = state.today.day;
    const RuleSubject who =
        rule_subject(state.people, PersonRow{row}, age_years(Day{state.people.birth_day[row]}, today));
    for (std::size_t i = 0; i < evidence_->activities.size(); ++i) {
        const Activity& activity = evidence_->activities[i];
        if (!activity.takes_people(today) || !activity.suits.matches(who)) continue;
        const Words luck =
            Draws{state.twin, PersonKey{state.people.key[row]}, Purpose::uptake_place, activity.key}.words();
        offered.push_back(
            {&activity, places_.used(i) < activity.places, -activity.distance_km * math::log(uniform(luck[0]))});
    }
    return offered;
}

void Pathway::make_a_plan(NeighbourhoodState& state, Slot slot) {
    Case& one = cases_[slot];
    record(state, slot, ReferralStage::plan);
    const std::vector<Option> offered = options(state, slot);
    if (offered.empty()) {
        one.outcome = ReferralEnd::nothing_suitable;
        return;
    }
    record(state, slot, ReferralStage::activity_offered);
    const Decision decision{.stage = UptakeStage::start,
                            .row = row_of_[slot],
                            .route = one.route,
                            .clinician = one.clinician,
                            .options = offered};
    stack_.choose(decision, community(state), chances_);
    const Words luck = draw(state, slot, Purpose::uptake_case, 1);
    double below_this = 0;
    for (std::size_t i = 0; i < offered.size(); ++i) {
        below_this += chances_[i];
        if (!Chance{below_this}.happens(luck[0])) continue;
        one.activity = static_cast<std::uint8_t>(offered[i].activity - evidence_->activities.data());
        one.chosen = state.today.day;
        one.waits_for_place = true;
        ++waiting_for_place_;
        step(state, slot, ActivityStep::chosen);
        places_.join(one.activity, {slot, one.activity_serial});
        const double per_day = evidence_->parameters.gives_up_place_per_week / 7;
        if (per_day <= 0) return;
        const std::int32_t patience = 1 + waiting_days(per_day, luck[1], reach_of_calendar);
        state.schedule(state.today.day + patience,
                       {.row = row_of_[slot], .a = slot, .b = one.activity_serial, .due = Due::activity});
        return;
    }
    one.outcome = ReferralEnd::wanted_none;
}

void Pathway::step(NeighbourhoodState& state, Slot slot, ActivityStep what) {
    const Case& one = cases_[slot];
    Event& event = state.events.about(state.people, row_of_[slot], EventKind::activity_step, state.today.day);
    event.what = static_cast<std::uint8_t>(what);
    event.role = one.activity;
    event.need = one.need;
    event.mode = static_cast<std::uint8_t>(one.route);
    event.lead = recorded_days(state.today.day - one.accepted);
    event.delay = recorded_days(state.today.day - one.chosen);
}

void Pathway::start_activities(NeighbourhoodState& state) {
    if (waiting_for_place_ == 0) return;
    const auto still_waits = [this](const Waiter& waiter) {
        const Case& one = cases_[waiter.slot];
        return row_of_[waiter.slot] != nobody && one.activity_serial == waiter.serial && one.waits_for_place;
    };
    for (std::size_t i = 0; i < evidence_->activities.size(); ++i) {
        const Activity& activity = evidence_->activities[i];
        const bool ends = activity.funded_until && state.today.day >= *activity.funded_until;
        if (!ends && !activity.starts_on(state.today.day)) continue;
        while (ends || places_.used(i) < activity.places) {
            const auto waiter = places_.next(i, still_waits);
            if (!waiter) break;
            if (ends) {
                leave_queue(state, waiter->slot, ReferralEnd::nothing_suitable);
            } else {
                start(state, waiter->slot);
            }
        }
    }
}

void Pathway::start(NeighbourhoodState& state, Slot slot) {
    Case& one = cases_[slot];
    const Activity& activity = evidence_->activities[one.activity];
    one.waits_for_place = false;
    one.in_activity = true;
    ++one.activity_serial;
    --waiting_for_place_;
    places_.take(one.activity);
    totals_.most_over_places = std::max(totals_.most_over_places, places_.used(one.activity) - activity.places);
    step(state, slot, ActivityStep::started);
    record(state, slot, ReferralStage::activity_started).delay = recorded_days(state.today.day - one.chosen);
    treat(state, slot, Treated::engaged);
    if (activity.cost > 0) state.today.places_paid_for.push_back({row_of_[slot], activity.cost});
    const Decision decision{
        .stage = UptakeStage::complete, .row = row_of_[slot], .route = one.route, .clinician = one.clinician};
    const Words luck = draw(state, slot, Purpose::uptake_case, 2);
    one.will_complete = Chance{stack_.chance(decision, community(state))}.happens(luck[0]);
    const std::int32_t stays =
        one.will_complete
            ? activity.days
            : 1 + static_cast<std::int32_t>(below(static_cast<std::uint32_t>(activity.days - 1), luck[1]));
    state.schedule(state.today.day + std::min(stays, reach_of_calendar),
                   {.row = row_of_[slot], .a = slot, .b = one.activity_serial, .due = Due::activity});
}

void Pathway::activity_due(NeighbourhoodState& state, Slot slot) {
    Case& one = cases_[slot];
    if (one.waits_for_place) {
        step(state, slot, ActivityStep::gave_up_waiting);
        leave_queue(state, slot, ReferralEnd::gave_up_waiting_for_place);
        return;
    }
    one.in_activity = false;
    ++one.activity_serial;
    places_.give_back(one.activity);
    step(state, slot, one.will_complete ? ActivityStep::completed : ActivityStep::dropped_out);
    one.outcome = one.will_complete ? ReferralEnd::completed : ReferralEnd::dropped_out;
    if (one.will_complete) record(state, slot, ReferralStage::completed);
    end_if_over(state, slot);
}

void Pathway::leave_queue(NeighbourhoodState& state, Slot slot, ReferralEnd outcome) {
    Case& one = cases_[slot];
    one.waits_for_place = false;
    one.outcome = outcome;
    ++one.activity_serial;
    --waiting_for_place_;
    end_if_over(state, slot);
}

// ---- Effects and ends ------------------------------------------------------------------------------------------------

void Pathway::treat(NeighbourhoodState& state, Slot slot, Treated as) {
    if (as != evidence_->treated || cases_[slot].has_treated) return;
    cases_[slot].has_treated = true;
    state.treated.begin(row_of_[slot], state.today.day);
}

void Pathway::end_if_over(NeighbourhoodState& state, Slot slot) {
    const Case& one = cases_[slot];
    if (!one.in_caseload && !one.waits_for_place && !one.in_activity) end(state, slot, one.outcome);
}

void Pathway::end(NeighbourhoodState& state, Slot slot, ReferralEnd why) {
    Case& one = cases_[slot];
    Event& event = state.events.about(state.people, row_of_[slot], EventKind::referral_ended, state.today.day);
    event.what = static_cast<std::uint8_t>(why);
    event.mode = static_cast<std::uint8_t>(one.stage);
    event.need = one.need;
    event.lead = recorded_days(state.today.day - one.accepted);
    ++one.serial;
    ++one.activity_serial;
    ++totals_.ended;
    case_of_[row_of_[slot]] = nobody;
    row_of_[slot] = nobody;
    free_.push_back(slot);
}

void Pathway::forget(NeighbourhoodState& state, std::uint32_t row) {
    state.treated.forget(row);
    stack_.forget(row);
    if (row < offered_on_.size()) offered_on_[row] = never;
    if (row < has_used_.size()) has_used_[row] = 0;
    if (row >= case_of_.size() || case_of_[row] == nobody) return;
    const Slot slot = case_of_[row];
    Case& one = cases_[slot];
    if (one.on_list) leave_list(state, slot);
    if (one.in_caseload) --in_caseload_;
    if (one.waits_for_place) --waiting_for_place_;
    if (one.in_activity) places_.give_back(one.activity);
    end(state, slot, ReferralEnd::left_list);
}

void Pathway::close_day(const NeighbourhoodState& state, std::span<const Event> events) {
    if (!terms_->policy.offered && offered_on_.empty()) return;
    totals_.waiting_at_day_ends += waiting_;
    const Community others = community(state);
    stack_.learn(others, news_, events);
    for (const News& one : news_) {
        if (one.stage != ReferralStage::accepted) continue;
        grow_to(has_used_, state.people.rows(), std::uint8_t{0});
        has_used_[one.row] = 1;
    }
    news_.clear();
    const double starts_a_week = terms_->wte * terms_->policy.cases_per_wte_year * 7 / days_per_year;
    expected_wait_weeks_ = starts_a_week > 0 ? static_cast<double>(waiting_) / starts_a_week : endless_wait_weeks;
    tie_people(state);
}

void Pathway::tie_people(const NeighbourhoodState& state) {
    if (!stack_.needs_network()) return;
    const Date date = to_date(state.today.day + 1);
    const int quarter = date.year * 4 + (date.month - 1) / 3;
    if (quarter == quarter_tied_) return;
    quarter_tied_ = quarter;
    if (!network_) network_.emplace(network_parameters_, state.twin);
    network_->tie(state.people);
}

std::int64_t Pathway::days_so_far(Day today) const noexcept {
    std::int64_t days = 0;
    for (Slot slot = 0; slot < row_of_.size(); ++slot) {
        if (row_of_[slot] != nobody && cases_[slot].on_list) days += today - cases_[slot].accepted + 1;
    }
    return days;
}

std::size_t Pathway::bytes() const noexcept {
    return bytes_of(cases_, row_of_, case_of_, free_, list_, offered_on_, has_used_, news_) + places_.bytes() +
           stack_.bytes() + (network_ ? network_->bytes() : 0);
}

}  // namespace segue::prescribing
