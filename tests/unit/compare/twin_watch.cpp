#include "engine/compare/twin_watch.hpp"

#include <numeric>

#include <gtest/gtest.h>

namespace segue::compare {
namespace {

using Records = std::vector<day::KeptEvent>;

day::KeptEvent happens(std::uint64_t person, int day, EventKind kind, std::uint8_t segment = 0) {
    const auto cell = demographic_cell(AgeBand{}, Sex::female, 2);
    Event event{static_cast<std::uint32_t>(person), 1, 0, cell, 0, 0, kind, segment, 0, 0, 0, 0, 0, 0};
    return {person, Day{day}, event};
}

std::int64_t who_differ(const TwinCounts& counts) {
    return std::accumulate(counts.by_cause.begin(), counts.by_cause.end(), std::int64_t{0});
}

const std::size_t ae = 5;

std::int64_t people(const TwinCounts& counts, std::size_t segment, Change change) {
    return counts.people_by_change[counts.cell(ae, segment, 2, change)];
}

TEST(PersonalMeasures, HaveAAndEWhereTheseTestsLook) { ASSERT_EQ(personal_measures()[ae].name, "ae_attendances"); }

TEST(TwinWatch, CountsWhoGainsAndWhoLosesByTheSegmentTheyBeganIn) {
    TwinWatch watch{2, Day{0}};
    const auto attends = [](std::uint64_t person, int day, std::uint8_t segment) {
        return happens(person, day, EventKind::ae_attendance, segment);
    };
    watch.compare({{attends(1, 1, 0), attends(2, 1, 1), attends(3, 2, 1)},
                   {attends(1, 1, 0), attends(3, 2, 1), attends(3, 3, 0), attends(3, 4, 0)}});
    // The one who goes once less is seen in one arm only in this month; a record of theirs makes them a pair.
    watch.compare({{happens(2, 40, EventKind::need, 1)}, {happens(2, 40, EventKind::need, 1)}});
    const TwinCounts counts = watch.counts(1, 2);
    EXPECT_EQ(counts.people, 3);
    EXPECT_EQ(people(counts, 0, Change::same), 1);
    EXPECT_EQ(people(counts, 1, Change::better), 1);
    EXPECT_EQ(people(counts, 1, Change::worse), 1);
    EXPECT_EQ(counts.sum_by_change[counts.cell(ae, 1, 2, Change::worse)], 2);
    EXPECT_EQ(counts.sum_by_change[counts.cell(ae, 1, 2, Change::better)], -1);
}

TEST(TwinWatch, KeepsTheFirstCauseAcrossMonths) {
    TwinWatch watch{2, Day{0}};
    watch.compare({{happens(1, 3, EventKind::contact)}, {happens(1, 5, EventKind::contact)}});
    watch.compare({{happens(1, 40, EventKind::deterred)}, {}});
    const TwinCounts counts = watch.counts(1, 1);
    EXPECT_EQ(counts.by_cause[Cause::displaced], 1);
    EXPECT_EQ(who_differ(counts), 1);
}

TEST(TwinWatch, LooksAtTheWarmUpForCausesAndAtTheSpanForGains) {
    TwinWatch watch{2, Day{10}};
    watch.compare({{happens(1, 3, EventKind::ae_attendance), happens(1, 12, EventKind::need),
                    happens(2, 4, EventKind::ae_attendance)},
                   {happens(1, 12, EventKind::need)}});
    const TwinCounts counts = watch.counts(1, 1);
    EXPECT_EQ(counts.people, 1) << "who was there in the warm-up alone is no one's twin in the span";
    EXPECT_EQ(who_differ(counts), 1);
    EXPECT_EQ(people(counts, 0, Change::same), 1);
    EXPECT_EQ(people(counts, 0, Change::better), 0);
}

TEST(TwinWatch, ComparesEveryArmWithTheFirst) {
    TwinWatch watch{3, Day{0}};
    const Records first{happens(1, 3, EventKind::contact)};
    watch.compare({first, first, {happens(1, 5, EventKind::contact)}});
    EXPECT_EQ(who_differ(watch.counts(0, 1)), 0);
    EXPECT_EQ(who_differ(watch.counts(1, 1)), 0);
    EXPECT_EQ(who_differ(watch.counts(2, 1)), 1);
}

TEST(TwinWatch, TellsPeopleApartWhoFollowOneAnotherInARow) {
    TwinWatch watch{2, Day{0}};
    day::KeptEvent next = happens(9, 3, EventKind::join);
    next.event.row = 1;
    watch.compare({{happens(1, 1, EventKind::leave), next}, {happens(1, 1, EventKind::leave), next}});
    EXPECT_EQ(watch.counts(1, 1).people, 2);
    EXPECT_EQ(who_differ(watch.counts(1, 1)), 0);
}

}  // namespace
}  // namespace segue::compare
