/// \file
/// How people fare: utility (EQ-5D) and life satisfaction.
///
///   Law    utility = norm of age and sex - decrements of one's conditions + the mean decrement of that age and sex.
///          The norms are means over everybody, ill or well; so what England's people of that age have on average is
///          given back, and the mean by age and sex stays the norm.
///          life satisfaction = mean of the age + a deviation of one's own for life, kept within 0 to 10
///   Draws  Purpose::wellbeing, by person
#pragma once
#include <cstdint>

#include "engine/population/health_model.hpp"
#include "engine/population/normal_table.hpp"
#include "engine/population/population_tables.hpp"
#include "engine/rng/draws.hpp"

namespace segue {

class QualityOfLife {
public:
    /// \param wellbeing_deviation standard deviation over people of life satisfaction, before it is kept to 0-10
    QualityOfLife(const QualityTables& tables, const HealthTables& health, const HealthModel& model,
                  double wellbeing_deviation);

    /// [1e-6]
    [[nodiscard]] std::int32_t utility_micro(int age, Sex sex, ConditionSet conditions) const noexcept;
    /// From the word that is the person's own for life. [1e-3]
    [[nodiscard]] std::int16_t wellbeing_milli(int age, std::uint32_t word) const noexcept;
    [[nodiscard]] static std::uint32_t wellbeing_word(Twin twin, PersonKey person) noexcept {
        return philox(twin, person.value(), purpose_and_block(Purpose::wellbeing, 0), 0)[0];
    }

private:
    ByAgeSex<std::int32_t> of_the_well_{};  ///< utility of somebody without a condition [1e-6]
    EnumArray<Condition, std::int32_t> decrement_{};
    ByAge<float> wellbeing_centre_{};  ///< [1e-3]
    float wellbeing_deviation_{0};     ///< [1e-3]
};

}  // namespace segue
