#include "engine/population/people.hpp"

#include "engine/core/memory.hpp"

namespace segue {

Day round_day(std::uint32_t household, Day day) noexcept {
    constexpr std::uint32_t days_with_rounds = 5;
    const auto wanted = static_cast<std::int32_t>((household ^ household >> 16U) % days_with_rounds);
    const auto is = static_cast<std::int32_t>(index(weekday(day)));
    return day + (wanted - is + 7) % 7;
}

void People::reserve(std::size_t rows) {
    key.reserve(rows);
    birth_day.reserve(rows);
    conditions.reserve(rows);
    cell.reserve(rows);
    frailty_residence.reserve(rows);
    segment.reserve(rows);
    level_rank.reserve(rows);
    generation.reserve(rows);
    present.reserve(rows);
    practice.reserve(rows);
    keeps_residence.reserve(rows);
    traits.reserve(rows);
    passing.reserve(rows);
    decline_serial.reserve(rows);
    health_bin.reserve(rows);
    births.reserve(rows);
    household.reserve(rows);
    wellbeing_milli.reserve(rows);
    utility_micro.reserve(rows);
    entered_day.reserve(rows);
    vacant_.reserve(rows / 64);
}

PersonRow People::enter(const Person& person, Day today) {
    return enter(person, today, age_band(age_years(person.birth, today)));
}

PersonRow People::enter(const Person& person, Day today, AgeBand band) {
    std::size_t row = rows();
    if (vacant_.empty()) {
        // All columns at once, by a little: doubling them for the few who join would cost 48 bytes for each person.
        if (row == key.capacity()) reserve(row + row / 64 + 16);
        key.emplace_back();
        birth_day.emplace_back();
        conditions.emplace_back();
        cell.emplace_back();
        frailty_residence.emplace_back();
        segment.emplace_back();
        level_rank.emplace_back();
        generation.emplace_back();
        present.emplace_back();
        practice.emplace_back();
        keeps_residence.emplace_back();
        traits.emplace_back();
        passing.emplace_back();
        decline_serial.emplace_back();
        health_bin.emplace_back();
        births.emplace_back();
        household.emplace_back();
        wellbeing_milli.emplace_back();
        utility_micro.emplace_back();
        entered_day.emplace_back();
    } else {
        row = vacant_.back();
        vacant_.pop_back();
    }
    key[row] = person.key.value();
    birth_day[row] = person.birth.number();
    conditions[row] = person.conditions.bits();
    cell[row] = demographic_cell(band, person.sex, person.quintile);
    segment[row] = person.segment;
    level_rank[row] = person.level_rank;
    ++generation[row];
    present[row] = 1;
    practice[row] = person.practice;
    keeps_residence[row] = person.keeps_residence ? 1 : 0;
    traits[row] = person.traits;
    passing[row] = person.passing;
    decline_serial[row] = 0;
    health_bin[row] = person.health_bin;
    births[row] = 0;
    household[row] = person.household;
    wellbeing_milli[row] = person.wellbeing_milli;
    utility_micro[row] = person.utility_micro;
    entered_day[row] = today.number();
    const PersonRow made{static_cast<std::uint32_t>(row)};
    set_frailty_residence(made, person.frailty, person.residence);
    ++registered_;
    return made;
}

void People::leave(PersonRow row) {
    present[row.value()] = 0;
    ++generation[row.value()];
    --registered_;
}

std::size_t People::bytes() const noexcept {
    return bytes_of(key, birth_day, conditions, cell, frailty_residence, segment, level_rank, generation, present) +
           bytes_of(practice, keeps_residence, traits, passing, decline_serial, health_bin, births, household,
                    wellbeing_milli, utility_micro, entered_day, vacant_);
}

Person People::person(PersonRow row) const {
    const std::size_t i = row.value();
    Person one;
    one.key = PersonKey{key[i]};
    one.birth = Day{birth_day[i]};
    one.sex = sex_of(cell[i]);
    one.quintile = static_cast<std::uint8_t>(quintile_of(cell[i]));
    one.conditions = ConditionSet{conditions[i]};
    one.frailty = frailty(row);
    one.residence = residence(row);
    one.traits = traits[i];
    one.passing = passing[i];
    one.health_bin = health_bin[i];
    one.practice = practice[i];
    one.keeps_residence = keeps_residence[i] != 0;
    one.segment = segment[i];
    one.level_rank = level_rank[i];
    one.household = household[i];
    one.wellbeing_milli = wellbeing_milli[i];
    one.utility_micro = utility_micro[i];
    return one;
}

}  // namespace segue
