/// \file
/// Everything that says who people are and how they change, in one immutable place: made once a scenario, shared by all
/// its neighbourhoods and read by the steps of life.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "engine/population/circumstances.hpp"
#include "engine/population/dying.hpp"
#include "engine/population/health_model.hpp"
#include "engine/population/movement.hpp"
#include "engine/population/passing_parameters.hpp"
#include "engine/population/population_parameters.hpp"
#include "engine/population/population_tables.hpp"
#include "engine/population/quality_of_life.hpp"
#include "engine/population/segmentation.hpp"
#include "engine/population/table_segments.hpp"

namespace segue {

struct PopulationInputs {
    PopulationParameters parameters;
    PopulationTables tables;
    PassingParameters passing;
    DyingLaws dying;
    std::vector<double> practice_shares{1};  ///< of the list, in the order of practices; together 1
    Segmentation segmentation;
    std::shared_ptr<const TableSegments> table_segments;  ///< where segment_by = table
};

class PopulationLaws {
public:
    explicit PopulationLaws(PopulationInputs inputs);

    const PopulationParameters parameters;
    const std::shared_ptr<const HealthModel> health_model;
    const HealthModel& health;
    const Circumstances circumstances;
    const QualityOfLife quality;
    const Movement movement;
    const PassingParameters passing;
    const DyingLaws dying;
    const Segmentation segmentation;
    const std::shared_ptr<const TableSegments> table_segments;  ///< null unless segment_by = table

    const std::vector<double> practice_shares;  ///< together 1

    [[nodiscard]] AgeAndSex draw_age_sex(std::uint32_t word) const noexcept { return list_.draw(word); }
    [[nodiscard]] int draw_quintile(AgeAndSex who, std::uint32_t word) const noexcept;
    [[nodiscard]] std::uint8_t draw_practice(std::uint32_t word) const noexcept;
    [[nodiscard]] const ByAge<double>& births_per_woman_year() const noexcept { return births_; }

    /// The segment by whatever decides it: a rule, or with a table the start's mix at that age.
    [[nodiscard]] std::uint8_t first_segment(const Person& person, int age, std::uint32_t word) const noexcept;

private:
    explicit PopulationLaws(PopulationInputs inputs, const ByAgeSex<double>& list);

    AgeSexDraw list_;
    ByAgeSex<std::array<std::uint32_t, deprivation_quintiles - 1>> quintiles_;  ///< cumulated
    std::vector<std::uint32_t> practices_;                                      ///< cumulated, all but the last
    ByAge<double> births_;
};

/// England's deprivation by age and sex, moved by one factor a fifth so that the whole list shows `mix`.
[[nodiscard]] ByAgeSex<ByQuintile<double>> with_deprivation_mix(const ByAgeSex<ByQuintile<double>>& shares,
                                                                const ByAgeSex<double>& list,
                                                                const ByQuintile<double>& mix);

}  // namespace segue
