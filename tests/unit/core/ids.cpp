#include "engine/core/ids.hpp"

#include <set>
#include <type_traits>

#include <gtest/gtest.h>

namespace segue {
namespace {

static_assert(!std::is_convertible_v<PersonRow, NeighbourhoodRow> && !std::is_convertible_v<std::uint32_t, PersonRow>);
static_assert(!std::is_convertible_v<PersonKey, PersonRow>);

TEST(EntrantKey, DiffersWithPlaceDayAndSlot) {
    std::set<PersonKey> keys;
    for (const std::uint32_t place : {0U, 1U, 4095U}) {
        for (const std::int32_t day : {0, 1, 20'544, 1'048'575}) {
            for (const std::uint32_t slot : {0U, 1U, 4'294'967'295U}) {
                keys.insert(entrant_key(NeighbourhoodRow{place}, day, slot));
            }
        }
    }
    EXPECT_EQ(keys.size(), 36U);
}

TEST(EntrantKey, PutsPlaceAboveDayAboveSlot) {
    EXPECT_EQ(entrant_key(NeighbourhoodRow{0xABC}, 0x12345, 0x89ABCDEF).value(), 0xABC1'2345'89AB'CDEFULL);
}

}  // namespace
}  // namespace segue
