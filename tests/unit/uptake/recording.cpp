#include "engine/uptake/recording.hpp"

#include <gtest/gtest.h>

#include "tests/unit/uptake/replicates.hpp"

namespace segue::uptake {
namespace {

Followed with_offers(std::int64_t people_a_month) {
    Followed followed = test::nobody();
    for (std::int64_t& people : followed.by_month[Reached::offered]) people = people_a_month;
    return followed;
}

Counting a_year(const ObservedSeries& recording) {
    return {{{"referrals", Reached::offered, recording}}, {{0, std::nullopt, 0, 12, 24}}};
}

TEST(Recording, OfHalfHalvesWhatIsExpectedAndAddsTheVarianceOfWhoIsRecorded) {
    const std::vector<Followed> replicates{with_offers(10), with_offers(20)};
    const ExpectedCounts all = expected_counts(a_year({"offered", 1, 1, 0}), replicates);
    const ExpectedCounts half = expected_counts(a_year({"offered", 0.5, 1, 0}), replicates);
    EXPECT_DOUBLE_EQ(all.recorded(0, 0), 120);
    EXPECT_DOUBLE_EQ(half.recorded(0, 0), 60);
    EXPECT_DOUBLE_EQ(half.recorded(1, 0), 120);
    EXPECT_DOUBLE_EQ(all.recorded(0, 0) - all.twice_recorded(0, 0), 0) << "everybody is recorded";
    EXPECT_DOUBLE_EQ(half.recorded(0, 0) - half.twice_recorded(0, 0), 120 * 0.5 * 0.5) << "binomial";
}

TEST(Recording, DriftsByARatioAYearAndNeverBeyondAll) {
    EXPECT_NEAR(share_recorded({"offered", 0.8, 0.9, 0}, 17), 0.8 * std::pow(0.9, 17.5 / 12), 1e-12);
    EXPECT_DOUBLE_EQ(share_recorded({"offered", 0.8, 2, 0}, 23), 1);
}

TEST(Recording, CountsTheGroupAndTheMonthsOfACell) {
    std::vector<Followed> one{test::nobody()};
    auto& women = one[0].by_group_and_month[Reached::started][Grouping::sex];
    women[index(Sex::female) * test::months + 3] = 5;
    women[index(Sex::female) * test::months + 4] = 7;
    women[index(Sex::male) * test::months + 3] = 11;
    const Counting counting{{{"started", Reached::started, {}}}, {{0, Grouping::sex, index(Sex::female), 3, 5}}};
    EXPECT_DOUBLE_EQ(expected_counts(counting, one).recorded(0, 0), 12);
}

TEST(Recording, OfEverybodyIsWhatHappened) {
    const Followed followed = with_offers(7);
    EXPECT_DOUBLE_EQ(record(a_year({"offered", 1, 1, 0}), followed, Twin{1, 3})[0], 84);
}

// Mean of 400 draws of variance 240: standard error 0.77; a false alarm at 4 of them is one in 16,000.
TEST(Recording, OfAShareIsAsLargeAsThatShareOnAverage) {
    const Followed followed = with_offers(80);
    double sum = 0;
    for (std::uint32_t replicate = 0; replicate < 400; ++replicate)
        sum += record(a_year({"offered", 0.5, 1, 0}), followed, Twin{1, replicate})[0];
    EXPECT_NEAR(sum / 400, 480, 4 * 0.77);
}

}  // namespace
}  // namespace segue::uptake
