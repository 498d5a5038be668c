// People, needs, contacts, minutes, money, beds and days waited are conserved at every month's end, whatever the
// scenario. tests/unit/day shows that each of these checks fires when its equation is broken.
#include <gtest/gtest.h>

#include "tests/support/village.hpp"

namespace segue::test {
namespace {

struct Case {
    const char* name;
    Village village;
};

std::vector<Case> cases() {
    const Village plain = village();
    return {
        {"Plain", plain},
        {"ElasticCapacity", with_value(with_value(plain, "book.capacity=elastic"), "book.overtime_share=0.3")},
        {"FewGps", with_value(plain, "team.roles.gp.wte=0.6")},
        {"NobodyInPost",
         with(plain, "[team.roles]\ngp = { wte = 0 }\npractice_nurse = { wte = 0 }\ndistrict_nurse = { wte = 0 }\n")},
        {"OpenAtWeekends", with_value(with_value(plain, "book.weekday_share=[1, 1, 1, 1, 1, 0.5, 0.2]"),
                                      "book.open_on_bank_holidays=true")},
        {"LostInNavigation", with_value(plain, "navigation.error_share=0.4")},
        {"AllTriaged", with(plain, "[navigation.triage]\nchannels = [\"telephone\", \"online\", \"in_person\"]\n")},
        {"SameDayOnly", with_value(with_value(plain, "front_door.same_day_only=true"), "team.roles.gp.wte=0.9")},
        {"DirectAccess", with_value(plain, "navigation.direct=[\"pharmacist\", \"practice_nurse\", \"skin\"]")},
        {"NobodyNeedAnswer", with_value(plain, "front_door.call_handling=false")},
        {"OnlineOnly", with_value(with_value(plain, "front_door.channels.telephone.open=false"),
                                  "front_door.channels.in_person.open=false")},
        {"WithoutFeedbacks", without_feedbacks(plain)},
        {"OnePeopleForAll", with_value(plain, "run.people=fixed")},
        {"FewerFromJuly", with(plain,
                               "[[change]]\nname = \"fewer\"\non = 2026-07-01\nset = { \"team.roles.gp.wte\" = 0.9, "
                               "\"team.roles.practice_nurse.wte\" = 0 }\n")},
        {"OneBookFromOctober",
         with(plain,
              "[[change]]\nname = \"one book\"\non = 2026-10-07\nset = { \"team.roles.gp.book\" = \"hub\", "
              "\"book.urgent_carve_out_share\" = 0.1 }\n")},
        {"Backlogs", with(plain,
                          "[backlog.gp]\npeople = 500\nneed = \"minor_acute\"\n[backlog.treatment]\npeople = "
                          "300\nneed = \"musculoskeletal\"\n")},
        {"TwoVillages", two_villages()},
    };
}

class Conservation : public testing::TestWithParam<Case> {};

std::string findings(const day::Neighbourhood& neighbourhood) {
    std::string told;
    for (const day::SelfCheck& check : day::self_checks(neighbourhood.audit())) {
        if (!check.held) told += check.name + ": " + check.finding + "\n";
    }
    return told;
}

TEST_P(Conservation, HoldsAtEveryMonthsEnd) {
    const auto made = world(GetParam().village);
    for (std::uint32_t row = 0; row < made->neighbourhoods().size(); ++row) {
        day::Neighbourhood lived{*made, NeighbourhoodRow{row}, Twin{11, 0}, best_isa()};
        while (lived.today() < made->span().last) {
            lived.advance();
            if (to_date(lived.today() + 1).day != 1) continue;
            ASSERT_EQ(findings(lived), "") << to_string(to_date(lived.today()));
        }
        // There was something to conserve.
        const day::Audit audit = lived.audit();
        EXPECT_GT(audit.people_entered, 100);
        EXPECT_GT(audit.needs_met, 1000);
        EXPECT_GT(audit.charged_by_setting, 0);
        EXPECT_GT(audit.admitted, 10);
    }
}

TEST_P(Conservation, HoldsInTheResultsToo) {
    const Results results = run(GetParam().village);
    EXPECT_EQ(total(results, "replicate_status"), 0);
    const double arose = total(results, "needs");
    EXPECT_NEAR(total(results, "met_needs") + total(results, "unmet_needs"), arose,
                0.05 * arose);  // the others are open
    EXPECT_LE(total(results, "minutes_used"), total(results, "minutes_available") * 1.001);
    const auto spent = [&](const char* scope) { return total(results, "cost_gbp", {{"scope", scope}}); };
    EXPECT_LT(spent("practice"), spent("primary_and_community"));
    EXPECT_LT(spent("primary_and_community"), spent("all_nhs"));
    EXPECT_LE(spent("all_nhs"), spent("nhs_and_social_care"));
    EXPECT_NEAR(total(results, "cost_by_setting_gbp"), spent("nhs_and_social_care"), 1);
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, Conservation, testing::ValuesIn(cases()),
                         [](const auto& tested) { return std::string{tested.param.name}; });

}  // namespace
}  // namespace segue::test
