/// \file
/// Births, joining and leaving: how the list turns over.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "engine/core/quantity.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/population/population_parameters.hpp"
#include "engine/population/population_tables.hpp"

namespace segue {

struct AgeAndSex {
    int age;
    Sex sex;
};

/// Draws an age in completed years and a sex from shares that add up to 1.
class AgeSexDraw {
public:
    explicit AgeSexDraw(const ByAgeSex<double>& shares);
    [[nodiscard]] AgeAndSex draw(std::uint32_t word) const noexcept;

private:
    std::array<std::uint32_t, static_cast<std::size_t>(age_count) * 2> cumulated_{};
    std::array<std::uint8_t, 257> guide_{};  ///< where each 256th of the range begins
};

class Movement {
public:
    /// `list` is the age and sex of the list at the start: the levels of joining and leaving are those of its mean.
    Movement(const PopulationParameters& parameters, const MovementTables& tables, const ByAgeSex<double>& list);

    /// Births for each woman and year. [1/a]
    [[nodiscard]] float birth_rate(int age) const noexcept { return births_[age_index(age)]; }
    /// Conceptions of a child that is then born, for each woman and year who is neither pregnant nor within
    /// `busy_after` of a birth, so that births of all come at the rate of those of age `age_at_birth`. [1/a]
    [[nodiscard]] float conception_rate(int age_at_birth, Days busy_after) const noexcept;
    /// Leaving the list alive. [1/a]
    [[nodiscard]] float leave_rate(int age) const noexcept { return leaving_[age_index(age)]; }
    /// People who join for each person registered and year. [1/a]
    [[nodiscard]] PerYear joiners_per_person() const noexcept { return joiners_; }
    [[nodiscard]] AgeAndSex joiner(std::uint32_t word) const noexcept { return joiner_.draw(word); }

    /// 105 boys to 100 girls at birth: ONS, Births in England and Wales.
    static constexpr double boys_share = 0.512;
    /// Conception to birth: 280 days from the last period, which is 14 before. [d]
    static constexpr std::int32_t pregnancy_days = 266;

private:
    ByAge<float> births_{};
    ByAge<float> leaving_{};
    PerYear joiners_;
    AgeSexDraw joiner_;
};

/// The list's ages with the share aged 75 or over set to `percent`, each year of age weighing a constant factor more or
/// less than the one before; 0 leaves them as they are.
[[nodiscard]] ByAgeSex<double> with_share_aged_75(const ByAgeSex<double>& list, double percent);

}  // namespace segue
