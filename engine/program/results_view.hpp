/// \file
/// Totals out of any results file, by the names of its variables, axes and labels.
///
///   Holds  what is not there, or is measured in another way, is nothing: never a zero
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/results/results.hpp"

namespace segue::program {

/// Cells that lie at this label of this axis.
struct Pick {
    std::string_view axis;
    std::string_view label;
};

/// Which of a variable's periods.
enum class Stretch { all, first_quarter, last_quarter };

class ResultsView {
public:
    /// `results` must outlive the view.
    explicit ResultsView(const Results& results);

    /// Sum over neighbourhoods, periods and all else that is not picked; mean over complete replicates.
    [[nodiscard]] std::optional<double> total(std::string_view variable, const std::vector<Pick>& picks = {}) const;
    /// The same of the last period alone: for what is held rather than what happens.
    [[nodiscard]] std::optional<double> at_end(std::string_view variable, const std::vector<Pick>& picks = {}) const;
    /// The same of each period.
    [[nodiscard]] std::vector<double> by_period(std::string_view variable, const std::vector<Pick>& picks = {}) const;
    /// The same at each place of an axis; empty when the variable does not lie along it.
    [[nodiscard]] std::vector<double> along(std::string_view variable, std::string_view axis,
                                            const std::vector<Pick>& picks = {}, Stretch of = Stretch::all) const;

    /// The axis of time that the variable lies along, or none.
    [[nodiscard]] const Axis* time_of(std::string_view variable) const;
    /// An axis of the variable whose name ends in `ending`: bins are named by the output that first had them.
    [[nodiscard]] const Axis* axis_of(std::string_view variable, std::string_view ending) const;

    [[nodiscard]] std::size_t replicates() const noexcept { return complete_count_; }
    [[nodiscard]] const Results& results() const noexcept { return *results_; }

private:
    /// The variable, when it measures what its name says.
    [[nodiscard]] const Variable* find(std::string_view name) const;

    const Results* results_;
    std::vector<bool> complete_;  ///< by place along `replicate`
    std::size_t complete_count_{0};
};

}  // namespace segue::program
