#include "engine/uptake/score.hpp"

#include <gtest/gtest.h>

#include "tests/unit/uptake/replicates.hpp"

namespace segue::uptake {
namespace {

/// Counts that no replicate of a scorer has seen.
Eigen::VectorXd observed(double people_a_month) {
    return record(test::monthly_offers(), test::replicates(1, people_a_month, 77).front(), Twin{});
}

double sum_of_posteriors(const Scores& scores) {
    double sum = 0;
    for (const ModelScore& one : scores.models) sum += one.posterior;
    return sum;
}

TEST(Scorer, ChoosesTheModelThatTheCountsCameOf) {
    const auto few = test::replicates(20, 20);
    const auto many = test::replicates(20, 35, 2);
    const Scorer scorer{test::monthly_offers(), {{"few", 1, few}, {"many", 1, many}}, 1};
    const Scores scores = scorer.score(observed(35));
    EXPECT_EQ(scores.verdict, Verdict::one_model);
    EXPECT_EQ(scores.models[scores.best].name, "many");
    EXPECT_GT(scores.models[1].check, rejected_below);
    EXPECT_LT(scores.models[0].check, rejected_below);
    EXPECT_NEAR(sum_of_posteriors(scores), 1, 1e-12);
}

TEST(Scorer, SaysThatTwoOfTheSameCannotBeToldApart) {
    const auto same = test::replicates(20, 30);
    const Scorer scorer{test::monthly_offers(), {{"one", 1, same}, {"another", 1, same}}, 1};
    const Scores scores = scorer.score(observed(30));
    EXPECT_DOUBLE_EQ(scores.models[0].posterior, 0.5);
    EXPECT_DOUBLE_EQ(scores.models[1].posterior, 0.5);
    EXPECT_EQ(scores.verdict, Verdict::not_told_apart);
    EXPECT_NE(in_words(scores).find("cannot be told apart by these counts: one, another"), std::string::npos);
}

TEST(Scorer, WeighsModelsByTheirPriors) {
    const auto same = test::replicates(20, 30);
    const Scorer scorer{test::monthly_offers(), {{"one", 3, same}, {"another", 1, same}}, 1};
    EXPECT_DOUBLE_EQ(scorer.score(observed(30)).models[0].posterior, 0.75);
}

TEST(Scorer, RejectsAllModelsByCountsThatNoneBringsForth) {
    const auto few = test::replicates(20, 20);
    const auto more = test::replicates(20, 25, 2);
    const Scorer scorer{test::monthly_offers(), {{"few", 1, few}, {"more", 1, more}}, 1};
    const Scores scores = scorer.score(observed(60));
    EXPECT_EQ(scores.verdict, Verdict::none_of_these);
    EXPECT_NE(in_words(scores).find("None of these"), std::string::npos);
    EXPECT_NEAR(sum_of_posteriors(scores), 1, 1e-12);
}

TEST(Scorer, TakesUnderRecordingThatItKnowsOfForWhatItIs) {
    const ObservedSeries half{"offered", 0.5, 1, 0};
    const auto replicates = test::replicates(20, 40);
    const Followed truth = test::replicates(1, 40, 77).front();
    const Eigen::VectorXd counts = record(test::monthly_offers(half), truth, Twin{});
    const Scores known = Scorer{test::monthly_offers(half), {{"model", 1, replicates}}, 1}.score(counts);
    const Scores unknown = Scorer{test::monthly_offers(), {{"model", 1, replicates}}, 1}.score(counts);
    EXPECT_GT(known.models[0].check, rejected_below);
    EXPECT_EQ(unknown.verdict, Verdict::none_of_these);
}

TEST(Scorer, TellsNothingApartWithOneModel) {
    const auto only = test::replicates(20, 30);
    const Scores scores = Scorer{test::monthly_offers(), {{"only", 1, only}}, 1}.score(observed(30));
    EXPECT_EQ(scores.verdict, Verdict::not_told_apart);
    EXPECT_NE(in_words(scores).find("only alone was asked for"), std::string::npos);
}

}  // namespace
}  // namespace segue::uptake
