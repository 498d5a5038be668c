#include "engine/population/population_tables.hpp"

#include <gtest/gtest.h>

#include "tests/unit/population/shipped_tables.hpp"

namespace segue {
namespace {

std::vector<Problem> problems_with(const std::string& name, const std::string& text) {
    test::ShippedTables tables{{{name, text}}};
    static_cast<void>(tables.read());
    return tables.problems.all();
}

std::string shipped(const std::string& name) { return test::file_text("scenarios/data/" + name + ".csv"); }

std::string without_line(std::string text, const std::string& start) {
    const std::size_t from = text.find("\n" + start) + 1;
    return text.erase(from, text.find('\n', from) - from + 1);
}

TEST(AgeRange, IsYearsBandsOrOpen) {
    EXPECT_EQ(parse_age_range("17"), (AgeRange{17, 17}));
    EXPECT_EQ(parse_age_range("5-9"), (AgeRange{5, 9}));
    EXPECT_EQ(parse_age_range("90+"), (AgeRange{90, oldest_age}));
    for (const char* text : {"", "-", "9-5", "-5", "5-", "x", "5-9+", "200", "1.5", "5 - 9"})
        EXPECT_FALSE(parse_age_range(text)) << text;
}

TEST(PopulationTables, AreWholeAsShipped) {
    test::ShippedTables files;
    const PopulationTables tables = files.read();
    EXPECT_TRUE(files.problems.all().empty());
    double total = 0;
    double old = 0;
    for (std::size_t age = 0; age < age_count; ++age) {
        for (const Sex sex : all<Sex>()) {
            total += tables.list.share[age][sex];
            old += age >= 65 ? tables.list.share[age][sex] : 0;
            double fifths = 0;
            for (const double share : tables.list.quintile_share[age][sex]) fifths += share;
            EXPECT_NEAR(fifths, 1, 1e-9);
        }
    }
    EXPECT_NEAR(total, 1, 1e-9);
    EXPECT_NEAR(old, 0.1779, 0.0001);
    EXPECT_EQ(tables.health.hazard_ratio[Frailty::severe], 4.52);
    double fertility = 0;
    for (const double rate : tables.movement.births_per_woman_year) fertility += rate;
    EXPECT_NEAR(fertility, 1.44, 0.005);
}

TEST(PopulationTables, SayWhichAgeOrWordIsMissing) {
    const auto gap = problems_with("life_table", without_line(shipped("life_table"), "40,female"));
    ASSERT_EQ(gap.size(), 1U);
    EXPECT_NE(gap[0].what.find("female, age 40"), std::string::npos) << gap[0].what;
    const auto word = problems_with("frailty_mortality", without_line(shipped("frailty_mortality"), "mild"));
    ASSERT_EQ(word.size(), 1U);
    EXPECT_NE(word[0].what.find("mild"), std::string::npos);
    const auto band =
        problems_with("condition_prevalence", without_line(shipped("condition_prevalence"), "asthma,male,40-49"));
    ASSERT_EQ(band.size(), 1U);
    EXPECT_NE(band[0].what.find("asthma, male"), std::string::npos);
}

TEST(PopulationTables, SayWhichCellIsWrong) {
    std::string text = shipped("frailty_mortality");
    text.replace(text.find("severe"), 6, "servere");
    const auto misspelt = problems_with("frailty_mortality", text);
    ASSERT_GE(misspelt.size(), 1U);
    EXPECT_EQ(misspelt[0].advice, "did you mean 'severe'?");
    EXPECT_GT(misspelt[0].place.line, 1);
    const auto column = problems_with("frailty_mortality", "frailty,ratio\nfit,1\n");
    ASSERT_EQ(column.size(), 1U);
    EXPECT_NE(column[0].what.find("no column hazard_ratio"), std::string::npos);
    std::string matrix = shipped("liability_correlation");
    matrix.replace(matrix.find("hypertension,1,0.372"), 20, "hypertension,1,0.999");
    EXPECT_EQ(problems_with("liability_correlation", matrix).size(), 1U);
}

}  // namespace
}  // namespace segue
