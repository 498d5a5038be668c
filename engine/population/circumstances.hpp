/// \file
/// Where people live and what they carry about them: shares by age, sex, deprivation and frailty.
///
///   Law    a person has a circumstance while a uniform of their own, fixed for life, lies below the share of people like
///          them. So shares by age hold at every time without a rate of change, and a person changes only on a birthday
///          or when their frailty does.
///   Draws  Purpose::residence, risk_factors and traits, by person
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "engine/population/people.hpp"
#include "engine/population/population_tables.hpp"
#include "engine/rng/draws.hpp"

namespace segue {

/// A person's fixed uniforms. Made again whenever asked for, never stored.
struct CircumstanceWords {
    std::uint32_t residence;
    Words risks;   ///< smoking, inactivity, obesity, loneliness
    Words traits;  ///< online access, travel, caring, living alone
};
[[nodiscard]] CircumstanceWords circumstance_words(Twin twin, PersonKey person) noexcept;

/// Who a share is asked for; `age` in completed years.
struct CircumstanceCell {
    int age;
    Sex sex;
    int quintile;
    Frailty frailty;
};

class Circumstances {
public:
    /// Ratios by deprivation and frailty are scaled so that, with England's deprivation and the table's frailty, each
    /// age and sex keeps its published share.
    Circumstances(const CircumstanceTables& tables, const HealthTables& health);

    [[nodiscard]] Residence residence_of(const CircumstanceWords& words, const CircumstanceCell& who) const noexcept;
    /// Bits by Trait. Nobody in a care home lives alone or cares for another.
    [[nodiscard]] std::uint8_t traits_of(const CircumstanceWords& words, const CircumstanceCell& who,
                                         Residence residence) const noexcept;
    [[nodiscard]] double share(Circumstance circumstance, const CircumstanceCell& who) const noexcept;

private:
    [[nodiscard]] const EnumArray<Circumstance, std::uint32_t>& thresholds(const CircumstanceCell& who) const noexcept;

    std::vector<EnumArray<Circumstance, std::uint32_t>> thresholds_;  ///< by age, sex, quintile, frailty
};

}  // namespace segue
