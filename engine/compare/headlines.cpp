#include "engine/compare/headlines.hpp"

#include <cmath>
#include <set>

#include <fmt/format.h>

#include "engine/core/contracts.hpp"
#include "engine/core/words.hpp"

namespace segue::compare {
namespace {

/// A headline as it is declared. Where it has a dimension, {} stands for each of its labels in turn.
struct Row {
    const char* variable{};
    const char* dimension{};
    const char* figure{};
    const char* unit{};
    const char* meaning{};
    int decimals{};
    bool leads{false};
};

constexpr Row rows[] = {
    {"staff_cost_gbp", "", "staff_cost_gbp", "GBP/a", "Yearly cost of the team in post", 0, true},
    {"cost_gbp", "scope", "cost_gbp[scope={}] / person_years", "GBP/a",
     "Spending of each scope for each person and year; a wider scope holds the narrower", 2},
    {"contacts", "role", "contacts[role={}] / person_years", "1/a", "Contacts with each role for each person and year",
     3},
    {"used_percent", "role", "100 * minutes_used[role={}] / minutes_available[role={}]", "%",
     "Minutes used of those that the role has", 1},
    {"delay_over_week_percent", "", "100 * delay_days[bin=8|15|22|29] / delay_days", "%",
     "Contacts more than a week after the day that was wanted", 2, true},
    {"turned_away", "", "1000 * turned_away / person_years", "1/a",
     "Requests that the front door failed, for each 1,000 people and year", 1, true},
    {"gave_up", "", "1000 * gave_up / person_years", "1/a", "People who gave up waiting, for each 1,000 and year", 1},
    {"waiting_at_end", "", "waiting_at_end", "1", "People in roles' lines on the last day", 0},
    {"continuity_percent", "", "100 * continuity / continuity_contacts", "%",
     "Contacts with the usual clinician, of those with a role in which people have one", 1},
    {"unmet_needs", "", "1000 * unmet_needs / person_years", "1/a", "Needs that ended unmet, for each 1,000 and year",
     1, true},
    {"urgent_contacts", "", "1000 * urgent_contacts / person_years", "1/a",
     "Contacts with 111, pharmacies, out of hours and ambulances, for each 1,000 and year", 1},
    {"ae_attendances", "", "1000 * ae_attendances / person_years", "1/a",
     "Attendances at A&E for each 1,000 people and year", 1, true},
    {"emergency_admissions", "", "1000 * emergency_admissions / person_years", "1/a",
     "Emergency admissions for each 1,000 people and year", 2, true},
    {"bed_days", "", "1000 * bed_days / person_years", "d/a",
     "Nights in hospital, of stays that ended, for each 1,000 people and year", 1},
    {"outpatient_contacts", "", "1000 * outpatient_contacts / person_years", "1/a",
     "Outpatient attendances for each 1,000 people and year", 1},
    {"seen_by_link_worker", "", "1000 * referrals[referral_stage=first_contact] / person_years", "1/a",
     "People seen by a link worker for the first time on a referral, for each 1,000 and year", 2},
    {"started_activity", "", "1000 * referrals[referral_stage=activity_started] / person_years", "1/a",
     "People who started a community activity on a referral, for each 1,000 and year", 2},
    {"waiting_for_link_worker", "", "waiting_for_link_worker", "1", "People on the link workers' list, on average", 1},
    {"wellbeing", "", "wellbeing / population", "1", "Mean life satisfaction, 0 to 10", 4},
    {"utility", "", "utility / population", "1", "Mean EQ-5D utility", 5},
};

std::vector<std::string> labels_of(std::string_view dimension) {
    return dimension == "scope" ? words<Scope>() : dimension == "role" ? words<Role>() : std::vector<std::string>{};
}

std::string with_label(std::string text, const std::string& label) {
    for (std::size_t at = text.find("{}"); at != std::string::npos; at = text.find("{}")) text.replace(at, 2, label);
    return text;
}

Headline headline(const Row& row, const std::string& label) {
    Problems problems;
    auto figure = calibration::Figure::parse(with_label(row.figure, label), {row.variable, 1, 1}, problems);
    SEGUE_EXPECT(figure.has_value());
    return {row.variable, row.dimension, label, row.unit, row.meaning, row.decimals, row.leads, std::move(*figure)};
}

std::vector<calibration::Figure> figures_of(const std::vector<Headline>& headlines) {
    std::vector<calibration::Figure> figures;
    figures.reserve(headlines.size());
    for (const Headline& one : headlines) figures.push_back(one.figure);
    return figures;
}

std::set<std::string> own_words() { return {std::string{staff_cost_word}, std::string{waiting_at_end_word}}; }

double to_grain(double value) { return std::nearbyint(value / headline_grain) * headline_grain; }

}  // namespace

std::string Headline::name() const {
    return dimension.empty() ? variable : fmt::format("{}[{}={}]", variable, dimension, label);
}

std::vector<Headline> headlines() {
    std::vector<Headline> made;
    for (const Row& row : rows) {
        if (*row.dimension == '\0') made.push_back(headline(row, ""));
        for (const std::string& label : labels_of(row.dimension)) made.push_back(headline(row, label));
    }
    return made;
}

std::vector<HeadlineGroup> by_variable(std::span<const Headline> headlines) {
    std::vector<HeadlineGroup> groups;
    for (std::size_t i = 0; i < headlines.size(); ++i) {
        if (i == 0 || headlines[i].variable != headlines[i - 1].variable) groups.push_back({i, 0});
        ++groups.back().count;
    }
    return groups;
}

HeadlineReader::HeadlineReader(std::vector<Headline> headlines, Problems& problems)
    : headlines_{std::move(headlines)}, counts_{figures_of(headlines_), own_words(), problems} {}

std::vector<double> HeadlineReader::values(std::span<const Counts* const> neighbourhoods, const OwnFigures& own) const {
    std::vector<double> values;
    for (const Headline& one : headlines_) {
        values.push_back(to_grain(one.figure.value([&](const calibration::Term& term) {
            if (term.name == staff_cost_word) return own.staff_cost_gbp;
            if (term.name == waiting_at_end_word) return own.waiting_at_end;
            return counts_.value(term, neighbourhoods);
        })));
    }
    return values;
}

}  // namespace segue::compare
