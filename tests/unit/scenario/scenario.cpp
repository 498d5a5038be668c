#include "engine/scenario/scenario.hpp"

#include <gtest/gtest.h>

#include "engine/core/contracts.hpp"
#include "tests/unit/scenario/world.hpp"

namespace segue {
namespace {

using test::loaded;
using test::Tree;

TEST(Scenario, ReadsAStructInItsOwnTypes) {
    const Tree tree;
    const auto scenario =
        loaded(tree.write("st-austell/gp-led.toml",
                          "format = 1\n[book]\ncontact_minutes = '0.5 h'\nkind = 'hub'\n[run]\nwarm_up = '1 a'\n"));
    const auto book = scenario.read<test::Book>();
    EXPECT_EQ(book.contact, Minutes{30});
    EXPECT_EQ(book.kind, test::BookKind::hub);
    EXPECT_EQ(book.roles, std::vector<std::string>{"gp"});
    EXPECT_EQ(scenario.read<RunParameters>().warm_up, Days{365.25});
    EXPECT_EQ(scenario.read<RunParameters>().seed, 1U);
    EXPECT_EQ(scenario.folder(), "st-austell");
    EXPECT_EQ(scenario.name(), "gp-led");
}

TEST(Catalogue, CountsAStructOnceAndRefusesTwoParametersOfOneName) {
    const Tree tree;
    const std::string path = tree.write("s/a.toml", "format = 1\n");
    Problems warnings;
    auto catalogue = test::small_catalogue();
    catalogue.add<RunParameters>();
    EXPECT_EQ(load(path, catalogue, {}, warnings).hash(), loaded(path).hash());
    catalogue.add_table<test::TeamRole>({{}});
    EXPECT_THROW(static_cast<void>(load(path, catalogue, {}, warnings)), ContractError);
}

TEST(Scenario, WritingAnyKeyMakesAName) {
    const Tree tree;
    const auto scenario =
        loaded(tree.write("s/a.toml",
                          "format = 1\n[needs.zoster]\nstream = 3\n[needs.cough.roles.gp]\nresolution = "
                          "0.5\n[needs.cough]\nstream = 1\n"));
    EXPECT_EQ(scenario.names_in("needs.*"), (std::vector<std::string>{"zoster", "cough"}));
    EXPECT_EQ(scenario.names_in("needs.*.roles.*", {"cough"}), std::vector<std::string>{"gp"});
    EXPECT_EQ(scenario.names_in("needs.*.roles.*"), std::vector<std::string>{"cough"});
    EXPECT_TRUE(scenario.names_in("needs.*.roles.*", {"zoster"}).empty());
    EXPECT_EQ(scenario.read<test::NeedRole>({"cough", "gp"}).resolution, 0.5);
    EXPECT_EQ(scenario.read<test::NeedRole>({"cough", "gp"}).contact, Minutes{10});
}

TEST(Scenario, NamesOfAClosedTableHaveTheirDefaultsUnwritten) {
    const Tree tree;
    const auto scenario =
        loaded(tree.write("s/a.toml", "format = 1\n[needs.cough]\nstream = 1\n[team.roles.gp]\nwte = 3\n"));
    EXPECT_EQ(scenario.names_in("team.roles.*"), std::vector<std::string>{"gp"});
    EXPECT_EQ(scenario.read<test::TeamRole>({"link_worker"}).wte, Wte{0});
    EXPECT_EQ(scenario.read<test::NeedRole>({"cough", "link_worker"}).resolution, 0);
    EXPECT_THROW(static_cast<void>(scenario.value("needs.fall.stream")), ContractError);
    EXPECT_THROW(static_cast<void>(scenario.value("team.roles.nobody.wte")), ContractError);
    EXPECT_THROW(static_cast<void>(scenario.table("needs")), ContractError);
}

TEST(Scenario, WithoutNeighbourhoodsHasOneNamedAfterItsFolder) {
    const Tree tree;
    const auto one = loaded(tree.write("granta/a.toml", "format = 1\n"));
    ASSERT_EQ(one.neighbourhoods().size(), 1U);
    EXPECT_EQ(one.neighbourhoods()[0].name, "granta");
    EXPECT_FALSE(one.neighbourhoods()[0].size.has_value());
    const auto two = loaded(
        tree.write("granta/b.toml",
                   "format = 1\n[[neighbourhood]]\nname = 'north'\nsize = 30_000\n[[neighbourhood]]\nname = 'south'\n"
                   "[[practice]]\nname = 'mill'\nshare = 0.4\n"));
    EXPECT_EQ(two.neighbourhoods()[0].size, 30'000);
    EXPECT_EQ(two.neighbourhoods()[1].name, "south");
    EXPECT_EQ(two.practices()[0].share, 0.4);
}

TEST(Scenario, ChangesComeByDateAndOnlyWhereTheyApply) {
    const Tree tree;
    const auto scenario = loaded(
        tree.write("s/a.toml",
                   "format = 1\n[[neighbourhood]]\nname = 'north'\n[[neighbourhood]]\nname = 'south'\n"
                   "[[change]]\nname = 'late'\non = 2026-09-01\nset = { 'team.roles.gp.wte' = 3 }\n"
                   "[[change]]\nname = 'early'\non = 2026-05-01\nwhere = ['south']\nset = { 'team.roles.gp.wte' = 2, "
                   "book.open = true }\n"
                   "[[change]]\nname = 'later the same day'\non = 2026-09-01\nset = { 'team.roles.gp.wte' = 4 }\n"));
    EXPECT_EQ(scenario.changes()[0].name, "early");
    EXPECT_EQ(scenario.change_dates("north"), (std::vector<Date>{{2026, 9, 1}}));
    EXPECT_EQ(scenario.change_dates("south"), (std::vector<Date>{{2026, 5, 1}, {2026, 9, 1}}));
    const auto wte = [&](const Date& date, const char* where) {
        return scenario.as_of(date, where).read<test::TeamRole>({"gp"}).wte;
    };
    EXPECT_EQ(wte({2026, 5, 1}, "north"), Wte{0});
    EXPECT_EQ(wte({2026, 5, 1}, "south"), Wte{2});
    EXPECT_EQ(wte({2026, 9, 1}, "north"), Wte{4});
    // A role that only a change brings is known from the start.
    EXPECT_EQ(scenario.names_in("team.roles.*"), std::vector<std::string>{"gp"});
    EXPECT_EQ(scenario.as_of({2026, 5, 1}, "south").change_dates("south"), (std::vector<Date>{{2026, 9, 1}}));
}

TEST(Scenario, OutputsAreReadWithTheirDefaults) {
    const Tree tree;
    const auto scenario = loaded(tree.write(
        "s/a.toml",
        "format = 1\n[[output]]\nname = 'ae_by_age'\nmeasure = 'ae_attendances'\nby = ['age_band', 'deprivation']\n"
        "[[output]]\nname = 'delay'\nmeasure = 'delay_days'\nevery = 'year'\nstatistic = 'histogram'\nedges = [0, 1, "
        "8]\n"));
    ASSERT_EQ(scenario.outputs().size(), 2U);
    EXPECT_EQ(scenario.outputs()[0].every, Period::month);
    EXPECT_EQ(scenario.outputs()[0].statistic, std::nullopt);
    EXPECT_EQ(scenario.outputs()[0].by, (std::vector<std::string>{"age_band", "deprivation"}));
    EXPECT_EQ(scenario.outputs()[0].place.line, 2);
    EXPECT_EQ(scenario.outputs()[1].every, Period::year);
    EXPECT_EQ(scenario.outputs()[1].edges, (std::vector<double>{0, 1, 8}));
}

TEST(Scenario, ALoadedBaseIsWhatTheFileExtends) {
    const Tree tree;
    tree.write("s/base.toml", "format = 1\n[book]\ncarve_out_share = 0.1\n");
    const std::string path =
        tree.write("s/a.toml", "format = 1\nextends = 'base.toml'\n[book]\ncarve_out_share = 0.2\n");
    const auto base = load_base(path, test::small_catalogue());
    ASSERT_TRUE(base.has_value());
    EXPECT_EQ(base->value("book.carve_out_share"), Value{0.1});
    EXPECT_FALSE(load_base(tree.path("s/base.toml"), test::small_catalogue()).has_value());
}

}  // namespace
}  // namespace segue
