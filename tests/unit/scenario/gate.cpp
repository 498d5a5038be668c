#include "engine/scenario/gate.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "engine/scenario/toml.hpp"
#include "tests/unit/scenario/world.hpp"

namespace segue {
namespace {

using test::messages;
using test::messages_of;
using test::Tree;

std::string parsed(std::string_view bytes) {
    Problems problems;
    const auto document = parse_toml_bytes("f.toml", bytes, problems);
    EXPECT_NE(document.has_value(), problems.has_errors());
    std::string text;
    for (const Problem& problem : problems.all()) text += to_string(problem) + "\n";
    return text;
}

TEST(Gate, TakesOnlyRegularFiles) {
    const Tree tree;
    const std::string real = tree.write("s/real.toml", "format = 1\n");
    std::filesystem::create_symlink(real, tree.path("s/link.toml"));
    ASSERT_EQ(::mkfifo(tree.path("s/pipe.toml").c_str(), 0600), 0);
    EXPECT_EQ(messages(tree, tree.path("s/link.toml")), "s/link.toml: is a symbolic link; expected a file");
    EXPECT_EQ(messages(tree, tree.path("s/pipe.toml")), "s/pipe.toml: is a pipe; expected a file");
    EXPECT_EQ(messages(tree, tree.path("s")), "s: is a folder; expected a file");
    EXPECT_EQ(messages(tree, tree.path("s/none.toml")), "s/none.toml: does not exist; expected a file");
    EXPECT_EQ(messages(tree, "/dev/zero"), "/dev/zero: is a device; expected a file");
}

TEST(Gate, RefusesAFileTooLargeWithoutReadingIt) {
    const Tree tree;
    const std::string path = tree.write("s/a.toml", "format = 1\n");
    std::filesystem::resize_file(path, std::uintmax_t{1} << 30U);
    EXPECT_EQ(messages(tree, path), "s/a.toml: has 1073741824 bytes; expected at most 1000000");
}

TEST(Gate, KeepsPathsInsideTheScenarios) {
    const Tree tree;
    const std::string root = tree.root() + "/scenarios";
    const auto refused = [&](const std::string& extends) {
        const std::string path = tree.write("s/a.toml", "format = 1\nextends = '" + extends + "'\n");
        return messages(tree, path);
    };
    EXPECT_EQ(refused("../../out.toml"),
              "s/a.toml:2:11: the path \"../../out.toml\" leaves the scenarios' folder; expected a file under " + root);
    EXPECT_EQ(refused("/etc/passwd"),
              "s/a.toml:2:11: the path \"/etc/passwd\" is absolute; expected a path relative to this file");
    EXPECT_EQ(refused(""),
              "s/a.toml:2:11: the path \"\" is not a name of a file; expected a path relative to this file");
    EXPECT_EQ(refused("../b/none.toml"), "s/a.toml:2:11: \"../b/none.toml\" does not exist; expected a file");
}

TEST(Gate, FollowsNoLinkedFolderOutOfTheScenarios) {
    const Tree tree;
    std::filesystem::create_directories(tree.root() + "/outside");
    const std::string path = tree.write("s/a.toml", "format = 1\nextends = 'way/out.toml'\n");
    std::filesystem::create_directory_symlink(tree.root() + "/outside", tree.path("s/way"));
    EXPECT_NE(messages(tree, path).find("leaves the scenarios' folder"), std::string::npos);
}

TEST(Gate, TakesTheNearestFolderAboveWithADataFolderAsTheScenariosRoot) {
    const Tree tree;
    const std::string path = tree.write("sites/s/a.toml", "format = 1\n");
    EXPECT_EQ(scenarios_root(path), std::filesystem::canonical(tree.path("sites")).string());
    std::filesystem::create_directories(tree.path("data"));
    EXPECT_EQ(scenarios_root(path), std::filesystem::canonical(tree.root() + "/scenarios").string());
}

TEST(Gate, GivesOneLineForAnEndlessKey) {
    std::string key;
    for (int i = 0; i < 100'000; ++i) key += "a.";
    EXPECT_EQ(parsed(key + "a = 1\n"), "f.toml:1:1: the line has 200005 bytes; expected at most 16384\n");
    EXPECT_EQ(parsed(key.substr(0, 2'000) + "a = 1\n"), "f.toml:1:32: a key has too many parts; expected at most 16\n");
    EXPECT_EQ(parsed("[" + key.substr(0, 2'000) + "a]\n"),
              "f.toml:1:33: a key has too many parts; expected at most 16\n");
}

TEST(Gate, GivesOneLineForAnEndlessLine) {
    EXPECT_EQ(parsed("x = '" + std::string(900'000, 'a') + "'\n"),
              "f.toml:1:1: the line has 900006 bytes; expected at most 16384\n");
    EXPECT_EQ(parsed(std::string(1'000'001, '\n')), "f.toml: has 1000001 bytes; expected at most 1000000\n");
}

TEST(Gate, GivesOneLineForBracketsWithoutEnd) {
    EXPECT_EQ(parsed("x = " + std::string(5'000, '[')),
              "f.toml:1:37: brackets are nested too deep; expected at most 32\n");
}

TEST(Gate, RefusesWhatIsNotUtf8) {
    EXPECT_EQ(parsed("x = '\xFF'\n"), "f.toml:1:6: byte 0xFF is not UTF-8; expected UTF-8 text\n");
    EXPECT_EQ(parsed("# \xC3\xA9\nx = '\xC3\xA9\xC0\x80'\n"),
              "f.toml:2:7: byte 0xC0 is not UTF-8; expected UTF-8 text\n");
    EXPECT_EQ(parsed("\xEF\xBB"), "f.toml:1:1: byte 0xEF is not UTF-8; expected UTF-8 text\n");
    EXPECT_EQ(parsed("x = '\xED\xA0\x80'\n"), "f.toml:1:6: byte 0xED is not UTF-8; expected UTF-8 text\n");
    EXPECT_EQ(parsed("x = 'a\x01'\n"), "f.toml:1:7: byte 0x01 is a control character; expected text\n");
}

TEST(Gate, KeepsFromTheParserTheLettersThatItDoesNotSurvive) {
    EXPECT_EQ(parsed("\xEF\xBB\x9F"),
              "f.toml:1:1: there is a letter beyond ASCII outside quotes; expected quotes round such a name or text\n");
    EXPECT_EQ(parsed("x = \"\"\"a\\\n \xEF\xBB\x9F\"\"\"\n"),
              "f.toml:2:2: a letter beyond ASCII follows a backslash; expected another first letter after it\n");
    EXPECT_EQ(parsed("x = +g's\xC3\x8F'\n"),
              "f.toml:1:7: a quote stands within a word; expected quotes round the whole of it\n");
    EXPECT_EQ(parsed("x = [1.'\xC3\x8F']\n"),
              "f.toml:1:8: a quote stands within a word; expected quotes round the whole of it\n");
    EXPECT_EQ(parsed("[a.'\xC3\x8F']\nb.\"c\" = {d.'e' = ['f','g']}\n"), "");
    EXPECT_EQ(parsed("x = \"\xEF\xBB\x9F \xC2\xA3\" # \xEF\xBB\x9F\n"), "");
    EXPECT_EQ(parsed("\xEF\xBB\xBFx = 1\n"), "");  // the mark that editors put before UTF-8
}

TEST(Gate, RefusesNumbersThatAreNotFinite) {
    EXPECT_EQ(parsed("x = nan\ny = [1.0, -inf]\n"),
              "f.toml:1:5: the number is nan; expected a finite number\n"
              "f.toml:2:11: the number is -inf; expected a finite number\n");
}

TEST(Gate, SurvivesInputThatStopsTheParserElsewhere) {
    EXPECT_EQ(parsed("[\n").substr(0, 29), "f.toml:1:2: this is not TOML:");
    for (const char* bytes : {"", "=", "\"", "'''", "\"\"\"\\", "x = \"\\u\"", "[[", "[[]]", "x = {", "x = 1 1", "\\",
                              "\r", "x = 1979-13-40"}) {
        static_cast<void>(parsed(bytes));
    }
}

// Every prefix and every change of one byte of a small document: nothing but an answer may come of them.
TEST(Gate, SurvivesDamageToASmallDocument) {
    const std::string whole =
        "format = 1\nextends = [\"../a.toml\", 'b']\n[run]\nstart = 2026-04-01 # \xC2\xA3\nwarm_up = \"\"\"\\\n  3 "
        "d\"\"\"\n"
        "[[change]]\nname = \"a\"\nset = { \"b.c\" = 1.5e3, d.'e' = [true, 0x1F] }\n";
    for (std::size_t length = 0; length <= whole.size(); ++length) static_cast<void>(parsed(whole.substr(0, length)));
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const char byte : {'\0', '\n', '"', '\'', '[', '{', '.', '=', '\\', '\xC2', '\xEF', '9'}) {
            std::string damaged = whole;
            damaged[at] = byte;
            static_cast<void>(parsed(damaged));
        }
    }
}

TEST(Gate, LeavesTheOtherFilesProblemsVisibleWhenOneDoesNotParse) {
    const Tree tree;
    tree.write("s/base.toml", "format = 1\nx = \n");
    const std::string path = tree.write("s/a.toml", "format = 1\nextends = 'base.toml'\nbok = 1\n");
    const std::string found = messages(tree, path);
    EXPECT_NE(found.find("s/base.toml:2:5: this is not TOML"), std::string::npos) << found;
    EXPECT_NE(found.find("s/a.toml:3:1: there is no parameter bok; did you mean book?"), std::string::npos) << found;
}

}  // namespace
}  // namespace segue
