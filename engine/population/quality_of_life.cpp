#include "engine/population/quality_of_life.hpp"

#include <algorithm>
#include <cmath>

namespace segue {
namespace {

std::int32_t micro(double utility) { return static_cast<std::int32_t>(std::nearbyint(utility * 1e6)); }

double kept(double milli) { return std::clamp(milli, 0.0, 10'000.0); }

/// Mean over people once everybody is kept within 0 to 10.
double mean_kept(double centre, double deviation) {
    const NormalTable& normal = NormalTable::shared();
    double sum = 0;
    for (std::uint32_t cell = 0; cell < NormalTable::cells; ++cell) {
        sum += kept(centre + deviation * static_cast<double>(normal.deviate(cell << 20U)));
    }
    return sum / NormalTable::cells;
}

}  // namespace

QualityOfLife::QualityOfLife(const QualityTables& tables, const HealthTables& health, const HealthModel& model,
                             double wellbeing_deviation)
    : wellbeing_deviation_{static_cast<float>(wellbeing_deviation * 1000)} {
    for (const Condition condition : all<Condition>()) decrement_[condition] = micro(tables.decrement[condition]);
    for (int age = 0; age < age_count; ++age) {
        const std::size_t row = age_index(age);
        for (const Sex sex : all<Sex>()) {
            double mean = 0;
            for (const Condition condition : all<Condition>()) {
                for (int quintile = 1; quintile <= deprivation_quintiles; ++quintile) {
                    // The middle of the year of age.
                    const double prevalence = (model.prevalence(condition, age, sex, quintile) +
                                               model.prevalence(condition, age + 1, sex, quintile)) /
                                              2;
                    mean += health.quintile_share[row][sex][static_cast<std::size_t>(quintile - 1)] * prevalence *
                            tables.decrement[condition];
                }
            }
            of_the_well_[row][sex] = micro(tables.eq5d[row][sex] + mean);
        }
        // Those kept to 10 lower the mean: the centre is raised until the mean is the published one.
        const double target = tables.life_satisfaction[row] * 1000;
        double centre = target;
        for (int round = 0; round < 12; ++round) centre += target - mean_kept(centre, wellbeing_deviation * 1000);
        wellbeing_centre_[row] = static_cast<float>(centre);
    }
}

std::int32_t QualityOfLife::utility_micro(int age, Sex sex, ConditionSet conditions) const noexcept {
    // The worst state of EQ-5D-3L in the UK value set (Dolan 1997) is -0.594; nobody is above full health.
    constexpr std::int32_t worst = -594'000;
    constexpr std::int32_t best = 1'000'000;
    std::int32_t utility = of_the_well_[age_index(age)][sex];
    for (std::uint32_t bits = conditions.bits(); bits != 0; bits &= bits - 1) {
        utility -= decrement_[static_cast<Condition>(__builtin_ctz(bits))];
    }
    return std::clamp(utility, worst, best);
}

std::int16_t QualityOfLife::wellbeing_milli(int age, std::uint32_t word) const noexcept {
    const float value = wellbeing_centre_[age_index(age)] + wellbeing_deviation_ * NormalTable::shared().deviate(word);
    return static_cast<std::int16_t>(std::clamp(value, 0.0F, 10'000.0F) + 0.5F);
}

}  // namespace segue
