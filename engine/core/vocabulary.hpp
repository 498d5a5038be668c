/// \file
/// The field's own words, as enumerations. Members are appended, never reordered: results name them by place.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "engine/core/enum_array.hpp"

namespace segue {

enum class Sex : std::uint8_t { female, male, count_ };
[[nodiscard]] constexpr auto names(Sex) { return std::array<std::string_view, 2>{"female", "male"}; }

/// A kind of worker.
enum class Role : std::uint8_t {
    gp,
    practice_nurse,
    specialist_nurse,
    pharmacist,
    first_contact_physiotherapist,
    paramedic,
    mental_health_practitioner,
    community_matron,
    district_nurse,
    health_care_assistant,
    social_worker,
    link_worker,
    care_coordinator,
    call_handler,
    volunteer,
    visiting_consultant,
    count_
};
[[nodiscard]] constexpr auto names(Role) {
    return std::array<std::string_view, 16>{"gp",
                                            "practice_nurse",
                                            "specialist_nurse",
                                            "pharmacist",
                                            "first_contact_physiotherapist",
                                            "paramedic",
                                            "mental_health_practitioner",
                                            "community_matron",
                                            "district_nurse",
                                            "health_care_assistant",
                                            "social_worker",
                                            "link_worker",
                                            "care_coordinator",
                                            "call_handler",
                                            "volunteer",
                                            "visiting_consultant"};
}

/// Whose people waiting are judged together: the lines for a team's roles; referral clocks that run.
enum class WaitingList : std::uint8_t { books, hospital, count_ };
[[nodiscard]] constexpr auto names(WaitingList) { return std::array<std::string_view, 2>{"books", "hospital"}; }

/// Where care happens.
enum class Setting : std::uint8_t {
    general_practice,
    community_nursing,
    community_pharmacy,
    mental_health,
    social_care,
    voluntary_sector,
    urgent_care,
    accident_and_emergency,
    outpatients,
    inpatient_ward,
    diagnostics,
    end_of_life_care,
    count_
};
[[nodiscard]] constexpr auto names(Setting) {
    return std::array<std::string_view, 12>{
        "general_practice", "community_nursing", "community_pharmacy", "mental_health",
        "social_care",      "voluntary_sector",  "urgent_care",        "accident_and_emergency",
        "outpatients",      "inpatient_ward",    "diagnostics",        "end_of_life_care"};
}

enum class Mode : std::uint8_t { face_to_face, telephone, video_or_online, home_visit, group, count_ };
[[nodiscard]] constexpr auto names(Mode) {
    return std::array<std::string_view, 5>{"face_to_face", "telephone", "video_or_online", "home_visit", "group"};
}

enum class Residence : std::uint8_t { own_home, housebound, care_home, none_fixed, count_ };
[[nodiscard]] constexpr auto names(Residence) {
    return std::array<std::string_view, 4>{"own_home", "housebound", "care_home", "none_fixed"};
}

/// Categories of the electronic frailty index (Clegg and others 2016, doi:10.1093/ageing/afw039).
enum class Frailty : std::uint8_t { fit, mild, moderate, severe, count_ };
[[nodiscard]] constexpr auto names(Frailty) {
    return std::array<std::string_view, 4>{"fit", "mild", "moderate", "severe"};
}

/// Long-term conditions: QOF registers and usual additions. A person's are one 32-bit set.
enum class Condition : std::uint8_t {
    hypertension,
    diabetes,
    coronary_heart_disease,
    stroke,
    atrial_fibrillation,
    heart_failure,
    peripheral_arterial_disease,
    chronic_kidney_disease,
    asthma,
    copd,
    cancer,
    depression,
    anxiety,
    serious_mental_illness,
    dementia,
    epilepsy,
    learning_disability,
    rheumatoid_arthritis,
    osteoporosis,
    osteoarthritis,
    count_
};
[[nodiscard]] constexpr auto names(Condition) {
    return std::array<std::string_view, 20>{"hypertension",
                                            "diabetes",
                                            "coronary_heart_disease",
                                            "stroke",
                                            "atrial_fibrillation",
                                            "heart_failure",
                                            "peripheral_arterial_disease",
                                            "chronic_kidney_disease",
                                            "asthma",
                                            "copd",
                                            "cancer",
                                            "depression",
                                            "anxiety",
                                            "serious_mental_illness",
                                            "dementia",
                                            "epilepsy",
                                            "learning_disability",
                                            "rheumatoid_arthritis",
                                            "osteoporosis",
                                            "osteoarthritis"};
}

class ConditionSet {
public:
    constexpr ConditionSet() noexcept = default;
    constexpr explicit ConditionSet(std::uint32_t bits) noexcept : bits_{bits} {}
    [[nodiscard]] constexpr bool has(Condition condition) const noexcept {
        return (bits_ >> index(condition) & 1U) != 0;
    }
    constexpr void add(Condition condition) noexcept { bits_ |= 1U << index(condition); }
    constexpr void remove(Condition condition) noexcept { bits_ &= ~(1U << index(condition)); }
    [[nodiscard]] constexpr int count() const noexcept { return __builtin_popcount(bits_); }
    [[nodiscard]] constexpr std::uint32_t bits() const noexcept { return bits_; }
    friend constexpr bool operator==(ConditionSet, ConditionSet) = default;

private:
    std::uint32_t bits_{0};
};

/// Risk factors that a person may carry.
enum class Risk : std::uint8_t { smoking, inactivity, obesity, loneliness, count_ };
[[nodiscard]] constexpr auto names(Risk) {
    return std::array<std::string_view, 4>{"smoking", "inactivity", "obesity", "loneliness"};
}

/// How a request comes in. Direct: booked with nobody in between.
enum class Channel : std::uint8_t { telephone, online, in_person, one_one_one, direct, count_ };
[[nodiscard]] constexpr auto names(Channel) {
    return std::array<std::string_view, 5>{"telephone", "online", "in_person", "one_one_one", "direct"};
}

/// How the front door fails somebody.
enum class Rebuff : std::uint8_t { no_answer, nothing_today, closed, count_ };
[[nodiscard]] constexpr auto names(Rebuff) {
    return std::array<std::string_view, 3>{"no_answer", "nothing_today", "closed"};
}

/// What somebody does whom the front door has failed.
enum class Recourse : std::uint8_t {
    again_tomorrow,
    waits,
    pharmacy,
    one_one_one,
    accident_and_emergency,
    gives_up,
    count_
};
[[nodiscard]] constexpr auto names(Recourse) {
    return std::array<std::string_view, 6>{"again_tomorrow",         "waits",   "pharmacy", "one_one_one",
                                           "accident_and_emergency", "gives_up"};
}

/// Who sees to an urgent need beside the practice and A&E.
enum class UrgentService : std::uint8_t { community_pharmacy, one_one_one, out_of_hours, ambulance, count_ };
[[nodiscard]] constexpr auto names(UrgentService) {
    return std::array<std::string_view, 4>{"community_pharmacy", "one_one_one", "out_of_hours", "ambulance"};
}

/// Ages as results and rate tables band them: 0, 1-4, then by five years, 90 and over last.
enum class AgeBand : std::uint8_t {
    under_1,
    from_1,
    from_5,
    from_10,
    from_15,
    from_20,
    from_25,
    from_30,
    from_35,
    from_40,
    from_45,
    from_50,
    from_55,
    from_60,
    from_65,
    from_70,
    from_75,
    from_80,
    from_85,
    from_90,
    count_
};
[[nodiscard]] constexpr auto names(AgeBand) {
    return std::array<std::string_view, 20>{"0",     "1-4",   "5-9",   "10-14", "15-19", "20-24", "25-29",
                                            "30-34", "35-39", "40-44", "45-49", "50-54", "55-59", "60-64",
                                            "65-69", "70-74", "75-79", "80-84", "85-89", "90+"};
}
[[nodiscard]] constexpr AgeBand age_band(int age_years) noexcept {
    if (age_years <= 0) return AgeBand::under_1;
    if (age_years < 5) return AgeBand::from_1;
    return static_cast<AgeBand>(age_years >= 90 ? 19 : age_years / 5 + 1);
}

/// Deprivation quintile of residence, 1 = most deprived.
inline constexpr int deprivation_quintiles = 5;

/// Whose money a total counts. Each total names one, and no total mixes two.
enum class Scope : std::uint8_t { practice, primary_and_community, all_nhs, nhs_and_social_care, count_ };
[[nodiscard]] constexpr auto names(Scope) {
    return std::array<std::string_view, 4>{"practice", "primary_and_community", "all_nhs", "nhs_and_social_care"};
}

/// The narrowest scope that a setting's spending belongs to; wider scopes hold the narrower.
[[nodiscard]] Scope narrowest_scope(Setting setting) noexcept;

}  // namespace segue
