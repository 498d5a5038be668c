/// \file
/// A neighbourhood in which people live, move and die, and nothing else happens.
#pragma once
#include "engine/model/life/life.hpp"

namespace segue::test {

class LifeAlone {
public:
    LifeAlone(const life::Laws& laws, std::int64_t people, Day first, Twin twin = {1, 0},
              NeighbourhoodRow row = NeighbourhoodRow{0})
        : state_{twin, row, first, best_isa()}, life_{laws} {
        state_.today.day = first;
        state_.events.start(first);
        life_.first_list(state_, people, twin);
    }
    /// Lives through today; tomorrow is next.
    void day() {
        Today& today = state_.today;
        today.changed.clear();
        today.life_due.clear();
        state_.calendar.take(today.day, [&today](const CalendarEntry& entry) { today.life_due.push_back(entry); });
        life_.live_today(state_);
        for (const std::uint32_t row : today.gone) state_.people.release(PersonRow{row});
        today.gone.clear();
        ++today.day;
    }
    void until(Day day_after) {
        while (state_.today.day < day_after) day();
    }
    [[nodiscard]] NeighbourhoodState& state() noexcept { return state_; }
    [[nodiscard]] Day today() const noexcept { return state_.today.day; }
    [[nodiscard]] const People& people() const noexcept { return state_.people; }

private:
    NeighbourhoodState state_;
    life::Life life_;
};

}  // namespace segue::test
