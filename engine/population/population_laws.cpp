#include "engine/population/population_laws.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/contracts.hpp"

namespace segue {
namespace {

std::uint32_t word_of(double share) {
    return static_cast<std::uint32_t>(std::clamp(std::nearbyint(share * 0x1p32), 0.0, 0x1p32 - 1));
}

/// With a table the ages are those of its start; the sexes at each age stay the list's.
ByAgeSex<double> ages_of(const PopulationInputs& inputs) {
    if (!inputs.table_segments) return with_share_aged_75(inputs.tables.list.share, inputs.parameters.aged_75_or_over);
    ByAgeSex<double> list{};
    const auto& start = inputs.table_segments->start_ages();
    for (std::size_t age = 0; age < list.size(); ++age) {
        const auto& both = inputs.tables.list.share[age];
        const double women =
            both[Sex::female] + both[Sex::male] > 0 ? both[Sex::female] / (both[Sex::female] + both[Sex::male]) : 0.5;
        list[age][Sex::female] = start[age] * women;
        list[age][Sex::male] = start[age] * (1 - women);
    }
    return list;
}

ByQuintile<double> mix_of(const std::vector<double>& percent) {
    SEGUE_EXPECT(percent.size() == deprivation_quintiles);
    ByQuintile<double> mix{};
    const double total = std::accumulate(percent.begin(), percent.end(), 0.0);
    for (std::size_t fifth = 0; fifth < mix.size(); ++fifth) mix[fifth] = percent[fifth] / total;
    return mix;
}

std::vector<std::uint32_t> cumulated(const std::vector<double>& shares) {
    const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
    std::vector<std::uint32_t> words;
    double sum = 0;
    for (std::size_t i = 0; i + 1 < shares.size(); ++i) {
        sum += shares[i] / total;
        words.push_back(word_of(sum));
    }
    return words;
}

}  // namespace

PopulationLaws::PopulationLaws(PopulationInputs inputs) : PopulationLaws{inputs, ages_of(inputs)} {}

PopulationLaws::PopulationLaws(PopulationInputs inputs, const ByAgeSex<double>& list)
    : parameters{inputs.parameters},
      health_model{solved_health(inputs.tables.health)},
      health{*health_model},
      circumstances{inputs.tables.circumstances, inputs.tables.health},
      quality{inputs.tables.quality, inputs.tables.health, health, inputs.parameters.wellbeing_deviation},
      movement{inputs.parameters, inputs.tables.movement, list},
      passing{inputs.passing},
      dying{std::move(inputs.dying)},
      segmentation{std::move(inputs.segmentation)},
      table_segments{std::move(inputs.table_segments)},
      practice_shares{std::move(inputs.practice_shares)},
      list_{list},
      practices_{cumulated(practice_shares)},
      births_{inputs.tables.movement.births_per_woman_year} {
    const auto shares =
        with_deprivation_mix(inputs.tables.list.quintile_share, list, mix_of(parameters.deprivation_mix));
    for (std::size_t age = 0; age < shares.size(); ++age) {
        for (const Sex sex : all<Sex>()) {
            double sum = 0;
            for (std::size_t fifth = 0; fifth + 1 < deprivation_quintiles; ++fifth) {
                sum += shares[age][sex][fifth];
                quintiles_[age][sex][fifth] = word_of(sum);
            }
        }
    }
}

int PopulationLaws::draw_quintile(AgeAndSex who, std::uint32_t word) const noexcept {
    int quintile = 1;
    for (const std::uint32_t upto : quintiles_[age_index(who.age)][who.sex]) quintile += word >= upto ? 1 : 0;
    return quintile;
}

std::uint8_t PopulationLaws::draw_practice(std::uint32_t word) const noexcept {
    std::uint8_t practice = 0;
    for (const std::uint32_t upto : practices_) practice = static_cast<std::uint8_t>(practice + (word >= upto ? 1 : 0));
    return practice;
}

std::uint8_t PopulationLaws::first_segment(const Person& person, int age, std::uint32_t word) const noexcept {
    return table_segments ? table_segments->start_segment(age, word) : segmentation.segment_of(person, age);
}

ByAgeSex<ByQuintile<double>> with_deprivation_mix(const ByAgeSex<ByQuintile<double>>& shares,
                                                  const ByAgeSex<double>& list, const ByQuintile<double>& mix) {
    ByAgeSex<ByQuintile<double>> fitted = shares;
    ByQuintile<double> factor{};
    factor.fill(1);
    constexpr int rounds = 100;
    for (int round = 0; round < rounds; ++round) {
        ByQuintile<double> found{};
        for (std::size_t age = 0; age < shares.size(); ++age) {
            for (const Sex sex : all<Sex>()) {
                double total = 0;
                for (std::size_t fifth = 0; fifth < mix.size(); ++fifth)
                    total += shares[age][sex][fifth] * factor[fifth];
                for (std::size_t fifth = 0; fifth < mix.size(); ++fifth) {
                    fitted[age][sex][fifth] = total > 0 ? shares[age][sex][fifth] * factor[fifth] / total : mix[fifth];
                    found[fifth] += list[age][sex] * fitted[age][sex][fifth];
                }
            }
        }
        for (std::size_t fifth = 0; fifth < mix.size(); ++fifth) {
            if (found[fifth] > 0) factor[fifth] *= mix[fifth] / found[fifth];
        }
    }
    return fitted;
}

}  // namespace segue
