/// \file
/// The team, when it works, and the rules by which its minutes are given away.
#pragma once
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/quantity.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue {

/// Whose appointment book a role is booked in.
enum class BookOwner : std::uint8_t { practice, hub, count_ };
[[nodiscard]] constexpr auto names(BookOwner) { return std::array<std::string_view, 2>{"practice", "hub"}; }

/// Hard: a day's minutes are all there are. Elastic: urgent requests may use overtime up to a share of them.
enum class Capacity : std::uint8_t { hard, elastic, count_ };
[[nodiscard]] constexpr auto names(Capacity) { return std::array<std::string_view, 2>{"hard", "elastic"}; }

/// How many of a role the configuration has, and where they are booked.
struct TeamRoleParameters {
    Wte wte{0};
    BookOwner book{BookOwner::practice};

    static constexpr std::string_view prefix = "team.roles.*";
    static auto declarations() {
        using T = TeamRoleParameters;
        return std::tuple{
            parameter(&T::wte, "wte", "Whole-time equivalents in post, shared over practices by list size",
                      Range{0, 1000}, Uncertain::known(), Source{"the configuration's own choice"}, Certainty::C,
                      Kind::policy),
            parameter(&T::book, "book",
                      "Whether each practice has its own book for the role or the neighbourhood has one", Range{0, 0},
                      Uncertain::known(), Source{"the configuration's own choice"}, Certainty::C, Kind::policy)};
    }
};

/// What a role is like wherever it works.
struct RoleParameters {
    Setting setting{Setting::general_practice};
    Pounds cost_per_wte_year{50'000};
    double hours_per_day{7.5};
    double absence_share{0.17};
    double direct_care_share{0.6};
    double baseline_load{1};
    double pressure{1};

    static constexpr std::string_view prefix = "roles.*";
    static auto declarations() {
        using R = RoleParameters;
        const Source table{"roles.csv gives each role its own; this default is an assumption"};
        const auto row = [&](auto member, const char* name, const char* meaning, Range range, Uncertain doubt) {
            return parameter(member, name, meaning, range, doubt, table, Certainty::C, Kind::evidence);
        };
        return std::tuple{
            row(&R::setting, "setting", "Where its contacts are counted and its cost is charged", {0, 0},
                Uncertain::known()),
            row(&R::cost_per_wte_year, "cost_gbp_per_wte_year",
                "Yearly cost of one whole-time equivalent, on-costs and overheads included (2024/25 prices)",
                {0, 1'000'000}, Uncertain::known()),
            row(&R::hours_per_day, "hours_per_day", "Paid hours of one whole-time equivalent on a working day", {0, 24},
                Uncertain::known()),
            row(&R::absence_share, "absence_share", "Share of working days lost to leave, sickness and training",
                {0, 1}, Uncertain::uniform(0.14, 0.2)),
            row(&R::direct_care_share, "direct_care_share", "Share of the hours worked that are contacts with people",
                {0, 1}, Uncertain::uniform(0.5, 0.7)),
            parameter(&R::baseline_load, "baseline_load",
                      "Factor on the minutes for people that staff have, so that minutes asked for over minutes "
                      "available are in the base what its targets say",
                      Range{0.05, 20}, Uncertain::known(), Source{"solved by segue calibrate; 1 where it was not"},
                      Certainty::C, Kind::calibrated),
            parameter(&R::pressure, "pressure",
                      "Minutes asked for over minutes available, as a ratio to the base's: above 1, less of what is "
                      "asked for fits than there",
                      Range{0.2, 5}, Uncertain::known(),
                      Source{"1 is the base; how far the base's own may be off is said once, role by role, beside the "
                             "targets that it is calibrated to, and is part of the interval of baseline_load"},
                      Certainty::C, Kind::calibrated)};
    }
};

/// The rules of the book, and when it is open.
struct BookParameters {
    std::vector<double> weekday_share{1, 1, 1, 1, 1, 0, 0};
    bool open_on_bank_holidays{false};
    double urgent_carve_out_share{0.35};
    Capacity capacity{Capacity::hard};
    double overtime_share{0};

    [[nodiscard]] bool is_open(Day day) const noexcept {
        return weekday_share[index(weekday(day))] > 0 && (open_on_bank_holidays || !is_bank_holiday(day));
    }
    /// The first day from `day` on that the books are open; `day` itself when they are not within a year.
    [[nodiscard]] Day next_open(Day day) const noexcept {
        for (std::int32_t ahead = 0; ahead < 366; ++ahead) {
            if (is_open(day + ahead)) return day + ahead;
        }
        return day;
    }

    static constexpr std::string_view prefix = "book";
    static auto declarations() {
        using B = BookParameters;
        const auto doubt = Uncertain::known();
        return std::tuple{
            parameter(&B::weekday_share, "weekday_share", "Minutes worked on Monday to Sunday, 1 = a full day",
                      Range{0, 1}, doubt,
                      Source{"core hours are Monday to Friday (GMS contract); 1.9% of appointments fall on Saturdays "
                             "(Appointments in General Practice, Aug 2021 - Jun 2022)"},
                      Certainty::B, Kind::policy),
            parameter(&B::open_on_bank_holidays, "open_on_bank_holidays",
                      "Whether the books are open on England's bank holidays", Range{0, 0}, doubt,
                      Source{"practices close; assumption"}, Certainty::C, Kind::policy),
            parameter(&B::urgent_carve_out_share, "urgent_carve_out_share",
                      "Share of a day's minutes kept for urgent requests until the day's end", Range{0, 1},
                      Uncertain::uniform(0.16, 0.5),
                      Source{"same-day-only share of doctor appointments 40% with Advanced Access, 16% elsewhere "
                             "(Advanced Access practice survey 2007, PMC1934051)"},
                      Certainty::B, Kind::policy),
            parameter(&B::capacity, "capacity", "Whether urgent requests may use overtime", Range{0, 0}, doubt,
                      Source{"assumption"}, Certainty::C, Kind::policy),
            parameter(&B::overtime_share, "overtime_share", "Most overtime in a day, as a share of its minutes",
                      Range{0, 1}, doubt, Source{"assumption"}, Certainty::C, Kind::policy)};
    }
};

/// Who does not come, by how long ago they booked. Rates: GPonline 2018 from NHS Digital data; the scale brings
/// their mean over the lead times of 2024/25 (5.1%) to the 4.37% observed then.
struct AttendanceParameters {
    double missed_same_day{0.019};
    double missed_next_day{0.050};
    double missed_within_week{0.068};
    double missed_later{0.085};
    double scale{0.86};
    double rebooks_share{0.6};

    static constexpr std::string_view prefix = "attendance";
    static auto declarations() {
        using A = AttendanceParameters;
        const Source lead{"did-not-attend rate by lead time, England 2018 (GPonline, NHS Digital data)"};
        const auto row = [&](auto member, const char* name, const char* meaning, Uncertain doubt) {
            return parameter(member, name, meaning, Range{0, 1}, doubt, lead, Certainty::B, Kind::evidence);
        };
        return std::tuple{
            row(&A::missed_same_day, "missed_same_day_share", "Share missed of contacts booked on the day",
                Uncertain::uniform(0.015, 0.025)),
            row(&A::missed_next_day, "missed_next_day_share", "Share missed of contacts booked the day before",
                Uncertain::uniform(0.04, 0.06)),
            row(&A::missed_within_week, "missed_within_week_share",
                "Share missed of contacts booked 2 to 7 days before", Uncertain::uniform(0.055, 0.08)),
            row(&A::missed_later, "missed_later_share", "Share missed of contacts booked longer before",
                Uncertain::uniform(0.082, 0.089)),
            parameter(&A::scale, "missed_scale", "Factor on all of these", Range{0, 2}, Uncertain::uniform(0.8, 0.95),
                      Source{"4.37% observed in 2024/25 over the 5.1% that the 2018 rates imply (Appointments in "
                             "General Practice)"},
                      Certainty::B, Kind::calibrated),
            parameter(&A::rebooks_share, "rebooks_share", "Share of those who missed that book again", Range{0, 1},
                      Uncertain::uniform(0.4, 0.9), Source{"assumption; no study found"}, Certainty::C,
                      Kind::evidence)};
    }
};

}  // namespace segue
