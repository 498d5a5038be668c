#include "engine/model/life/life.hpp"

#include <algorithm>
#include <bit>

#include "engine/model/life/passing.hpp"
#include "engine/model/life/table_life.hpp"
#include "engine/population/households.hpp"
#include "engine/rng/quantiles.hpp"

namespace segue::life {
namespace {

std::uint32_t first_unknown_household(const People& people) noexcept {
    std::uint32_t next = 0;
    for (const std::uint32_t household : people.household) {
        if (household != no_household && !is_care_home(household)) next = std::max(next, household + 1);
    }
    return next;
}

/// Slots of those who join later are told from those of the first list by their highest bit.
constexpr std::uint32_t joins_later = 0x8000'0000U;

}  // namespace

HealthCell Life::health_cell(const People& people, std::uint32_t row, Day today) const noexcept {
    return {age_years(Day{people.birth_day[row]}, today), sex_of(people.cell[row]), quintile_of(people.cell[row]),
            people.health_bin[row]};
}

void Life::schedule(NeighbourhoodState& state, Day day, CalendarEntry entry) {
    if (state.calendar.has_taken(day)) {  // what begins today may have its first event, or end, today
        entry.generation = state.people.generation[entry.row];
        state.today.life_due.push_back(entry);
    } else {
        state.schedule(day, entry);
    }
}

void Life::highest_rates(const People& people, std::uint32_t row, const HealthCell& who, Rates& rates) const noexcept {
    const HealthModel& health = laws_->population().health;
    rates[death] = table_decides_death() ? 0 : health.death_rate(who.age, who.sex, who.quintile, Frailty::severe);
    const bool by_table = laws_->table() != nullptr;  // then the table's events are who enters and leaves
    const Movement& movement = laws_->population().movement;
    rates[leaving] = by_table ? 0 : movement.leave_rate(who.age);
    const Days busy = laws_->population().passing.after_birth;
    rates[conception] = by_table || who.sex == Sex::male ? 0
                                                         : std::max(movement.conception_rate(who.age, busy),
                                                                    movement.conception_rate(who.age + 1, busy));
    rates[spell_begins] = static_cast<float>(laws_->population().passing.spells.value());
    rates[frailer] = 0;
    for (std::size_t from = index(people.frailty(PersonRow{row})); from < index(Frailty::severe); ++from) {
        rates[frailer] = std::max(rates[frailer], health.frailty_up_rate(static_cast<Frailty>(from), who));
    }
    for (const Condition condition : all<Condition>()) {
        rates[condition_changes + index(condition)] =
            std::max(health.onset_rate(condition, who), health.remission_rate(condition, who));
    }
}

float Life::rate_now(const People& people, std::uint32_t row, std::uint8_t kind, const HealthCell& who,
                     Day today) const noexcept {
    const HealthModel& health = laws_->population().health;
    const Movement& movement = laws_->population().movement;
    switch (kind) {
        case death: return health.death_rate(who.age, who.sex, who.quintile, people.frailty(PersonRow{row}));
        case leaving: return movement.leave_rate(who.age);
        case conception:
            return movement.conception_rate(age_years(Day{people.birth_day[row]}, today + Movement::pregnancy_days),
                                            laws_->population().passing.after_birth);
        case spell_begins: return static_cast<float>(laws_->population().passing.spells.value());
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
    const HealthCell who = health_cell(state.people, row, state.today.day);
    const Day first = birthday(born, who.age);
    const Day next = birthday(born, who.age + 1);
    const auto days = static_cast<std::uint32_t>(next - first);
    state.birthdays.add(next, {row & 0xFF'FFFFU, state.people.generation[row]});
    if (laws_->table() != nullptr) plan_table_move(state, row, who.age, from);

    Rates rates{};
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
                const float threshold = rates[kind] * static_cast<float>(uniform(when[1]));
                schedule(state, day,
                         {.row = row,
                          .a = std::bit_cast<std::uint32_t>(threshold),
                          .due = Due::life_event,
                          .c = static_cast<std::uint8_t>(kind)});
            }
        }
    }
}

bool Life::table_decides_death() const noexcept { return laws_->table() != nullptr && laws_->table()->has_death(); }

void Life::first_list(NeighbourhoodState& state, std::int64_t size, Twin list_luck) {
    const Day today = state.today.day;
    first_day_ = today;
    list_luck_ = list_luck;
    if (laws_->person_file()) {
        for (const KnownPerson& one : laws_->person_file()->people)
            state.people.enter(laws_->synthesis().known(list_luck, one, today), today);
        next_household_ = match_households(state.people, list_luck, laws_->population(), today,
                                           first_unknown_household(state.people));
    } else {
        laws_->synthesis().populate(state.people, list_luck, state.row, static_cast<std::uint32_t>(size), today,
                                    state.isa);
        next_household_ = first_unknown_household(state.people);
    }
    // Those who enter on the first day itself are told apart from the list that it found.
    std::fill(state.people.entered_day.begin(), state.people.entered_day.end(), today.number() - 1);
    open_care_homes(state.people);
    first_size_ = static_cast<double>(state.people.registered());
    for (std::uint32_t row = 0; row < state.people.rows(); ++row) {
        if (state.people.household[row] == no_household) rehouse(state, row, list_luck);
        begin_with(state, row, list_luck, today);
        state.people.segment[row] = laws_->segment_of(state.people, row, today);
        plan_year(state, row, today);
    }
}

void Life::enter(NeighbourhoodState& state, Person person, EventKind kind) {
    const Day today = state.today.day;
    const std::uint32_t row = state.people.enter(person, today).value();
    rehouse(state, row, state.twin);
    begin_with(state, row, state.twin, today + 1);
    state.people.segment[row] = laws_->segment_of(state.people, row, today);
    state.has_entered(row);
    ++state.tally.people_entered;
    state.events.about(state.people, row, kind, today);
    plan_year(state, row, today + 1);
}

void Life::circumstances(NeighbourhoodState& state, std::uint32_t row) {
    const Day today = state.today.day;
    People& people = state.people;
    const PopulationLaws& laws = laws_->population();
    const PersonKey key{people.key[row]};
    const Twin luck = people.entered_day[row] < first_day_.number() ? list_luck_ : state.twin;
    const HealthCell who = health_cell(people, row, today);
    const Frailty frailty = people.frailty(PersonRow{row});
    const CircumstanceWords words = circumstance_words(luck, key);
    const CircumstanceCell cell{who.age, who.sex, who.quintile, frailty};
    // What a person file says of somebody's home holds until they grow frailer.
    const Residence residence = people.keeps_residence[row] != 0 ? people.residence(PersonRow{row})
                                                                 : laws.circumstances.residence_of(words, cell);
    const std::uint8_t traits = laws.circumstances.traits_of(words, cell, residence);
    if (residence != people.residence(PersonRow{row}) || traits != people.traits[row]) {
        state.will_change(row);
        people.set_frailty_residence(PersonRow{row}, frailty, residence);
        people.traits[row] = traits;
        rehouse(state, row, luck);
    }
    people.utility_micro[row] = laws.quality.utility_micro(who.age, who.sex, ConditionSet{people.conditions[row]});
    people.wellbeing_milli[row] = laws.quality.wellbeing_milli(who.age, QualityOfLife::wellbeing_word(luck, key));
}

void Life::open_care_homes(People& people) {
    care_homes_.assign(std::max<std::size_t>(laws_->population().practice_shares.size(), 1), 0);
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (people.residence(PersonRow{row}) == Residence::care_home) ++care_homes_[people.practice[row]];
    }
    const double places = laws_->population().parameters.care_home_places;
    for (std::uint32_t& homes : care_homes_)
        homes = std::clamp(static_cast<std::uint32_t>(homes / places + 0.5), 1U, 0x7FFFU);
}

