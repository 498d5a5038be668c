#include "engine/model/life/life.hpp"

#include <algorithm>

#include "engine/rng/quantiles.hpp"

namespace segue::life {
namespace {

std::uint32_t as_bits(float value) noexcept { return __builtin_bit_cast(std::uint32_t, value); }
float as_float(std::uint32_t bits) noexcept { return __builtin_bit_cast(float, bits); }

CalendarEntry entry_for(const NeighbourhoodState& state, std::uint32_t row, Due due) {
    CalendarEntry entry;
    entry.row = row;
    entry.generation = state.people.generation[row];
    entry.due = due;
    return entry;
}

/// Slots of those who join later are told from those of the first list by their highest bit.
constexpr std::uint32_t joins_later = 0x8000'0000U;

}  // namespace

HealthCell Life::health_cell(const People& people, std::uint32_t row, Day today) const noexcept {
    return {age_years(Day{people.birth_day[row]}, today), sex_of(people.cell[row]), quintile_of(people.cell[row]),
            people.health_bin[row]};
}

void Life::schedule(NeighbourhoodState& state, Day day, const CalendarEntry& entry) {
    if (day == state.today.day && day >= first_open_day_) {
        state.today.life_due.push_back(entry);
    } else {
        state.calendar.add(day, entry);
    }
}

void Life::highest_rates(const People& people, std::uint32_t row, const HealthCell& who, Rates& rates) const noexcept {
    const HealthModel& health = laws_->health;
    rates[death] = health.death_rate(who.age, who.sex, who.quintile, Frailty::severe);
    rates[leaving] = laws_->leaving_rate(who.age);
    rates[birth] = who.sex == Sex::female ? laws_->birth_rate(who.age) : 0;
    rates[frailer] = 0;
    for (std::size_t from = index(people.frailty(PersonRow{row})); from < index(Frailty::severe); ++from) {
        rates[frailer] = std::max(rates[frailer], health.frailty_up_rate(static_cast<Frailty>(from), who));
    }
    for (const Condition condition : all<Condition>()) {
        rates[condition_changes + index(condition)] = std::max(health.onset_rate(condition, who), health.remission_rate(condition, who));
    }
}

float Life::rate_now(const People& people, std::uint32_t row, std::uint8_t kind, const HealthCell& who) const noexcept {
    const HealthModel& health = laws_->health;
    switch (kind) {
        case death: return health.death_rate(who.age, who.sex, who.quintile, people.frailty(PersonRow{row}));
        case leaving: return laws_->leaving_rate(who.age);
        case birth: return laws_->birth_rate(who.age);
        case frailer: return health.frailty_up_rate(people.frailty(PersonRow{row}), who);
        default: {
            const auto condition = static_cast<Condition>(kind - condition_changes);
            const bool has = ConditionSet{people.conditions[row]}.has(condition);
            return has ? health.remission_rate(condition, who) : health.onset_rate(condition, who);
        }
    }
}

void Life::plan_year(NeighbourhoodState& state, std::uint32_t row, Day from) {
    const Day born{state.people.birth_day[row]};
    const HealthCell who = health_cell(state.people, row, from);
    const Day first = birthday(born, who.age);
    const Day next = birthday(born, who.age + 1);
    const auto days = static_cast<std::uint32_t>(next - first);
    schedule(state, next, entry_for(state, row, Due::birthday));

    Rates rates;
    highest_rates(state.people, row, who, rates);
    const PersonKey key{state.people.key[row]};
    const auto age = static_cast<std::uint32_t>(who.age);
    for (std::uint32_t block = 0; block * 4 < kinds; ++block) {
        const Words words = Draws{state.twin, key, Purpose::life_event_count, age}.words(block);
        for (std::uint32_t i = 0; i < 4; ++i) {
            const std::uint32_t kind = block * 4 + i;
            const double expected_count = rates[kind] * (days / days_per_year);
            const int count = poisson_count(expected_count, words[i]);
            for (int ordinal = 0; ordinal < count; ++ordinal) {
                const auto nth = static_cast<std::uint32_t>(std::min(ordinal, 63));
                const Words when = Draws{state.twin, key, Purpose::life_event_day, age << 6U | nth}.words(kind);
                const Day day = first + static_cast<std::int32_t>(below(days, when[0]));
                if (day < from) continue;
                CalendarEntry entry = entry_for(state, row, Due::life_event);
                entry.b = as_bits(rates[kind] * static_cast<float>(uniform(when[1])));
                entry.c = static_cast<std::uint8_t>(kind);
                schedule(state, day, entry);
            }
        }
    }
}

void Life::first_list(NeighbourhoodState& state, std::int64_t size) {
    laws_->synthesis.populate(state.people, state.twin, state.row, size, state.today.day);
    first_open_day_ = state.today.day + 1;  // nothing has been taken from the calendar yet
    for (std::uint32_t row = 0; row < state.people.rows(); ++row) {
        state.people.segment[row] = laws_->segment_of(state.people, row, state.today.day);
        plan_year(state, row, state.today.day);
    }
    first_open_day_ = state.today.day;
}

void Life::enter(NeighbourhoodState& state, const Person& person, EventKind kind) {
    const Day today = state.today.day;
    const std::uint32_t row = state.people.enter(person, today).value();
    state.people.segment[row] = laws_->segment_of(state.people, row, today);
    state.today.changed.push_back({row, 0, 0, 0, 0, 0, true});
    ++state.tally.people_entered;
    state.events.about(state.people, row, kind, today);
    plan_year(state, row, today + 1);
}

void Life::circumstances(NeighbourhoodState& state, std::uint32_t row) {
    const Day today = state.today.day;
    Person person = state.people.person(PersonRow{row});
    laws_->synthesis.settle(state.twin, person, today);
    const auto home = static_cast<std::uint8_t>(index(person.frailty) << 2U | index(person.residence));
    if (home != state.people.frailty_residence[row] || person.traits != state.people.traits[row]) {
        state.will_change(row);
        state.people.frailty_residence[row] = home;
        state.people.traits[row] = person.traits;
    }
    state.people.household[row] = person.household;
    state.people.utility_micro[row] = person.utility_micro;
    state.people.wellbeing_milli[row] = person.wellbeing_milli;
}

void Life::segment(NeighbourhoodState& state, std::uint32_t row) {
    const std::uint8_t now = laws_->segment_of(state.people, row, state.today.day);
    const std::uint8_t before = state.people.segment[row];
    if (now == before) return;
    state.will_change(row);
    state.people.segment[row] = now;
    state.events.about(state.people, row, EventKind::segment_move, state.today.day).what = before;
}

void Life::has_birthday(NeighbourhoodState& state, std::uint32_t row) {
    const Day today = state.today.day;
    People& people = state.people;
    const AgeBand band = age_band(age_years(Day{people.birth_day[row]}, today));
    if (band != band_of(people.cell[row])) {
        state.will_change(row);
        people.cell[row] = demographic_cell(band, sex_of(people.cell[row]), quintile_of(people.cell[row]));
    }
    circumstances(state, row);
    segment(state, row);
    plan_year(state, row, today);
}

void Life::goes(NeighbourhoodState& state, std::uint32_t row, EventKind kind) {
    state.events.about(state.people, row, kind, state.today.day);
    state.people.leave(PersonRow{row});
    state.today.gone.push_back(row);
    ++state.tally.people_gone;
}

void Life::bear(NeighbourhoodState& state, std::uint32_t row) {
    const Person mother = state.people.person(PersonRow{row});
    const std::uint8_t ordinal = state.people.births[row]++;
    const Person child = laws_->synthesis.newborn(state.twin, mother, ordinal, state.today.day);
    enter(state, child, EventKind::birth);
}

void Life::change_condition(NeighbourhoodState& state, std::uint32_t row, Condition condition) {
    state.will_change(row);
    ConditionSet conditions{state.people.conditions[row]};
    const bool had = conditions.has(condition);
    if (had) {
        conditions.remove(condition);
    } else {
        conditions.add(condition);
    }
    state.people.conditions[row] = conditions.bits();
    state.events.about(state.people, row, had ? EventKind::condition_remission : EventKind::condition_onset, state.today.day).what =
        static_cast<std::uint8_t>(condition);
    circumstances(state, row);
    segment(state, row);
}

void Life::happens(NeighbourhoodState& state, std::uint32_t row, std::uint8_t kind) {
    switch (kind) {
        case death: goes(state, row, EventKind::death); break;
        case leaving: goes(state, row, EventKind::leave); break;
        case birth: bear(state, row); break;
        case frailer: {
            state.will_change(row);
            const auto worse = static_cast<Frailty>(index(state.people.frailty(PersonRow{row})) + 1);
            state.people.set_frailty_residence(PersonRow{row}, worse, state.people.residence(PersonRow{row}));
            state.events.about(state.people, row, EventKind::frailty_worsened, state.today.day);
            circumstances(state, row);
            segment(state, row);
            break;
        }
        default: change_condition(state, row, static_cast<Condition>(kind - condition_changes)); break;
    }
}

void Life::join_list(NeighbourhoodState& state) {
    const Day today = state.today.day;
    const Words words = Draws{state.twin, state.row.value(), Purpose::joiners, static_cast<std::uint32_t>(today.number())}.words();
    const double expected_count = laws_->joining_per_person_day() * static_cast<double>(state.people.registered());
    const int count = poisson_count(expected_count, words[0]);
    for (int nth = 0; nth < count; ++nth) {
        const PersonKey key = entrant_key(state.row, today.number(), joins_later | static_cast<std::uint32_t>(nth));
        enter(state, laws_->synthesis.joiner(state.twin, key, today), EventKind::join);
    }
}

void Life::live_today(NeighbourhoodState& state) {
    // The list grows while it is read: an event of somebody's new year may fall on the birthday itself.
    for (std::size_t i = 0; i < state.today.life_due.size(); ++i) {
        const CalendarEntry entry = state.today.life_due[i];
        if (!state.is_current(entry)) continue;
        if (entry.due == Due::birthday) {
            has_birthday(state, entry.row);
        } else if (entry.due == Due::life_event) {
            const HealthCell who = health_cell(state.people, entry.row, state.today.day);
            if (as_float(entry.b) < rate_now(state.people, entry.row, entry.c, who)) happens(state, entry.row, entry.c);
        }
    }
    join_list(state);
}

}  // namespace segue::life
