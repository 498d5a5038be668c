#include "engine/model/money/ledger.hpp"

#include <gtest/gtest.h>

namespace segue::money {
namespace {

TEST(Ledger, AccruesAYearlyAmountToThePennyOverFourYears) {
    for (const Pence per_year : {Pence{1}, Pence{99}, Pence{36'525}, Pence{1'234'567'891}}) {
        Pence sum = 0;
        const Day first = to_day({2026, 4, 1});
        for (std::int32_t n = 0; n < 1461; ++n) sum += on_day(per_year, first + n);
        // Four years of 365.25 days hold four times the amount; the running total is rounded down at both ends.
        EXPECT_NEAR(static_cast<double>(sum), static_cast<double>(4 * per_year), 1) << per_year;
    }
}

TEST(Ledger, CountsAWiderScopeAsHoldingTheNarrower) {
    EXPECT_EQ(narrowest_scope(Setting::general_practice), Scope::practice);
    EXPECT_EQ(narrowest_scope(Setting::community_nursing), Scope::primary_and_community);
    EXPECT_EQ(narrowest_scope(Setting::accident_and_emergency), Scope::all_nhs);
    EXPECT_EQ(narrowest_scope(Setting::social_care), Scope::nhs_and_social_care);
}

}  // namespace
}  // namespace segue::money