std::uint32_t Life::care_home_of(const People& people, std::uint32_t row, Twin luck) const {
    const Words words = Draws{luck, PersonKey{people.key[row]}, Purpose::residence, 0}.words();
    return care_home(people.practice[row], below(care_homes_[people.practice[row]], words[1]));
}

void Life::rehouse(NeighbourhoodState& state, std::uint32_t row, Twin luck) {
    People& people = state.people;
    const bool lives_in_one = people.residence(PersonRow{row}) == Residence::care_home;
    std::uint32_t& household = people.household[row];
    if (lives_in_one && !is_care_home(household)) {
        household = care_home_of(people, row, luck);
    } else if (!lives_in_one && (household == no_household || is_care_home(household))) {
        household = next_household_++;
    }
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
    const int age = age_years(Day{people.birth_day[row]}, today);
    const Standing before = standing(people, row, age - 1);
    const AgeBand band = age_band(age);
    if (band != band_of(people.cell[row])) {
        state.will_change(row);
        people.cell[row] = demographic_cell(band, sex_of(people.cell[row]), quintile_of(people.cell[row]));
    }
    circumstances(state, row);
    follow_standing(state, row, before, a_birthday);
    segment(state, row);
    plan_year(state, row, today);
}

void Life::goes(NeighbourhoodState& state, std::uint32_t row, EventKind kind) {
    Event& event = state.events.about(state.people, row, kind, state.today.day);
    event.what = static_cast<std::uint8_t>(decline_of(state.people, row));
    state.people.leave(PersonRow{row});
    state.today.gone.push_back(row);
    ++state.tally.people_gone;
}

