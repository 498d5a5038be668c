#include <gtest/gtest.h>

#include "tests/unit/scenario/world.hpp"

namespace segue {
namespace {

using test::loaded;
using test::Tree;

constexpr const char* rich =
    "format = 1\nextends = 'base.toml'\n[data]\nneeds = '../data/needs.csv'\nlife_table = '../data/l.csv'\n"
    "[world]\nsize = 50_000\n[book]\ncontact_minutes = '0.3 h'\nroles = ['practice_nurse', 'gp']\n"
    "[needs.zoster]\nstream = 9\n[needs.aches]\nstream = 8\n[needs.aches.roles.gp]\nresolution = 0.1\n"
    "[[segment]]\nname = 'frail \"1\" \xC3\xA9'\nwhen = '''frailty >= 'moderate' and\nage > 65'''\n"
    "[[output]]\nname = 'x'\nmeasure = 'm'\nedges = [0, 1, 2, 3, 4, 5, 6, 7, 8, 0.1e2]\nstatistic = 'histogram'\n"
    "[[change]]\nname = 'late'\non = 2026-09-01\nset = { 'team.roles.gp.wte' = 3 }\n"
    "[[change]]\nname = 'early'\non = 2026-05-01\nwhere = ['s']\nset = { book.open = true }\n";

Scenario rich_scenario(const Tree& tree, const std::vector<std::string>& overrides = {}) {
    tree.write("data/needs.csv", "name,stream,onset_per_year\ncough,1,0.1\nback,2,\n");
    tree.write("data/l.csv", "age,sex,chance\n0,f,0.1\n");
    tree.write("s/base.toml", "format = 1\n[world]\nturnover_per_year = 0.3\n[[practice]]\nname = 'mill'\n");
    return loaded(tree.write("s/a.toml", rich), overrides);
}

TEST(Resolved, ReadsBackAsTheSameScenario) {
    const Tree tree;
    const auto scenario = rich_scenario(tree, {"run.seed=7"});
    for (const std::string& name : scenario.table_names())
        tree.write("other/" + name + ".csv", scenario.table(name).bytes());
    const auto again = loaded(tree.write("other/resolved.toml", scenario.resolved_toml()));
    EXPECT_EQ(again.resolved_toml(), scenario.resolved_toml());
    EXPECT_EQ(again.hash(), scenario.hash());
    EXPECT_EQ(again.names_in("needs.*"), scenario.names_in("needs.*"));
    EXPECT_EQ(again.segments()[0].when, scenario.segments()[0].when);
}

TEST(Resolved, WritesEveryParameterInOneOrder) {
    const Tree tree;
    const std::string text = loaded(tree.write("s/a.toml", "format = 1\n[team.roles.gp]\nwte = 3\n")).resolved_toml();
    EXPECT_EQ(
        text,
        "format = 1\n\n"
        "[book]\ncarve_out_share = 0.35\ncontact_minutes = 25.0\nkind = \"practice\"\nopen = false\nroles = [\"gp\"]\n"
        "weekdays = [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0]\n\n"
        "[run]\npeople = \"resampled\"\nreplicates = 1\nseed = 1\nstart = 2026-04-01\nwarm_up = 365.0\nyears = 1\n\n"
        "[world]\nhalf_patience_days = 30.0\nsize = 40000\nturnover_per_year = 0.1\n\n"
        "[team.roles.gp]\nwte = 3.0\n\n"
        "[[neighbourhood]]\nname = \"s\"\n");
}

TEST(Resolved, HashKnowsValuesAndTablesButNotFilesNorTheNumberOfReplicates) {
    const Tree tree;
    const std::string hash = rich_scenario(tree).hash();
    EXPECT_EQ(hash.size(), 64U);
    EXPECT_EQ(rich_scenario(tree, {"run.replicates=9"}).hash(), hash);
    EXPECT_NE(rich_scenario(tree, {"run.seed=9"}).hash(), hash);
    EXPECT_NE(rich_scenario(tree, {"change.early.remove=true"}).hash(), hash);
    EXPECT_EQ(loaded(tree.write("s/other-name.toml", std::string{"# a note\n"} + rich)).hash(), hash);
    tree.write("data/l.csv", "age,sex,chance\n0,f,0.2\n");
    EXPECT_NE(loaded(tree.path("s/a.toml")).hash(), hash);
}

// SHA-256 of the canonical text and the rules above, worked out by another program.
TEST(Resolved, HashIsTheSameOnEveryMachine) {
    const Tree tree;
    const auto scenario = loaded(tree.write("s/a.toml", "format = 1\n"));
    EXPECT_EQ(scenario.hash(), "fa953c69f37af29e014f27f4ca63178d1f98075522883befc44a90ccc758bea0");
}

}  // namespace
}  // namespace segue
