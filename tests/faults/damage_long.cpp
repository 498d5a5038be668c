#include "tests/faults/damaged_file.hpp"

namespace segue {
namespace {

TEST(Damage, FiveThousandCopiesReadTrueOrNotAtAll) { test::damage_and_read(5000, 20260404); }

}  // namespace
}  // namespace segue
