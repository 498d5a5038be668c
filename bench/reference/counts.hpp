/// \file
/// What two engines that run the same scenario under the same luck must agree on, to the last one.
#pragma once
#include <cstdint>
#include <span>

#include "engine/core/enum_array.hpp"
#include "engine/core/quantity.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/model/event.hpp"

namespace segue::reference {

struct Counts {
    EnumArray<NeedOrigin, std::int64_t> needs;
    EnumArray<RequestOrigin, std::int64_t> requests;
    EnumArray<UnmetReason, std::int64_t> unmet;
    EnumArray<Role, std::int64_t> contacts;
    EnumArray<Role, std::int64_t> missed;
    EnumArray<Role, std::int64_t> gave_up;
    EnumArray<Role, MinuteTenths> minutes;  ///< of contacts, missed ones included
    EnumArray<Role, MinuteTenths> minutes_available;
    EnumArray<Mode, std::int64_t> modes;
    EnumArray<Channel, std::int64_t> answered;
    EnumArray<Recourse, std::int64_t> turned_away;
    EnumArray<UrgentService, std::int64_t> urgent_contacts;
    std::int64_t triaged{0};
    std::int64_t met{0};
    std::int64_t saw_usual_clinician{0};
    std::int64_t worsened{0};
    std::int64_t outpatient_referrals{0};  ///< by contacts
    std::int64_t ae_attendances{0};
    std::int64_t emergency_admissions{0};
    std::int64_t nights{0};
    std::int64_t lead_days{0};  ///< of contacts, missed ones included
    std::int64_t delay_days{0};
    friend bool operator==(const Counts&, const Counts&) = default;
};

/// The same from the engine's records.
void count(std::span<const Event> events, Counts& counts);

}  // namespace segue::reference
