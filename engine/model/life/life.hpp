/// \file
/// Birth, ageing, illness, frailty, moving and death.
///
///   In     who people are; the rates of the health model, of births, and of moving
///   Out    who they are today; today.changed and today.gone
///   Law    from one birthday to the next each kind of life event is Poisson at its own rate; the rate in force on the
///          day decides
///   Draws  Purpose::life_event_count by (person, age, kind), life_event_day by (person, age, kind, ordinal); dying,
///          decline_moved, decline_rest, pregnancy, high_need_spell by (person, day); passing_at_entry by person
///   Holds  at the start + entered - gone = registered, every day
///
/// The year from a birthday is one tile: candidates come at the highest rate that anything that may happen within
/// the year could bring (the death rate of the most frail, for instance), each with a threshold, and count on their
/// day if the threshold lies below the rate then in force. See docs/odd.md#life.
#pragma once
#include <array>
#include <cstdint>

#include "engine/model/life/laws.hpp"
#include "engine/model/today.hpp"

namespace segue::life {

class Life {
public:
    explicit Life(const Laws& laws) : laws_{&laws} {}

    /// Registers the first list, and puts everybody's year into the calendar.
    /// `list_luck` is the twin that draws the list: the run's own, or one that all replicates share.
    void first_list(NeighbourhoodState& state, std::int64_t size, Twin list_luck);
    /// Moves those whom care changed after the last day's life to the segments where they now belong.
    void follow_late_changes(NeighbourhoodState& state);
    /// Everything of today: birthdays, illness, births, deaths, those who leave and those who join.
    void live_today(NeighbourhoodState& state);

private:
    enum Happening : std::uint8_t { death, leaving, conception, frailer, condition_changes };
    static constexpr std::uint8_t spell_begins = condition_changes + count_of<Condition>;
    static constexpr std::size_t kinds = spell_begins + 1;
    using Rates = std::array<float, 28>;
    static_assert(kinds == 25 && Rates{}.size() % 4 == 0);
    /// Where somebody's death rate and health put them among ways of dying.
    struct Standing {
        double death_rate;  ///< by the life table [1/a]
        DyingShares shares;
        DyingShares chances;  ///< of standing in each decline, or in none
    };

    [[nodiscard]] HealthCell health_cell(const People& people, std::uint32_t row, Day today) const noexcept;
    /// The most that each rate can come to before the next birthday. [1/a]
    void highest_rates(const People& people, std::uint32_t row, const HealthCell& who, Rates& rates) const noexcept;
    [[nodiscard]] float rate_now(const People& people, std::uint32_t row, std::uint8_t kind, const HealthCell& who,
                                 Day today) const noexcept;

    /// Draws the events of the year that a birthday opens and adds those from `from` on to the calendar.
    void plan_year(NeighbourhoodState& state, std::uint32_t row, Day from);
    void plan_table_move(NeighbourhoodState& state, std::uint32_t row, int age, Day from);
    void enter(NeighbourhoodState& state, Person person, EventKind kind);
    void has_birthday(NeighbourhoodState& state, std::uint32_t row);
    void happens(NeighbourhoodState& state, std::uint32_t row, std::uint8_t kind);
    void bear(NeighbourhoodState& state, std::uint32_t row);

    // Passing states: see passing.cpp.
    [[nodiscard]] Standing standing(const People& people, std::uint32_t row, int age) const noexcept;
    /// Draws the states in which somebody enters; what they end with comes on `from` at the earliest.
    void begin_with(NeighbourhoodState& state, std::uint32_t row, Twin luck, Day from);
    void begin_with_decline(NeighbourhoodState& state, std::uint32_t row, Twin luck, Day from);
    void begin_with_child(NeighbourhoodState& state, std::uint32_t row, Twin luck, Day from);
    void passing_ends(NeighbourhoodState& state, const CalendarEntry& entry);
    void schedule_end(NeighbourhoodState& state, std::uint32_t row, Passing passing, Day day);
    /// The life table sends a death: it comes now, or a decline begins.
    void begins_to_die(NeighbourhoodState& state, std::uint32_t row, const HealthCell& who);
    /// Moves somebody among declines after something changed where people like them stand.
    void follow_standing(NeighbourhoodState& state, std::uint32_t row, const Standing& before, std::uint32_t cause);
    void decline(NeighbourhoodState& state, std::uint32_t row, Dying way, double death_rate, const Words& luck);
    void plan_end_of_decline(NeighbourhoodState& state, std::uint32_t row, double death_rate, const Words& luck,
                             Day from);
    void conceive(NeighbourhoodState& state, std::uint32_t row);
    void give_birth(NeighbourhoodState& state, std::uint32_t row);
    void begin_spell(NeighbourhoodState& state, std::uint32_t row);

    void change_condition(NeighbourhoodState& state, std::uint32_t row, Condition condition);
    void goes(NeighbourhoodState& state, std::uint32_t row, EventKind kind);
    void moves_by_table(NeighbourhoodState& state, std::uint32_t row, std::uint8_t destination);
    void steps_by_table(NeighbourhoodState& state, const CalendarEntry& entry);
    void live_by_table(NeighbourhoodState& state);
    [[nodiscard]] bool table_decides_death() const noexcept;
    void join_list(NeighbourhoodState& state);
    void circumstances(NeighbourhoodState& state, std::uint32_t row);
    /// As many homes for each practice as its residents of the first list fill.
    void open_care_homes(People& people);
    /// The home of somebody who lives in one: always the same of their practice's.
    [[nodiscard]] std::uint32_t care_home_of(const People& people, std::uint32_t row, Twin luck) const;
    /// Gives a home or a household to somebody who moved into or out of a care home.
    void rehouse(NeighbourhoodState& state, std::uint32_t row, Twin luck);
    void segment(NeighbourhoodState& state, std::uint32_t row);
    void schedule(NeighbourhoodState& state, Day day, CalendarEntry entry);

    const Laws* laws_;
    Day first_day_;
    Twin list_luck_;        ///< that drew the people of the first list
    double first_size_{0};  ///< people on the first list
    std::uint32_t next_household_{0};
    std::vector<std::uint32_t> care_homes_;  ///< by practice: how many
};

}  // namespace segue::life
