#include "engine/compare/comparison.hpp"

#include <set>

#include <gtest/gtest.h>

namespace segue::compare {
namespace {

TEST(Headlines, AreReadAndNamedOnce) {
    Problems problems;
    const HeadlineReader reader{headlines(), problems};
    EXPECT_FALSE(problems.has_errors());
    std::set<std::string> names;
    for (const Headline& one : reader.headlines()) EXPECT_TRUE(names.insert(one.name()).second) << one.name();
    EXPECT_TRUE(names.contains("ae_attendances"));
    EXPECT_TRUE(names.contains("contacts[role=gp]"));
    EXPECT_TRUE(names.contains("cost_gbp[scope=all_nhs]"));
}

std::string fault(const std::string& text) {
    Problems problems;
    EXPECT_FALSE(parse_precision(text, headlines(), problems)) << text;
    return to_string(problems.all().front());
}

TEST(Precision, IsAHeadlineAndAShare) {
    Problems problems;
    const auto precision = parse_precision("contacts[role=gp]  0.5%", headlines(), problems);
    ASSERT_TRUE(precision);
    EXPECT_EQ(headlines()[precision->headline].name(), "contacts[role=gp]");
    EXPECT_DOUBLE_EQ(precision->share, 0.005);
}

TEST(Precision, SaysWhatItDoesNotUnderstand) {
    EXPECT_NE(fault("ae_attendence 1%").find("did you mean \"ae_attendances\"?"), std::string::npos);
    for (const char* text : {"", "1%", "ae_attendances", "ae_attendances 1", "ae_attendances 0%", "ae_attendances -1%",
                             "ae_attendances 101%", "ae_attendances nan%"}) {
        EXPECT_NE(fault(text).find("is no precision"), std::string::npos) << text;
    }
}

/// Two arms with one headline: 100 in the first, and what is given in the other.
Comparison with_differences(const std::vector<double>& differences) {
    Comparison made;
    for (const double one : differences) made.replicates.push_back({{{100}, {100 + one}}, {}});
    return made;
}

TEST(Precision, IsMetWhenHalfTheIntervalIsWithinTheShare) {
    // Student's t for two replicates is 12.706: half the interval of -1 and 1 is as wide.
    EXPECT_TRUE(is_met({0, 0.128}, with_differences({-1, 1})));
    EXPECT_FALSE(is_met({0, 0.127}, with_differences({-1, 1})));
    EXPECT_FALSE(is_met({0, 1}, with_differences({0})));
}

TEST(PairedDifference, IsTwinByTwin) {
    Comparison comparison;
    for (const double luck : {-10.0, 0.0, 10.0}) comparison.replicates.push_back({{{100 + luck}, {103 + luck}}, {}});
    const PairedDifference one = paired_difference(comparison, 1, 0, 0.01);
    EXPECT_DOUBLE_EQ(one.first, 100);
    EXPECT_DOUBLE_EQ(one.arm, 103);
    EXPECT_DOUBLE_EQ(one.difference.mean, 3);
    EXPECT_EQ(one.difference.half_width, 0);
    EXPECT_EQ(one.needed, 2U);
}

}  // namespace
}  // namespace segue::compare
