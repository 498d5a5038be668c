// Whoever is in a hospital bed is looked after there, and nowhere else.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/village.hpp"

namespace segue::test {
namespace {

/// What happens outside a hospital, or on the way into it.
bool is_outside(EventKind kind) {
    static const std::set<EventKind> kinds{EventKind::request,
                                           EventKind::contact,
                                           EventKind::missed,
                                           EventKind::gave_up,
                                           EventKind::worsened,
                                           EventKind::answered,
                                           EventKind::turned_away,
                                           EventKind::triaged,
                                           EventKind::urgent_contact,
                                           EventKind::ae_attendance,

                                           EventKind::emergency_admission};
    return kinds.count(kind) > 0;
}

TEST(InABed, NobodyAsksIsSeenOrGivesUpElsewhere) {
    const auto made = world(with_value(village(), "front_door.same_day_only=true"));
    day::Neighbourhood lived{*made, NeighbourhoodRow{0}, Twin{5, 0}, best_isa()};
    std::size_t told = lived.state().events.events().size();
    std::map<EventKind, int> happened;
    std::int64_t in_bed_days = 0;
    while (lived.today() < made->span().last) {
        std::set<std::uint32_t> in_a_bed;
        for (std::uint32_t row = 0; row < lived.state().people.rows(); ++row) {
            if (lived.state().is_in_a_bed(row)) in_a_bed.insert(row);
        }
        in_bed_days += static_cast<std::int64_t>(in_a_bed.size());
        lived.advance();
        const auto& events = lived.state().events.events();
        for (; told < events.size(); ++told) {
            if (events[told].row == nobody || in_a_bed.count(events[told].row) == 0) continue;
            ++happened[events[told].kind];
            EXPECT_FALSE(is_outside(events[told].kind)) << name_of(events[told].kind);
        }
    }
    EXPECT_GT(in_bed_days, 1'000);
    EXPECT_GT(happened[EventKind::need_in_hospital], 10);
    EXPECT_EQ(happened[EventKind::need], happened[EventKind::need_in_hospital]);
    EXPECT_GE(happened[EventKind::need_met], happened[EventKind::need_in_hospital]);
}

TEST(InABed, NobodyIsWhoHasLeftOrGoneHome) {
    const auto made = world(village());
    const auto lived = lived_through(*made);
    std::int64_t in_a_bed = 0;
    for (std::uint32_t row = 0; row < lived->state().people.rows(); ++row) {
        if (!lived->state().is_in_a_bed(row)) continue;
        ++in_a_bed;
        EXPECT_EQ(lived->state().people.present[row], 1);
    }
    EXPECT_EQ(in_a_bed, lived->audit().in_a_bed);
}

}  // namespace
}  // namespace segue::test
