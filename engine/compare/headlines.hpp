/// \file
/// What arms are compared by: a short list over what runs count, from money and staff to health and experience.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calibration/figure.hpp"
#include "engine/calibration/figure_counts.hpp"
#include "engine/core/enum_array.hpp"
#include "engine/core/vocabulary.hpp"

namespace segue::compare {

/// One headline: a variable of the results, or a member of one that lies along an axis.
struct Headline {
    std::string variable;   ///< "contacts"
    std::string dimension;  ///< "role"; empty: none
    std::string label;      ///< "gp"
    std::string unit;
    std::string meaning;
    int decimals{1};    ///< as tables show it
    bool leads{false};  ///< among the few by which an attribution is told
    calibration::Figure figure;
    /// "contacts[role=gp]", as --precision names it.
    [[nodiscard]] std::string name() const;
};

/// Every headline, in the order of the report: first what the arms cost, then money, staff, experience, health.
[[nodiscard]] std::vector<Headline> headlines();

/// Headlines of one variable, which stand together.
struct HeadlineGroup {
    std::size_t first;
    std::size_t count;
};
[[nodiscard]] std::vector<HeadlineGroup> by_variable(std::span<const Headline> headlines);

/// Words of figures that no output counts: see OwnFigures.
inline constexpr std::string_view staff_cost_word = "staff_cost_gbp";
inline constexpr std::string_view waiting_at_end_word = "waiting_at_end";

/// What no output counts.
struct OwnFigures {
    double staff_cost_gbp{0};  ///< of all neighbourhoods in a year [GBP/a]
    double waiting_at_end{0};  ///< people in roles' lines on the last day
};

/// Values of headlines are rounded to this, so that sums and differences of them are exact. [in their units]
inline constexpr double headline_grain = 1.0 / (1 << 24);

/// The headlines of one arm, read from what its replicates counted.
class HeadlineReader {
public:
    /// Reports figures of measures and dimensions that do not exist.
    HeadlineReader(std::vector<Headline> headlines, Problems& problems);

    [[nodiscard]] const std::vector<Headline>& headlines() const noexcept { return headlines_; }
    /// Outputs that every arm must have, as `--set` gives them.
    [[nodiscard]] const std::vector<std::string>& overrides() const noexcept { return counts_.overrides(); }
    /// Finds the outputs in an arm's plan.
    void bind(const OutputPlan& plan, Problems& problems) { counts_.bind(plan, problems); }
    /// Every headline of one replicate over its neighbourhoods; not a number where it divides nothing by nothing.
    [[nodiscard]] std::vector<double> values(std::span<const Counts* const> neighbourhoods,
                                             const OwnFigures& own) const;

private:
    std::vector<Headline> headlines_;
    calibration::FigureCounts counts_;
};

}  // namespace segue::compare
