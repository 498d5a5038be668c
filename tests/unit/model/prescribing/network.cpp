#include "engine/model/prescribing/network.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/alike.hpp"
#include "tests/support/statistics.hpp"

namespace segue::prescribing {
namespace {

using Key = std::uint64_t;
/// Who knows whom, by their keys.
using Ties = std::map<Key, std::set<Key>>;

constexpr Twin twin{1, 0};

Person resident(std::uint32_t slot) {
    Person person;
    person.key = entrant_key(NeighbourhoodRow{0}, test::first_day().number(), slot);
    const Words luck = Draws{twin, person.key, Purpose::level_of_need, 0}.words();
    person.birth = to_day({1940, 1, 1}) + static_cast<std::int32_t>(below(28'000, luck[0]));
    person.quintile = static_cast<std::uint8_t>(1 + below(deprivation_quintiles, luck[1]));
    person.practice = static_cast<std::uint8_t>(below(3, luck[2]));
    return person;
}

std::vector<Person> residents(std::uint32_t size) {
    std::vector<Person> made;
    for (std::uint32_t slot = 0; slot < size; ++slot) made.push_back(resident(slot));
    return made;
}

People registered(const std::vector<Person>& list) {
    People people;
    for (const Person& person : list) people.enter(person, test::first_day());
    return people;
}

Ties ties_of(const Network& network, const People& people) {
    Ties ties;
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (people.present[row] == 0) continue;
        std::set<Key>& known = ties[people.key[row]];
        network.each_tie(people, row, [&](std::uint32_t other) { known.insert(people.key[other]); });
    }
    return ties;
}

Ties tied(const std::vector<Person>& list, const NetworkParameters& parameters = {}) {
    const People people = registered(list);
    Network network{parameters, twin};
    network.tie(people);
    return ties_of(network, people);
}

std::size_t ends(const Ties& ties) {
    std::size_t sum = 0;
    for (const auto& [person, known] : ties) sum += known.size();
    return sum;
}

TEST(Network, GivesEachPersonAsManyTiesOnAverageAsAsked) {
    // A rewired tie is lost only where it doubles another or leads back: chance 16 in 5,000 for a tenth of ties.
    for (const int wanted : {2, 8, 20}) {
        const Ties ties = tied(residents(5000), {.ties = wanted});
        EXPECT_NEAR(static_cast<double>(ends(ties)) / 5000, wanted, 0.01 * wanted) << wanted;
    }
}

TEST(Network, TiesBothWays) {
    const Ties ties = tied(residents(2000));
    for (const auto& [person, known] : ties) {
        EXPECT_EQ(known.count(person), 0U);
        for (const Key other : known) EXPECT_EQ(ties.at(other).count(person), 1U);
    }
}

TEST(Network, RewiresTheShareThatIsAsked) {
    // Without rewiring ties go to those of one's practice, fifth and age alone. With it, the share that stays is 1 - r, but
    // for those who come to a neighbour by chance: 20,000 ties, six standard errors of a share of 0.3 are 0.02.
    const std::vector<Person> list = residents(5000);
    const Ties alike = tied(list, {.rewired_share = 0});
    const Ties rewired = tied(list, {.rewired_share = 0.3});
    std::size_t kept = 0;
    for (const auto& [person, known] : rewired) {
        for (const Key other : known) kept += alike.at(person).count(other);
    }
    EXPECT_NEAR(static_cast<double>(kept) / static_cast<double>(ends(alike)), 0.7, 0.02);
}

TEST(Network, TiesThoseOfOneHomeAndNobodyOfACareHome) {
    std::vector<Person> list = residents(40);
    for (std::size_t i = 0; i < 4; ++i) list[i].household = 7;
    for (std::size_t i = 4; i < 40; ++i) list[i].household = i < 20 ? care_home(0, 7) : no_household;
    const Ties ties = tied(list, {.ties = 0});
    for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ(ties.at(list[i].key.value()).size(), i < 4 ? 3U : 0U) << i;
    EXPECT_EQ(ends(tied(list, {.ties = 0, .households = false})), 0U);
}

TEST(Network, CountsThoseOfOneHomeWhoAreNeighboursToo) {
    std::vector<Person> list(2, resident(0));
    list[1].key = resident(1).key;
    for (Person& one : list) one.household = 3;
    EXPECT_EQ(ends(tied(list)), 2U);
}

TEST(Network, IsTheSameWhateverTheOrderOfRows) {
    std::vector<Person> list = residents(1500);
    for (std::size_t i = 0; i < list.size(); ++i) list[i].household = static_cast<std::uint32_t>(i / 3);
    const Ties ties = tied(list);
    std::reverse(list.begin(), list.end());
    EXPECT_EQ(tied(list), ties);
    std::rotate(list.begin(), list.begin() + 417, list.end());
    EXPECT_EQ(tied(list), ties);
}

/// Ties that one has and the other has not, between people whom both have.
std::size_t moved(const Ties& before, const Ties& after) {
    std::size_t count = 0;
    for (const auto& [person, known] : before) {
        if (after.count(person) == 0) continue;
        for (const Key other : known) count += after.count(other) != 0 && after.at(person).count(other) == 0 ? 1U : 0U;
    }
    return count / 2;
}

TEST(Network, MovesOnlyTheTiesNextToOneNewcomer) {
    // Four before and four after take one step less or more; each rewired tie that now meets the newcomer is another: those
    // are 0.4 of 2,000 on average, and more than ten with a chance below 1e-9.
    std::vector<Person> list = residents(2000);
    const Ties before = tied(list);
    list.push_back(resident(2000));
    EXPECT_LE(moved(before, tied(list)), 20U);
}

TEST(Network, MovesOnlyTheTiesNextToTheOldestPersonWhenTheyGo) {
    std::vector<Person> list = residents(2000);
    list.front().birth = to_day({1915, 3, 8});
    const Ties before = tied(list);
    list.erase(list.begin());
    EXPECT_LE(moved(before, tied(list)), 20U);
}

TEST(Network, LeavesOutThoseWhoWentAndWhoeverHasTheirRow) {
    const std::vector<Person> list = residents(300);
    People people = registered(list);
    Network network{{}, twin};
    network.tie(people);
    const Ties before = ties_of(network, people);
    people.leave(PersonRow{17});
    people.release(PersonRow{17});
    ASSERT_EQ(people.enter(resident(5000), test::first_day()), PersonRow{17});
    const Ties after = ties_of(network, people);
    EXPECT_TRUE(after.at(people.key[17]).empty());
    for (const auto& [person, known] : after) {
        EXPECT_EQ(known.count(people.key[17]), 0U);
        EXPECT_EQ(known.count(list[17].key.value()), 0U);
    }
    EXPECT_EQ(ends(after), ends(before) - 2 * before.at(list[17].key.value()).size());
}

TEST(Network, StandsNobodyAndOnePersonAlone) {
    EXPECT_TRUE(tied({}).empty());
    EXPECT_EQ(ends(tied(residents(1))), 0U);
    EXPECT_EQ(ends(tied(residents(2))), 2U);
}

TEST(Network, IsTheTwinsOwn) {
    const People people = registered(residents(500));
    Network other{{}, Twin{2, 0}};
    other.tie(people);
    EXPECT_NE(ties_of(other, people), tied(residents(500)));
}

}  // namespace
}  // namespace segue::prescribing
