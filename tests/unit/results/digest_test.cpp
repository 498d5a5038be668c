#include "engine/results/digest.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <set>

#include "engine/core/sha256.hpp"
#include "engine/results/same.hpp"
#include "tests/unit/results/sample.hpp"

namespace segue {
namespace {

using test::sample;
using Change = std::function<void(Results&)>;

Results changed(const Change& change) {
    Results results = sample();
    change(results);
    return results;
}

// FIPS 180-4, example "abc".
TEST(Sha256, GivesThePublishedSum) {
    Sha256 sum;
    const std::string text = "abc";
    sum.bytes(std::as_bytes(std::span{text}));
    EXPECT_EQ(sum.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, LeavesOutProvenanceTheTitleAndTheOrderOfVariables) {
    const std::string sum = digest(sample());
    EXPECT_EQ(digest(changed([](Results& r) { r.provenance.texts.clear(); })), sum);
    EXPECT_EQ(digest(changed([](Results& r) { r.attributes[0].second = "another title"; })), sum);
    EXPECT_EQ(digest(changed([](Results& r) { std::swap(r.variables[0], r.variables[1]); })), sum);
    EXPECT_EQ(digest(changed([](Results& r) { std::get<2>(r.variables[2].values)[1] = -std::nan("7"); })), sum);
}

const std::vector<Change>& changes_that_count() {
    static const std::vector<Change> changes{
        [](Results& r) { std::get<0>(r.variables[0].values)[11] += 1; },
        [](Results& r) { std::swap(std::get<0>(r.variables[0].values)[0], std::get<0>(r.variables[0].values)[1]); },
        [](Results& r) { std::get<1>(r.variables[1].values)[0] -= 1; },
        [](Results& r) { std::get<2>(r.variables[2].values)[2] = 0.0; },
        [](Results& r) { std::get<2>(r.variables[2].values)[1] = 1.0; },
        [](Results& r) { r.variables[0].name = "queue"; },
        [](Results& r) { r.variables[0].units = "d"; },
        [](Results& r) { r.variables[0].long_name += "."; },
        [](Results& r) { r.variables[0].attributes[0].second = "x"; },
        [](Results& r) { std::swap(r.variables[0].attributes[0], r.variables[0].attributes[1]); },
        [](Results& r) { r.variables[0].attributes.pop_back(); },
        [](Results& r) {
            r.variables[4].values = std::vector<std::int64_t>{12, 9};
        },
        [](Results& r) { r.variables.pop_back(); },
        [](Results& r) { r.axes[2].labels[0] = "GP"; },
        [](Results& r) { std::swap(r.axes[2].labels[0], r.axes[2].labels[1]); },
        [](Results& r) { r.axes[1].bounds[3] += 1; },
        [](Results& r) { r.axes[1].numbers[0] += 1; },
        [](Results& r) { r.axes[3].units = "1"; },
        [](Results& r) { r.axes[2].attributes.clear(); },
        [](Results& r) { r.axes[0].numbers[0] = 9; }};
    return changes;
}

TEST(Digest, IsAnotherForEveryChangeOfValueAttributeNameTypeOrOrder) {
    std::set<std::string> sums{digest(sample())};
    for (const Change& change : changes_that_count()) sums.insert(digest(changed(change)));
    EXPECT_EQ(sums.size(), changes_that_count().size() + 1);
}

TEST(Same, FindsEveryDifferenceThatTheDigestCounts) {
    EXPECT_EQ(same(sample(), sample()), std::nullopt);
    for (std::size_t i = 0; i < changes_that_count().size(); ++i) {
        EXPECT_NE(same(sample(), changed(changes_that_count()[i])), std::nullopt) << i;
    }
}

TEST(Same, SaysWhereAndBothValues) {
    EXPECT_EQ(same(sample(), changed([](Results& r) { std::get<0>(r.variables[0].values)[6] = 5; })),
              "waiting at replicate 1, month 2026-05-01, role general practitioner: 119 in the first, 5 in the second");
    EXPECT_EQ(same(sample(), changed([](Results& r) { std::get<1>(r.variables[5].values)[0] = 1; })),
              "people: 40000 in the first, 1 in the second");
    EXPECT_EQ(same(sample(), changed([](Results& r) { r.variables.erase(r.variables.begin()); })),
              "variable waiting is only in the first");
    EXPECT_EQ(same(sample(), changed([](Results& r) { r.axes[2].labels[1] = "nurse"; })),
              "axis role at place 2: \"infirmière\" in the first, \"nurse\" in the second");
}

// 2026-05-01 is day 20574: the sample's first month has ended before it, the second has not.
TEST(DigestBefore, CoversOnlyPeriodsThatEndBeforeTheDay) {
    const Day may{20574};
    const std::string sum = digest(sample(), may);
    const Change later = [](Results& r) {
        std::get<0>(r.variables[0].values)[2] = -1;
        std::get<1>(r.variables[1].values)[5] = -1;
        r.variables[0].attributes.clear();
        std::get<1>(r.variables[5].values)[0] = 1;
        r.axes[1].bounds[3] = 20590;
    };
    EXPECT_EQ(digest(changed(later), may), sum);
    EXPECT_EQ(same(sample(), changed(later), may), std::nullopt);
    const Change earlier = [](Results& r) { std::get<0>(r.variables[0].values)[4] = -1; };
    EXPECT_NE(digest(changed(earlier), may), sum);
    EXPECT_EQ(
        same(sample(), changed(earlier), may),
        "waiting at replicate 1, month 2026-04-01, role general practitioner: 101 in the first, -1 in the second");
    EXPECT_NE(digest(sample(), Day{20573}), sum);
    EXPECT_EQ(digest(sample(), Day{20599}), sum);
    EXPECT_NE(digest(sample(), Day{20600}), sum);
}

TEST(DigestBefore, AgreesForRunsOfDifferentLength) {
    Results longer = sample();
    longer.axes[1].numbers.push_back(20600);
    longer.axes[1].bounds.insert(longer.axes[1].bounds.end(), {20600, 20630});
    std::get<0>(longer.variables[0].values) = {100, 7, 120, 9, 1, 1, 101, 7, 119, 9, 1, 1, 102, 7, 118, 9, 1, 1};
    std::get<1>(longer.variables[1].values) = {9'000'000'000, 0, 5, 9'000'000'001, -1, 5, 9'000'000'002, -2, 5};
    EXPECT_EQ(digest(sample(), Day{20600}), digest(longer, Day{20600}));
    EXPECT_EQ(same(sample(), longer, Day{20600}), std::nullopt);
    EXPECT_EQ(same(sample(), longer), "length of axis month: 2 in the first, 3 in the second");
}

}  // namespace
}  // namespace segue
