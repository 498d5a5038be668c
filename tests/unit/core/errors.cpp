#include "engine/core/errors.hpp"

#include <gtest/gtest.h>

namespace segue {
namespace {

TEST(Problem, SaysWhereWhatExpectedAndWhatToTryOnOneLine) {
    Problems problems;
    problems.add({"north.toml", 41, 9}, "book.contact_minutes is 36000 (\"25 d\")")
        .expected("5 to 180 min")
        .advice("did you mean \"25 min\"?");
    EXPECT_EQ(
        to_string(problems.all().front()),
        "north.toml:41:9: book.contact_minutes is 36000 (\"25 d\"); expected 5 to 180 min; did you mean \"25 min\"?");
}

TEST(Problem, LeavesOutWhatIsNotKnown) {
    EXPECT_EQ(to_string(Problem{{"a.toml", 0, 0}, "is empty", "", "", Severity::error}), "a.toml: is empty");
    EXPECT_EQ(to_string(Problem{{"", 0, 0}, "no scenario given", "", "", Severity::error}), "no scenario given");
    EXPECT_EQ(to_string(Problem{{"a.toml", 3, 1}, "changes nothing", "", "", Severity::warning}),
              "a.toml:3:1: warning: changes nothing");
}

TEST(Problem, StaysOnOneLineWhateverTheInputHeld) {
    const Problem hostile{{"a\nb.toml", 1, 1}, "key \"x\r\n\t\x7f\x1b[2J\"", "a\nb", "c\nd", Severity::error};
    const std::string line = to_string(hostile);
    for (const char c : line) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) << line;
    EXPECT_NE(line.find("a\\x0ab.toml"), std::string::npos) << line;
    EXPECT_NE(line.find("\\x1b[2J"), std::string::npos) << line;
}

TEST(Problem, KeepsTheLettersOfOtherLanguages) {
    EXPECT_EQ(to_string(Problem{{"", 0, 0}, "activity \"Caffè Nero\"", "", "", Severity::error}),
              "activity \"Caffè Nero\"");
}

TEST(Problems, AreRaisedAllAtOnceInTheOrderTheyWereFound) {
    Problems problems;
    problems.add({"a.toml", 2, 1}, "first");
    problems.warn({"a.toml", 3, 1}, "only a warning");
    problems.add({"a.toml", 9, 4}, "second").expected("less");
    try {
        problems.raise_if_any();
        FAIL() << "two errors, and none was raised";
    } catch (const ScenarioError& error) {
        EXPECT_STREQ(error.what(), "a.toml:2:1: first\na.toml:9:4: second; expected less");
        EXPECT_EQ(error.problems().size(), 2U);
    }
}

TEST(Problems, ThatOnlyWarnRaiseNothing) {
    Problems problems;
    EXPECT_NO_THROW(problems.raise_if_any());
    problems.warn({"a.toml", 3, 1}, "changes nothing");
    EXPECT_FALSE(problems.has_errors());
    EXPECT_NO_THROW(problems.raise_if_any());
}

TEST(Problems, OfSeveralFilesComeTogether) {
    Problems base;
    base.warn({"base.toml", 1, 1}, "old");
    Problems file;
    file.add({"file.toml", 1, 1}, "wrong");
    base.merge(file);
    EXPECT_TRUE(base.has_errors());
    EXPECT_EQ(base.all().size(), 2U);
    EXPECT_EQ(base.all().back().place, (Place{"file.toml", 1, 1}));
}

TEST(IoError, NamesThePathAndWhatTheSystemSaid) {
    EXPECT_STREQ(IoError("out/a.h5", "No space left on device").what(), "out/a.h5: No space left on device");
}

TEST(Nearest, FindsALikelySlip) {
    const std::vector<std::string> keys{"team.roles.gp.wte", "team.roles.link_worker.wte", "population.size"};
    EXPECT_EQ(nearest("team.roles.linkworker.wte", keys), "team.roles.link_worker.wte");
    EXPECT_EQ(nearest("populaton.size", keys), "population.size");
    EXPECT_EQ(nearest("population.size", keys), "population.size");
}

TEST(Nearest, OffersNothingForAWordThatResemblesNone) {
    EXPECT_EQ(nearest("budget", {"population.size", "run.seed"}), "");
    EXPECT_EQ(nearest("x", {}), "");
    EXPECT_EQ(nearest("kg", {"h", "d", "min"}), "") << "nothing of it is left";
    EXPECT_EQ(nearest("h", {"h"}), "h");
    EXPECT_EQ(nearest(std::string(5'000, 'a'), {std::string(5'000, 'a')}), "") << "a hostile length costs no time";
}

TEST(Nearest, PrefersTheFirstOfEquallyNearWords) { EXPECT_EQ(nearest("gr", {"gp", "gq"}), "gp"); }

}  // namespace
}  // namespace segue
