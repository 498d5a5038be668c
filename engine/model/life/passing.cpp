// Passing states of life: declines before death, pregnancy and the weeks after a birth, spells of high need.
#include "engine/model/life/passing.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/math.hpp"
#include "engine/model/life/life.hpp"
#include "engine/population/normal_table.hpp"

namespace segue::life {
namespace {

/// Longer than this a state is not put into the calendar at once: it is looked at again.
constexpr std::int32_t longest_look_ahead = 1000;

/// Night after night until a state ends that began at some hour of today and lasts an exponential time: so many day ends
/// fall within it, and their mean is the mean time.
std::int32_t nights(double mean_days, std::uint32_t wait, std::uint32_t hour) noexcept {
    const double until = uniform(hour) - math::log(uniform(wait)) * mean_days;
    return until > longest_look_ahead ? longest_look_ahead + 1 : static_cast<std::int32_t>(until);
}

void put(People& people, std::uint32_t row, Passing passing) noexcept {
    people.passing[row] = static_cast<std::uint8_t>(people.passing[row] | 1U << index(passing));
}

Dying drawn(const DyingShares& chances, std::uint32_t word) noexcept {
    double left = uniform(word);
    for (const Dying way : all<Dying>()) {
        left -= chances[way];
        if (left < 0) return way;
    }
    return Dying::sudden;
}

}  // namespace

Life::Standing Life::standing(const People& people, std::uint32_t row, int age) const noexcept {
    const PopulationLaws& laws = laws_->population();
    const Frailty frailty = people.frailty(PersonRow{row});
    Standing made;
    made.death_rate = table_decides_death()
                          ? 0
                          : static_cast<double>(laws.health.death_rate(age, sex_of(people.cell[row]),
                                                                       quintile_of(people.cell[row]), frailty));
    made.shares = laws.dying.shares(age, frailty, ConditionSet{people.conditions[row]});
    made.chances = laws.dying.standing(made.shares, made.death_rate);
    return made;
}

void Life::schedule_end(NeighbourhoodState& state, std::uint32_t row, Passing passing, Day day) {
    schedule(state, day, {.row = row, .due = Due::passing_ends, .c = static_cast<std::uint8_t>(passing)});
}

void Life::begin_with(NeighbourhoodState& state, std::uint32_t row, Twin luck, Day from) {
    begin_with_decline(state, row, luck, from);
    begin_with_child(state, row, luck, from);
    const PassingParameters& passing = laws_->population().passing;
    if (passing.spells.value() <= 0) return;
    const Words words = Draws{luck, PersonKey{state.people.key[row]}, Purpose::passing_at_entry, 0}.words(2);
    if (uniform(words[0]) >= passing.spell_share()) return;
    put(state.people, row, Passing::high_need);
    const std::int32_t rest = std::min(nights(passing.spell.value(), words[1], words[2]), longest_look_ahead);
    schedule_end(state, row, Passing::high_need, std::max(state.today.day + rest, from));
}

void Life::begin_with_decline(NeighbourhoodState& state, std::uint32_t row, Twin luck, Day from) {
    People& people = state.people;
    const Standing stands = standing(people, row, health_cell(people, row, state.today.day).age);
    if (stands.chances[Dying::sudden] >= 1) return;
    const Words words = Draws{luck, PersonKey{people.key[row]}, Purpose::passing_at_entry, 0}.words(0);
    const Dying way = drawn(stands.chances, words[0]);
    if (way == Dying::sudden) return;
    put(people, row, passing_of(way));
    if (uniform(words[3]) < laws_->population().dying.known_share(way)) put(people, row, Passing::known_decline);
    plan_end_of_decline(state, row, stands.death_rate, words, from);
}

void Life::begin_with_child(NeighbourhoodState& state, std::uint32_t row, Twin luck, Day from) {
    People& people = state.people;
    if (laws_->table() != nullptr || sex_of(people.cell[row]) == Sex::male) return;
    const Movement& movement = laws_->population().movement;
    const auto after_days = static_cast<std::int32_t>(laws_->population().passing.after_birth.value());
    const Day today = state.today.day;
    const Day born{people.birth_day[row]};
    // Nobody bears a child two years too young or too old: most need no draw.
    const int age = age_years(born, today);
    if (movement.birth_rate(age) <= 0 && movement.birth_rate(age + 1) <= 0) return;
    const Words words = Draws{luck, PersonKey{people.key[row]}, Purpose::passing_at_entry, 0}.words(1);
    const auto due = static_cast<std::int32_t>(below(static_cast<std::uint32_t>(Movement::pregnancy_days), words[1]));
    const double rate_when_due = static_cast<double>(movement.birth_rate(age_years(born, today + due)));
    const double pregnant = rate_when_due * Movement::pregnancy_days / days_per_year;
    const double mother = static_cast<double>(movement.birth_rate(age)) * after_days / days_per_year;
    const double place = uniform(words[0]);
    if (place < pregnant) {
        put(people, row, Passing::pregnant);
        schedule_end(state, row, Passing::pregnant, std::max(today + due, from));
    } else if (place < pregnant + mother) {
        put(people, row, Passing::after_birth);
        const auto left = static_cast<std::int32_t>(below(static_cast<std::uint32_t>(after_days), words[2]));
        schedule_end(state, row, Passing::after_birth, std::max(today + left, from));
    }
}

void Life::passing_ends(NeighbourhoodState& state, const CalendarEntry& entry) {
    const std::uint32_t row = entry.row;
    switch (static_cast<Passing>(entry.c)) {
        case Passing::pregnant: give_birth(state, row); return;
        case Passing::after_birth:
        case Passing::high_need:
            state.set_passing(row, static_cast<Passing>(entry.c), false);
            segment(state, row);
            return;
        default: break;
    }
    if (entry.d != state.people.decline_serial[row]) return;  // it took another course since
    if (entry.a == 0) {
        goes(state, row, EventKind::death);
        return;
    }
    const Day today = state.today.day;
    plan_end_of_decline(state, row, standing(state.people, row, health_cell(state.people, row, today).age).death_rate,
                        Draws{state.twin, PersonKey{state.people.key[row]}, Purpose::decline_rest,
                              static_cast<std::uint32_t>(today.number())}
                            .words(),
                        today + 1);
}

void Life::begins_to_die(NeighbourhoodState& state, std::uint32_t row, const HealthCell& who) {
    if (decline_of(state.people, row) != Dying::sudden) return;  // who declines dies of the decline
    const Standing stands = standing(state.people, row, who.age);
    const Words luck = Draws{state.twin, PersonKey{state.people.key[row]}, Purpose::dying,
                             static_cast<std::uint32_t>(state.today.day.number())}
                           .words();
    const Dying way = laws_->population().dying.begins(stands.shares, stands.death_rate, luck[0]);
    if (way == Dying::sudden) {
        goes(state, row, EventKind::death);
        return;
    }
    decline(state, row, way, stands.death_rate, luck);
    segment(state, row);
}

void Life::decline(NeighbourhoodState& state, std::uint32_t row, Dying way, double death_rate, const Words& luck) {
    state.set_passing(row, passing_of(way), true);
    if (uniform(luck[3]) < laws_->population().dying.known_share(way))
        state.set_passing(row, Passing::known_decline, true);
    plan_end_of_decline(state, row, death_rate, luck, state.today.day);
}

void Life::plan_end_of_decline(NeighbourhoodState& state, std::uint32_t row, double death_rate, const Words& luck,
                               Day from) {
    const Dying way = decline_of(state.people, row);
    const std::int32_t rest = nights(laws_->population().dying.mean_days(way, death_rate), luck[1], luck[2]);
    // An exponential time has no memory: what lasts beyond the look-ahead is drawn anew then.
    schedule(state, std::max(state.today.day + std::min(rest, longest_look_ahead), from),
             {.row = row,
              .a = rest > longest_look_ahead ? 1U : 0U,
              .due = Due::passing_ends,
              .c = static_cast<std::uint8_t>(passing_of(way)),
              .d = ++state.people.decline_serial[row]});
}

void Life::follow_standing(NeighbourhoodState& state, std::uint32_t row, const Standing& before, std::uint32_t cause) {
    const Standing now = standing(state.people, row, health_cell(state.people, row, state.today.day).age);
    if (now.chances[Dying::sudden] >= 1 && before.chances[Dying::sudden] >= 1) return;
    const DyingLaws& dying = laws_->population().dying;
    const Dying stood = decline_of(state.people, row);
    const Words luck = Draws{state.twin, PersonKey{state.people.key[row]}, Purpose::decline_moved,
                             static_cast<std::uint32_t>(state.today.day.number())}
                           .words(cause);
    const Dying stands = moved(stood, before.chances, now.chances, luck[0]);
    const bool keeps_time = dying.mean_days(stood, before.death_rate) >= dying.mean_days(stands, now.death_rate) &&
                            dying.mean_days(stood, before.death_rate) <= dying.mean_days(stands, now.death_rate);
    if (stands == stood && (stood == Dying::sudden || keeps_time)) return;
    if (stands == stood) {
        plan_end_of_decline(state, row, now.death_rate, luck, state.today.day);
        return;
    }
    if (stood != Dying::sudden) {
        state.set_passing(row, passing_of(stood), false);
        state.set_passing(row, Passing::known_decline, false);
        ++state.people.decline_serial[row];
    }
    if (stands != Dying::sudden) decline(state, row, stands, now.death_rate, luck);
}

void Life::conceive(NeighbourhoodState& state, std::uint32_t row) {
    const PersonRow who{row};
    if (state.people.is(who, Passing::pregnant) || state.people.is(who, Passing::after_birth)) return;
    const Day today = state.today.day;
    const Words luck = Draws{state.twin, PersonKey{state.people.key[row]}, Purpose::pregnancy,
                             static_cast<std::uint32_t>(today.number())}
                           .words();
    // About ten days either way; births before 28 and after 42 weeks are left out.
    const auto early_or_late = static_cast<std::int32_t>(std::lround(10 * NormalTable::shared().deviate(luck[0])));
    state.set_passing(row, Passing::pregnant, true);
    schedule_end(state, row, Passing::pregnant,
                 today + Movement::pregnancy_days + std::clamp(early_or_late, std::int32_t{-70}, std::int32_t{14}));
    segment(state, row);
}

void Life::give_birth(NeighbourhoodState& state, std::uint32_t row) {
    state.set_passing(row, Passing::pregnant, false);
    state.set_passing(row, Passing::after_birth, true);
    schedule_end(
        state, row, Passing::after_birth,
        state.today.day + static_cast<std::int32_t>(std::lround(laws_->population().passing.after_birth.value())));
    segment(state, row);
    bear(state, row);
}

void Life::begin_spell(NeighbourhoodState& state, std::uint32_t row) {
    if (state.people.is(PersonRow{row}, Passing::high_need)) return;
    const Day today = state.today.day;
    const Words luck = Draws{state.twin, PersonKey{state.people.key[row]}, Purpose::high_need_spell,
                             static_cast<std::uint32_t>(today.number())}
                           .words();
    state.set_passing(row, Passing::high_need, true);
    const double mean = laws_->population().passing.spell.value();
    schedule_end(state, row, Passing::high_need, today + std::min(nights(mean, luck[1], luck[2]), longest_look_ahead));
    segment(state, row);
}

}  // namespace segue::life
