/// \file
/// Everything that an output can measure, in one table: its name, unit and meaning, the records or the stock it is
/// counted from, and the dimensions it may be split by.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/model/event.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue {

/// What a count may be split by. The first seven say who the person was on the day.
enum class Dimension : std::uint8_t {
    age_band,
    sex,
    deprivation,
    segment,
    practice,
    frailty,
    residence,
    role,
    need,
    mode,
    setting,
    scope,
    condition,
    reason,
    origin,
    segment_left,
    passing,
    dying,
    channel,
    rebuff,
    recourse,
    service,
    visit,
    elective_stay,
    admission,
    hospital_stage,
    referral_source,
    clock_stop,
    ae_outcome,
    referral_stage,
    stage_reached,  ///< by a referral that ended
    referral_end,
    referral_route,
    activity,
    activity_step,
    count_
};
[[nodiscard]] constexpr auto names(Dimension) {
    return std::array<std::string_view, 35>{"age_band",
                                            "sex",
                                            "deprivation",
                                            "segment",
                                            "practice",
                                            "frailty",
                                            "residence",
                                            "role",
                                            "need",
                                            "mode",
                                            "setting",
                                            "scope",
                                            "condition",
                                            "reason",
                                            "origin",
                                            "segment_left",
                                            "passing",
                                            "dying",
                                            "channel",
                                            "rebuff",
                                            "recourse",
                                            "service",
                                            "visit",
                                            "elective_stay",
                                            "admission",
                                            "hospital_stage",
                                            "referral_source",
                                            "clock_stop",
                                            "ae_outcome",
                                            "referral_stage",
                                            "stage_reached",
                                            "referral_end",
                                            "referral_route",
                                            "activity",
                                            "activity_step"};
}

/// What is held at a day's end rather than what happens in a day.
enum class Stock : std::uint8_t {
    none,
    people,
    on_register,
    in_passing_state,
    wellbeing,
    utility,
    waiting,
    wte_in_post,
    in_a_bed,
    hospital_waiting,
    loneliness_change,
    caseload,
    waiting_for_link_worker,
    waiting_for_activity,
    activity_places_used
};

/// Which number of a record is measured when it is summed or put into bins.
enum class Field : std::uint8_t { one, value, lead, delay };

/// That number; for Field::one, 1.
[[nodiscard]] constexpr std::int64_t measured(const Event& event, Field field) noexcept {
    switch (field) {
        case Field::value: return event.value;
        case Field::lead: return event.lead;
        case Field::delay: return event.delay;
        default: return 1;
    }
}

struct Measure {
    std::string_view name;
    std::string_view unit;  ///< of the sum or of the bins' edges
    std::string_view meaning;
    Stock stock{Stock::none};
    std::vector<EventKind> kinds;  ///< the records that count, for a flow
    Field field{Field::one};
    std::optional<std::uint8_t> only_what{};  ///< of its records, only those with this in `what`
    bool appointments_only{false};      ///< of contacts, only those that count as appointments of general practice
    double scale{1};                    ///< of the whole numbers that are added up: 0.01 turns pence into pounds
    bool about_people{true};            ///< whether its records have a person, so that the first seven dimensions apply
    std::vector<Dimension> dimensions;  ///< its own, beside those of the person
    Statistic statistic{Statistic::count};  ///< unless an output says otherwise
    std::vector<double> edges;              ///< of bins, unless an output says otherwise
    std::vector<Dimension> default_by;      ///< of the output that every run has
    bool default_output{true};

    [[nodiscard]] bool allows(Dimension dimension) const noexcept;
};

[[nodiscard]] const std::vector<Measure>& measures();
[[nodiscard]] const Measure* find_measure(std::string_view name);

}  // namespace segue
