/// \file
/// Solves a HealthModel from its tables: year by year of age, for each sex and fifth of deprivation.
///
/// In a year of age with bin weights w: thresholds are set so that the prevalences hold under w; deaths thin each bin by
/// its frailty, which gives the weights at the next birthday; those set the next thresholds; and rates are what carries
/// each bin from the one to the other. Next year's frailty bears on this year's deaths, so a year is solved by
/// repetition until the weights stand.
#pragma once
#include <array>

#include "engine/population/health_model.hpp"

namespace segue {

/// Yearly rates of getting a condition and of losing it. [1/a]
struct Turnover {
    double onset;
    double remission;
};
/// The rates that take its share from `from` to `to` within a year: those who have it lose it at least at `remission`.
[[nodiscard]] Turnover turnover(double from, double to, double remission);

class HealthSolver {
public:
    HealthSolver(const HealthTables& tables, HealthModel& model);
    void solve();

private:
    template <class T>
    using ByBin = std::array<T, health_bins>;
    using Levels = std::array<double, count_of<Frailty>>;  ///< shares of a bin by frailty; together 1
    /// A bin's year: the rates at which it grows frailer, and who is left of it.
    struct Year {
        std::array<double, 3> frailer{};
        double survivors{1};
        double change{0};  ///< of a rate in the last round [1/a]
    };

    void set_targets();
    void solve_group(Sex sex, int quintile);
    /// Chances by bin whose mean under `weights` is `target`. `threshold` is where to start looking, and what was found.
    [[nodiscard]] ByBin<double> chances(std::size_t liability, const ByBin<double>& weights, double target,
                                        double& threshold) const;
    [[nodiscard]] ByBin<Levels> frailty_levels(const ByBin<double>& weights, int birthday,
                                               std::array<double, 3>& thresholds) const;
    [[nodiscard]] static Year carry(const Levels& from, const Levels& to, const Levels& death_rates,
                                    std::array<double, 3> guess);
    [[nodiscard]] double death_hazard(int age, Sex sex, std::size_t fifth) const;
    void store(Sex sex, int quintile, int birthday, const ByBin<double>& weights, const ByBin<Levels>& levels);
    void set_condition_rates(Sex sex, int quintile);

    const HealthTables& tables_;
    HealthModel& model_;
    ByBin<std::array<double, liability_count>> pull_;  ///< loading . cause, by bin
    std::array<double, liability_count> own_{};        ///< standard deviation of what no cause explains
    std::array<double, count_of<Condition>> condition_thresholds_{};
    std::vector<ByBin<std::array<double, count_of<Condition>>>> chances_;  ///< of the group at hand, by birthday
};

}  // namespace segue
