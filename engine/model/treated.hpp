/// \file
/// Those on whom social prescribing has an effect: when it began, and how large it is on any day since.
///
/// The effect is a closed form of the time since it began, read on demand: nothing is touched from day to day. Needs reads
/// the ratio of rates and the record room the changes of well-being; the room of prescribing says when an effect begins.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/math.hpp"
#include "engine/core/memory.hpp"

namespace segue {

/// How an effect grows, lasts and fades.
struct EffectCourse {
    double full_after_days{0};
    double lasts_days{0};
    double half_life_days{1};

    /// Share of its full size so many days after it began: a straight rise, a plateau, and a fall by halves. [1]
    [[nodiscard]] double strength(std::int32_t days) const noexcept {
        constexpr double ln_2 = 0.6931471805599453;
        if (days < full_after_days) return days / full_after_days;
        const double fading = days - full_after_days - lasts_days;
        return fading <= 0 ? 1 : math::exp(-ln_2 * fading / half_life_days);
    }
};

/// What an effect changes at its full size. Nothing, unless said otherwise.
struct EffectSize {
    double need_ratio{1};  ///< of the person's own rates of needs that take people to general practice
    double life_satisfaction_milli{0};
    double utility_micro{0};
    double loneliness_milli{0};  ///< UCLA score
    EffectCourse course;
    [[nodiscard]] bool is_none() const noexcept {
        return need_ratio == 1 && life_satisfaction_milli == 0 && utility_micro == 0 && loneliness_milli == 0;
    }
};

class TreatedPeople {
public:
    /// \param first_day of the run: none begins before it
    void set(const EffectSize& size, Day first_day) noexcept {
        size_ = size;
        first_day_ = first_day;
    }
    /// From today on. Where it had begun before it rises again from the strength that it has left, never from nothing.
    void begin(std::uint32_t row, Day today) {
        if (size_.is_none()) return;
        grow_to(since_, row + std::size_t{1}, never);
        const auto risen = static_cast<std::int32_t>(size_.course.full_after_days * strength(row, today));
        since_[row] = static_cast<std::uint16_t>(today - first_day_ - risen);
    }
    /// Whoever has the row next is not treated.
    void forget(std::uint32_t row) noexcept {
        if (row < since_.size()) since_[row] = never;
    }
    [[nodiscard]] bool is_treated(std::uint32_t row) const noexcept {
        return row < since_.size() && since_[row] != never;
    }
    /// Share of its full size that the effect on somebody has. [1]
    [[nodiscard]] double strength(std::uint32_t row, Day today) const noexcept {
        return is_treated(row) ? size_.course.strength(today - first_day_ - since_[row]) : 0;
    }
    /// What the person's rates of need are multiplied by. [1]
    [[nodiscard]] double need_ratio(std::uint32_t row, Day today) const noexcept {
        return is_treated(row) ? 1 - (1 - size_.need_ratio) * strength(row, today) : 1;
    }
    [[nodiscard]] const EffectSize& size() const noexcept { return size_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_of(since_); }

private:
    static constexpr std::uint16_t never = 0xFFFF;
    EffectSize size_;
    Day first_day_;
    std::vector<std::uint16_t> since_;  ///< by row: days from the first; nothing where no effect is assumed
};

}  // namespace segue
