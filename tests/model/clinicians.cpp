// Named clinicians: where and when they work, and what is refused.
#include <gtest/gtest.h>

#include "engine/model/rota.hpp"
#include "tests/support/village.hpp"

namespace segue::test {
namespace {

Scenario with_staff(const std::string& staff) { return world(with(village(), staff))->scenario(); }

constexpr const char* two_gps = R"(
[[clinician]]
name = "Dr West"
role = "gp"
practice = "practice_1"
wte = 0.6
days = ["monday", "tuesday", "wednesday"]
leaving = 2026-09-01
[[clinician]]
name = "Dr East"
role = "gp"
practice = "practice_2"
wte = 0.5
)";

TEST(Clinicians, WorkOnTheirDaysUntilTheyLeave) {
    const Scenario scenario = with_staff(two_gps);
    EXPECT_DOUBLE_EQ(wte_in_post(scenario, Role::gp), 1.1);
    EXPECT_DOUBLE_EQ(wte_in_post(scenario, Role::practice_nurse), 0.804);
    Lines lines;
    lines.practices = 2;
    for (const Role role : all<Role>())
        lines.owners[role] = scenario.read<TeamRoleParameters>({std::string{name_of(role)}}).book;
    Problems problems;
    const auto desks_on = [&](const Date& date) {
        std::vector<Desk> gps;
        for (const Desk& desk : desks_of(scenario.as_of(date, "village"), lines, {0.6, 0.4}, problems)) {
            if (role_of_line(desk.line) == Role::gp) gps.push_back(desk);
        }
        return gps;
    };
    const std::vector<Desk> before = desks_on({2026, 8, 31});
    ASSERT_EQ(before.size(), 2U);
    EXPECT_EQ(before[0].line, lines.of(0, Role::gp));
    // 0.6 of a week of five days in three days of 7.5 h x 60 x 0.834 x 0.62 minutes, 232.69, times the calibrated load.
    const double load = scenario.read<RoleParameters>({"gp"}).baseline_load;
    EXPECT_NEAR(static_cast<double>(before[0].minutes[index(Weekday::monday)]), 2326.86 * load, 1);
    EXPECT_EQ(before[0].minutes[index(Weekday::thursday)], 0);
    EXPECT_EQ(desks_on({2026, 9, 1}).size(), 1U);
    EXPECT_FALSE(problems.has_errors());
}

std::string fault_of(const std::string& staff) {
    try {
        static_cast<void>(with_staff(staff));
    } catch (const ScenarioError& error) {
        return error.what();
    }
    return "";
}

TEST(Clinicians, AreRefusedInNoPractice) {
    EXPECT_NE(
        fault_of("[[clinician]]\nname = \"Dr Nowhere\"\nrole = \"gp\"\nwte = 1\n")
            .find("clinician \"Dr Nowhere\" is in no practice; expected practice = one of practice_1, practice_2"),
        std::string::npos);
    EXPECT_NE(fault_of("[[clinician]]\nname = \"A\"\nrole = \"gp\"\nwte = 1\npractice = \"practise_1\"\n")
                  .find("there is no practice \"practise_1\"; expected one of practice_1, practice_2; did you mean "
                        "\"practice_1\"?"),
              std::string::npos);
    EXPECT_NE(fault_of("[[clinician]]\nname = \"B\"\nrole = \"gp\"\nwte = 1\npractice = \"practice_1\"\n"
                       "days = [\"sunday\"]\n")
                  .find("works on no day on which the books are open"),
              std::string::npos);
    EXPECT_NE(fault_of("[[clinician]]\nname = \"C\"\nrole = \"link_worker\"\nwte = 1\npractice = \"practice_1\"\n")
                  .find("is in a practice, and team.roles.link_worker.book is \"hub\""),
              std::string::npos);
    EXPECT_NE(fault_of("[[clinician]]\nname = \"D\"\nrole = \"gp\"\nwte = 1\npractice = \"practice_1\"\n"
                       "start = 2026-05-01\nleaving = 2026-05-01\n")
                  .find("leaves on the day of starting or before"),
              std::string::npos);
}

}  // namespace
}  // namespace segue::test
