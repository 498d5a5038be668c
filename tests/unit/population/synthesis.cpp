#include "engine/population/synthesis.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "engine/population/households.hpp"
#include "tests/unit/population/chances.hpp"
#include "tests/unit/population/made_people.hpp"

namespace segue {
namespace {

using test::expect_share;
using test::list_of;
using test::shipped_laws;
using test::shipped_tables;

const Day start = to_day(test::list_date);
constexpr std::uint32_t many = 200'000;

/// One list for all tests that only look.
const People& list() {
    static const People people = list_of(many, Twin{5, 0});
    return people;
}

int age_of(const People& people, std::uint32_t row) { return age_years(Day{people.birth_day[row]}, start); }

template <class F>
double count(const People& people, F is) {
    double found = 0;
    for (std::uint32_t row = 0; row < people.rows(); ++row) found += is(row) ? 1 : 0;
    return found;
}

bool same(const Person& a, const Person& b) {
    return a.key == b.key && a.birth == b.birth && a.sex == b.sex && a.quintile == b.quintile &&
           a.conditions == b.conditions && a.frailty == b.frailty && a.residence == b.residence &&
           a.traits == b.traits && a.health_bin == b.health_bin && a.practice == b.practice && a.segment == b.segment &&
           a.level_rank == b.level_rank && a.household == b.household && a.wellbeing_milli == b.wellbeing_milli &&
           a.utility_micro == b.utility_micro;
}

TEST(Synthesis, MakesExactlyTheSizeAskedFor) {
    for (const std::uint32_t size : {1U, 255U, 256U, 257U, 1000U}) {
        const People people = list_of(size, Twin{1, 0});
        EXPECT_EQ(people.registered(), size);
        EXPECT_EQ(std::set<std::uint64_t>(people.key.begin(), people.key.end()).size(), size);
    }
}

// Fixed seed; each comparison is allowed five standard deviations: a false alarm of 5.7e-7 each, 1e-4 for all 222.
TEST(Synthesis, MeetsTheListsAgesAndSexes) {
    ByAgeSex<double> found{};
    for (std::uint32_t row = 0; row < many; ++row) ++found[age_index(age_of(list(), row))][sex_of(list().cell[row])];
    for (std::size_t age = 0; age < found.size(); ++age) {
        for (const Sex sex : all<Sex>()) {
            expect_share(found[age][sex], many, shipped_tables().list.share[age][sex],
                         ("age " + std::to_string(age)).c_str());
        }
    }
}

TEST(Synthesis, MeetsTheMixOfDeprivationAndPractices) {
    const std::array<double, 5> mix{0.2081, 0.2083, 0.2004, 0.1937, 0.1895};
    for (int quintile = 1; quintile <= 5; ++quintile) {
        expect_share(count(list(), [&](std::uint32_t row) { return quintile_of(list().cell[row]) == quintile; }), many,
                     mix[static_cast<std::size_t>(quintile - 1)], "deprivation");
    }
    const std::array<double, 3> practices{3.0 / 6, 2.0 / 6, 1.0 / 6};
    for (std::size_t practice = 0; practice < practices.size(); ++practice) {
        expect_share(count(list(), [&](std::uint32_t row) { return list().practice[row] == practice; }), many,
                     practices[practice], "practice");
    }
}

// Prevalence of each condition by published band of ages and sex: five standard deviations and 1% for the curve.
TEST(Synthesis, MeetsEveryPublishedPrevalence) {
    for (const Sex sex : all<Sex>()) {
        for (const Condition condition : all<Condition>()) {
            for (const BandShare& band : shipped_tables().health.prevalence[condition][sex]) {
                double people = 0;
                double ill = 0;
                for (std::uint32_t row = 0; row < many; ++row) {
                    const int age = age_of(list(), row);
                    if (sex_of(list().cell[row]) != sex || age < band.ages.from || age > band.ages.to) continue;
                    ++people;
                    ill += ConditionSet{list().conditions[row]}.has(condition) ? 1 : 0;
                }
                const double spread = std::sqrt(people * band.share * (1 - band.share));
                EXPECT_NEAR(ill, people * band.share, 5 * spread + 0.01 * people * band.share + 1)
                    << name_of(condition) << " " << name_of(sex) << " from " << band.ages.from;
            }
        }
    }
}

TEST(Synthesis, MeetsPublishedFrailtyCareHomesAndLivingAlone) {
    double old = 0, frail = 0, care = 0, care_85 = 0, middle = 0, frail_middle = 0;
    EnumArray<Sex, double> at_home{}, alone{};
    for (std::uint32_t row = 0; row < many; ++row) {
        const int age = age_of(list(), row);
        const bool is_frail = list().frailty(PersonRow{row}) != Frailty::fit;
        if (age >= 50 && age < 65) {
            ++middle;
            frail_middle += is_frail ? 1 : 0;
        }
        if (age < 65) continue;
        ++old;
        frail += is_frail ? 1 : 0;
        if (list().residence(PersonRow{row}) == Residence::care_home) {
            ++care;
            care_85 += age >= 85 ? 1 : 0;
        } else {
            ++at_home[sex_of(list().cell[row])];
            alone[sex_of(list().cell[row])] += list().has(PersonRow{row}, Trait::lives_alone) ? 1 : 0;
        }
    }
    // eFI any frailty: 43.7% of 65+, 10% of 50-64 (Fogg and others 2022).
    expect_share(frail, old, 0.437, "frail at 65+");
    expect_share(frail_middle, middle, 0.10, "frail at 50-64");
    // Census 2021: 2.5% of 65+ in care homes, 56.4% of these 85+; 36.3% of women and 22.7% of men alone.
    expect_share(care, old, 0.025, "care homes");
    expect_share(care_85, care, 0.564, "85+ in care homes");
    expect_share(alone[Sex::female], at_home[Sex::female], 0.363, "women alone");
    expect_share(alone[Sex::male], at_home[Sex::male], 0.227, "men alone");
}

TEST(Synthesis, KeepsTheNormsOfUtilityAndWellbeing) {
    // Mean over people of a decade against the mean norm of the same people; deviation of EQ-5D decrements about 0.1.
    for (const int from : {20, 40, 60, 80}) {
        double people = 0, utility = 0, norm = 0, wellbeing = 0, wellbeing_norm = 0;
        for (std::uint32_t row = 0; row < many; ++row) {
            const int age = age_of(list(), row);
            if (age < from || age >= from + 10) continue;
            ++people;
            utility += list().utility_micro[row] * 1e-6;
            wellbeing += list().wellbeing_milli[row] * 1e-3;
            norm += shipped_tables().quality.eq5d[age_index(age)][sex_of(list().cell[row])];
            wellbeing_norm += shipped_tables().quality.life_satisfaction[age_index(age)];
        }
        EXPECT_NEAR(utility / people, norm / people, 5 * 0.12 / std::sqrt(people) + 0.0015) << from;
        EXPECT_NEAR(wellbeing / people, wellbeing_norm / people, 5 * 1.5 / std::sqrt(people) + 0.001) << from;
    }
}

// Ranks are uniform and correlated as asked: for a Gaussian copula the rank correlation is 6/pi asin(r/2) (Kruskal 1958).
TEST(Synthesis, GivesLevelsOfNeedTheirCorrelation) {
    const double middle = 32767.5;
    const double variance = 65536.0 * 65536.0 / 12;
    for (std::size_t a = 0; a < 4; ++a) {
        for (std::size_t b = 0; b <= a; ++b) {
            double sum = 0, product = 0;
            for (std::uint32_t row = 0; row < many; ++row) {
                sum += list().level_rank[row][a];
                product += (list().level_rank[row][a] - middle) * (list().level_rank[row][b] - middle);
            }
            EXPECT_NEAR(sum / many, middle, 5 * std::sqrt(variance / many) + 8);
            const double expected = a == b ? 1 : 6 / M_PI * std::asin(0.25);
            EXPECT_NEAR(product / many / variance, expected, 5 / std::sqrt(many) + 0.002) << a << b;
        }
    }
}

TEST(Synthesis, ClustersConditionsInPeople) {
    // Were conditions spread at random over people of the same age, sex and fifth, fewer would have three or more.
    double three = 0, expected = 0;
    for (std::uint32_t row = 0; row < many; ++row) {
        const int age = age_of(list(), row);
        if (age < 60 || age >= 65) continue;
        three += ConditionSet{list().conditions[row]}.count() >= 3 ? 1 : 0;
        std::array<double, 4> counts{1, 0, 0, 0};
        for (const Condition condition : all<Condition>()) {
            const double p = shipped_laws().health.prevalence(condition, age, sex_of(list().cell[row]),
                                                              quintile_of(list().cell[row]));
            counts[3] += counts[2] * p;
            for (std::size_t n = 2; n > 0; --n) counts[n] = counts[n] * (1 - p) + counts[n - 1] * p;
            counts[0] *= 1 - p;
        }
        expected += counts[3];
    }
    EXPECT_GT(three, 1.2 * expected);
}

TEST(Synthesis, MakesTheSamePeopleFromTheSameSeedOnAnyInstructions) {
    const People reference = list_of(3'000, Twin{9, 2});
    for (const Isa isa : all<Isa>()) {
        if (!is_available(isa)) continue;
        People people;
        Synthesis{shipped_laws()}.populate(people, Twin{9, 2}, NeighbourhoodRow{0}, 3'000, start, isa);
        for (std::uint32_t row = 0; row < people.rows(); ++row) {
            ASSERT_TRUE(same(people.person(PersonRow{row}), reference.person(PersonRow{row}))) << name_of(isa) << row;
        }
    }
}

TEST(Synthesis, DependsOnNobodyElse) {
    const People large = list_of(2'000, Twin{4, 0});
    const People small = list_of(700, Twin{4, 0});
    for (std::uint32_t row = 0; row < small.rows(); ++row) {
        Person a = small.person(PersonRow{row});
        Person b = large.person(PersonRow{row});
        a.household = b.household = 0;  // who is there to live with does depend on the list
        ASSERT_TRUE(same(a, b)) << row;
    }
    const People elsewhere = list_of(700, Twin{4, 0}, shipped_laws(), NeighbourhoodRow{1});
    EXPECT_NE(elsewhere.birth_day, small.birth_day);
    const People other_seed = list_of(700, Twin{5, 0});
    EXPECT_NE(other_seed.birth_day, small.birth_day);
}

TEST(Synthesis, MeetsAnotherAgeAndDeprivation) {
    PopulationParameters parameters;
    parameters.aged_75_or_over = 15;
    parameters.deprivation_mix = {50, 30, 10, 5, 5};
    const PopulationLaws laws{test::shipped_inputs(parameters)};
    const People people = list_of(50'000, Twin{1, 0}, laws);
    expect_share(count(people, [&](std::uint32_t row) { return age_of(people, row) >= 75; }), 50'000, 0.15, "75+");
    expect_share(count(people, [&](std::uint32_t row) { return quintile_of(people.cell[row]) == 1; }), 50'000, 0.5,
                 "most deprived");
}

TEST(Synthesis, MakesJoinersByTheirOwnAges) {
    const Synthesis synthesis{shipped_laws()};
    double young = 0;
    constexpr std::uint32_t joiners = 20'000;
    for (std::uint32_t i = 0; i < joiners; ++i) {
        const Person person =
            synthesis.joiner(Twin{1, 0}, entrant_key(NeighbourhoodRow{0}, start.number() + 10, i), start + 10);
        const int age = age_years(person.birth, start + 10);
        ASSERT_GE(age, 0);
        young += age >= 17 && age < 30 ? 1 : 0;
    }
    double expected = 0, total = 0;
    for (std::size_t age = 0; age < age_count; ++age) {
        const auto& share = shipped_tables().list.share[age];
        const double weight = (share[Sex::female] + share[Sex::male]) * shipped_tables().movement.joining[age];
        total += weight;
        expected += age >= 17 && age < 30 ? weight : 0;
    }
    expect_share(young, joiners, expected / total, "17-29");
}

TEST(Synthesis, BearsChildrenIntoTheirMothersHome) {
    const Synthesis synthesis{shipped_laws()};
    const Person mother = list().person(PersonRow{17});
    const PersonKey key = newborn_key(Twin{5, 0}, mother.key, 0);
    const Person child = synthesis.newborn(Twin{5, 0}, key, mother, start + 100);
    EXPECT_EQ(child.birth, start + 100);
    EXPECT_EQ(child.household, mother.household);
    EXPECT_EQ(child.practice, mother.practice);
    EXPECT_EQ(child.quintile, mother.quintile);
    EXPECT_EQ(child.conditions.count(), 0);
    EXPECT_NE(newborn_key(Twin{5, 0}, mother.key, 1), key);
    EXPECT_NE(newborn_key(Twin{5, 0}, mother.key, 0, 1), key);
    EXPECT_NE(newborn_key(Twin{5, 0}, PersonKey{1}, 0), key);
    double boys = 0;
    for (std::uint64_t i = 0; i < 50'000; ++i) {
        boys += synthesis.newborn(Twin{5, 0}, PersonKey{i}, mother, start).sex == Sex::male ? 1 : 0;
    }
    expect_share(boys, 50'000, Movement::boys_share, "boys");
}

TEST(Synthesis, InfersTheLiabilityOfWhoeverIsKnownToBeIll) {
    const Synthesis synthesis{shipped_laws()};
    double ill_bins = 0, well_bins = 0;
    for (std::uint64_t i = 0; i < 2'000; ++i) {
        KnownPerson person;
        person.key = PersonKey{i};
        person.birth = same_date(start, -60);
        person.conditions = ConditionSet{};
        well_bins += synthesis.known(Twin{1, 0}, person, start).health_bin;
        person.conditions->add(Condition::heart_failure);
        person.conditions->add(Condition::diabetes);
        const Person made = synthesis.known(Twin{1, 0}, person, start);
        EXPECT_EQ(made.conditions, *person.conditions);
        ill_bins += made.health_bin;
    }
    EXPECT_GT(ill_bins, well_bins * 1.4);
}

TEST(Households, HouseEverybodyOutsideCareHomesOnce) {
    std::map<std::uint32_t, std::vector<std::uint32_t>> homes;
    for (std::uint32_t row = 0; row < many; ++row) {
        const bool in_care = list().residence(PersonRow{row}) == Residence::care_home;
        ASSERT_EQ(list().household[row] == no_household, in_care);
        if (!in_care) homes[list().household[row]].push_back(row);
    }
    for (const auto& [home, rows] : homes) {
        bool has_adult = false;
        for (const std::uint32_t row : rows) {
            has_adult = has_adult || age_of(list(), row) >= 16;
            ASSERT_EQ(list().has(PersonRow{row}, Trait::lives_alone), rows.size() == 1);
            ASSERT_EQ(list().practice[row], list().practice[rows.front()]);
            ASSERT_EQ(quintile_of(list().cell[row]), quintile_of(list().cell[rows.front()]));
        }
        ASSERT_TRUE(has_adult);
    }
    // England and Wales, Census 2021: 2.4 a household.
    EXPECT_NEAR(many / static_cast<double>(homes.size()), 2.4, 0.15);
}

TEST(Households, DoNotDependOnTheOrderOfStorage) {
    const People people = list_of(4'000, Twin{8, 0});
    People turned;
    for (std::uint32_t i = 0; i < people.rows(); ++i) {
        Person person = people.person(PersonRow{(i * 1'237U) % 4'000U});
        person.household = no_household;
        turned.enter(person, start);
    }
    match_households(turned, Twin{8, 0}, shipped_laws(), start);
    std::map<std::uint64_t, std::uint32_t> home_of;
    for (std::uint32_t row = 0; row < people.rows(); ++row) home_of[people.key[row]] = people.household[row];
    for (std::uint32_t row = 0; row < turned.rows(); ++row) EXPECT_EQ(turned.household[row], home_of[turned.key[row]]);
}

TEST(Circumstances, StayWithAPersonUntilAgeOrFrailtyMovesThem) {
    const Circumstances& laws = shipped_laws().circumstances;
    double smokers_who_stopped = 0, smokers = 0, in_care = 0, still_in_care = 0;
    for (std::uint64_t i = 0; i < 20'000; ++i) {
        const CircumstanceWords words = circumstance_words(Twin{2, 0}, PersonKey{i});
        const auto smokes = [&](int age) {
            const unsigned traits = laws.traits_of(words, {age, Sex::male, 1, Frailty::fit}, Residence::own_home);
            return (traits >> index(Trait::smoking) & 1U) != 0;
        };
        smokers += smokes(40) ? 1 : 0;
        smokers_who_stopped += smokes(40) && !smokes(41) ? 1 : 0;
        const bool before = laws.residence_of(words, {84, Sex::female, 3, Frailty::moderate}) == Residence::care_home;
        in_care += before ? 1 : 0;
        still_in_care +=
            before && laws.residence_of(words, {84, Sex::female, 3, Frailty::severe}) == Residence::care_home ? 1 : 0;
    }
    EXPECT_GT(smokers, 0);
    EXPECT_EQ(smokers_who_stopped, 0);
    EXPECT_EQ(still_in_care, in_care);
}

}  // namespace
}  // namespace segue
