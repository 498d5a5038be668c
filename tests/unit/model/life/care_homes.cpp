// Care homes are places: people live in them together, and one practice looks after each.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/life_alone.hpp"
#include "tests/support/population_scenario.hpp"

namespace segue::test {
namespace {

struct Home {
    int residents{0};
    std::set<int> practices;
};

std::map<std::uint32_t, Home> homes(const People& people) {
    std::map<std::uint32_t, Home> found;
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (people.present[row] == 0) continue;
        const bool lives_in_one = people.residence(PersonRow{row}) == Residence::care_home;
        EXPECT_EQ(lives_in_one, is_care_home(people.household[row])) << row;
        if (!lives_in_one) continue;
        Home& home = found[people.household[row]];
        ++home.residents;
        home.practices.insert(people.practice[row]);
    }
    return found;
}

class CareHomes : public testing::Test {
protected:
    static void SetUpTestSuite() {
        laws_ = laws_of(
                    "[population]\ncare_home_residents = 20\n[[practice]]\nname = \"a\"\nshare = 0.6\n"
                    "[[practice]]\nname = \"b\"\nshare = 0.4\n")
                    .release();
    }
    static void TearDownTestSuite() { delete laws_; }
    static inline const life::Laws* laws_ = nullptr;
};

TEST_F(CareHomes, AreOfOnePracticeEachAndAboutAsLargeAsTheScenarioSays) {
    LifeAlone life{*laws_, 40'000, to_day({2026, 1, 1})};
    const auto found = homes(life.people());
    std::size_t residents = 0;
    for (const auto& [number, home] : found) {
        EXPECT_EQ(home.practices.size(), 1U) << number;
        residents += static_cast<std::size_t>(home.residents);
    }
    EXPECT_GT(residents, 100U);
    EXPECT_NEAR(static_cast<double>(residents) / static_cast<double>(found.size()), 20, 2.5);
}

TEST_F(CareHomes, TakeInWhoeverMovesIntoOneAndAreLeftByNobodyElse) {
    LifeAlone life{*laws_, 20'000, to_day({2026, 1, 1})};
    const auto before = homes(life.people());
    life.until(to_day({2029, 1, 1}));
    const auto after = homes(life.people());  // also looks at everybody's household
    for (const auto& [number, home] : after) {
        EXPECT_EQ(home.practices.size(), 1U) << number;
        EXPECT_TRUE(before.contains(number)) << number;  // no home opens or closes
    }
    // Nobody shares a household with a resident but those who live in the home; and those who moved in had another before.
    EXPECT_GT(after.size(), 4U);
}

TEST_F(CareHomes, HaveTheirRoundOnOneWeekdayEach) {
    std::set<Weekday> used;
    for (std::uint32_t nth = 0; nth < 10; ++nth) {
        const std::uint32_t home = care_home(1, nth);
        const Day monday = to_day({2026, 1, 5});
        const Day round = round_day(home, monday);
        used.insert(weekday(round));
        for (int ahead = 0; ahead < 14; ++ahead) {
            const Day day = monday + ahead;
            const Day next = round_day(home, day);
            EXPECT_EQ(weekday(next), weekday(round));
            EXPECT_GE(next, day);
            EXPECT_LT(next - day, 7);
        }
    }
    EXPECT_EQ(used.size(), 5U);
    EXPECT_FALSE(used.contains(Weekday::saturday) || used.contains(Weekday::sunday));
}

}  // namespace
}  // namespace segue::test
