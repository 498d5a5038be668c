/// \file
/// Whether a count agrees with the chance it was drawn by.
#pragma once
#include <cmath>

#include <gtest/gtest.h>

namespace segue::test {

/// Five standard deviations: a false alarm in 1.7 million comparisons of a right count (two-sided 5.7e-7).
inline void expect_share(double count, double people, double share, const char* what) {
    const double spread = std::sqrt(people * share * (1 - share));
    EXPECT_NEAR(count, people * share, 5 * spread + 1) << what << ": " << count / people << " against " << share;
}

}  // namespace segue::test
