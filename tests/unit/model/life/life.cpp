#include "engine/model/life/life.hpp"

#include <map>

#include <gtest/gtest.h>

#include "tests/support/life_alone.hpp"
#include "tests/support/population_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace segue::test {
namespace {

constexpr const char* england =
    "[[practice]]\nname = \"a\"\n[[practice]]\nname = \"b\"\n[[segment]]\nname = \"old\"\nwhen = \"age >= 65\"\n"
    "[[segment]]\nname = \"ill\"\nwhen = \"conditions >= 1 or frailty >= 'mild'\"\n[[segment]]\nname = \"rest\"\nwhen "
    "= \"true\"\n";
const Day start = to_day({2026, 1, 1});
const Day end = to_day({2028, 1, 1});

class LifeOfAList : public testing::Test {
protected:
    static void SetUpTestSuite() { laws_ = laws_of(england).release(); }
    static void TearDownTestSuite() { delete laws_; }
    static inline const life::Laws* laws_ = nullptr;
};

TEST_F(LifeOfAList, KeepsItsPeopleEveryDay) {
    LifeAlone life{*laws_, 3000, start};
    while (life.today() < end) {
        life.day();
        const Tally& tally = life.state().tally;
        ASSERT_EQ(3000 + tally.people_entered - tally.people_gone,
                  static_cast<std::int64_t>(life.people().registered()));
    }
    EXPECT_GT(life.state().tally.people_gone, 300);
}

TEST_F(LifeOfAList, KnowsEverybodysAgeAndSegmentEveryDay) {
    LifeAlone life{*laws_, 1000, start};
    while (life.today() < to_day({2026, 7, 1})) {
        const Day day = life.today();
        life.day();
        for (std::uint32_t row = 0; row < life.people().rows(); ++row) {
            if (life.people().present[row] == 0) continue;
            ASSERT_EQ(band_of(life.people().cell[row]), age_band(age_years(Day{life.people().birth_day[row]}, day)));
            ASSERT_EQ(life.people().segment[row], laws_->segment_of(life.people(), row, day));
        }
    }
}

TEST_F(LifeOfAList, TellsOfEveryMoveBetweenSegments) {
    LifeAlone life{*laws_, 2000, start};
    std::vector<std::int64_t> before(3, 0);
    for (const std::uint8_t segment : life.people().segment) ++before[segment];
    life.until(end);
    for (const Event& event : life.state().events.events()) {
        if (event.kind == EventKind::join || event.kind == EventKind::birth) ++before[event.segment];
        if (event.kind == EventKind::leave || event.kind == EventKind::death) --before[event.segment];
        if (event.kind == EventKind::segment_move) {
            --before[event.what];
            ++before[event.segment];
        }
    }
    std::vector<std::int64_t> now(3, 0);
    for (std::uint32_t row = 0; row < life.people().rows(); ++row) {
        if (life.people().present[row] != 0) ++now[life.people().segment[row]];
    }
    EXPECT_EQ(before, now);
}

TEST_F(LifeOfAList, NotesEveryoneWhoseRatesMayDifferAsTheyWere) {
    LifeAlone life{*laws_, 3000, start};
    while (life.today() < to_day({2026, 4, 1})) {
        const People before = life.people();
        life.day();
        std::map<std::uint32_t, Changed> noted;
        for (const Changed& one : life.state().today.changed) noted.emplace(one.row, one);
        for (std::uint32_t row = 0; row < before.rows(); ++row) {
            const People& now = life.people();
            if (before.present[row] == 0 || now.present[row] == 0 || before.key[row] != now.key[row]) continue;
            const bool differs = before.cell[row] != now.cell[row] || before.conditions[row] != now.conditions[row] ||
                                 before.frailty_residence[row] != now.frailty_residence[row] ||
                                 before.segment[row] != now.segment[row] || before.traits[row] != now.traits[row];
            if (!differs) continue;
            ASSERT_TRUE(noted.count(row) == 1) << row;
            EXPECT_EQ(noted.at(row).was.cell, before.cell[row]);
            EXPECT_EQ(noted.at(row).was.conditions, before.conditions[row]);
            EXPECT_EQ(noted.at(row).was.segment, before.segment[row]);
        }
    }
}

/// What life did to each person, by key: kinds of event with their days.
std::map<std::uint64_t, std::vector<std::pair<int, int>>> lives(LifeAlone& life) {
    std::map<std::uint64_t, std::vector<std::pair<int, int>>> by_person;
    while (life.today() < end) {
        const std::size_t told = life.state().events.events().size();
        const std::vector<std::uint64_t> keys = life.people().key;
        life.day();
        const auto& events = life.state().events.events();
        for (std::size_t i = told; i < events.size(); ++i) {
            if (events[i].row >= keys.size() || events[i].kind == EventKind::segment_move ||
                events[i].kind == EventKind::join || events[i].kind == EventKind::birth)
                continue;
            by_person[keys[events[i].row]].emplace_back(events[i].day,
                                                        static_cast<int>(events[i].kind) * 256 + events[i].what);
        }
    }
    return by_person;
}

TEST_F(LifeOfAList, IsForOnePersonTheSameWhoeverElseIsThere) {
    LifeAlone few{*laws_, 500, start};
    LifeAlone many{*laws_, 1500, start};
    const auto of_few = lives(few);
    const auto of_many = lives(many);
    int compared = 0;
    for (std::uint32_t slot = 0; slot < 500; ++slot) {
        const std::uint64_t key = entrant_key(NeighbourhoodRow{0}, start.number(), slot).value();
        const auto one = of_few.find(key);
        const auto same = of_many.find(key);
        ASSERT_EQ(one == of_few.end(), same == of_many.end()) << slot;
        if (one == of_few.end()) continue;
        EXPECT_EQ(one->second, same->second) << slot;
        ++compared;
    }
    EXPECT_GT(compared, 50);
}

TEST_F(LifeOfAList, MakesNobodyLessFrail) {
    LifeAlone life{*laws_, 3000, start};
    std::vector<std::pair<std::uint64_t, Frailty>> before;
    for (std::uint32_t row = 0; row < 3000; ++row)
        before.emplace_back(life.people().key[row], life.people().frailty(PersonRow{row}));
    life.until(end);
    int worse = 0;
    for (std::uint32_t row = 0; row < 3000; ++row) {
        if (life.people().key[row] != before[row].first) continue;
        EXPECT_GE(life.people().frailty(PersonRow{row}), before[row].second);
        worse += life.people().frailty(PersonRow{row}) > before[row].second ? 1 : 0;
    }
    EXPECT_GT(worse, 50);
}

TEST_F(LifeOfAList, BringsTheNewbornIntoTheirMothersHousehold) {
    LifeAlone life{*laws_, 5000, start};
    int born = 0;
    while (life.today() < end) {
        const std::vector<std::uint8_t> births = life.people().births;
        const std::vector<std::uint64_t> keys = life.people().key;
        const Day day = life.today();
        life.day();
        const People& people = life.people();
        for (std::uint32_t mother = 0; mother < keys.size(); ++mother) {
            if (people.key[mother] != keys[mother] || people.births[mother] == births[mother]) continue;
            ++born;
            EXPECT_EQ(sex_of(people.cell[mother]), Sex::female);
            bool found = false;
            for (std::uint32_t child = 0; child < people.rows(); ++child) {
                found = found || (people.birth_day[child] == day.number() &&
                                  people.household[child] == people.household[mother] &&
                                  people.practice[child] == people.practice[mother] &&
                                  quintile_of(people.cell[child]) == quintile_of(people.cell[mother]));
            }
            EXPECT_TRUE(found);
        }
    }
    EXPECT_GT(born, 50);
}

TEST_F(LifeOfAList, FollowsTheHealthOfEachOnConditionsAndTheirEnd) {
    // Onsets and remissions over two years against the rates of those who were there, week by week: counts of many rare
    // events. Each lies within its Poisson margin, at a false-alarm rate of 1e-6.
    LifeAlone life{*laws_, 20'000, start};
    const HealthModel& health = laws_->population().health;
    EnumArray<Condition, double> due;
    EnumArray<Condition, double> seen;
    constexpr int stride = 7;
    while (life.today() < end) {
        if ((life.today() - start) % stride == 0) {
            const double years = std::min(stride, end - life.today()) / days_per_year;
            const People& people = life.people();
            for (std::uint32_t row = 0; row < people.rows(); ++row) {
                if (people.present[row] == 0) continue;
                const HealthCell who{age_years(Day{people.birth_day[row]}, life.today()), sex_of(people.cell[row]),
                                     quintile_of(people.cell[row]), people.health_bin[row]};
                for (const Condition condition : all<Condition>()) {
                    if (!ConditionSet{people.conditions[row]}.has(condition))
                        due[condition] += years * static_cast<double>(health.onset_rate(condition, who));
                }
            }
        }
        life.day();
    }
    for (const Event& event : life.state().events.events()) {
        if (event.kind == EventKind::condition_onset) ++seen[static_cast<Condition>(event.what)];
    }
    for (const Condition condition : all<Condition>()) {
        EXPECT_NEAR(seen[condition], due[condition], deviate_limit() * std::sqrt(due[condition]) + 1)
            << name_of(condition);
    }
}

}  // namespace
}  // namespace segue::test
