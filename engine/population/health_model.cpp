#include "engine/population/health_model.hpp"

#include <memory>
#include <mutex>

#include "engine/population/health_solver.hpp"

namespace segue {
namespace {

constexpr std::size_t frailty_word = count_of<Condition>;  // where at least mild stands; worse follows

/// A threshold some of the way from one birthday to the next: from + (to - from) passed / 256, rounded down. Its bytes
/// above the lowest are taken apart, so that no product leaves 32 bits and four thresholds move at once.
std::uint32_t between(std::uint32_t from, std::uint32_t to, std::uint32_t passed) noexcept {
    const std::uint32_t above = ((to >> 8U) - (from >> 8U)) * passed;
    const std::int32_t lowest = static_cast<std::int32_t>(to & 0xFFU) - static_cast<std::int32_t>(from & 0xFFU);
    return from + above + static_cast<std::uint32_t>(lowest * static_cast<std::int32_t>(passed) >> 8);
}

/// Looked up, not shifted: lanes cannot shift by different counts before AVX2.
constexpr std::array<std::uint32_t, count_of<Condition>> condition_bits = [] {
    std::array<std::uint32_t, count_of<Condition>> bits{};
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = 1U << i;
    return bits;
}();

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
    // Counting costs less than a search that the processor cannot foresee: first the bodily cell, then the mental one.
    std::uint32_t bin = 0;
    for (std::size_t cell = 1; cell < cause_cells; ++cell) bin += word >= cumulated[cell * cause_cells - 1] ? 1U : 0U;
    bin *= cause_cells;
    const std::uint32_t* const within = cumulated.data() + bin;
    for (std::size_t cell = 0; cell + 1 < cause_cells; ++cell) bin += word >= within[cell] ? 1U : 0U;
    return static_cast<std::uint8_t>(bin);
}

ConditionSet HealthModel::draw_conditions(const HealthCell& who, std::uint32_t passed,
                                          const std::array<std::uint32_t, count_of<Condition>>& words) const noexcept {
    const Thresholds& from = thresholds_[birthday_place(who)];
    const Thresholds& to = thresholds_[birthday_place(who) + 1];
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool has = words[i] < between(from[i], to[i], passed);
        bits |= (0U - static_cast<std::uint32_t>(has)) & condition_bits[i];
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

void HealthModel::fetch(const HealthCell& who) const noexcept {
    // The two birthdays of a year lie one after the other.
    const std::uint32_t* const first = thresholds_[birthday_place(who)].data();
    constexpr std::size_t line = 64 / sizeof(std::uint32_t);
    for (std::size_t at = 0; at < 2 * chance_words; at += line) __builtin_prefetch(first + at);
    __builtin_prefetch(first + 2 * chance_words - 1);
}

double HealthModel::prevalence(Condition condition, int birthday, Sex sex, int quintile) const noexcept {
    return prevalence_[group(sex, quintile) * static_cast<std::size_t>(birthday_count) +
                       static_cast<std::size_t>(birthday)][index(condition)];
}

double HealthModel::frailty_at_least(Frailty frailty, int birthday) const noexcept {
    return frailty_[frailty][static_cast<std::size_t>(birthday)];
}

}  // namespace segue
