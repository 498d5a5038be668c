// People are referred when they come often, and come less often afterwards whatever is done: an evaluation without
// controls takes that for an effect, the difference between twins does not.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bench/reference/sized.hpp"
#include "engine/uptake/before_after.hpp"

namespace segue::test {
namespace {

using uptake::before_after;
using uptake::treated_cohort;

Scenario average_list(const std::string& evidence) {
    return reference::sized("scenarios/england-average/social-prescribing.toml", 40'000,
                            {"run.years=3", "prescribing.evidence=\"" + evidence + "\""});
}

constexpr double nothing_subtracted = 0;

TEST(RegressionToTheMean, LooksLikeAnEffectBeforeAndAfterAndIsNoneBetweenTwins) {
    // About 170 people are engaged in the middle year, and the fall of one person's quarterly mean has a standard deviation
    // of about 2: six standard errors are 0.9 of the 1.3 that the average list has (docs/prescribing-effects.md).
    const day::World null{average_list("null")};
    const auto untreated = treated_cohort(null, Twin{}, Treated::engaged);
    const auto means = before_after(untreated.people, nothing_subtracted);
    ASSERT_GT(means.people, 100U);
    EXPECT_LT(means.after, means.before - 0.4);
    const auto again = treated_cohort(null, Twin{}, Treated::engaged, &untreated.began_on);
    EXPECT_EQ(uptake::twin_difference(untreated.people, again.people), 0);
}

TEST(RegressionToTheMean, IsToldApartFromAnEffectByTwins) {
    // The effect is a ratio of 0.36 on the rates of those referred: about half of what they come for in the year after.
    const auto untreated = treated_cohort(day::World{average_list("null")}, Twin{}, Treated::referred);
    const auto treated =
        treated_cohort(day::World{average_list("observational")}, Twin{}, Treated::referred, &untreated.began_on);
    ASSERT_GT(untreated.people.size(), 100U);
    const double after = before_after(untreated.people, nothing_subtracted).after;
    const double difference = uptake::twin_difference(untreated.people, treated.people);
    EXPECT_LT(difference, -0.3 * after);
    EXPECT_GT(difference, -0.7 * after);
}

}  // namespace
}  // namespace segue::test
