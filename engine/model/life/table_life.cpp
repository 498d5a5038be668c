#include "engine/model/life/table_life.hpp"

#include <algorithm>
#include <cmath>

namespace segue::life {
namespace {

/// People by age and segment, as weights for an event.
struct Cell {
    int age;
    std::uint8_t segment;
    double weight;
};

std::vector<Cell> weights(const NeighbourhoodState& state, const TableSegments& table, TableEvent event) {
    std::vector<double> people(static_cast<std::size_t>(age_count) * table.size(), 0);
    for (std::uint32_t row = 0; row < state.people.rows(); ++row) {
        if (state.people.present[row] == 0) continue;
        const int age = age_years(Day{state.people.birth_day[row]}, state.today.day);
        ++people[age_index(age) * table.size() + state.people.segment[row]];
    }
    std::vector<Cell> cells;
    for (int age = 0; age < age_count; ++age) {
        for (std::size_t segment = 0; segment < table.size(); ++segment) {
            const auto which = static_cast<std::uint8_t>(segment);
            const double weight = people[age_index(age) * table.size() + segment] * table.event_rate(event, age, which);
            if (weight > 0) cells.push_back({age, which, weight});
        }
    }
    return cells;
}

/// A whole number whose mean is `expected`.
std::size_t whole(double expected_events, std::uint32_t word) noexcept {
    const double floor = std::floor(expected_events);
    return static_cast<std::size_t>(floor) + (Chance{expected_events - floor}.happens(word) ? 1 : 0);
}

Words event_words(const NeighbourhoodState& state, int year, TableEvent event, std::uint32_t nth) {
    const std::uint64_t who = std::uint64_t{state.row.value()} << 32U | nth;
    return Draws{state.twin, who, Purpose::table_event, static_cast<std::uint32_t>(year)}.words(
        static_cast<std::uint32_t>(index(event)));
}

void plan_entries(NeighbourhoodState& state, const TableSegments& table, TableEvent event, int year, std::size_t number,
                  std::int32_t days) {
    const std::vector<Cell> cells = weights(state, table, event);
    if (cells.empty()) return;
    std::vector<double> cumulated;
    double sum = 0;
    for (const Cell& cell : cells) cumulated.push_back(sum += cell.weight);
    for (std::uint32_t nth = 0; nth < number; ++nth) {
        const Words words = event_words(state, year, event, nth + 1);
        const auto found =
            std::upper_bound(cumulated.begin(), cumulated.end(), uniform(words[0]) * sum) - cumulated.begin();
        const Cell& cell = cells[std::min(static_cast<std::size_t>(found), cells.size() - 1)];
        state.calendar.add(
            state.today.day + 1 + static_cast<std::int32_t>(below(static_cast<std::uint32_t>(days), words[1])),
            {.a = nth,
             .b = words[2],
             .due = Due::table_entry,
             .c = static_cast<std::uint8_t>(cell.age),
             .d = static_cast<std::uint8_t>(std::uint32_t{cell.segment} << 1U |
                                            (event == TableEvent::joining ? 1U : 0U))});
    }
}

/// Exactly `number` leave: those whose uniform is smallest for their rate, so that everybody's chance is in proportion to it
/// as far as a chance can be (sequential Poisson sampling; Ohlsson 1998).
void plan_exits(NeighbourhoodState& state, const TableSegments& table, int year, std::size_t number,
                std::int32_t days) {
    struct Candidate {
        double rank;
        std::uint64_t key;
        std::uint32_t row;
        std::uint32_t word;
    };
    std::vector<Candidate> candidates;
    for (std::uint32_t row = 0; row < state.people.rows(); ++row) {
        if (state.people.present[row] == 0) continue;
        const int age = age_years(Day{state.people.birth_day[row]}, state.today.day);
        const double rate = table.event_rate(TableEvent::leaving, age, state.people.segment[row]);
        if (rate <= 0) continue;
        const std::uint64_t key = state.people.key[row];
        const Words words = Draws{state.twin, key, Purpose::table_event, static_cast<std::uint32_t>(year)}.words(
            static_cast<std::uint32_t>(index(TableEvent::leaving)));
        candidates.push_back({uniform(words[0]) / rate, key, row, words[1]});
    }
    number = std::min(number, candidates.size());
    const auto sooner = [](const Candidate& a, const Candidate& b) {
        return a.rank != b.rank ? a.rank < b.rank : a.key < b.key;
    };
    std::nth_element(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(number), candidates.end(),
                     sooner);
    for (std::size_t i = 0; i < number; ++i) {
        state.schedule(state.today.day + 1 +
                           static_cast<std::int32_t>(below(static_cast<std::uint32_t>(days), candidates[i].word)),
                       {.row = candidates[i].row, .due = Due::table_exit});
    }
}

}  // namespace

std::optional<TableMove> table_move(const NeighbourhoodState& state, const TableSegments& table, std::uint32_t row,
                                    int age, Day from) {
    const Day born{state.people.birth_day[row]};
    const Day first = birthday(born, age);
    const auto days = static_cast<std::uint32_t>(birthday(born, age + 1) - first);
    const Words words =
        Draws{state.twin, PersonKey{state.people.key[row]}, Purpose::table_destination, static_cast<std::uint32_t>(age)}
            .words();
    const std::uint8_t segment = state.people.segment[row];
    const Day day = first + static_cast<std::int32_t>(below(days, words[1]));
    const int age_as_counted = age_years(born, to_day({to_date(day).year, 1, 1}));
    const std::uint8_t destination = table.destination(std::max(age_as_counted, 0), segment, words[0]);
    if (destination == segment || day < from) return std::nullopt;
    return TableMove{day, {.row = row, .a = destination, .due = Due::segment_move}};
}

void plan_table_year(NeighbourhoodState& state, const TableSegments& table, double scale) {
    const int year = to_date(state.today.day).year;
    const std::int32_t left = to_day({year + 1, 1, 1}) - state.today.day;
    const std::int32_t all_days = to_day({year + 1, 1, 1}) - to_day({year, 1, 1});
    // Events fall on the days after today, so that the people of the year's first day are whom the year opens with.
    const std::int32_t days = std::max(1, left - 1);
    const double share = static_cast<double>(left) / all_days;
    for (const TableEvent event : all<TableEvent>()) {
        const std::size_t number =
            whole(table.events(event, year) * share * scale, event_words(state, year, event, 0)[0]);
        if (event == TableEvent::leaving) {
            plan_exits(state, table, year, number, days);
        } else {
            plan_entries(state, table, event, year, number, days);
        }
    }
}

Person table_entrant(const NeighbourhoodState& state, const Laws& laws, const CalendarEntry& entry) {
    const Day today = state.today.day;
    // Slots of table entrants are told apart by the event in their highest bits.
    const std::uint32_t slot = 0x4000'0000U | (entry.d & 1U) << 29U | entry.a;
    KnownPerson one;
    one.key = entrant_key(state.row, today.number(), slot);
    const int age = entry.c;
    // Who comes of age enters on the birthday. Others are of the event's age when the next year opens, as the board
    // counts them: added after everybody has grown a year older.
    const bool comes_of_age = (entry.d & 1U) == 0;
    const Day latest = birthday(today, -age);
    const Day by_next_year =
        to_day({to_date(today).year + 1 - age, 1, 1}) - static_cast<std::int32_t>(below(365, entry.b));
    one.birth = comes_of_age ? latest : std::min(by_next_year, birthday(today, -laws.youngest_of_table()));
    const Words words = Draws{state.twin, one.key, Purpose::age, 0}.words();
    one.sex = (words[3] & 1U) != 0 ? Sex::female : Sex::male;
    one.quintile =
        laws.population().draw_quintile({age, one.sex}, Draws{state.twin, one.key, Purpose::deprivation, 0}.words()[0]);
    one.segment = static_cast<std::uint8_t>(entry.d >> 1U);
    return laws.synthesis().known(state.twin, one, today);
}

}  // namespace segue::life
