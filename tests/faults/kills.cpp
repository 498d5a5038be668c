#include "tests/faults/interrupted_run.hpp"

namespace segue {
namespace {

TEST(Kills, FortyLoseNothing) { test::kill_and_resume(40, 20260401); }

}  // namespace
}  // namespace segue
