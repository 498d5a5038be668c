#include <gtest/gtest.h>

#include "engine/scenario/values.hpp"
#include "tests/unit/scenario/world.hpp"

namespace segue {
namespace {

using test::messages_of;

TEST(Messages, NameTheNearestKey) {
    EXPECT_EQ(messages_of("[book]\ncontact_minute = 3\n[bok]\nx = 1\n"),
              "s/a.toml:3:1: there is no parameter book.contact_minute; did you mean book.contact_minutes?\n"
              "s/a.toml:4:2: there is no parameter bok; did you mean book?");
    EXPECT_EQ(messages_of("segmnt = 1\n"), "s/a.toml:2:1: there is no parameter segmnt; did you mean segment?");
    EXPECT_EQ(messages_of("zzzzzz = 1\n"), "s/a.toml:2:1: there is no parameter zzzzzz");
    EXPECT_EQ(messages_of("'book.open' = true\n"),
              "s/a.toml:2:1: there is no parameter \"book.open\"; write its parts without quotes");
    EXPECT_EQ(messages_of("[data]\nseeds = 's.csv'\nzzz_zzzz_zzz = 'z.csv'\n"),
              "s/a.toml:3:1: there is no parameter data.seeds; did you mean data.needs?\n"
              "s/a.toml:4:1: there is no parameter data.zzz_zzzz_zzz");
    EXPECT_EQ(messages_of("book = 3\n"), "s/a.toml:2:8: book is 3; expected a table of parameters");
}

TEST(Messages, OfAPartOfKeysNameTheKeys) {
    EXPECT_EQ(messages_of("wte = 3\n"), "s/a.toml:2:1: there is no parameter wte; it is part of team.roles.*.wte");
    EXPECT_EQ(messages_of("[gp]\nwte = 3\n"),
              "s/a.toml:2:2: there is no parameter gp; it is part of needs.*.roles.gp, team.roles.gp");
}

TEST(Messages, NameTheNearestNameOfAClosedTable) {
    EXPECT_EQ(messages_of("[team.roles.gpp]\nwte = 3\n"),
              "s/a.toml:2:13: \"gpp\" is no name in team.roles; expected one of gp, practice_nurse, link_worker; did "
              "you mean "
              "\"gp\"?");
    EXPECT_EQ(messages_of("[needs.'a b']\nstream = 1\n"),
              "s/a.toml:2:8: \"a b\" is no name in needs; expected letters, digits, _, - and +");
}

TEST(Messages, SayRangeAndTheUnitThatWouldFit) {
    EXPECT_EQ(
        messages_of("[book]\ncontact_minutes = \"25 d\"\n"),
        "s/a.toml:3:19: book.contact_minutes is 36000 (\"25 d\"); expected 5 to 180 min; did you mean \"25 min\"?");
    EXPECT_EQ(messages_of("[book]\ncontact_minutes = 0.5\n"),
              "s/a.toml:3:19: book.contact_minutes is 0.5; expected 5 to 180 min; did you mean \"0.5 h\"?");
    EXPECT_EQ(messages_of("[book]\ncarve_out_share = 35\n"),
              "s/a.toml:3:19: book.carve_out_share is 35; expected 0 to 1; did you mean 0.35?");
    EXPECT_EQ(messages_of("[book]\ncarve_out_share = '35 %'\n"),
              "s/a.toml:3:19: book.carve_out_share is \"35 %\", a share; expected 0 to 1; did you mean 0.35?");
    EXPECT_EQ(messages_of("[world]\nturnover_per_year = -0.1\n"),
              "s/a.toml:3:21: world.turnover_per_year is -0.1; expected 0 to 5 1/a");
}

TEST(Messages, RefuseWrongUnits) {
    EXPECT_EQ(messages_of("[book]\ncontact_minutes = '25 mins'\n"),
              "s/a.toml:3:19: book.contact_minutes is \"25 mins\", whose unit is unknown; expected 5 to 180 min; did "
              "you mean "
              "\"25 min\"?");
    EXPECT_EQ(messages_of("[book]\ncontact_minutes = '25 kg'\n"),
              "s/a.toml:3:19: book.contact_minutes is \"25 kg\", whose unit is unknown; expected 5 to 180 min")
        << "no word for time is like it";
    EXPECT_EQ(
        messages_of("[world]\nturnover_per_year = '3 per yaer'\n"),
        "s/a.toml:3:21: world.turnover_per_year is \"3 per yaer\", whose unit is unknown; expected 0 to 5 1/a; did "
        "you mean \"3 per year\"?");
    EXPECT_EQ(messages_of("[book]\ncontact_minutes = '3 per year'\n"),
              "s/a.toml:3:19: book.contact_minutes is \"3 per year\", a rate; expected 5 to 180 min");
    EXPECT_EQ(messages_of("[book]\ncontact_minutes = '25'\n"),
              "s/a.toml:3:19: book.contact_minutes is \"25\"; expected 5 to 180 min; write 25 or \"25 min\"");
    EXPECT_EQ(messages_of("[world]\nsize = '3 1/a'\n"),
              "s/a.toml:3:8: world.size is \"3 1/a\", a rate; expected a whole number, 1 to 10000000");
    EXPECT_EQ(messages_of("[world]\nturnover_per_year = '3 d'\n"),
              "s/a.toml:3:21: world.turnover_per_year is \"3 d\", a span of time; expected 0 to 5 1/a");
    EXPECT_EQ(messages_of("[team.roles.gp]\nwte = '3 min'\n"),
              "s/a.toml:3:7: team.roles.gp.wte is \"3 min\", a span of time; expected 0 to 1000 WTE");
}

TEST(Messages, SayWhichFormWasExpected) {
    EXPECT_EQ(messages_of(
                  "[book]\nkind = 'hubb'\nweekdays = [1, 'x']\nroles = ['gpp']\nopen = 'yes'\ncontact_minutes = []\n"),
              "s/a.toml:3:8: book.kind is \"hubb\"; expected one of practice, hub; did you mean \"hub\"?\n"
              "s/a.toml:4:16: book.weekdays is \"x\"; expected a list of numbers, 0 to 1\n"
              "s/a.toml:5:10: book.roles is \"gpp\"; expected a list of texts out of gp, practice_nurse; did you mean "
              "\"gp\"?\n"
              "s/a.toml:6:8: book.open is \"yes\"; expected true or false\n"
              "s/a.toml:7:19: book.contact_minutes is an empty list; expected 5 to 180 min");
    EXPECT_EQ(messages_of("[world]\nsize = 3.0\n"),
              "s/a.toml:3:8: world.size is 3.0; expected a whole number, 1 to 10000000");
    EXPECT_EQ(messages_of("[run]\nstart = '2026-07-01'\nseed = -1\nreplicates = 0\n"),
              "s/a.toml:3:9: run.start is \"2026-07-01\"; expected a date such as 2026-04-01; write 2026-07-01 without "
              "quotes\n"
              "s/a.toml:4:8: run.seed is -1; expected a whole number, 0 to 4294967295\n"
              "s/a.toml:5:14: run.replicates is 0; expected a whole number, 1 to 1000000");
    EXPECT_EQ(messages_of("[run]\nstart = 2026-07-01T10:00:00\n"),
              "s/a.toml:3:9: run.start is a date with a time; expected a date such as 2026-04-01");
}

TEST(Messages, SayWhichFormatIsRead) {
    const test::Tree tree;
    EXPECT_EQ(test::messages(tree, tree.write("s/a.toml", "[book]\nopen = true\n")),
              "s/a.toml:1:1: the file does not say its format; expected format = 1 at its head");
    EXPECT_EQ(test::messages(tree, tree.write("s/a.toml", "format = 2\n")),
              "s/a.toml:1:10: format is 2; expected 1, the only one this program reads");
}

TEST(Messages, NameWhatAnEntryLacksOrDoesNotKnow) {
    EXPECT_EQ(messages_of("[[segment]]\nwhen = 'x'\n[[segment]]\nname = 'a'\nwen = 'b'\n[[segment]]\nname = 'a'\n"),
              "s/a.toml:2:1: a [[segment]] has no name; expected name = \"...\"\n"
              "s/a.toml:6:1: segment \"a\": wen is no field of [[segment]]; expected one of name, before, remove, "
              "when; did you mean "
              "when?\n"
              "s/a.toml:7:1: segment \"a\" comes twice in this file; expected each name once");
    EXPECT_EQ(messages_of("[[output]]\nname = 'a b'\n[[output]]\nname = 'b'\n"),
              "s/a.toml:3:8: the name of an [[output]] is \"a b\"; expected letters, digits and _, a letter first: "
              "results call a "
              "variable by it\n"
              "s/a.toml:4:1: output \"b\" has no measure; expected a text in quotes");
    EXPECT_EQ(messages_of("segment = 3\npractice = [3]\n"),
              "s/a.toml:2:11: segment is 3; expected [[segment]] entries\n"
              "s/a.toml:3:13: an item of practice is 3; expected [[practice]] entries");
    EXPECT_EQ(messages_of("[[segment]]\nname = 'frail'\n[[segment]]\nname = 'b'\nbefore = 'frial'\n[[segment]]\nname = "
                          "'complex'\nremove = true\n"),
              "s/a.toml:6:10: there is no other segment \"frial\" to stand before; did you mean \"frail\"?\n"
              "s/a.toml:7:1: there is no segment \"complex\"");
    EXPECT_EQ(messages_of("[[output]]\nname = 'a'\nmeasure = 'm'\nevery = 'months'\nedges = [1, 1]\n"),
              "s/a.toml:5:9: output \"a\": every is \"months\"; expected one of day, week, month, year; did you mean "
              "\"month\"?\n"
              "s/a.toml:6:9: output \"a\": edges do not ascend");
}

TEST(Messages, HoldChangesToPolicyAndToNeighbourhoodsThatExist) {
    EXPECT_EQ(
        messages_of(
            "[[neighbourhood]]\nname = 'north'\n[[change]]\nname = 'a'\non = 2026-07-01\nwhere = ['nort']\n"
            "set = { 'world.size' = 3, 'run.seed' = 2, 'book.kind' = 'hubb', 'team.roles.gp' = 1, bok.open = true }\n"),
        "s/a.toml:7:9: there is no neighbourhood \"nort\"; did you mean \"north\"?\n"
        "s/a.toml:8:9: change \"a\": world.size is data; expected a policy parameter\n"
        "s/a.toml:8:27: change \"a\": run.seed is of the run; expected a policy parameter\n"
        "s/a.toml:8:57: change \"a\": book.kind is \"hubb\"; expected one of practice, hub; did you mean \"hub\"?\n"
        "s/a.toml:8:65: team.roles.gp is a table of parameters; expected one parameter\n"
        "s/a.toml:8:90: there is no parameter bok.open; did you mean book.open?");
    EXPECT_EQ(messages_of("[[change]]\nname = 'a'\n"),
              "s/a.toml:2:1: change \"a\" has no on; expected a date such as 2026-04-01\n"
              "s/a.toml:2:1: change \"a\" sets nothing; expected set = { \"key\" = value } with policy parameters");
}

TEST(Messages, HoldAConfigurationToPolicy) {
    EXPECT_EQ(messages_of("configuration = true\n[book]\ncontact_minutes = 30\ncarve_out_share = 0.5\n[run]\nyears = "
                          "2\n[data]\nneeds = "
                          "'n.csv'\n[[segment]]\nname = 'a'\n[[output]]\nname = 'x'\nmeasure = 'm'\n"),
              "s/a.toml:4:1: book.contact_minutes is evidence, and this file is a configuration; expected policy "
              "parameters, [run], "
              "[[output]] and [[change]] only\n"
              "s/a.toml:9:1: data.needs is data, and this file is a configuration; expected policy parameters, [run], "
              "[[output]] and "
              "[[change]] only\n"
              "s/a.toml:9:9: \""
              "s/n.csv\" does not exist; expected a file\n"
              "s/a.toml:10:3: [[segment]] is not policy, and this file is a configuration; expected policy parameters, "
              "[run], "
              "[[output]] and [[change]] only");
    EXPECT_EQ(messages_of("configuration = 1\n"), "s/a.toml:2:17: configuration is 1; expected true or false");
}

TEST(Messages, SayWhatMustBeGiven) {
    EXPECT_EQ(messages_of("[needs.minor_acute]\nstream = 1\n[needs.minor_acutee.roles.gp]\nresolution = 0.5\n"),
              "s/a.toml:5:14: needs.minor_acutee.stream must be given; expected a whole number, 0 to 63; did you mean "
              "\"minor_acute\"?");
}

TEST(Messages, OfOverridesShowTheKey) {
    EXPECT_EQ(messages_of("", {"team.roles.gpp.wte=3", "bok.open=true", "run.seed=-1", "change.x.remove=true",
                               "nothing", "change.x=1", "data.need=x.csv"}),
              "--set: \"gpp\" is no name in team.roles; expected one of gp, practice_nurse, link_worker; did you mean "
              "\"gp\"?\n"
              "--set: there is no parameter bok.open; did you mean book.open?\n"
              "--set: run.seed is -1; expected a whole number, 0 to 4294967295\n"
              "--set: \"nothing\" sets nothing; expected key.path=value\n"
              "--set: change.x names no field; expected change.NAME.FIELD=value\n"
              "--set: there is no parameter data.need; did you mean data.needs?\n"
              "--set: there is no change \"x\"");
}

TEST(Messages, OfAnOptionOfItsOwnNameTheOption) {
    const test::Tree tree;
    const LoadOptions options{{"book.contact_minutes=1"}, {{"--seed", "run.seed=-1"}}};
    const Reading reading = read_scenario(tree.write("s/a.toml", "format = 1\n"), test::small_catalogue(), options);
    ASSERT_EQ(reading.problems.all().size(), 2U);
    EXPECT_EQ(to_string(reading.problems.all()[0]).substr(0, 33), "--seed: run.seed is -1; expected ");
    EXPECT_EQ(reading.problems.all()[1].place.file, "--set");
}

TEST(Messages, WarnOfChangesThatSetOneKeyOnOneDay) {
    const auto changes = [](const std::string& where, const std::string& key, const std::string& day) {
        return messages_of(
            "[[neighbourhood]]\nname = 'n'\n[[neighbourhood]]\nname = 's'\n"
            "[[change]]\nname = 'a'\nwhere = ['n']\non = 2026-07-01\nset = { 'team.roles.gp.wte' = 2 }\n"
            "[[change]]\nname = 'b'\non = " +
            day + "\n" + where + "set = { '" + key + "' = 3 }\n");
    };
    EXPECT_EQ(
        changes("", "team.roles.gp.wte", "2026-07-01"),
        "s/a.toml:11:1: warning: changes \"a\" and \"b\" both set team.roles.gp.wte on 2026-07-01: \"b\" comes later, "
        "and 3.0 is in force\n");
    EXPECT_EQ(changes("where = ['s']\n", "team.roles.gp.wte", "2026-07-01"), "");
    EXPECT_EQ(changes("", "team.roles.practice_nurse.wte", "2026-07-01"), "");
    EXPECT_EQ(changes("", "team.roles.gp.wte", "2026-07-02"), "");
}

TEST(Reading, HandsOutTheScenarioWhenEachProblemIsOfOneValue) {
    const test::Tree tree;
    const auto read = [&](const std::string& text) {
        return read_scenario(tree.write("s/a.toml", "format = 1\n" + text), test::small_catalogue(), {});
    };
    const Reading one_value = read("[book]\ncontact_minutes = 1\n");
    EXPECT_TRUE(one_value.problems.has_errors());
    ASSERT_TRUE(one_value.scenario);
    EXPECT_FALSE(read("[data]\nneeds = 'none.csv'\n").scenario) << "a table is not there";
    EXPECT_FALSE(read("extends = 'none.toml'\n").scenario) << "a base is not there";
}

TEST(Reading, PutsEitherEndInThePlaceOfAValueThatIsWrongOrMissing) {
    const test::Tree tree;
    const auto text = "format = 1\n[book]\ncontact_minutes = 1\n[needs.x]\nonset_per_year = 1\n";
    const Reading reading = read_scenario(tree.write("s/a.toml", text), test::small_catalogue(), {});
    ASSERT_TRUE(reading.scenario && reading.other);
    for (const char* key : {"book.contact_minutes", "needs.x.stream"}) {
        const Declaration& row = reading.scenario->declaration(key);
        EXPECT_EQ(reading.scenario->value(key), stand_in(row, StandIn::low)) << key;
        EXPECT_EQ(reading.other->value(key), stand_in(row, StandIn::high)) << key;
        EXPECT_NE(reading.scenario->value(key), reading.other->value(key)) << key;
    }
    EXPECT_FALSE(read_scenario(tree.write("s/b.toml", "format = 1\n"), test::small_catalogue(), {}).other);
}

TEST(Messages, OfCyclesNameTheWayBack) {
    const test::Tree tree;
    tree.write("s/b.toml", "format = 1\nextends = 'a.toml'\n");
    const std::string path = tree.write("s/a.toml", "format = 1\nextends = 'b.toml'\n");
    EXPECT_EQ(test::messages(tree, path),
              "s/b.toml:2:11: \"a.toml\" extends itself, by way of 2 files; expected a base that does not come back to "
              "this file");
    EXPECT_EQ(test::messages_of("extends = 3\n"), "s/a.toml:2:11: extends is 3; expected a path or a list of paths");
}

}  // namespace
}  // namespace segue
