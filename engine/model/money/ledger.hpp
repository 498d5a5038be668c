/// \file
/// Money of one neighbourhood: what is spent by setting, and the budget that accrues.
///
///   In     staff in post; overtime; what the hospital did; medicines; people registered
///   Out    cost and budget records, in whole pence
///   Holds  what is recorded adds up to what was charged, to the penny
#pragma once
#include <cstdint>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/model/money/money_parameters.hpp"
#include "engine/model/team_parameters.hpp"
#include "engine/model/today.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue::money {

/// Prices and the yearly cost of the team, as the configuration in force sets them.
struct Prices {
    explicit Prices(const Scenario& scenario);
    EnumArray<Setting, Pence> staff_per_year;
    EnumArray<Scope, Pence> budget_per_head_year;
    EnumArray<Role, Setting> setting_of;
    Pence ae_attendance;
    Pence short_admission;
    Pence long_admission;
    Pence outpatient;
    EnumArray<ElectiveStay, Pence> treatment;
    Pence prescription;
    Pence overtime_hour;
    EnumArray<UrgentService, Pence> urgent_contact;
    [[nodiscard]] Pence staff_per_year_in_all() const noexcept;
};

/// Yearly cost of the team in post. [GBP/a]
[[nodiscard]] Pounds staff_cost_per_year(const Scenario& scenario);

class Ledger {
public:
    explicit Ledger(const Prices& prices) : prices_{&prices} {}
    void change_prices(const Prices& prices) noexcept { prices_ = &prices; }

    /// Charges for something done for the person in `row`, or for nobody in particular.
    void charge(NeighbourhoodState& state, Setting setting, Pence amount, std::uint32_t row);
    /// The day's share of salaries and of the budget, 1 / 365.25 of the year's: four years' add up to four years' amount,
    /// to the penny.
    void accrue_day(NeighbourhoodState& state);
    /// Overtime that a role worked today. [0.1 min]
    void charge_overtime(NeighbourhoodState& state, Role role, MinuteTenths tenths);

    [[nodiscard]] const Prices& prices() const noexcept { return *prices_; }
    [[nodiscard]] Pence charged(Setting setting) const noexcept { return charged_[setting]; }
    [[nodiscard]] Pence charged() const noexcept;

private:
    const Prices* prices_;
    EnumArray<Setting, Pence> charged_;
};

/// The part of a yearly amount that falls on one day: the differences of the rounded running total. [pence]
[[nodiscard]] Pence on_day(Pence per_year, Day day) noexcept;

}  // namespace segue::money
