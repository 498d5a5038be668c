#include "engine/compare/personal_measures.hpp"

#include <array>

namespace segue::compare {
namespace {

using K = EventKind;

constexpr std::array<PersonalMeasure, 8> measures{{
    {"delay_days", "d", "Days from the day wanted to the contact, over all contacts", K::contact, Field::delay},
    {"gp_contacts", "1", "Contacts with a GP", K::contact, Field::one, Role::gp, true},
    {"contacts", "1", "Contacts with any role", K::contact, Field::one, std::nullopt, true},
    {"turned_away", "1", "Requests that the front door failed", K::turned_away},
    {"unmet_needs", "1", "Needs that ended unmet", K::need_unmet},
    {"ae_attendances", "1", "Attendances at A&E", K::ae_attendance},
    {"emergency_admissions", "1", "Emergency admissions", K::emergency_admission},
    {"nights_in_hospital", "d", "Nights in hospital, of stays that ended", K::discharge, Field::value},
}};

}  // namespace

std::span<const PersonalMeasure> personal_measures() noexcept { return measures; }

std::int32_t amount(const PersonalMeasure& measure, const Event& event) noexcept {
    if (event.kind != measure.kind) return 0;
    if (measure.role && event.role != index(*measure.role)) return 0;
    return static_cast<std::int32_t>(measured(event, measure.field));
}

Change change_of(const PersonalMeasure& measure, std::int64_t difference) noexcept {
    if (difference == 0) return Change::same;
    return (difference > 0) == measure.more_is_better ? Change::better : Change::worse;
}

}  // namespace segue::compare
