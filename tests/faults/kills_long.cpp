#include "tests/faults/interrupted_run.hpp"

namespace segue {
namespace {

TEST(Kills, AThousandLoseNothing) { test::kill_and_resume(1000, 20260402); }

}  // namespace
}  // namespace segue
