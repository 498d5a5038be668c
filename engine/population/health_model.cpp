#include "engine/population/health_model.hpp"

#include <memory>
#include <mutex>

#include "engine/population/health_solver.hpp"

namespace segue {
namespace {

constexpr std::size_t frailty_word = count_of<Condition>;  // where at least mild stands; worse follows

/// A threshold some of the way from one birthday to the next.
std::uint32_t between(std::uint32_t from, std::uint32_t to, std::uint32_t passed) noexcept {
    const auto step = (static_cast<std::int64_t>(to) - from) * static_cast<std::int64_t>(passed) >> 8;
    return static_cast<std::uint32_t>(static_cast<std::int64_t>(from) + step);
}

}  // namespace

std::shared_ptr<const HealthModel> solved_health(const HealthTables& tables) {
    static std::mutex mutex;
    static std::unique_ptr<const HealthTables> solved_tables;
    static std::shared_ptr<const HealthModel> solved;
    const std::lock_guard lock{mutex};
    if (!solved_tables || !(*solved_tables == tables)) {
        solved = std::make_shared<const HealthModel>(tables);
        solved_tables = std::make_unique<const HealthTables>(tables);
    }
    return solved;
}

HealthModel::HealthModel(const HealthTables& tables) { HealthSolver{tables, *this}.solve(); }

double HealthModel::bin_share(const HealthCell& who) const noexcept {
    const auto& cumulated = bins_[bins_place(who.age, who.sex, who.quintile)];
    const double below = who.bin == 0 ? 0.0 : cumulated[who.bin - 1U];
    const double upto = who.bin + 1 == health_bins ? 0x1p32 : cumulated[who.bin];
    return (upto - below) * 0x1p-32;
}

double HealthModel::chance(Condition condition, const HealthCell& who) const noexcept {
    return thresholds_[birthday_place(who)][index(condition)] * 0x1p-32;
}

double HealthModel::chance_at_least(Frailty frailty, const HealthCell& who) const noexcept {
    return frailty == Frailty::fit ? 1 : thresholds_[birthday_place(who)][frailty_word + index(frailty) - 1] * 0x1p-32;
}

std::uint8_t HealthModel::draw_bin(int age, Sex sex, int quintile, std::uint32_t word) const noexcept {
    const auto& cumulated = bins_[bins_place(age, sex, quintile)];
    // Counting all of them takes fewer cycles than a search that the processor cannot foresee.
    std::uint32_t bin = 0;
    for (std::size_t i = 0; i + 1 < cumulated.size(); ++i) bin += word >= cumulated[i] ? 1U : 0U;
    return static_cast<std::uint8_t>(bin);
}

ConditionSet HealthModel::draw_conditions(const HealthCell& who, std::uint32_t passed,
                                          const std::array<std::uint32_t, count_of<Condition>>& words) const noexcept {
    const Thresholds& from = thresholds_[birthday_place(who)];
    const Thresholds& to = thresholds_[birthday_place(who) + 1];
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        bits |= static_cast<std::uint32_t>(words[i] < between(from[i], to[i], passed)) << i;
    }
    return ConditionSet{bits};
}

Frailty HealthModel::draw_frailty(const HealthCell& who, std::uint32_t passed, std::uint32_t word) const noexcept {
    const Thresholds& from = thresholds_[birthday_place(who)];
    const Thresholds& to = thresholds_[birthday_place(who) + 1];
    unsigned level = 0;
    for (std::size_t i = frailty_word; i < frailty_word + 3; ++i)
        level += word < between(from[i], to[i], passed) ? 1U : 0U;
    return static_cast<Frailty>(level);
}

double HealthModel::prevalence(Condition condition, int birthday, Sex sex, int quintile) const noexcept {
    return prevalence_[group(sex, quintile) * static_cast<std::size_t>(birthday_count) +
                       static_cast<std::size_t>(birthday)][index(condition)];
}

double HealthModel::frailty_at_least(Frailty frailty, int birthday) const noexcept {
    return frailty_[frailty][static_cast<std::size_t>(birthday)];
}

}  // namespace segue
