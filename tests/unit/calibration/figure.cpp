#include "engine/calibration/figure.hpp"

#include <gtest/gtest.h>

namespace segue::calibration {
namespace {

const Place place{"targets.csv", 7, 3};

/// Every measure is worth its name's length, less one for each label that is chosen.
double worth(const Term& term) {
    double value = static_cast<double>(term.name.size());
    for (const Choice& choice : term.choices) value -= static_cast<double>(choice.labels.size());
    return value;
}

double value_of(const std::string& text) {
    Problems problems;
    const auto figure = Figure::parse(text, place, problems);
    problems.raise_if_any();
    return figure->value(worth);
}

TEST(Figure, MultipliesAndDividesBeforeItAddsAndSubtracts) {
    EXPECT_DOUBLE_EQ(value_of("1 + 2 * 3 - 8 / 4"), 5);
    EXPECT_DOUBLE_EQ(value_of("(1 + 2) * 3"), 9);
    EXPECT_DOUBLE_EQ(value_of("12 / 3 / 2"), 2);
}

TEST(Figure, ReadsMeasuresAndTheCellsThatCount) {
    EXPECT_DOUBLE_EQ(value_of("deaths / births"), 1);
    EXPECT_DOUBLE_EQ(value_of("contacts[role=gp|paramedic, mode=telephone] + 0.5"), 5.5);
    Problems problems;
    const auto figure = Figure::parse("contacts[age_band=85-89|90+]", place, problems);
    ASSERT_TRUE(figure);
    EXPECT_EQ(figure->terms().front().choices.front().dimension, "age_band");
    EXPECT_EQ(figure->terms().front().choices.front().labels, (std::vector<std::string>{"85-89", "90+"}));
}

/// Where a text cannot be read, and what is said of it.
struct Unreadable {
    const char* text;
    int column;  ///< in the line, of the fault
};
class UnreadableFigure : public testing::TestWithParam<Unreadable> {};

TEST_P(UnreadableFigure, IsAProblemAtItsOwnColumn) {
    Problems problems;
    (void)Figure::parse(GetParam().text, place, problems);
    ASSERT_FALSE(problems.all().empty());
    EXPECT_EQ(problems.all().front().place.line, place.line);
    EXPECT_EQ(problems.all().front().place.column, place.column + GetParam().column);
}

INSTANTIATE_TEST_SUITE_P(OneByOne, UnreadableFigure,
                         testing::Values(Unreadable{"", 0}, Unreadable{"deaths /", 8}, Unreadable{"(deaths", 7},
                                         Unreadable{"deaths births", 7}, Unreadable{"contacts[role]", 13},
                                         Unreadable{"contacts[role=]", 14}, Unreadable{"deaths % 2", 7}));

}  // namespace
}  // namespace segue::calibration
