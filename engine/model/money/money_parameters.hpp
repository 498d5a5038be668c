/// \file
/// What each thing costs, and the budget. Prices are of 2024/25 unless the source says otherwise.
#pragma once
#include <string_view>
#include <tuple>

#include "engine/core/quantity.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue {

struct CostParameters {
    Pounds ae_attendance{280.17};
    Pounds short_admission{825.05};
    Pounds long_admission{5416.70};
    Pounds outpatient{198};
    Pounds prescription{36};
    Pounds overtime_hour{100};

    static constexpr std::string_view prefix = "costs";
    static auto declarations() {
        using C = CostParameters;
        const Source collection{"National Cost Collection 2024/25 (NHS England, OGL v3)"};
        const auto row = [&](auto member, const char* name, const char* meaning, Uncertain doubt, const Source& source,
                             Certainty certainty) {
            return parameter(member, name, meaning, Range{0, 100'000}, doubt, source, certainty, Kind::evidence);
        };
        return std::tuple{
            row(&C::ae_attendance, "ae_attendance_gbp", "One A&E attendance", Uncertain::uniform(126.76, 280.17),
                collection, Certainty::A),
            row(&C::short_admission, "short_admission_gbp", "One emergency admission of at most one night",
                Uncertain::known(), collection, Certainty::A),
            row(&C::long_admission, "long_admission_gbp", "One longer emergency admission", Uncertain::known(),
                collection, Certainty::A),
            row(&C::outpatient, "outpatient_gbp", "One consultant-led outpatient attendance (2023/24 prices)",
                Uncertain::uniform(129, 232),
                Source{"Unit Costs of Health and Social Care 2024, doi:10.22024/UniKent/01.02.109563"}, Certainty::A),
            row(&C::prescription, "prescription_gbp", "Medicines of one prescribing contact (actual cost)",
                Uncertain::uniform(30, 40),
                Source{"Unit Costs of Health and Social Care 2025, doi:10.22024/UniKent/01.02.115569"}, Certainty::A),
            row(&C::overtime_hour, "overtime_hour_gbp", "One hour of overtime", Uncertain::uniform(60, 171),
                Source{"assumption, below the GP's cost of a working hour"}, Certainty::C)};
    }
};

/// The budget of one scope: `[budget.SCOPE]`.
struct BudgetParameters {
    Pounds per_head_year{0};

    static constexpr std::string_view prefix = "budget.*";
    static auto declarations() {
        return std::tuple{parameter(&BudgetParameters::per_head_year, "gbp_per_head_year",
                                    "Budget of this scope for each registered person and year; 0: none stated",
                                    Range{0, 100'000}, Uncertain::known(),
                                    Source{"budgets.csv gives each scope its own source"}, Certainty::C, Kind::policy)};
    }
};

}  // namespace segue