void Life::bear(NeighbourhoodState& state, std::uint32_t row) {
    const Person mother = state.people.person(PersonRow{row});
    const auto& keys = state.people.key;
    const std::uint32_t ordinal = state.people.births[row]++;
    PersonKey key = newborn_key(state.twin, mother.key, ordinal);
    // A hash may, once in many million lists, be somebody's key already.
    for (std::uint32_t attempt = 1; std::find(keys.begin(), keys.end(), key.value()) != keys.end(); ++attempt) {
        key = newborn_key(state.twin, mother.key, ordinal, attempt);
    }
    enter(state, laws_->synthesis().newborn(state.twin, key, mother, state.today.day), EventKind::birth);
}

void Life::change_condition(NeighbourhoodState& state, std::uint32_t row, Condition condition) {
    state.will_change(row);
    const Standing before = standing(state.people, row, health_cell(state.people, row, state.today.day).age);
    ConditionSet conditions{state.people.conditions[row]};
    const bool had = conditions.has(condition);
    if (had) {
        conditions.remove(condition);
    } else {
        conditions.add(condition);
    }
    state.people.conditions[row] = conditions.bits();
    state.events
        .about(state.people, row, had ? EventKind::condition_remission : EventKind::condition_onset, state.today.day)
        .what = static_cast<std::uint8_t>(condition);
    circumstances(state, row);
    follow_standing(state, row, before, condition_changes + static_cast<std::uint32_t>(condition));
    segment(state, row);
}

void Life::plan_table_move(NeighbourhoodState& state, std::uint32_t row, int age, Day from) {
    // The board's arithmetic adds a year's entrants after the year's moves: theirs begin with the next year.
    const Day entered{state.people.entered_day[row]};
    const Day first_move = entered < first_day_ ? from : std::max(from, to_day({to_date(entered).year + 1, 1, 1}));
    if (laws_->table()->method() == SegmentMethod::daily_generator) {
        table_steps(state, *laws_->table(), row, age, first_move,
                    [&](Day day, const CalendarEntry& entry) { schedule(state, day, entry); });
        return;
    }
    if (const auto move = table_move(state, *laws_->table(), row, age, first_move))
        schedule(state, move->day, move->entry);
}

void Life::moves_by_table(NeighbourhoodState& state, std::uint32_t row, std::uint8_t destination) {
    if (destination == TableSegments::died) {
        goes(state, row, EventKind::death);
        return;
    }
    const std::uint8_t before = state.people.segment[row];
    state.will_change(row);
    state.people.segment[row] = destination;
    state.events.about(state.people, row, EventKind::segment_move, state.today.day).what = before;
}

void Life::steps_by_table(NeighbourhoodState& state, const CalendarEntry& entry) {
    const int age = age_years(Day{state.people.birth_day[entry.row]}, state.today.day);
    const std::uint8_t segment = state.people.segment[entry.row];
    if (std::bit_cast<float>(entry.a) >= static_cast<float>(laws_->table()->moving_rate(age, segment))) return;
    moves_by_table(state, entry.row, laws_->table()->next(age, segment, entry.b));
}

