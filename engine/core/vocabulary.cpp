#include "engine/core/vocabulary.hpp"

namespace segue {

Scope narrowest_scope(Setting setting) noexcept {
    switch (setting) {
        case Setting::general_practice: return Scope::practice;
        case Setting::community_nursing:
        case Setting::community_pharmacy:
        case Setting::voluntary_sector: return Scope::primary_and_community;
        case Setting::social_care: return Scope::nhs_and_social_care;
        default: return Scope::all_nhs;
    }
}

}  // namespace segue
