#include "engine/model/kinds.hpp"

#include <gtest/gtest.h>

#include "tests/support/need_scenario.hpp"

namespace segue::test {
namespace {

const std::string ill = "[needs.ill]\nstream = 0\nonset_per_year = 1\n";
const std::string by_gp = "[needs.ill.roles.gp]\nresolution = 1\n";

TEST(Kinds, TakePlaceInEachModeAsOftenAsTheirSharesSay) {
    const Kinds kinds = kinds_of(need_scenario(ill +
                                               "telephone_share = 0.25\nvideo_or_online_share = 0.125\n"
                                               "home_visit_share = 0.0625\ngroup_share = 0.5\n" +
                                               by_gp));
    EnumArray<Mode, int> found;
    EnumArray<Mode, int> of_housebound;
    for (std::uint32_t sixteenth = 0; sixteenth < 16; ++sixteenth) {
        const std::uint32_t word = sixteenth << 28U;
        ++found[mode_of_contact(kinds[0], Residence::own_home, word)];
        ++of_housebound[mode_of_contact(kinds[0], Residence::housebound, word)];
    }
    EXPECT_EQ(found[Mode::telephone], 4);
    EXPECT_EQ(found[Mode::video_or_online], 2);
    EXPECT_EQ(found[Mode::home_visit], 1);
    EXPECT_EQ(found[Mode::group], 8);
    EXPECT_EQ(found[Mode::face_to_face], 1);
    EXPECT_EQ(of_housebound[Mode::home_visit], 10);  // whoever would come is visited
    EXPECT_EQ(of_housebound[Mode::group], 0);
}

TEST(Kinds, AreRefusedWhenTheirModesAddUpToMoreThanAll) {
    const Scenario scenario = need_scenario(ill + "telephone_share = 0.7\ngroup_share = 0.4\n" + by_gp);
    Problems problems;
    (void)read_kinds(scenario, problems);
    ASSERT_EQ(problems.all().size(), 1U);
    EXPECT_NE(problems.all().front().what.find("needs.ill: the shares of telephone, video or online, home visit and "
                                               "group add up to more than 1"),
              std::string::npos);
}

std::vector<std::string> told(const std::string& text) {
    Problems problems;
    (void)read_kinds(need_scenario(text), problems);
    std::vector<std::string> lines;
    for (const Problem& problem : problems.all()) lines.push_back(problem.what + "; " + problem.advice);
    return lines;
}

const std::string purposes =
    "[purposes]\ntoday = { urgent = true }\nsoon = { wanted_from_days = 2, wanted_to_days = 7 }\n";

TEST(Kinds, ShareOutTheirRequestsOverPurposes) {
    const Kinds kinds = kinds_of(need_scenario(
        ill + by_gp + purposes + "[needs.ill.purposes]\nsoon = { share = 0.75 }\ntoday = { share = 0.25 }\n"));
    std::vector<int> found(kinds.purposes.size(), 0);
    for (std::uint32_t sixteenth = 0; sixteenth < 16; ++sixteenth) ++found[kinds[0].purposes.of(sixteenth << 28U)];
    EXPECT_EQ(found, (std::vector<int>{0, 4, 12}));
    EXPECT_TRUE(kinds.purposes[1].urgent);
    EXPECT_EQ(kinds.purposes[2].wanted_to.value(), 7);
}

TEST(Kinds, AreRefusedWhenTheirPurposesDoNotAddUpOrAreNone) {
    EXPECT_EQ(told(ill + by_gp + purposes + "[needs.ill.purposes]\nsoon = { share = 0.75 }\n"),
              std::vector<std::string>{"the shares of needs.ill.purposes add up to 0.75; "});
    EXPECT_EQ(told(ill + by_gp + purposes + "[needs.ill.purposes]\nsoon = { share = 1 }\ntodey = { share = 0 }\n"),
              std::vector<std::string>{"needs.ill.purposes.todey is no purpose; did you mean \"today\"?"});
}

TEST(Kinds, AreRefusedWhenAPurposeHasNoDay) {
    EXPECT_EQ(told(ill + by_gp + "[purposes]\nodd = { wanted_from_days = 3, wanted_to_days = 2 }\n"),
              std::vector<std::string>{"purposes.odd has a latest day before its earliest; "});
    EXPECT_EQ(told(ill + by_gp + "[purposes]\nodd = { urgent = true, wanted_to_days = 2 }\n"),
              std::vector<std::string>{"purposes.odd is urgent and wishes for a later day; "});
}

}  // namespace
}  // namespace segue::test
