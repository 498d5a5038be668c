#include "engine/model/money/ledger.hpp"

#include <algorithm>
#include <limits>

#include "engine/model/rota.hpp"

namespace segue::money {
namespace {

/// Running total of a yearly amount over `days` days, rounded down: amount x days / 365.25, in whole numbers.
Pence accrued(Pence per_year, std::int64_t days) noexcept { return per_year * days * 4 / 1461; }

/// A sum as records of what a record can hold: a large list's day may be more than one.
void record(NeighbourhoodState& state, EventKind kind, std::uint8_t what, Pence amount, std::uint32_t row) {
    constexpr Pence most = std::numeric_limits<std::int32_t>::max();
    while (amount > 0) {
        Event& event = row == nobody ? state.events.blank(kind, state.today.day)
                                     : state.events.about(state.people, row, kind, state.today.day);
        event.what = what;
        event.value = static_cast<std::int32_t>(std::min(amount, most));
        amount -= event.value;
    }
}

}  // namespace

Pence on_day(Pence per_year, Day day) noexcept {
    return accrued(per_year, day.number() + std::int64_t{1}) - accrued(per_year, day.number());
}

Prices::Prices(const Scenario& scenario) {
    for (const Role role : all<Role>()) {
        const std::string name{name_of(role)};
        const auto costs = scenario.read<RoleParameters>({name});
        setting_of[role] = costs.setting;
        staff_per_year[costs.setting] += pence(costs.cost_per_wte_year * wte_in_post(scenario, role));
    }
    for (const Scope scope : all<Scope>()) {
        budget_per_head_year[scope] =
            pence(scenario.read<BudgetParameters>({std::string{name_of(scope)}}).per_head_year);
    }
    const auto costs = scenario.read<CostParameters>();
    ae_attendance = pence(costs.ae_attendance);
    short_admission = pence(costs.short_admission);
    long_admission = pence(costs.long_admission);
    outpatient = pence(costs.outpatient);
    treatment[ElectiveStay::day_case] = pence(costs.day_case);
    treatment[ElectiveStay::inpatient] = pence(costs.elective_inpatient);
    prescription = pence(costs.prescription);
    overtime_hour = pence(costs.overtime_hour);
    urgent_contact[UrgentService::community_pharmacy] = pence(costs.pharmacy_contact);
    urgent_contact[UrgentService::one_one_one] = pence(costs.one_one_one_call);
    urgent_contact[UrgentService::out_of_hours] = pence(costs.out_of_hours_contact);
    urgent_contact[UrgentService::ambulance] = pence(costs.ambulance);
}

Pence Prices::staff_per_year_in_all() const noexcept {
    Pence sum = 0;
    for (const Pence amount : staff_per_year) sum += amount;
    return sum;
}

Pounds staff_cost_per_year(const Scenario& scenario) {
    return Pounds{static_cast<double>(Prices{scenario}.staff_per_year_in_all()) / 100};
}

void Ledger::charge(NeighbourhoodState& state, Setting setting, Pence amount, std::uint32_t row) {
    record(state, EventKind::cost, static_cast<std::uint8_t>(setting), amount, row);
    charged_[setting] += amount;
    state.tally.charged += amount;
}

void Ledger::accrue_day(NeighbourhoodState& state) {
    const Day today = state.today.day;
    for (const Setting setting : all<Setting>())
        charge(state, setting, on_day(prices_->staff_per_year[setting], today), nobody);
    const auto people = static_cast<Pence>(state.people.registered());
    for (const Scope scope : all<Scope>()) {
        const Pence amount = on_day(prices_->budget_per_head_year[scope] * people, today);
        record(state, EventKind::budget, static_cast<std::uint8_t>(scope), amount, nobody);
    }
}

void Ledger::charge_overtime(NeighbourhoodState& state, Role role, MinuteTenths tenths) {
    charge(state, prices_->setting_of[role], prices_->overtime_hour * tenths / 600, nobody);
}

Pence Ledger::charged() const noexcept {
    Pence sum = 0;
    for (const Pence amount : charged_) sum += amount;
    return sum;
}

}  // namespace segue::money
