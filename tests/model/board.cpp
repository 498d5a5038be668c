#include "tests/model/board.hpp"

namespace segue::test {
namespace {

// Five standard errors of three replicates and 1%: the false-alarm rate of all 95 comparisons together is below 1e-4.
TEST(Board, PeopleFollowTheCourseOfTheBoardsOwnArithmetic) { expect_the_boards_course(3, 5); }

}  // namespace
}  // namespace segue::test
