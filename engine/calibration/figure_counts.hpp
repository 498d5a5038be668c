/// \file
/// What a run must count so that figures can be read from it, and the figures read from what it counted.
#pragma once
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "engine/calibration/figure.hpp"
#include "engine/record/counter.hpp"
#include "engine/record/output_plan.hpp"

namespace segue::calibration {

class FigureCounts {
public:
    /// Reports measures and dimensions that do not exist. `elsewhere` names terms that the caller counts himself.
    FigureCounts(std::span<const Figure> figures, std::set<std::string> elsewhere, Problems& problems);

    /// Outputs that a scenario must have, as `--set` gives them.
    [[nodiscard]] const std::vector<std::string>& overrides() const noexcept { return overrides_; }

    /// Finds the outputs in the plan of a scenario that was loaded with the overrides. Reports labels that it lacks.
    void bind(const OutputPlan& plan, Problems& problems);

    /// A term over all neighbourhoods of one replicate.
    [[nodiscard]] double value(const Term& term, std::span<const Counts* const> neighbourhoods) const;
    /// A figure, none of whose terms is counted elsewhere.
    [[nodiscard]] double value(const Figure& figure, std::span<const Counts* const> neighbourhoods) const;

private:
    /// Terms that choose among the same dimensions of the same measure share an output.
    struct Output {
        std::string measure;
        std::vector<std::string> dimensions;  ///< but for `bin`
        bool has_bins{false};
        std::size_t number{0};  ///< in the plan
        const Measure* row{nullptr};
    };
    struct Bound {
        Term term;
        std::size_t output{0};
        std::vector<std::size_t> cells;  ///< of one period
    };
    void add(const Term& term, Problems& problems);
    [[nodiscard]] std::size_t output_of(const Term& term);
    void bind(Bound& bound, Problems& problems) const;

    std::vector<Output> outputs_;
    std::vector<Bound> terms_;
    std::vector<std::string> overrides_;
    const OutputPlan* plan_{nullptr};
};

/// The word for person-years in a figure.
inline constexpr std::string_view person_years_word = "person_years";

}  // namespace segue::calibration
