/// \file
/// Life by a board's yearly table: who moves to which segment or dies, and as many entrants and leavers each calendar
/// year as the table has events.
///
///   In     people by age and segment on 1 January (or on the first day); the tables
///   Out    moves, deaths, entries and exits in the calendar
///   Law    yearly_draw: on the birthday the year's destination is drawn from the row of age band and segment, and the day
///          of the move evenly over the year from that birthday. Events of a calendar year are exactly as many as the
///          table says, spread over age and segment by rate x people there when the year opens, and evenly over its days.
///          What the table would have moved before a person was there, or in the year of their arrival, is ignored:
///          the board's own arithmetic adds entrants after the year's moves.
///   Draws  Purpose::table_destination by (person, age); table_event by (neighbourhood, year, event, n) and (person, year)
#pragma once
#include <optional>

#include "engine/model/life/laws.hpp"
#include "engine/model/today.hpp"

namespace segue::life {

struct TableMove {
    Day day;
    CalendarEntry entry;
};
/// The move of the year that the birthday at `age` opened, if the table has one on or after `from`.
[[nodiscard]] std::optional<TableMove> table_move(const NeighbourhoodState& state, const TableSegments& table, std::uint32_t row, int age, Day from);

/// On 1 January, and on the first day: puts the calendar year's entrants and leavers into the calendar.
void plan_table_year(NeighbourhoodState& state, const TableSegments& table);

/// Somebody who enters by an event: their age in completed years and segment are as the event has it.
[[nodiscard]] Person table_entrant(const NeighbourhoodState& state, const Laws& laws, const CalendarEntry& entry);

}  // namespace segue::life
