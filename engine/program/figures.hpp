/// \file
/// What one results file says of people, needs, access, care and money, as figures that can stand beside another file's.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/vocabulary.hpp"
#include "engine/program/results_view.hpp"
#include "engine/results/list_trend.hpp"

namespace segue::program {

using Figure = std::optional<double>;  ///< nothing where the file does not say

class Figures {
public:
    /// `results` must outlive the figures. `path` names the file where it does not name its scenario.
    Figures(const Results& results, std::string path);

    [[nodiscard]] const ResultsView& view() const noexcept { return view_; }
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] std::string scenario() const;                ///< "st-austell/gp-led"
    [[nodiscard]] std::vector<std::string> overrides() const;  ///< "team.roles.gp.wte=15.29", as --set gave them
    [[nodiscard]] std::string dates() const;                   ///< "2026-04-01 to 2027-03-31"

    [[nodiscard]] Figure people_at_start() const;
    [[nodiscard]] Figure people_at_end() const { return view_.at_end("population"); }
    [[nodiscard]] Figure person_years() const noexcept { return person_years_; }

    [[nodiscard]] Figure per_person_year(std::string_view variable, const std::vector<Pick>& picks = {}) const;
    [[nodiscard]] Figure per_thousand(std::string_view variable, const std::vector<Pick>& picks = {}) const;

    /// Share of the variable's total that lies at a label. [1]
    [[nodiscard]] Figure share(std::string_view variable, Pick of) const;
    /// Share of contacts in the bins from `days` on; nothing where no bin begins there. [1]
    [[nodiscard]] Figure share_from(std::string_view variable, std::int64_t days, Stretch of = Stretch::all) const;
    /// Days that half the contacts do not exceed, as the bin that holds them: "0", "2-7", "29+".
    [[nodiscard]] std::string median_days(std::string_view variable, Stretch of = Stretch::all) const;

    /// Whether the people in books grow or shrink over the span: then no mean over it tells how long they wait.
    [[nodiscard]] bool books_move() const;

    [[nodiscard]] Figure missed_share() const;
    [[nodiscard]] bool is_in_post(Role role) const;
    [[nodiscard]] Figure used_share(Role role) const;  ///< of the minutes there were [1]

    /// Whole-time equivalents in post over the span, at the yearly cost that the file's scenario gives. [GBP/a]
    [[nodiscard]] Figure staff_cost_per_year() const;

private:
    [[nodiscard]] Figure count_person_years() const;
    [[nodiscard]] Figure net_gain() const;

    ResultsView view_;
    std::string path_;
    Figure person_years_;
    ListTrends lists_;
};

}  // namespace segue::program
