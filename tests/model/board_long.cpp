#include "tests/model/board.hpp"

namespace segue::test {
namespace {

// Three standard errors of twenty replicates and 1%, in every segment and year.
TEST(Board, TheMeanOfTwentyReplicatesFollowsTheCourseOfTheBoardsOwnArithmetic) { expect_the_boards_course(20, 3); }

}  // namespace
}  // namespace segue::test
