#include <gtest/gtest.h>

#include "engine/scenario/differences.hpp"
#include "tests/unit/scenario/world.hpp"

namespace segue {
namespace {

using test::loaded;
using test::messages;
using test::Tree;

double onset(const Scenario& scenario) { return std::get<double>(scenario.value("needs.cough.onset_per_year")); }

TEST(Layers, EachWinsOverTheOneBelow) {
    const Tree tree;
    tree.write("data/needs.csv", "name,stream,onset_per_year,source\ncough,1,,nobody\n");
    const std::string table = "[data]\nneeds = '../data/needs.csv'\n";
    const auto with = [&](const std::string& csv, const std::string& base, const std::string& file,
                          const std::vector<std::string>& overrides) {
        tree.write("data/needs.csv", "name,stream,onset_per_year\ncough,1," + csv + "\n");
        tree.write("s/base.toml", "format = 1\n" + table + base);
        return loaded(tree.write("s/a.toml", "format = 1\nextends = 'base.toml'\n" + file), overrides);
    };
    const std::string base = "[needs.cough]\nonset_per_year = 2\n";
    const std::string file = "[needs.cough]\nonset_per_year = 3\n";
    EXPECT_EQ(onset(with("", "", "", {})), 0);
    EXPECT_EQ(onset(with("1", "", "", {})), 1);
    EXPECT_EQ(onset(with("1", base, "", {})), 2);
    EXPECT_EQ(onset(with("1", base, file, {})), 3);
    EXPECT_EQ(onset(with("1", base, file, {"needs.cough.onset_per_year=4"})), 4);
    EXPECT_EQ(onset(with("1", base, file, {"needs.cough.onset_per_year=4", "needs.cough.onset_per_year=5"})), 5);
}

TEST(Layers, ADatedChangeWinsOverAllOnceItsDateIsReached) {
    const Tree tree;
    const auto scenario = loaded(
        tree.write("s/a.toml",
                   "format = 1\n[[change]]\nname = 'a'\non = 2026-07-01\nset = { 'book.carve_out_share' = 0.5 }\n"),
        {"book.carve_out_share=0.2"});
    const auto share = [](const Scenario& at) { return std::get<double>(at.value("book.carve_out_share")); };
    EXPECT_EQ(share(scenario), 0.2);
    EXPECT_EQ(share(scenario.as_of({2026, 6, 30}, "s")), 0.2);
    EXPECT_EQ(share(scenario.as_of({2026, 7, 1}, "s")), 0.5);
    EXPECT_EQ(scenario.as_of({2026, 7, 1}, "s").origin("book.carve_out_share").layer, Origin::Layer::change);
}

TEST(Layers, EveryValueKnowsWhereItCameFrom) {
    const Tree tree;
    tree.write("data/needs.csv", "# notes\nname,stream,source,certainty\ncough,1,\"Census, 2021\",B\n");
    tree.write("s/base.toml", "format = 1\n[book]\nopen = true\n");
    const std::string path = tree.write(
        "s/a.toml", "format = 1\nextends = 'base.toml'\ndata.needs = '../data/needs.csv'\n[world]\nsize = 5\n");
    const auto scenario = loaded(path, {"book.kind=hub"});
    EXPECT_EQ(scenario.origin("book.contact_minutes").layer, Origin::Layer::declared);
    EXPECT_EQ(scenario.origin("needs.cough.stream").layer, Origin::Layer::table);
    EXPECT_EQ(scenario.origin("needs.cough.stream").place, (Place{tree.path("data/needs.csv"), 3, 7}));
    EXPECT_EQ(scenario.origin("needs.cough.stream").note, "Census, 2021; certainty B");
    EXPECT_EQ(scenario.origin("book.open").layer, Origin::Layer::base);
    EXPECT_EQ(scenario.origin("world.size").place, (Place{path, 5, 8}));
    EXPECT_EQ(scenario.origin("book.kind").layer, Origin::Layer::override_);
    EXPECT_EQ(scenario.files(), (std::vector<std::string>{tree.path("s/base.toml"), path}));
}

TEST(Layers, OfAListOfBasesTheLaterWins) {
    const Tree tree;
    tree.write("s/site.toml", "format = 1\n[book]\ncarve_out_share = 0.1\nopen = true\n");
    tree.write("s/one.toml", "format = 1\nextends = 'site.toml'\n[book]\ncarve_out_share = 0.2\nkind = 'hub'\n");
    tree.write("s/two.toml", "format = 1\nextends = 'site.toml'\n[team.roles.gp]\nwte = 2\n");
    const auto scenario = loaded(tree.write("s/a.toml", "format = 1\nextends = ['one.toml', 'two.toml']\n"));
    // What both extend counts once, below both: the second does not bring the site's value back.
    EXPECT_EQ(scenario.value("book.carve_out_share"), Value{0.2});
    EXPECT_EQ(scenario.value("book.kind"), Value{std::string{"hub"}});
    EXPECT_EQ(scenario.value("team.roles.gp.wte"), Value{2.0});
    EXPECT_EQ(scenario.files().size(), 4U);
}

TEST(Layers, NamedArraysMergeByNameInTheOrderOfTheBase) {
    const Tree tree;
    tree.write("s/base.toml",
               "format = 1\n[[segment]]\nname = 'frail'\nwhen = 'f'\n[[segment]]\nname = 'complex'\nwhen = 'c'\n"
               "[[segment]]\nname = 'rest'\nwhen = 'true'\n");
    const auto order = [&](const std::string& text, const std::vector<std::string>& overrides = {}) {
        std::string names;
        const auto scenario = loaded(tree.write("s/a.toml", "format = 1\nextends = 'base.toml'\n" + text), overrides);
        for (const SegmentEntry& one : scenario.segments()) {
            names += one.name + "=" + one.when + " ";
        }
        return names;
    };
    EXPECT_EQ(order(""), "frail=f complex=c rest=true ");
    EXPECT_EQ(order("[[segment]]\nname = 'complex'\nwhen = 'x'\n"), "frail=f complex=x rest=true ");
    EXPECT_EQ(order("[[segment]]\nname = 'new'\nwhen = 'n'\n"), "frail=f complex=c rest=true new=n ");
    EXPECT_EQ(order("[[segment]]\nname = 'new'\nwhen = 'n'\nbefore = 'rest'\n"), "frail=f complex=c new=n rest=true ");
    EXPECT_EQ(order("[[segment]]\nname = 'frail'\nbefore = 'rest'\n"), "complex=c frail=f rest=true ");
    EXPECT_EQ(order("[[segment]]\nname = 'complex'\nremove = true\n"), "frail=f rest=true ");
    EXPECT_EQ(order("", {"segment.frail.when=frailty >= 'severe'", "segment.complex.remove=true"}),
              "frail=frailty >= 'severe' rest=true ");
}

TEST(Layers, OverridesReachIntoChanges) {
    const Tree tree;
    const std::string path =
        tree.write("s/a.toml",
                   "format = 1\n[[change]]\nname = 'second link worker'\non = 2026-07-01\n"
                   "set = { 'team.roles.link_worker.wte' = 2 }\n[[change]]\nname = 'b'\non = 2026-05-01\n"
                   "set = { 'book.open' = true }\n");
    const auto changes = loaded(path, {"change.second link worker.on=2026-04-15",
                                       "change.\"second link worker\".set.team.roles.link_worker.wte=3"})
                             .changes();
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].name, "second link worker");
    EXPECT_EQ(changes[0].on, (Date{2026, 4, 15}));
    EXPECT_EQ(changes[0].set.front().second, Value{3.0});
    EXPECT_EQ(loaded(path, {"change.b.remove=true"}).changes().size(), 1U);
}

