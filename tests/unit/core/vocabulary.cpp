#include "engine/core/vocabulary.hpp"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "engine/core/contracts.hpp"
#include "engine/core/isa.hpp"

namespace segue {
namespace {

template <class E>
void expect_every_member_has_a_word_of_its_own() {
    std::set<std::string_view> words;
    for (const E member : all<E>()) {
        EXPECT_FALSE(name_of(member).empty());
        EXPECT_EQ(from_name<E>(name_of(member)), member);
        words.insert(name_of(member));
    }
    EXPECT_EQ(words.size(), count_of<E>);
    EXPECT_EQ(names(E{}).size(), count_of<E>);
    EXPECT_EQ(from_name<E>("no such word"), std::nullopt);
    EXPECT_EQ(from_name<E>(""), std::nullopt);
}

TEST(Words, NameEveryMemberOnceAndReadBack) {
    expect_every_member_has_a_word_of_its_own<Sex>();
    expect_every_member_has_a_word_of_its_own<Role>();
    expect_every_member_has_a_word_of_its_own<Setting>();
    expect_every_member_has_a_word_of_its_own<Mode>();
    expect_every_member_has_a_word_of_its_own<Residence>();
    expect_every_member_has_a_word_of_its_own<Frailty>();
    expect_every_member_has_a_word_of_its_own<Condition>();
    expect_every_member_has_a_word_of_its_own<Risk>();
    expect_every_member_has_a_word_of_its_own<AgeBand>();
    expect_every_member_has_a_word_of_its_own<Scope>();
    expect_every_member_has_a_word_of_its_own<Isa>();
}

TEST(EnumArray, IsIndexedByTheFieldsWords) {
    EnumArray<Role, int> heads;
    heads.fill(1);
    heads[Role::gp] = 7;
    int sum = 0;
    for (const int count : heads) sum += count;
    EXPECT_EQ(sum, 7 + 15);
    EXPECT_EQ(heads[Role::pharmacist], 1);
    EXPECT_NE(heads, (EnumArray<Role, int>{}));
}

TEST(AgeBand, HoldsTheAgesItsNameSays) {
    for (int age = 0; age <= 110; ++age) {
        const std::string_view name = name_of(age_band(age));
        const std::string text{name};
        const int low = std::stoi(text);
        const auto dash = text.find('-');
        const int high = dash != std::string::npos ? std::stoi(text.substr(dash + 1)) : text.back() == '+' ? 200 : low;
        EXPECT_TRUE(low <= age && age <= high) << age << " in " << name;
    }
}

TEST(ConditionSet, RemembersWhatWasAddedAndForgetsWhatWasRemoved) {
    ConditionSet conditions;
    conditions.add(Condition::asthma);
    conditions.add(Condition::osteoarthritis);
    conditions.add(Condition::asthma);
    EXPECT_EQ(conditions.count(), 2);
    conditions.remove(Condition::asthma);
    EXPECT_FALSE(conditions.has(Condition::asthma));
    EXPECT_TRUE(conditions.has(Condition::osteoarthritis));
    EXPECT_LE(count_of<Condition>, 32U) << "the set is one 32-bit word";
}

TEST(Scope, WidensFromThePracticeToSocialCare) {
    EXPECT_EQ(narrowest_scope(Setting::general_practice), Scope::practice);
    EXPECT_EQ(narrowest_scope(Setting::community_nursing), Scope::primary_and_community);
    EXPECT_EQ(narrowest_scope(Setting::accident_and_emergency), Scope::all_nhs);
    EXPECT_EQ(narrowest_scope(Setting::social_care), Scope::nhs_and_social_care);
}

TEST(Isa, OffersTheScalarPathEverywhereAndABestThatIsAvailable) {
    EXPECT_TRUE(is_available(Isa::scalar));
    EXPECT_TRUE(is_available(best_isa()));
}

TEST(Contract, BrokenNamesTheConditionAndThePlace) {
#ifdef NDEBUG
    EXPECT_NO_THROW(SEGUE_EXPECT(1 > 2)) << "contracts cost nothing in a release";
#else
    EXPECT_NO_THROW(SEGUE_EXPECT(2 > 1));
    try {
        SEGUE_ENSURE(1 > 2);
        FAIL() << "a broken promise went unseen";
    } catch (const ContractError& error) {
        EXPECT_NE(std::string_view{error.what()}.find("vocabulary.cpp"), std::string_view::npos);
        EXPECT_NE(std::string_view{error.what()}.find("promise broken: 1 > 2"), std::string_view::npos);
    }
#endif
}

}  // namespace
}  // namespace segue
