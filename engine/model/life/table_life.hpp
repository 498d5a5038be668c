/// \file
/// Life by a board's yearly table: who moves to which segment or dies, and as many entrants and leavers each calendar
/// year as the table has events.
///
///   In     people by age and segment on 1 January (or on the first day); the tables
///   Out    moves, deaths, entries and exits in the calendar
///   Law    yearly_draw: on the birthday the day of the year's move is drawn evenly over the year from that birthday, and its
///          destination from the row of the segment and of the age on 1 January of that day's calendar year, since a board
///          counts ages when a year opens. Events of a calendar year are exactly as many as the table says, spread over age
///          and segment by rate x people there when the year opens, and evenly over its days.
///          What the table would have moved before a person was there, or in the year of their arrival, is ignored:
///          the board's own arithmetic adds entrants after the year's moves.
///   Draws  Purpose::table_destination by (person, age); table_event by (neighbourhood, year, event, n) and (person, year)
#pragma once
#include <algorithm>
#include <bit>
#include <optional>

#include "engine/model/life/laws.hpp"
#include "engine/model/today.hpp"
#include "engine/rng/quantiles.hpp"

namespace segue::life {

struct TableMove {
    Day day;
    CalendarEntry entry;
};
/// The move of the year that the birthday at `age` opened, if the table has one on or after `from`.
[[nodiscard]] std::optional<TableMove> table_move(const NeighbourhoodState& state, const TableSegments& table,
                                                  std::uint32_t row, int age, Day from);

/// With a daily generator: candidates of moving on within the year that the birthday at `age` opened, at the highest rate
/// of any segment, each thinned on its day to the rate of the segment then held. Calls `add(day, entry)` for each.
template <class Add>
void table_steps(const NeighbourhoodState& state, const TableSegments& table, std::uint32_t row, int age, Day from,
                 Add add);

/// On 1 January, and on the first day: puts the calendar year's entrants and leavers into the calendar.
/// `scale`: this list over the table's own people, so that a smaller list has fewer events.
void plan_table_year(NeighbourhoodState& state, const TableSegments& table, double scale);

/// Somebody who enters by an event: their age in completed years and segment are as the event has it.
[[nodiscard]] Person table_entrant(const NeighbourhoodState& state, const Laws& laws, const CalendarEntry& entry);

template <class Add>
void table_steps(const NeighbourhoodState& state, const TableSegments& table, std::uint32_t row, int age, Day from,
                 Add add) {
    const Day born{state.people.birth_day[row]};
    const Day first = birthday(born, age);
    const auto days = static_cast<std::uint32_t>(birthday(born, age + 1) - first);
    double highest = 0;
    for (std::size_t segment = 0; segment < table.size(); ++segment) {
        highest = std::max(highest, table.moving_rate(age, static_cast<std::uint8_t>(segment)));
    }
    const PersonKey key{state.people.key[row]};
    const auto year = static_cast<std::uint32_t>(age);
    const int count = poisson_count(highest * days / days_per_year,
                                    Draws{state.twin, key, Purpose::table_destination, year}.words(1)[0]);
    for (int ordinal = 0; ordinal < count; ++ordinal) {
        const auto nth = static_cast<std::uint32_t>(std::min(ordinal, 63));
        const Words words = Draws{state.twin, key, Purpose::table_destination, year << 6U | nth}.words(2);
        const Day day = first + static_cast<std::int32_t>(below(days, words[0]));
        if (day < from) continue;
        const auto threshold = static_cast<float>(highest * uniform(words[1]));
        add(day,
            CalendarEntry{
                .row = row, .a = std::bit_cast<std::uint32_t>(threshold), .b = words[2], .due = Due::segment_step});
    }
}

}  // namespace segue::life
