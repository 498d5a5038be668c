/// \file
/// Today's minutes of every line: one till, from which calls, triage and contacts are paid. A line is one role in one
/// practice's book, or in the neighbourhood's; a desk is where one clinician, or all of a line together, see people.
///
///   In     minutes, put in when staff come to work
///   Out    minutes, spent for a purpose and never beyond what is left
///   Holds  put in = spent + taken out + left, for every line on every day
#pragma once
#include <algorithm>
#include <cstdint>
#include <numeric>
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
    /// \param first_desk of each line, and one past the last desk
    void open(const Lines& lines, const std::vector<std::uint32_t>& first_desk) {
        lines_ = lines;
        first_desk_ = first_desk;
        left_.assign(first_desk.back(), 0);
        spent_today_.assign(lines.size(), {});
    }
    [[nodiscard]] const Lines& lines() const noexcept { return lines_; }

    void put(std::size_t desk, MinuteTenths minutes) { left_[desk] += minutes; }
    /// Takes out what nobody will spend: no more than is left.
    void take_out(std::size_t desk, MinuteTenths minutes) {
        SEGUE_EXPECT(minutes <= left_[desk]);
        left_[desk] -= minutes;
    }
    /// Pays for something at the desk of the line that has most left; when that is not enough, takes nothing and says so.
    [[nodiscard]] bool spend(std::size_t line, MinuteUse use, MinuteTenths minutes) {
        const auto desk = std::max_element(begin_of(line), begin_of(line + 1)) - left_.begin();
        return begin_of(line) != begin_of(line + 1) && spend_at(line, static_cast<std::size_t>(desk), use, minutes);
    }
    /// The same at one desk of the line.
    [[nodiscard]] bool spend_at(std::size_t line, std::size_t desk, MinuteUse use, MinuteTenths minutes) {
        if (minutes > left_[desk]) return false;
        left_[desk] -= minutes;
        spent_today_[line][use] += minutes;
        spent_[use] += minutes;
        return true;
    }
    [[nodiscard]] MinuteTenths left(std::size_t line) const noexcept {
        return std::accumulate(begin_of(line), begin_of(line + 1), MinuteTenths{0});
    }
    [[nodiscard]] MinuteTenths left_at(std::size_t desk) const noexcept { return left_[desk]; }
    [[nodiscard]] MinuteTenths spent_today(std::size_t line, MinuteUse use) const noexcept {
        return spent_today_[line][use];
    }
    /// Since the run began. [0.1 min]
    [[nodiscard]] const EnumArray<MinuteUse, MinuteTenths>& spent() const noexcept { return spent_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_of(first_desk_, left_, spent_today_); }

private:
    [[nodiscard]] std::vector<MinuteTenths>::const_iterator begin_of(std::size_t line) const noexcept {
        return left_.begin() + static_cast<std::ptrdiff_t>(first_desk_[line]);
    }

    Lines lines_;
    std::vector<std::uint32_t> first_desk_;                        ///< by line
    std::vector<MinuteTenths> left_;                               ///< by desk
    std::vector<EnumArray<MinuteUse, MinuteTenths>> spent_today_;  ///< by line
    EnumArray<MinuteUse, MinuteTenths> spent_;
};

}  // namespace segue
