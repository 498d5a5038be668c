#include "engine/program/outcome.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace segue::program {
namespace {

run::Summary a_run() {
    run::Summary summary;
    summary.path = "results/town.h5";
    summary.digest = "abc";
    summary.replicates_run = 2;
    summary.person_years = 80'000;
    summary.events = 800'000;
    summary.loop_cpu_seconds = 0.8;
    summary.synthesis_cpu_seconds = 0.2;
    summary.lists[WaitingList::books] = {Trend::stable, 1'200, {0.2, -3, 3.4}};
    summary.lists[WaitingList::hospital] = {Trend::growing, 4'100, {12.34, 8.1, 16.5}};
    return summary;
}

run::Summary a_failed_run() {
    run::Summary summary = a_run();
    summary.path = "results/town.failed.h5";
    summary.failed_checks = {{"money", false, "charged 12, in records 13"}};
    return summary;
}

TEST(Outcome, NamesTheFileTheSpeedTheListsAndTheSelfChecksInOneLine) {
    EXPECT_EQ(outcome_line(a_run(), 2),
              "results/town.h5: 80,000 person-years at 40,000 a second; lists: books stable (1,200 waiting), hospital "
              "growing "
              "by 12.3 a week (8.1 to 16.5) (4,100 waiting); self-checks held");
}

TEST(Outcome, OfAFailedSelfCheckSaysWhichAndWhereItsResultsAre) {
    const std::string text = failed_checks_text(a_failed_run());
    EXPECT_NE(text.find("self-check failed: money: charged 12, in records 13"), std::string::npos);
    EXPECT_NE(text.find("results/town.failed.h5"), std::string::npos);
    EXPECT_EQ(exit_code(a_failed_run()), ExitCode::failed);
    EXPECT_EQ(exit_code(a_run()), ExitCode::done);
}

TEST(Outcome, SaysThatNothingWasRunWhenTheResultsWereThere) {
    run::Summary summary = a_run();
    summary.was_there = true;
    EXPECT_EQ(outcome_line(summary, 2), "results/town.h5: these results were there already; nothing was run");
}

TEST(Outcome, TellsAScriptTheSameInJson) {
    const auto told = nlohmann::json::parse(outcome_json(a_failed_run(), 2));
    EXPECT_EQ(told["path"], "results/town.failed.h5");
    EXPECT_EQ(told["person_years_per_second"], 40'000.0);
    EXPECT_EQ(told["lists"]["books"]["trend"], "stable");
    EXPECT_EQ(told["lists"]["hospital"]["change_per_week"], 12.34);
    EXPECT_EQ(told["lists_error_rate"], 0.05);
    EXPECT_EQ(told["checks"]["held"], false);
    EXPECT_EQ(told["checks"]["failed"][0]["name"], "money");
}

TEST(Outcome, HasNoTrendWhenNothingWasRun) {
    run::Summary summary = a_run();
    summary.lists = {};
    EXPECT_TRUE(nlohmann::json::parse(outcome_json(summary, 2))["lists"]["books"].is_null());
    EXPECT_NE(outcome_line(summary, 2).find("lists: books not known, hospital not known;"), std::string::npos);
}

TEST(Profile, CountsNanosecondsAnEventOfTheLoopAndPersonYearsOfAll) {
    const std::string text = profile_text(a_run());
    EXPECT_NE(text.find("nanoseconds an event     1000\n"), std::string::npos) << text;
    EXPECT_NE(text.find("events a person-year     10.0\n"), std::string::npos) << text;
    EXPECT_NE(text.find("person-years a core-minute  4,800,000\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace segue::program