TEST(Layers, OverridesTakeTomlOrBareWords) {
    const Tree tree;
    const auto scenario =
        loaded(tree.write("s/a.toml", "format = 1\n"),
               {"book.kind=hub", "book.contact_minutes=0.5 h", "book.weekdays=[1, 0.5]", "run.start=2027-01-01",
                "book.open=true", "book.roles=['practice_nurse']", "world.size=50_000", "output.x.measure=contacts"});
    EXPECT_EQ(scenario.value("book.kind"), Value{std::string{"hub"}});
    EXPECT_EQ(scenario.value("book.contact_minutes"), Value{30.0});
    EXPECT_EQ(scenario.value("book.weekdays"), (Value{std::vector<double>{1, 0.5}}));
    EXPECT_EQ(scenario.value("run.start"), (Value{Date{2027, 1, 1}}));
    EXPECT_EQ(scenario.value("book.open"), Value{true});
    EXPECT_EQ(scenario.value("world.size"), Value{std::int64_t{50'000}});
    ASSERT_EQ(scenario.outputs().size(), 1U);
    EXPECT_EQ(scenario.outputs()[0].measure, "contacts");
}

TEST(Layers, AnOverrideThatChangesNothingIsAWarning) {
    const Tree tree;
    tree.write("s/base.toml", "format = 1\n[book]\nopen = true\n[[segment]]\nname = 'a'\nwhen = 'x'\n");
    const std::string path = tree.write("s/a.toml",
                                        "format = 1\nextends = 'base.toml'\n[book]\nopen = true\nkind = "
                                        "'practice'\n[[segment]]\nname = 'a'\nwhen = 'x'\n");
    EXPECT_EQ(messages(tree, path, {"world.size=40_000"}),
              "s/a.toml:4:8: warning: book.open is already true (s/base.toml:3): nothing changes\n"
              "s/a.toml:8:8: warning: segment \"a\": when is already \"x\": nothing changes\n"
              "--set: warning: world.size is 40000 by default: nothing changes\n");
}

TEST(Layers, AChangeAfterTheEndIsAWarning) {
    EXPECT_EQ(
        test::messages_of("[[change]]\nname = 'a'\non = 2027-04-01\nset = { 'book.open' = true }\n"),
        "s/a.toml:2:1: warning: change \"a\" is on 2027-04-01, and the run ends before 2027-04-01: nothing changes\n");
}

TEST(Layers, AChangeThatUndoesAnOverrideIsTold) {
    const Tree tree;
    const auto scenario = loaded(
        tree.write(
            "s/a.toml",
            "format = 1\n[[change]]\nname = 'a'\non = 2026-07-01\nset = { 'book.open' = true, 'book.kind' = 'hub' }\n"),
        {"book.open=false", "world.size=7"});
    const auto warnings = overwritten_overrides(scenario);
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_EQ(tree.plain(to_string(warnings[0])),
              "s/a.toml:2:1: warning: change \"a\" sets book.open to true on 2026-07-01, over the false that --set "
              "gave; --set "
              "'change.a.remove=true' drops the change");
}

TEST(Layers, CellsOfATableAreCheckedLikeTheFiles) {
    const Tree tree;
    const std::string path = tree.write("s/a.toml", "format = 1\n[data]\nneeds = 'needs.csv'\n");
    const auto says = [&](const std::string& csv) {
        tree.write("s/needs.csv", csv);
        return messages(tree, path);
    };
    EXPECT_EQ(says("name,stream,onset_per_year,settings\ncough,x,-1,\nfall,1,2 d,\n"),
              "s/needs.csv:2:7: needs.cough.stream is \"x\"; expected a whole number, 0 to 63\n"
              "s/needs.csv:2:9: needs.cough.onset_per_year is -1; expected 0 to 50 1/a\n"
              "s/needs.csv:3:8: needs.fall.onset_per_year is \"2 d\", a span of time; expected 0 to 50 1/a");
    EXPECT_EQ(says("name,strem\ncough,1\n"),
              "s/needs.csv:1:1: the column strem is no field of needs.*; did you mean stream?");
    EXPECT_EQ(says("name,stream\ncough,1\ncough,2\n"),
              "s/needs.csv:3:1: needs.cough comes twice; expected one row for each name");
    EXPECT_EQ(says("name,stream\ncough,nan\n"),
              "s/needs.csv:2:7: needs.cough.stream is \"nan\"; expected a whole number, 0 to 63");
    EXPECT_EQ(says("name\ncough\n"),
              "s/needs.csv:1:1: the table has 1 columns; expected 1 of names, then fields of needs.*");
    EXPECT_EQ(says("name,stream\nco.ugh,1\n"),
              "s/needs.csv:2:1: \"co.ugh\" is no name in needs; expected letters, digits, _, - and +");
}

TEST(Layers, ListsInCellsArePartedBySemicolons) {
    const Tree tree;
    tree.write("s/needs.csv", "name,stream,settings\ncough,1,at_home; practice\nfall,2,\n");
    const auto scenario = loaded(tree.write("s/a.toml", "format = 1\n[data]\nneeds = 'needs.csv'\n"));
    EXPECT_EQ(scenario.value("needs.cough.settings"), (Value{std::vector<std::string>{"at_home", "practice"}}));
    EXPECT_EQ(scenario.value("needs.fall.settings"), (Value{std::vector<std::string>{}}));
}

TEST(Layers, DataTablesMustHaveTheirColumns) {
    const Tree tree;
    const std::string path = tree.write("s/a.toml", "format = 1\n[data]\nlife_table = 'l.csv'\n");
    tree.write("s/l.csv", "# notes\nage,sexx,chance\n0,f,0.1\n");
    EXPECT_EQ(messages(tree, path), "s/l.csv:2:1: the table has no column sex; is it sexx?");
    tree.write("s/l.csv", "age,sex,chance\n0,f,0.1\n");
    const auto scenario = loaded(path);
    EXPECT_EQ(scenario.table_names(), std::vector<std::string>{"life_table"});
    EXPECT_EQ(scenario.table("life_table").text(0, 1), "f");
    EXPECT_FALSE(scenario.has_table("needs"));
    tree.write("s/a.toml", "format = 1\n[data]\nlife_tabel = 'l.csv'\n");
    EXPECT_EQ(messages(tree, path),
              "s/a.toml:3:1: there is no parameter data.life_tabel; did you mean data.life_table?");
}

}  // namespace
}  // namespace segue
