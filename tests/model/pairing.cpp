// One more session of a GP: the same people have the same needs, and what care makes of them is the difference.
#include <gtest/gtest.h>

#include "tests/support/village.hpp"

namespace segue::test {
namespace {

using OnsetsOfDay = std::vector<std::array<std::uint32_t, 3>>;

/// Every onset in turn: day, row, kind.
OnsetsOfDay onsets(const day::Neighbourhood& lived) {
    OnsetsOfDay found;
    for (const Event& event : lived.state().events.events()) {
        if (event.kind == EventKind::need && event.what == static_cast<std::uint8_t>(NeedOrigin::onset)) {
            found.push_back({event.day, event.row, event.need});
        }
    }
    return found;
}

class Pairing : public testing::Test {
protected:
    // GPs are short, so that a session more is felt.
    static constexpr double gps = 0.6;
    static Village stretched() { return with_value(two_villages(), "team.roles.gp.wte=0.6"); }
    static void SetUpTestSuite() {
        plain_ = new Results{run(stretched())};
        more_ = new Results{run(one_more_gp_session(stretched(), "west", gps))};
    }
    static void TearDownTestSuite() {
        delete plain_;
        delete more_;
    }
    static inline const Results* plain_ = nullptr;
    static inline const Results* more_ = nullptr;
};

TEST_F(Pairing, OneMoreSessionLeavesEveryOnsetAsItWas) {
    const Where onset{{"origin", "onset"}};
    EXPECT_EQ(cells(*plain_, "needs", onset), cells(*more_, "needs", onset));
    for (const char* of_life : {"population", "on_register", "births", "deaths", "joins", "leaves"}) {
        EXPECT_EQ(cells(*plain_, of_life), cells(*more_, of_life)) << of_life;
    }
}

TEST_F(Pairing, OneMoreSessionLeavesTheOnsetOfEveryPersonAsItWas) {
    const auto plain = world(village());
    const auto more = world(one_more_gp_session(village()));
    EXPECT_EQ(onsets(*lived_through(*plain)), onsets(*lived_through(*more)));
}

TEST_F(Pairing, OneMoreSessionMakesMoreContactsAndFewerAsksAgain) {
    const Where gp_west{{"neighbourhood", "west"}, {"role", "gp"}};
    const auto asked = [&](const Results& results, const char* why) {
        return total(results, "requests", {{"neighbourhood", "west"}, {"request_origin", why}});
    };
    EXPECT_GT(total(*more_, "contacts", gp_west), total(*plain_, "contacts", gp_west));
    EXPECT_LT(total(*more_, "gave_up", {{"neighbourhood", "west"}}),
              total(*plain_, "gave_up", {{"neighbourhood", "west"}}));
    EXPECT_LT(asked(*more_, "worsened"), asked(*plain_, "worsened"));    // they wait less
    EXPECT_GT(asked(*more_, "follow_up"), asked(*plain_, "follow_up"));  // more contacts, more of them followed up
    const Where derived{{"neighbourhood", "west"}, {"origin", "derived"}};
    EXPECT_GT(total(*more_, "needs", derived), total(*plain_, "needs", derived));
}

TEST_F(Pairing, OneMoreSessionLeavesTheOtherNeighbourhoodUntouched) {
    for (const Variable& variable : plain_->variables) {
        if (variable.name == "replicate_status") continue;
        const Where east{{"neighbourhood", "east"}};
        EXPECT_EQ(cells(*plain_, variable.name, east), cells(*more_, variable.name, east)) << variable.name;
    }
}

TEST_F(Pairing, WithoutFeedbacksOneMoreSessionMakesNoDerivedDemand) {
    const Results plain = run(without_feedbacks(stretched()));
    const Results more = run(one_more_gp_session(without_feedbacks(stretched()), "west", gps));
    EXPECT_EQ(total(plain, "needs", {{"origin", "derived"}}), 0);
    EXPECT_EQ(cells(plain, "needs"), cells(more, "needs"));
    for (const char* again : {"follow_up", "handoff", "returned", "rebooked", "worsened", "repeated", "sent_back"}) {
        EXPECT_EQ(total(plain, "requests", {{"request_origin", again}}), 0) << again;
        EXPECT_EQ(total(more, "requests", {{"request_origin", again}}), 0) << again;
    }
}

struct Loop {
    const char* name;
    const char* origin;  ///< of the requests that it makes
};

class Feedbacks : public testing::TestWithParam<Loop> {};

TEST_P(Feedbacks, EachStopsWhenSwitchedOffAndTheOthersGoOn) {
    const Village stretched = with_value(village(), "team.roles.gp.wte=0.9");
    const Results off = run(with_value(stretched, std::string{"feedbacks."} + GetParam().name + "=false"));
    for (const char* origin :
         {"onset", "follow_up", "handoff", "returned", "rebooked", "worsened", "repeated", "sent_back"}) {
        const double asked = total(off, "requests", {{"request_origin", origin}});
        if (origin == std::string{GetParam().origin}) {
            EXPECT_EQ(asked, 0) << origin;
        } else {
            EXPECT_GT(asked, 0) << origin;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(OneByOne, Feedbacks,
                         testing::Values(Loop{"follow_ups", "follow_up"}, Loop{"handoffs", "handoff"},
                                         Loop{"returns", "returned"}, Loop{"rebooking", "rebooked"},
                                         Loop{"worsening", "worsened"}, Loop{"repeats", "repeated"},
                                         Loop{"sent_back", "sent_back"}),
                         [](const auto& tested) { return std::string{tested.param.name}; });

}  // namespace
}  // namespace segue::test
