/// \file
/// The published figures that people are made from, as tables by single year of age: read once, checked for gaps.
///
///   In     CSV tables named under [data]
///   Out    plain arrays, shares between 0 and 1, rates per year
///   Holds  every age and sex has its value, or a problem says which has not
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "engine/core/errors.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/population/table_reader.hpp"
#include "engine/scenario/table.hpp"

namespace segue {

template <class T>
using ByAge = std::array<T, static_cast<std::size_t>(age_count)>;
template <class T>
using ByAgeSex = ByAge<EnumArray<Sex, T>>;
template <class T>
using ByQuintile = std::array<T, static_cast<std::size_t>(deprivation_quintiles)>;

/// Age as an index that stays inside tables.
[[nodiscard]] constexpr std::size_t age_index(int age) noexcept {
    return static_cast<std::size_t>(age < 0 ? 0 : age > oldest_age ? oldest_age : age);
}

struct ListTables {
    ByAgeSex<double> share{};                       ///< of the list; all together 1
    ByAgeSex<ByQuintile<double>> quintile_share{};  ///< of that age and sex; together 1
};

/// A share over a band of ages.
struct BandShare {
    AgeRange ages;
    double share{0};
    friend bool operator==(const BandShare&, const BandShare&) = default;
};

/// Liabilities: every condition, then frailty.
inline constexpr std::size_t liability_count = count_of<Condition> + 1;

struct HealthTables {
    ByAgeSex<double> list_share{};         ///< how ages weigh within a band
    ByAgeSex<double> death_probability{};  ///< within the year of age
    ByAgeSex<ByQuintile<double>> mortality_ratio{};
    ByAgeSex<ByQuintile<double>> quintile_share{};
    EnumArray<Condition, EnumArray<Sex, std::vector<BandShare>>> prevalence{};
    EnumArray<Condition, ByQuintile<double>> prevalence_ratio{};
    EnumArray<Condition, double> remission_per_year{};
    EnumArray<Frailty, std::vector<BandShare>> frailty{};
    EnumArray<Frailty, double> hazard_ratio{};
    std::array<std::array<double, liability_count>, liability_count> correlation{};
    friend bool operator==(const HealthTables&, const HealthTables&) = default;
};

struct MovementTables {
    ByAge<double> births_per_woman_year{};
    ByAge<double> joining{};  ///< shape only: the level is a parameter
    ByAge<double> leaving{};
};

/// What a fixed share of people of an age have about them. `no_online_access` and `cannot_travel` are told in the
/// negative, so that ratios act on the small share.
enum class Circumstance : std::uint8_t {
    care_home,
    housebound,
    lives_alone,
    smoking,
    inactivity,
    obesity,
    loneliness,
    no_online_access,
    cannot_travel,
    carer,
    in_couple,  ///< of those who do not live alone
    count_
};
[[nodiscard]] constexpr auto names(Circumstance) {
    return std::array<std::string_view, 11>{"care_home",     "housebound", "lives_alone", "smoking",
                                            "inactivity",    "obesity",    "loneliness",  "no_online_access",
                                            "cannot_travel", "carer",      "in_couple"};
}

struct CircumstanceTables {
    EnumArray<Circumstance, ByAgeSex<double>> share{};
    EnumArray<Circumstance, ByQuintile<double>> deprivation_ratio{};
    EnumArray<Circumstance, EnumArray<Frailty, double>> frailty_ratio{};
};

struct QualityTables {
    ByAgeSex<double> eq5d{};
    EnumArray<Condition, double> decrement{};
    ByAge<double> life_satisfaction{};  ///< 0 to 10
};

struct PopulationTables {
    ListTables list;
    HealthTables health;
    MovementTables movement;
    CircumstanceTables circumstances;
    QualityTables quality;
};

/// The CSV tables, each as [data] names it.
struct PopulationSources {
    const Table& list_by_age_sex;
    const Table& deprivation_by_age_sex;
    const Table& life_table;
    const Table& mortality_by_deprivation;
    const Table& condition_prevalence;
    const Table& condition_by_deprivation;
    const Table& condition_remission;
    const Table& liability_correlation;
    const Table& frailty;
    const Table& frailty_mortality;
    const Table& fertility;
    const Table& movers;
    const Table& circumstances;
    const Table& circumstance_ratios;
    const Table& wellbeing;
    const Table& quality_of_life;
    const Table& quality_of_life_by_condition;
};

/// Reads them all. Where a problem is noted the values are not to be used.
[[nodiscard]] PopulationTables read_population_tables(const PopulationSources& sources, Problems& problems);

/// A value of every band set out over single ages; the last band stands for older ages.
[[nodiscard]] ByAge<double> over_ages(const std::vector<BandShare>& bands) noexcept;

}  // namespace segue
