/// \file
/// Who has what at which age, and the yearly rates that keep it so.
///
///   In     prevalence by age, sex and deprivation; frailty; life table; correlations of liabilities
///   Out    chances for drawing people of any age; rates of onset, remission, frailty and death for ageing them
///   Law    each person carries two lasting causes of illness, bodily and mental, each one of eight cells of equal
///          chance at birth: 64 bins. Given age, sex, fifth of deprivation and bin, conditions and frailty are
///          independent: P(condition) = Phi((loading . cause - threshold) / sqrt(1 - |loading|^2)).
///   Holds  in expectation, people aged by the rates keep every published prevalence by age, and deaths by age, sex
///          and deprivation follow the life table, though the frail die sooner: bins are weighted by their survivors
///
/// See docs/odd.md#health. Rates are constant within a year of age; chances are those of a birthday, and in between
/// they are taken as linear.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/core/quantity.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/population/age_curve.hpp"
#include "engine/population/liability.hpp"
#include "engine/population/population_tables.hpp"

namespace segue {

/// Cells of one cause; a bin is bodily cell * 8 + mental cell, 0 the least ill.
inline constexpr int cause_cells = 8;
inline constexpr int health_bins = cause_cells * cause_cells;

/// Who a rate is asked for.
struct HealthCell {
    int age{0};  ///< completed years
    Sex sex{Sex::female};
    int quintile{3};
    std::uint8_t bin{0};
};

class HealthModel {
public:
    /// Solves thresholds and rates for every age; about a third of a second.
    explicit HealthModel(const HealthTables& tables);

    // Rates [1/a], each constant through the year of age.
    [[nodiscard]] float onset_rate(Condition condition, const HealthCell& who) const noexcept {
        return rates_[place(who)].onset[index(condition)];
    }
    [[nodiscard]] float remission_rate(Condition condition, const HealthCell& who) const noexcept {
        return rates_[place(who)].remission[index(condition)];
    }
    /// From `from` to the next worse; nobody grows less frail. 0 from severe.
    [[nodiscard]] float frailty_up_rate(Frailty from, const HealthCell& who) const noexcept {
        return from == Frailty::severe ? 0.0F : rates_[place(who)].frailer[index(from)];
    }
    /// Depends on age, sex, deprivation and frailty; the bin acts through frailty alone.
    [[nodiscard]] float death_rate(int age, Sex sex, int quintile, Frailty frailty) const noexcept {
        return deaths_[group(sex, quintile) * static_cast<std::size_t>(age_count) + age_index(age)][frailty];
    }

    // Chances at the birthday that opens the year of age.
    [[nodiscard]] double bin_share(const HealthCell& who) const noexcept;  ///< among survivors of that age
    [[nodiscard]] double chance(Condition condition, const HealthCell& who) const noexcept;
    [[nodiscard]] double chance_at_least(Frailty frailty, const HealthCell& who) const noexcept;

    // Draws, one word for each. `passed` is the part of the year of age gone by, of 256.
    [[nodiscard]] std::uint8_t draw_bin(int age, Sex sex, int quintile, std::uint32_t word) const noexcept;
    [[nodiscard]] ConditionSet draw_conditions(
        const HealthCell& who, std::uint32_t passed,
        const std::array<std::uint32_t, count_of<Condition>>& words) const noexcept;
    [[nodiscard]] Frailty draw_frailty(const HealthCell& who, std::uint32_t passed, std::uint32_t word) const noexcept;

    /// Asks the processor for the chances of a draw to come, which are seldom in a cache near it.
    void fetch(const HealthCell& who) const noexcept;

    [[nodiscard]] const Loadings& loadings() const noexcept { return loadings_; }
    /// The prevalence that the model keeps, at a birthday (0 to 111), over all bins.
    [[nodiscard]] double prevalence(Condition condition, int birthday, Sex sex, int quintile) const noexcept;
    [[nodiscard]] double frailty_at_least(Frailty frailty, int birthday) const noexcept;

private:
    static constexpr std::size_t groups = 2 * std::size_t{deprivation_quintiles};
    static constexpr std::size_t chance_words = 24;  ///< 20 conditions, at least mild, moderate, severe, and one spare
    using Thresholds = std::array<std::uint32_t, chance_words>;
    struct Rates {
        std::array<float, count_of<Condition>> onset;
        std::array<float, count_of<Condition>> remission;
        std::array<float, 3> frailer;
    };

    [[nodiscard]] static std::size_t group(Sex sex, int quintile) noexcept {
        return index(sex) * deprivation_quintiles + static_cast<std::size_t>(quintile - 1);
    }
    [[nodiscard]] static std::size_t place(const HealthCell& who) noexcept {
        return (group(who.sex, who.quintile) * health_bins + who.bin) * static_cast<std::size_t>(age_count) +
               age_index(who.age);
    }
    [[nodiscard]] static std::size_t birthday_place(const HealthCell& who) noexcept {
        return (group(who.sex, who.quintile) * health_bins + who.bin) * static_cast<std::size_t>(birthday_count) +
               age_index(who.age);
    }
    [[nodiscard]] static std::size_t bins_place(int age, Sex sex, int quintile) noexcept {
        return group(sex, quintile) * static_cast<std::size_t>(age_count) + age_index(age);
    }
    friend class HealthSolver;

    Loadings loadings_;
    std::vector<Thresholds> thresholds_;  ///< by group, bin, birthday
    std::vector<Rates> rates_;            ///< by group, bin, age
    std::vector<EnumArray<Frailty, float>> deaths_;
    std::vector<std::array<std::uint32_t, health_bins>> bins_;         ///< cumulated shares, by group and age
    std::vector<std::array<double, count_of<Condition>>> prevalence_;  ///< by group and birthday
    EnumArray<Frailty, ByBirthday<double>> frailty_;                   ///< at least that frail
};

/// The model of these tables; the last one solved is kept, since scenarios and points of a sweep mostly share theirs.
[[nodiscard]] std::shared_ptr<const HealthModel> solved_health(const HealthTables& tables);

}  // namespace segue
