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

}  // namespace
}  // namespace segue::test
