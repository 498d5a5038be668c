#include "engine/scenario/table.hpp"

#include <gtest/gtest.h>

#include "engine/scenario/gate.hpp"

namespace segue {
namespace {

struct Read {
    Table table;
    std::string messages;
};

Read read(const std::string& bytes) {
    Problems problems;
    Read made{read_table("t", "t.csv", bytes, problems), {}};
    for (const Problem& problem : problems.all()) made.messages += to_string(problem) + "\n";
    return made;
}

TEST(Table, KnowsItsColumnsRowsNotesAndPlaces) {
    const auto [table, messages] = read("# Source: a study\r\n#\r\nage,chance\r\n0,0.5\r\n10,0.25\r\n");
    EXPECT_EQ(messages, "");
    EXPECT_EQ(table.notes(), (std::vector<std::string>{"Source: a study", ""}));
    EXPECT_EQ(table.columns(), (std::vector<std::string>{"age", "chance"}));
    ASSERT_EQ(table.rows(), 2U);
    EXPECT_EQ(table.text(1, 0), "10");
    EXPECT_EQ(table.place(1, 1), (Place{"t.csv", 5, 4}));
    EXPECT_EQ(table.column("chance"), 1U);
    EXPECT_EQ(table.column("sex"), std::nullopt);
}

TEST(Table, ReadsQuotedCellsWithCommasQuotesAndLineEnds) {
    const auto [table, messages] = read("a,b,c\n\"x, \"\"y\"\"\",\"two\nlines\",\xC3\xA9\n\n1,2,3");
    EXPECT_EQ(messages, "");
    EXPECT_EQ(table.text(0, 0), "x, \"y\"");
    EXPECT_EQ(table.text(0, 1), "two\nlines");
    EXPECT_EQ(table.place(0, 2), (Place{"t.csv", 3, 8}));
    EXPECT_EQ(table.place(1, 2), (Place{"t.csv", 5, 5}));
    EXPECT_EQ(table.text(1, 2), "3");
}

TEST(Table, ReportsEveryFaultAndKeepsTheSoundRows) {
    const auto [table, messages] = read("a,b,a\n1,2\n1,2,3\n1,x\"y,3\n\"1\"2,2,3\n\"open,2,3\n");
    EXPECT_EQ(messages,
              "t.csv:1:5: the column a comes twice; expected each column once\n"
              "t.csv:2:1: the row has 2 cells; expected 3, as the header has\n"
              "t.csv:4:4: a quote stands inside a cell without quotes; expected the whole cell in quotes, inner quotes "
              "doubled\n"
              "t.csv:5:4: text follows a closing quote; expected a comma or the end of the line\n"
              "t.csv:6:1: a quoted cell does not end; expected a closing quote\n"
              "t.csv:6:1: the row has 1 cells; expected 3, as the header has\n");
    EXPECT_EQ(table.text(0, 2), "3");
}

TEST(Table, RefusesAColumnWhoseNameNoMessageCouldBear) {
    EXPECT_EQ(read("a," + std::string(most_column_name_bytes, 'b') + "\n1,2\n").messages, "");
    const auto [table, messages] = read("a," + std::string(9'000, 'b') + "\n1,x\n");
    EXPECT_EQ(messages, "t.csv:1:3: the name of a column has 9000 bytes; expected at most 80\n");
    Problems problems;
    static_cast<void>(table.number(0, 1, problems));
    ASSERT_TRUE(problems.has_errors());
    EXPECT_LT(to_string(problems.all().front()).size(), 200U);
}

TEST(Table, RefusesNumbersThatAreNotFiniteOrNotNumbers) {
    const auto [table, unused] = read("a,b,c,d\nnan,-inf,1e400,3.5\n");
    Problems problems;
    for (std::size_t column = 0; column < 3; ++column) EXPECT_EQ(table.number(0, column, problems), 0);
    EXPECT_EQ(table.number(0, 3, problems), 3.5);
    EXPECT_EQ(table.integer(0, 3, problems), 0);
    ASSERT_EQ(problems.all().size(), 4U);
    EXPECT_EQ(to_string(problems.all()[1]), "t.csv:2:5: b is \"-inf\"; expected a finite number");
    EXPECT_EQ(to_string(problems.all()[3]), "t.csv:2:16: d is \"3.5\"; expected a whole number");
}

TEST(Table, RefusesBytesThatAreNoText) {
    EXPECT_EQ(read("a\n\xFF\n").messages, "t.csv:2:1: byte 0xFF is not UTF-8; expected UTF-8 text\n");
    EXPECT_EQ(read(std::string{"a\n\0\n", 4}).messages, "t.csv:2:1: byte 0x00 is a control character; expected text\n");
    EXPECT_EQ(read("a\n" + std::string(70'000, 'x')).messages,
              "t.csv:2:1: the line has 70000 bytes; expected at most 65536\n");
    EXPECT_EQ(read("").messages, "t.csv: the table is empty; expected a line of column names\n");
    EXPECT_EQ(read("# a note alone\n").messages, "t.csv: the table is empty; expected a line of column names\n");
    EXPECT_EQ(read("\xEF\xBB\xBF"
                   "a\n1\n")
                  .table.columns(),
              std::vector<std::string>{"a"});
}

}  // namespace
}  // namespace segue
