#include "engine/population/people.hpp"

#include <gtest/gtest.h>

#include "tests/unit/population/made_people.hpp"

namespace segue {
namespace {

Person born(int year) {
    Person person;
    person.key = PersonKey{static_cast<std::uint64_t>(year)};
    person.birth = to_day({year, 6, 15});
    return person;
}

TEST(People, GiveBackWhoeverEntered) {
    const People people = test::list_of(500, Twin{3, 0});
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        const Person person = people.person(PersonRow{row});
        People again;
        const Person copy = again.person(again.enter(person, to_day(test::list_date)));
        EXPECT_EQ(copy.key, person.key);
        EXPECT_EQ(copy.birth, person.birth);
        EXPECT_EQ(copy.conditions, person.conditions);
        EXPECT_EQ(copy.frailty, person.frailty);
        EXPECT_EQ(copy.residence, person.residence);
        EXPECT_EQ(copy.traits, person.traits);
        EXPECT_EQ(copy.level_rank, person.level_rank);
        EXPECT_EQ(again.cell[0], people.cell[row]);
    }
}

TEST(People, GiveAReleasedRowToTheNextUnderANewGeneration) {
    People people;
    const Day today = to_day({2026, 4, 1});
    const PersonRow first = people.enter(born(1950), today);
    people.enter(born(1960), today);
    const auto generation = people.generation[first.value()];
    people.leave(first);
    EXPECT_EQ(people.registered(), 1U);
    EXPECT_NE(people.generation[first.value()], generation);
    EXPECT_EQ(people.person(first).birth, born(1950).birth);
    people.release(first);
    EXPECT_EQ(people.enter(born(1970), today), first);
    EXPECT_EQ(people.registered(), 2U);
    EXPECT_EQ(people.rows(), 2U);
}

}  // namespace
}  // namespace segue
