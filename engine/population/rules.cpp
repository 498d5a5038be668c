#include "engine/population/rules.hpp"

#include <algorithm>
#include <array>

#include "engine/population/rule_parser.hpp"

namespace segue {
namespace {

std::int32_t number(const RuleSubject& who, std::uint8_t attribute) noexcept {
    switch (static_cast<RuleNumber>(attribute)) {
        case RuleNumber::age: return who.age;
        case RuleNumber::deprivation: return who.deprivation;
        case RuleNumber::conditions: return who.conditions;
        case RuleNumber::wellbeing: return who.wellbeing_milli;
        case RuleNumber::sex: return who.sex;
        case RuleNumber::frailty: return who.frailty;
        default: return who.residence;
    }
}

bool holds(const Rule::Test& test, std::int32_t value) noexcept {
    switch (test.compare) {
        case Rule::Compare::equal: return value == test.value;
        case Rule::Compare::unequal: return value != test.value;
        case Rule::Compare::less: return value < test.value;
        case Rule::Compare::at_most: return value <= test.value;
        case Rule::Compare::more: return value > test.value;
        case Rule::Compare::at_least: return value >= test.value;
        default: {
            const auto place = static_cast<std::uint32_t>(value);
            return place < 128 && ((place < 64 ? test.set : test.set_high) >> (place % 64) & 1U) != 0;
        }
    }
}

bool holds(const Rule::Test& test, const RuleSubject& who) noexcept {
    switch (test.ask) {
        case Rule::Ask::condition: return (who.condition_bits >> test.attribute & 1U) != 0;
        case Rule::Ask::passing: return (who.passing_bits >> test.attribute & 1U) != 0;
        case Rule::Ask::trait: return (who.trait_bits >> test.attribute & 1U) != 0;
        default: return holds(test, number(who, test.attribute));
    }
}

}  // namespace

RuleSubject rule_subject(const Person& person, int age) noexcept {
    return {age,
            static_cast<std::int32_t>(index(person.sex)),
            person.quintile,
            person.conditions.count(),
            static_cast<std::int32_t>(index(person.frailty)),
            static_cast<std::int32_t>(index(person.residence)),
            person.wellbeing_milli,
            person.conditions.bits(),
            person.traits,
            person.passing};
}

RuleSubject rule_subject(const People& people, PersonRow row, int age) noexcept {
    const std::size_t i = row.value();
    const ConditionSet conditions{people.conditions[i]};
    return {age,
            static_cast<std::int32_t>(index(sex_of(people.cell[i]))),
            quintile_of(people.cell[i]),
            conditions.count(),
            static_cast<std::int32_t>(index(people.frailty(row))),
            static_cast<std::int32_t>(index(people.residence(row))),
            people.wellbeing_milli[i],
            conditions.bits(),
            people.traits[i],
            people.passing[i]};
}

bool Rule::matches(const RuleSubject& who) const noexcept {
    std::uint16_t at = start_;
    while (at < no) {
        const Test& test = tests_[at];
        at = holds(test, who) ? test.if_true : test.if_false;
    }
    return at == yes;
}

}  // namespace segue
