/// \file
/// Today's minutes of every line: one till, from which calls, triage and contacts are paid. A line is one role in one
/// practice's book, or in the neighbourhood's.
///
///   In     minutes, put in when staff come to work
///   Out    minutes, spent for a purpose and never beyond what is left
///   Holds  put in = spent + taken out + left, for every line on every day
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/core/contracts.hpp"
#include "engine/core/enum_array.hpp"
#include "engine/core/memory.hpp"
#include "engine/core/quantity.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/model/team_parameters.hpp"

namespace segue {

/// What staff spend their minutes with people on.
enum class MinuteUse : std::uint8_t { contacts, calls, triage, count_ };
[[nodiscard]] constexpr auto names(MinuteUse) { return std::array<std::string_view, 3>{"contacts", "calls", "triage"}; }

/// Which line a role has: one in the book of each practice, or one in the hub's, whose owner comes after the practices.
struct Lines {
    std::size_t practices{0};
    EnumArray<Role, BookOwner> owners;

    [[nodiscard]] std::size_t size() const noexcept { return (practices + 1) * count_of<Role>; }
    [[nodiscard]] std::uint16_t of_owner(std::size_t owner, Role role) const noexcept {
        return static_cast<std::uint16_t>(owner * count_of<Role> + index(role));
    }
    /// The line that somebody of a practice asks of a role.
    [[nodiscard]] std::uint16_t of(std::uint8_t practice, Role role) const noexcept {
        return of_owner(owners[role] == BookOwner::hub ? practices : practice, role);
    }
};
[[nodiscard]] constexpr Role role_of_line(std::size_t line) noexcept {
    return static_cast<Role>(line % count_of<Role>);
}

class DayMinutes {
public:
    /// A new day: nobody is at work yet.
    void open(const Lines& lines) {
        lines_ = lines;
        left_.assign(lines.size(), 0);
        spent_today_.assign(lines.size(), {});
    }
    [[nodiscard]] const Lines& lines() const noexcept { return lines_; }

    void put(std::size_t line, MinuteTenths minutes) { left_[line] += minutes; }
    /// Takes out what nobody will spend: no more than is left.
    void take_out(std::size_t line, MinuteTenths minutes) {
        SEGUE_EXPECT(minutes <= left_[line]);
        left_[line] -= minutes;
    }
    /// Pays for something when enough is left; otherwise takes nothing and says so.
    [[nodiscard]] bool spend(std::size_t line, MinuteUse use, MinuteTenths minutes) {
        if (minutes > left_[line]) return false;
        left_[line] -= minutes;
        spent_today_[line][use] += minutes;
        spent_[use] += minutes;
        return true;
    }
    [[nodiscard]] MinuteTenths left(std::size_t line) const noexcept { return left_[line]; }
    [[nodiscard]] MinuteTenths spent_today(std::size_t line, MinuteUse use) const noexcept {
        return spent_today_[line][use];
    }
    /// Since the run began. [0.1 min]
    [[nodiscard]] const EnumArray<MinuteUse, MinuteTenths>& spent() const noexcept { return spent_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_of(left_, spent_today_); }

private:
    Lines lines_;
    std::vector<MinuteTenths> left_;                               ///< by line
    std::vector<EnumArray<MinuteUse, MinuteTenths>> spent_today_;  ///< by line
    EnumArray<MinuteUse, MinuteTenths> spent_;
};

}  // namespace segue
