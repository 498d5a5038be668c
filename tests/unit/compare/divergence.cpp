#include "engine/compare/divergence.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace segue::compare {
namespace {

/// Something that happens to the person in a row on a day.
day::KeptEvent happens(int day, EventKind kind, std::uint8_t need = 0, Role role = Role::gp, std::uint32_t row = 7) {
    Event event{row, 1, 0, 0, 0, 0, kind, 0, 0, 0, static_cast<std::uint8_t>(role), need, 0, 0};
    return {1, Day{day}, event};
}

using Records = std::vector<day::KeptEvent>;

std::optional<Cause> cause_between(const Records& a, const Records& b) {
    const auto life = [](const Records& records) {
        std::vector<const day::KeptEvent*> made;
        for (const day::KeptEvent& one : records) made.push_back(&one);
        return made;
    };
    return first_cause(life(a), life(b));
}

constexpr auto need = EventKind::need;
constexpr auto request = EventKind::request;
constexpr auto contact = EventKind::contact;

TEST(FirstCause, IsNoneBetweenEqualLives) {
    const Records life{happens(1, need), happens(1, request), happens(3, contact)};
    EXPECT_EQ(cause_between(life, life), std::nullopt);
    EXPECT_EQ(cause_between({}, {}), std::nullopt);
}

TEST(FirstCause, IsNoneWhereOnlyTheRowDiffersOrTheOrderWithinADay) {
    EXPECT_EQ(cause_between({happens(1, need)}, {happens(1, need, 0, Role::gp, 8)}), std::nullopt);
    EXPECT_EQ(cause_between({happens(1, need, 1), happens(1, need, 2)}, {happens(1, need, 2), happens(1, need, 1)}),
              std::nullopt);
}

TEST(FirstCause, IsTheirOwnDecisionWhenAnotherRoleIsAsked) {
    const Records asks_gp{happens(1, need), happens(1, request), happens(1, contact)};
    const Records asks_nurse{happens(1, need), happens(1, request, 0, Role::practice_nurse),
                             happens(1, contact, 0, Role::practice_nurse)};
    EXPECT_EQ(cause_between(asks_gp, asks_nurse), Cause::own_decision);
}

TEST(FirstCause, IsTheirOwnDecisionWhenTheyDoNotSeekHelp) {
    EXPECT_EQ(
        cause_between({happens(1, need), happens(1, request)}, {happens(1, need), happens(1, EventKind::deterred)}),
        Cause::own_decision);
}

TEST(FirstCause, IsTheirTreatmentWhenTheSameContactTakesLonger) {
    Records longer{happens(1, contact)};
    longer.front().event.value = 2;
    EXPECT_EQ(cause_between({happens(1, contact)}, longer), Cause::own_decision);
}

TEST(FirstCause, IsTheQueueWhenTheSameRequestIsServedOnAnotherDay) {
    EXPECT_EQ(cause_between({happens(1, request), happens(3, contact)}, {happens(1, request), happens(5, contact)}),
              Cause::displaced);
}

TEST(FirstCause, IsTheQueueWhenTheyGiveUpOrWorsenInIt) {
    EXPECT_EQ(cause_between({happens(1, request), happens(9, contact)},
                            {happens(1, request), happens(7, EventKind::gave_up)}),
              Cause::displaced);
    EXPECT_EQ(cause_between({happens(1, request), happens(9, contact)},
                            {happens(1, request), happens(4, EventKind::worsened)}),
              Cause::displaced);
}

TEST(FirstCause, IsAKnockOnWhenNothingOfTheirsDifferedBefore) {
    EXPECT_EQ(cause_between({happens(1, need)}, {}), Cause::knock_on);
    EXPECT_EQ(cause_between({}, {happens(2, EventKind::death)}), Cause::knock_on);
    EXPECT_EQ(cause_between({happens(1, EventKind::segment_move)}, {happens(2, EventKind::segment_move)}),
              Cause::knock_on);
    // A stay of another length is no decision, though it is on the same day.
    Records longer{happens(1, EventKind::discharge)};
    longer.front().event.value = 9;
    EXPECT_EQ(cause_between({happens(1, EventKind::discharge)}, longer), Cause::knock_on);
}

TEST(FirstCause, IsToldByTheFirstDayAndNotByWhatFollows) {
    EXPECT_EQ(cause_between({happens(1, request), happens(3, contact), happens(4, request, 2)},
                            {happens(1, request), happens(4, request, 2, Role::pharmacist)}),
              Cause::displaced);
}

TEST(FirstCause, LeavesOutWhatBothHaveOnThatDay) {
    // Both are triaged for one need; only the contact about the other differs.
    const Records served{happens(3, contact, 1), happens(3, EventKind::triaged, 2)};
    const Records waits{happens(3, EventKind::triaged, 2), happens(5, contact, 1)};
    EXPECT_EQ(cause_between(served, waits), Cause::displaced);
}

TEST(FirstCause, TakesNoNoticeOfMoney) {
    EXPECT_FALSE(is_looked_at(happens(1, EventKind::cost).event));
    EXPECT_FALSE(is_looked_at(happens(1, contact, 0, Role::gp, nobody).event));
    EXPECT_TRUE(is_looked_at(happens(1, contact).event));
}

TEST(CauseOf, GivesEveryKindItsReason) {
    for (const EventKind kind : all<EventKind>()) {
        EXPECT_EQ(cause_of(kind).kind, kind);
        EXPECT_FALSE(cause_of(kind).reason.empty()) << name_of(kind);
    }
}

}  // namespace
}  // namespace segue::compare