void Life::live_by_table(NeighbourhoodState& state) {
    for (const CalendarEntry& entry : state.today.life_due) {
        if (entry.due == Due::table_entry) enter(state, table_entrant(state, *laws_, entry), EventKind::join);
    }
    const Date date = to_date(state.today.day);
    if (state.today.day == first_day_ || (date.month == 1 && date.day == 1))
        plan_table_year(state, *laws_->table(), first_size_ / laws_->table()->start_people());
}

void Life::happens(NeighbourhoodState& state, std::uint32_t row, std::uint8_t kind) {
    switch (kind) {
        case death: begins_to_die(state, row, health_cell(state.people, row, state.today.day)); break;
        case leaving: goes(state, row, EventKind::leave); break;
        case conception: conceive(state, row); break;
        case spell_begins: begin_spell(state, row); break;
        case frailer: {
            state.will_change(row);
            const Standing before = standing(state.people, row, health_cell(state.people, row, state.today.day).age);
            const auto worse = static_cast<Frailty>(index(state.people.frailty(PersonRow{row})) + 1);
            state.people.keeps_residence[row] = 0;
            state.people.set_frailty_residence(PersonRow{row}, worse, state.people.residence(PersonRow{row}));
            state.events.about(state.people, row, EventKind::frailty_worsened, state.today.day);
            circumstances(state, row);
            follow_standing(state, row, before, frailer);
            segment(state, row);
            break;
        }
        default: change_condition(state, row, static_cast<Condition>(kind - condition_changes)); break;
    }
}

void Life::join_list(NeighbourhoodState& state) {
    const Day today = state.today.day;
    const Words words =
        Draws{state.twin, state.row.value(), Purpose::joiners, static_cast<std::uint32_t>(today.number())}.words();
    const double expected_count = expected(laws_->population().movement.joiners_per_person(), Days{1}) *
                                  static_cast<double>(state.people.registered());
    const int count = poisson_count(expected_count, words[0]);
    for (int nth = 0; nth < count; ++nth) {
        const PersonKey key = entrant_key(state.row, today.number(), joins_later | static_cast<std::uint32_t>(nth));
        enter(state, laws_->synthesis().joiner(state.twin, key, today), EventKind::join);
    }
}

void Life::follow_late_changes(NeighbourhoodState& state) {
    for (std::size_t i = 0; i < state.today.changed.size(); ++i) {
        Changed& changed = state.today.changed[i];
        changed.when = Changed::When::late;
        const std::uint32_t row = changed.row;
        if (state.people.generation[row] == changed.generation) segment(state, row);
    }
}

void Life::live_today(NeighbourhoodState& state) {
    // Before today's events: the year that a birthday opens may have some.
    state.birthdays.take(state.today.day, [&](const Birthday& birthday) {
        if (state.is_current(birthday)) has_birthday(state, birthday.row);
    });
    // The list grows while it is read: what begins today may end today.
    for (std::size_t i = 0; i < state.today.life_due.size(); ++i) {
        const CalendarEntry entry = state.today.life_due[i];
        if (entry.due == Due::table_entry || !state.is_current(entry)) continue;
        if (entry.due == Due::life_event) {
            const HealthCell who = health_cell(state.people, entry.row, state.today.day);
            if (std::bit_cast<float>(entry.a) < rate_now(state.people, entry.row, entry.c, who, state.today.day))
                happens(state, entry.row, entry.c);
        } else if (entry.due == Due::passing_ends) {
            passing_ends(state, entry);
        } else if (entry.due == Due::segment_move) {
            moves_by_table(state, entry.row, static_cast<std::uint8_t>(entry.a));
        } else if (entry.due == Due::segment_step) {
            steps_by_table(state, entry);
        } else if (entry.due == Due::table_exit) {
            goes(state, entry.row, EventKind::leave);
        }
    }
    if (laws_->table() == nullptr) {
        join_list(state);
    } else {
        live_by_table(state);
    }
}

}  // namespace segue::life
