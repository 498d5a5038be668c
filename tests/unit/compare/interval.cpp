#include "engine/compare/interval.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace segue::compare {
namespace {

// Student's t at 97.5%: 12.706 for one degree of freedom, 2.365 for seven (any table of it).
TEST(Interval, IsByStudentsT) {
    const Interval two = interval_of(std::vector<double>{0, 2});
    EXPECT_DOUBLE_EQ(two.mean, 1);
    EXPECT_NEAR(two.half_width, 12.706, 1e-3);
    const Interval eight = interval_of(std::vector<double>{-1, 1, -1, 1, -1, 1, -1, 1});
    EXPECT_DOUBLE_EQ(eight.mean, 0);
    EXPECT_NEAR(eight.half_width, 2.365 / std::sqrt(7.0), 1e-3);
}

TEST(Interval, KnowsNothingFromOneReplicate) {
    EXPECT_TRUE(std::isinf(interval_of(std::vector<double>{3}).half_width));
    EXPECT_FALSE(interval_of(std::vector<double>{3}).is_clear());
}

TEST(Interval, IsClearOnlyOfWhatIsNotZero) {
    EXPECT_TRUE(interval_of(std::vector<double>{3, 3, 3}).is_clear());
    EXPECT_FALSE(interval_of(std::vector<double>{0, 0, 0}).is_clear());
}

TEST(VarianceReduction, IsUnpairedOverPairedVariance) {
    // var A = 1, var B = 1; the differences 1, 1, 1.5 have variance 1/12.
    const std::vector<double> a{0, 1, 2};
    EXPECT_NEAR(*variance_reduction(a, std::vector<double>{1, 2, 3.5}), (1 + 1.583333) / (1.0 / 12), 1e-4);
}

TEST(VarianceReduction, SaysNothingOfAnExactDifference) {
    EXPECT_FALSE(variance_reduction(std::vector<double>{0, 1, 2}, std::vector<double>{1, 2, 3}));
}

TEST(ReplicatesNeeded, IsTheLeastThatIsEnough) {
    const std::vector<double> values{-1, 1, -1, 1, -1, 1, -1, 1};  // deviation sqrt(8 / 7)
    const double deviation = std::sqrt(8.0 / 7);
    // t(17) = 2.110, t(16) = 2.120 at 97.5%.
    EXPECT_EQ(replicates_needed(values, 2.110 * deviation / std::sqrt(18.0) + 1e-3), 18U);
    EXPECT_EQ(replicates_needed(values, 1000), 2U);
    EXPECT_FALSE(replicates_needed(values, 0));
    EXPECT_FALSE(replicates_needed(std::vector<double>{1}, 1));
}

}  // namespace
}  // namespace segue::compare
