#include "tests/faults/damaged_file.hpp"

namespace segue {
namespace {

TEST(Damage, AHundredAndFiftyCopiesReadTrueOrNotAtAll) { test::damage_and_read(150, 20260403); }

}  // namespace
}  // namespace segue
