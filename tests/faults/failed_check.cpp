// A run whose self-check fails, from the command line to its exit code. No scenario makes one fail, so what the run found
// of itself is changed before it is judged.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "engine/program/program.hpp"
#include "engine/results/digest.hpp"
#include "engine/results/file.hpp"
#include "tests/unit/results/sample.hpp"

namespace segue {
namespace {

using test::Folder;

struct Ended {
    int code{-1};
    std::string out;
    std::string err;
};

/// What the program answers in a process of its own.
Ended ended(const Folder& folder, std::vector<std::string> words, const program::SpoilAudit& spoil) {
    const std::string out = folder.file("out");
    const std::string err = folder.file("err");
    words.insert(words.begin(), "segue");
    const pid_t child = ::fork();
    if (child == 0) {
        const bool told = std::freopen(out.c_str(), "w", stdout) != nullptr &&  //
                          std::freopen(err.c_str(), "w", stderr) != nullptr;
        const int code = told ? program::answer(words, spoil) : 99;
        std::fflush(nullptr);
        ::_exit(code);
    }
    int status = 0;
    if (::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return {};
    const Ended result{WEXITSTATUS(status), test::slurp(out), test::slurp(err)};
    std::filesystem::remove(out);
    std::filesystem::remove(err);
    return result;
}

std::vector<std::string> short_run(const std::string& path) {
    return {"run",   "scenarios/england-average/gp-led.toml",
            "--set", "population.size=300",
            "--set", "run.warm_up=0 d",
            "-o",    path};
}

void lose_a_penny(day::Audit& audit) { audit.charged_in_records += 1; }

TEST(FailedSelfCheck, ExitsWithOneSaysWhichAndKeepsTheResultsAside) {
    const Folder folder{"segue-check"};
    const std::string path = folder.file("town.h5");
    const Ended end = ended(folder, short_run(path), lose_a_penny);
    EXPECT_EQ(end.code, 1);
    EXPECT_NE(end.err.find("self-check failed: money_conserved: "), std::string::npos) << end.err;
    EXPECT_NE(end.err.find(folder.file("town.failed.h5")), std::string::npos) << end.err;
    EXPECT_NE(end.out.find("1 self-check FAILED"), std::string::npos) << end.out;
    EXPECT_EQ(folder.names(), std::vector<std::string>{"town.failed.h5"});
    const Results kept = read(folder.file("town.failed.h5"));
    const std::string* finding = kept.provenance.text("self_check/money_conserved");
    ASSERT_NE(finding, nullptr);
    EXPECT_TRUE(finding->starts_with("failed: ")) << *finding;
}

TEST(FailedSelfCheck, LeavesTheResultsOfAnEarlierSoundRunAsTheyWere) {
    const Folder folder{"segue-check"};
    const std::string path = folder.file("town.h5");
    ASSERT_EQ(ended(folder, short_run(path), {}).code, 0);
    const std::string sound = test::slurp(path);
    std::vector<std::string> again = short_run(path);
    again.insert(again.end(), {"--force", "--seed", "2"});
    EXPECT_EQ(ended(folder, again, lose_a_penny).code, 1);
    EXPECT_EQ(test::slurp(path), sound);
    std::vector<std::string> names = folder.names();
    std::sort(names.begin(), names.end());
    EXPECT_EQ(names, (std::vector<std::string>{"town.failed.h5", "town.h5"}));
}

TEST(FailedSelfCheck, OfOneArmIsThatOfTheComparison) {
    const Folder folder{"segue-check"};
    std::vector<std::string> words = short_run(folder.file("town.h5"));
    words[0] = "compare";
    words.insert(words.begin() + 1, words[1]);
    const Ended end = ended(folder, words, lose_a_penny);
    EXPECT_EQ(end.code, 1);
    EXPECT_NE(end.err.find("self-check failed: money_conserved: "), std::string::npos) << end.err;
    EXPECT_EQ(folder.names(), std::vector<std::string>{"town.failed.h5"});
}

}  // namespace
}  // namespace segue
