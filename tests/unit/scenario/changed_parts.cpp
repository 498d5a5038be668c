#include "engine/scenario/changed_parts.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/scenario/world.hpp"

namespace segue {
namespace {

using test::loaded;
using test::Tree;

constexpr const char* base_text = R"(format = 1
[book]
carve_out_share = 0.3
[team.roles]
gp = { wte = 10 }
practice_nurse = { wte = 5 }
[needs.cough]
stream = 1
onset_per_year = 2
[[change]]
name = "more"
on = 2026-07-01
set = { "team.roles.gp.wte" = 11 }
)";

constexpr const char* other_text = R"(format = 1
extends = "base.toml"
[book]
carve_out_share = 0.5
open = true
[team.roles]
gp = { wte = 12 }
[needs.wound]
stream = 2
[needs.wound.roles.practice_nurse]
resolution = 0.9
[[change]]
name = "more"
remove = true
[[change]]
name = "fewer"
on = 2026-05-01
set = { "team.roles.practice_nurse.wte" = 4 }
[[output]]
name = "contacts"
measure = "contacts"
)";

class ChangedPartsOfFiles : public testing::Test {
protected:
    [[nodiscard]] const ChangedPart& part(const std::string& name) const {
        return *std::find_if(parts_.begin(), parts_.end(), [&](const ChangedPart& one) { return one.name == name; });
    }
    [[nodiscard]] Scenario with(const std::vector<std::string>& names) const {
        std::vector<const ChangedPart*> taken;
        for (const std::string& name : names) taken.push_back(&part(name));
        return with_parts(base_, other_, taken);
    }

    Tree tree_;
    Scenario base_{loaded(tree_.write("s/base.toml", base_text))};
    Scenario other_{loaded(tree_.write("s/other.toml", other_text))};
    std::vector<ChangedPart> parts_{changed_parts(base_, other_)};
};

TEST_F(ChangedPartsOfFiles, AreWhatAUserChangesTogether) {
    std::vector<std::string> names;
    for (const ChangedPart& one : parts_) names.push_back(one.name);
    EXPECT_EQ(names, (std::vector<std::string>{"book", "needs.wound", "team.roles.gp", "change.more", "change.fewer"}));
    EXPECT_EQ(part("book").keys, (std::vector<std::string>{"book.carve_out_share", "book.open"}));
}

TEST_F(ChangedPartsOfFiles, AreTakenUpOneByOne) {
    const Scenario gp = with({"team.roles.gp"});
    EXPECT_EQ(gp.value("team.roles.gp.wte"), Value{12.0});
    EXPECT_EQ(gp.value("book.carve_out_share"), Value{0.3});
    EXPECT_EQ(gp.names_in("needs.*"), std::vector<std::string>{"cough"});
    ASSERT_EQ(gp.changes().size(), 1U);
    EXPECT_EQ(gp.changes().front().name, "more");
}

TEST_F(ChangedPartsOfFiles, MakeNamesAndTakeChangesAway) {
    const Scenario wound = with({"needs.wound", "change.fewer"});
    EXPECT_EQ(wound.names_in("needs.*"), (std::vector<std::string>{"cough", "wound"}));
    EXPECT_EQ(wound.names_in("needs.*.roles.*", {"wound"}), std::vector<std::string>{"practice_nurse"});
    ASSERT_EQ(wound.changes().size(), 2U);
    EXPECT_EQ(wound.changes().front().name, "fewer") << "changes stay in the order of their dates";
    EXPECT_TRUE(with({"change.more"}).changes().empty());
}

TEST_F(ChangedPartsOfFiles, AllTogetherAreTheOtherScenarioButForItsOutputs) {
    const Scenario whole = with({"book", "needs.wound", "team.roles.gp", "change.more", "change.fewer"});
    EXPECT_TRUE(changed_parts(whole, other_).empty());
    EXPECT_TRUE(changed_parts(base_, with({})).empty());
    EXPECT_EQ(with({}).hash(), base_.hash());
}

}  // namespace
}  // namespace segue
