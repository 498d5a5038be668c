#include "engine/scenario/explain.hpp"

#include <gtest/gtest.h>

#include "engine/scenario/differences.hpp"
#include "engine/scenario/schema.hpp"
#include "tests/unit/scenario/world.hpp"

namespace segue {
namespace {

using test::loaded;
using test::Tree;

TEST(Explain, TellsEverythingKnownOfAKey) {
    const Tree tree;
    const auto scenario = loaded(tree.write("s/a.toml", "format = 1\n[book]\ncontact_minutes = '0.5 h'\n"));
    EXPECT_EQ(tree.plain(explain(test::small_catalogue(), &scenario, "book.contact_minutes")),
              "book.contact_minutes\n"
              "  Time one contact takes from its role\n"
              "  unit       min\n"
              "  may be     5 to 180 min\n"
              "  default    25.0 min\n"
              "  in doubt   triangular 15, 25, 40\n"
              "  source     assumption; no study found\n"
              "  certainty  C (assumption)\n"
              "  kind       evidence\n"
              "  in force   30.0 min, from s/a.toml:3:19 (file)\n");
}

TEST(Explain, ShowsTheNoteOfATablesRow) {
    const Tree tree;
    tree.write("s/needs.csv", "name,stream,source\ncough,1,Census 2021\n");
    const auto scenario = loaded(tree.write("s/a.toml", "format = 1\n[data]\nneeds = 'needs.csv'\n"));
    const std::string text = tree.plain(explain(test::small_catalogue(), &scenario, "needs.cough.stream"));
    EXPECT_NE(text.find("  in force   1, from s/needs.csv:2:7 (table)\n  its note   Census 2021\n"), std::string::npos)
        << text;
    EXPECT_NE(text.find("  default    none: must be given\n"), std::string::npos) << text;
    const std::string starred = tree.plain(explain(test::small_catalogue(), &scenario, "needs.*.stream"));
    EXPECT_NE(starred.find("  in force   needs.cough.stream = 1, from s/needs.csv:2:7 (table)\n"), std::string::npos)
        << starred;
}

TEST(Explain, ListsATableOrEverything) {
    EXPECT_EQ(explain(test::small_catalogue(), nullptr, "team"), "team.roles.*.wte  In post [0.0 WTE]\n");
    EXPECT_EQ(explain(test::small_catalogue(), nullptr, "team.roles.gp"), "team.roles.*.wte  In post [0.0 WTE]\n");
    const std::string all = explain(test::small_catalogue(), nullptr, std::nullopt);
    for (const char* key :
         {"book.open ", "run.seed ", "needs.*.roles.*.resolution ", "data.life_table ", "change.on "}) {
        EXPECT_NE(all.find(key), std::string::npos) << key;
    }
    EXPECT_EQ(explain(test::small_catalogue(), nullptr, "change").substr(0, 10), "[[change]]");
}

TEST(Explain, NamesTheNearestKey) {
    try {
        static_cast<void>(explain(test::small_catalogue(), nullptr, "book.opn"));
        FAIL();
    } catch (const ScenarioError& error) {
        EXPECT_STREQ(error.what(), "there is no parameter book.opn; did you mean book.open?");
    }
}

TEST(Differences, ListWhatAFileChangesInItsBase) {
    const Tree tree;
    tree.write("s/base.toml", "format = 1\n[team.roles.gp]\nwte = 3\n[[segment]]\nname = 'a'\nwhen = 'x'\n");
    const std::string path = tree.write(
        "s/a.toml",
        "format = 1\nextends = 'base.toml'\n[team.roles.gp]\nwte = 2\n[team.roles.link_worker]\nwte = 1\n"
        "[[segment]]\nname = 'a'\nwhen = 'y'\n[[change]]\nname = 'c'\non = 2026-07-01\nset = { book.open = true }\n");
    std::string text;
    for (const Difference& row : differences(*load_base(path, test::small_catalogue()), loaded(path))) {
        text += row.key + ": " + row.base_value + " -> " + row.value + " (" + row.source + ")\n";
    }
    EXPECT_EQ(text,
              "team.roles.gp.wte: 3.0 -> 2.0 (own choice)\n"
              "team.roles.link_worker.wte: - -> 1.0 (own choice)\n"
              "segment.a.when: \"x\" -> \"y\" (the scenario's own choice)\n"
              "change.c.on: - -> 2026-07-01 (the scenario's own choice)\n"
              "change.c.where: - -> [] (the scenario's own choice)\n"
              "change.c.set.book.open: - -> true (the scenario's own choice)\n");
    EXPECT_TRUE(differences(loaded(path), loaded(path)).empty());
}

TEST(Schema, DescribesEveryKey) {
    const auto schema = json_schema(test::small_catalogue());
    EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    EXPECT_EQ(schema["additionalProperties"], false);
    EXPECT_EQ(schema["properties"]["format"]["const"], 1);
    const auto& contact = schema["properties"]["book"]["properties"]["contact_minutes"];
    EXPECT_EQ(contact["anyOf"][0]["minimum"], 5);
    EXPECT_EQ(contact["anyOf"][1]["type"], "string");
    EXPECT_EQ(contact["default"], 25);
    EXPECT_EQ(contact["description"],
              "Time one contact takes from its role. Expected: 5 to 180 min. In doubt: triangular 15, 25, 40. Source: "
              "assumption; no "
              "study found. Certainty C; evidence.");
    EXPECT_EQ(schema["properties"]["book"]["properties"]["kind"]["enum"], (nlohmann::json{"practice", "hub"}));
    EXPECT_EQ(schema["properties"]["book"]["additionalProperties"], false);
    const auto& roles = schema["properties"]["team"]["properties"]["roles"];
    EXPECT_EQ(roles["properties"].size(), 3U);
    EXPECT_EQ(roles["properties"]["gp"]["properties"]["wte"]["anyOf"][0]["maximum"], 1000);
    const auto& need = schema["properties"]["needs"]["patternProperties"]["^[A-Za-z0-9_+-]+$"];
    EXPECT_FALSE(need["properties"]["stream"].contains("default"));
    EXPECT_EQ(need["properties"]["roles"]["properties"]["gp"]["properties"].size(), 2U);
    EXPECT_EQ(schema["properties"]["segment"]["items"]["required"], nlohmann::json{"name"});
    EXPECT_TRUE(schema["properties"]["change"]["items"]["properties"]["set"]["patternProperties"].contains(
        "^team\\.roles\\.[^.]+\\.wte$"));
    EXPECT_EQ(schema["properties"]["run"]["properties"]["start"]["default"], "2026-04-01");
    EXPECT_EQ(schema["properties"]["data"]["properties"]["life_table"]["type"], "string");
}

}  // namespace
}  // namespace segue
