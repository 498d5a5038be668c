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
    Pounds day_case{1077.08};
    Pounds elective_inpatient{6685.38};
    Pounds prescription{36};
    Pounds overtime_hour{100};
    Pounds pharmacy_contact{15};
    Pounds one_one_one_call{15};
    Pounds out_of_hours_contact{90};
    Pounds ambulance{489.39};

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
            row(&C::day_case, "day_case_gbp", "One elective treatment without a night", Uncertain::known(), collection,
                Certainty::A),
            row(&C::elective_inpatient, "elective_inpatient_gbp", "One elective treatment with a stay",
                Uncertain::known(), collection, Certainty::A),
            row(&C::prescription, "prescription_gbp", "Medicines of one prescribing contact (actual cost)",
                Uncertain::uniform(30, 40),
                Source{"Unit Costs of Health and Social Care 2025, doi:10.22024/UniKent/01.02.115569"}, Certainty::A),
            row(&C::overtime_hour, "overtime_hour_gbp", "One hour of overtime", Uncertain::uniform(60, 171),
                Source{"assumption, below the GP's cost of a working hour"}, Certainty::C),
            row(&C::pharmacy_contact, "pharmacy_contact_gbp", "One consultation with a community pharmacist",
                Uncertain::uniform(12.5, 20),
                Source{
                    "14 GBP a referred consultation from October 2019 (Chemist and Druggist), rounded up for prices"},
                Certainty::C),
            row(&C::one_one_one_call, "one_one_one_call_gbp", "One call to NHS 111", Uncertain::uniform(8, 25),
                Source{"assumption; no official unit cost found"}, Certainty::C),
            row(&C::out_of_hours_contact, "out_of_hours_contact_gbp", "One contact with an out-of-hours GP service",
                Uncertain::uniform(50, 130), Source{"assumption; no official unit cost found"}, Certainty::C),
            row(&C::ambulance, "ambulance_gbp", "One conveyance to A&E by ambulance (see and convey)",
                Uncertain::known(), collection, Certainty::A)};
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
