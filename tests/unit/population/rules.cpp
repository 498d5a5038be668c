#include "engine/population/rules.hpp"

#include <gtest/gtest.h>

#include "engine/population/segmentation.hpp"

namespace segue {
namespace {

Person somebody() {
    Person person;
    person.sex = Sex::female;
    person.quintile = 2;
    person.frailty = Frailty::moderate;
    person.residence = Residence::own_home;
    person.conditions.add(Condition::diabetes);
    person.conditions.add(Condition::copd);
    person.traits = 1U << index(Trait::smoking);
    person.passing = 1U << index(Passing::pregnant);
    person.wellbeing_milli = 6'500;
    return person;
}

bool holds(std::string_view text, int age = 70) {
    Problems problems;
    const Rule rule = compile_rule(text, {"site.toml", 1, 1}, problems);
    problems.raise_if_any();
    return rule.matches(rule_subject(somebody(), age));
}

Problem refused(std::string_view text) {
    Problems problems;
    const Rule rule = compile_rule(text, {"site.toml", 10, 8}, problems);
    EXPECT_EQ(problems.all().size(), 1U) << text;
    EXPECT_FALSE(rule.matches(rule_subject(somebody(), 70))) << text;
    return problems.all().empty() ? Problem{} : problems.all().front();
}

TEST(Rule, ComparesNumbersAndWords) {
    EXPECT_TRUE(holds("age >= 65"));
    EXPECT_FALSE(holds("age > 70"));
    EXPECT_TRUE(holds("age = 70"));
    EXPECT_TRUE(holds("age == 70 and age != 71"));
    EXPECT_TRUE(holds("frailty >= 'moderate'"));
    EXPECT_FALSE(holds("frailty > \"moderate\""));
    EXPECT_TRUE(holds("frailty < 'severe'"));
    EXPECT_TRUE(holds("sex = 'female' and residence != 'care_home'"));
    EXPECT_TRUE(holds("conditions = 2 and deprivation <= 2"));
    EXPECT_TRUE(holds("wellbeing < 6.75 and wellbeing >= 6.5"));
}

TEST(Rule, AsksForConditionsAndTraitsByName) {
    EXPECT_TRUE(holds("diabetes"));
    EXPECT_FALSE(holds("dementia"));
    EXPECT_TRUE(holds("not dementia and smoking"));
    EXPECT_TRUE(holds("pregnant and not short_decline"));
    EXPECT_FALSE(holds("after_birth or high_need or awaiting_hospital"));
    EXPECT_FALSE(holds("lives_alone"));
}

TEST(Rule, ChoosesFromLists) {
    EXPECT_TRUE(holds("deprivation in (1, 2)"));
    EXPECT_FALSE(holds("deprivation not in (1, 2)"));
    EXPECT_TRUE(holds("frailty in ('mild', 'moderate')"));
    EXPECT_TRUE(holds("age in (3, 70, 101)"));
    EXPECT_FALSE(holds("age in (6)"));
}

TEST(Rule, BindsNotBeforeAndBeforeOr) {
    EXPECT_TRUE(holds("dementia and diabetes or smoking"));
    EXPECT_FALSE(holds("dementia and (diabetes or smoking)"));
    EXPECT_TRUE(holds("smoking or dementia and dementia"));
    EXPECT_FALSE(holds("not smoking or dementia"));
    EXPECT_FALSE(holds("not (smoking or dementia)"));
    EXPECT_TRUE(holds("not not smoking"));
    EXPECT_TRUE(holds("not (dementia and smoking) and not (stroke or asthma)"));
    EXPECT_TRUE(holds("(dementia or stroke or smoking) and (age < 10 or copd)"));
}

// Every rule of three parts over all values of three flags, against the language's own definition.
TEST(Rule, AgreesWithTruthTables) {
    const std::array<Condition, 3> flags{Condition::asthma, Condition::stroke, Condition::epilepsy};
    for (const bool negate_a : {false, true}) {
        for (const bool first_and : {false, true}) {
            for (const bool second_and : {false, true}) {
                const std::string text = std::string{negate_a ? "not " : ""} + "asthma " + (first_and ? "and" : "or") +
                                         " stroke " + (second_and ? "and" : "or") + " epilepsy";
                Problems problems;
                const Rule rule = compile_rule(text, {}, problems);
                for (unsigned bits = 0; bits < 8; ++bits) {
                    Person person;
                    for (std::size_t i = 0; i < 3; ++i) {
                        if ((bits >> i & 1U) != 0) person.conditions.add(flags[i]);
                    }
                    const bool a = ((bits & 1U) != 0) != negate_a;
                    const bool b = (bits & 2U) != 0;
                    const bool c = (bits & 4U) != 0;
                    bool expected = false;
                    if (first_and && second_and) expected = a && b && c;
                    if (first_and && !second_and) expected = (a && b) || c;
                    if (!first_and && second_and) expected = a || (b && c);
                    if (!first_and && !second_and) expected = a || b || c;
                    EXPECT_EQ(rule.matches(rule_subject(person, 40)), expected) << text << " at " << bits;
                }
            }
        }
    }
}

TEST(Rule, MatchesEverybodyWhenEmptyOrTrue) {
    Problems problems;
    EXPECT_TRUE(compile_rule("", {}, problems).is_catch_all());
    EXPECT_TRUE(compile_rule(" true ", {}, problems).is_catch_all());
    EXPECT_FALSE(compile_rule("age >= 0", {}, problems).is_catch_all());
    EXPECT_FALSE(holds("false"));
    EXPECT_TRUE(holds("true and smoking or false"));
    EXPECT_TRUE(problems.all().empty());
}

TEST(Rule, SaysWhereItCannotBeReadAndWhatWasMeant) {
    const Problem misspelt = refused("age > 5 and fraility >= 'mild'");
    EXPECT_EQ(misspelt.place, (Place{"site.toml", 10, 20}));
    EXPECT_EQ(misspelt.advice, "did you mean 'frailty'?");
    const Problem word = refused("frailty >= 'moderat'");
    EXPECT_EQ(word.place.column, 19);
    EXPECT_EQ(word.advice, "did you mean 'moderate'?");
    EXPECT_EQ(refused("age >=\n  'old'").place, (Place{"site.toml", 11, 3}));
}

TEST(Rule, RefusesWhatMeansNothing) {
    for (const char* text : {"age",
                             "age >",
                             "and",
                             "age > 5 and",
                             "(age > 5",
                             "age > 5)",
                             "diabetes = 1",
                             "sex > 'male'",
                             "age = 1.5",
                             "age > 1000",
                             "age > 1.2.3",
                             "wellbeing = 1.2345",
                             "frailty = mild",
                             "age in ()",
                             "age in 5",
                             "age not 5",
                             "age > 5 diabetes",
                             "'age' > 5",
                             "age > 'unclosed",
                             "age # 5",
                             "x()",
                             "age > 99999999999999999999",
                             "system('x')",
                             "age = = 5",
                             "not",
                             "wellbeing in (1)",
                             "age in (900)"}) {
        EXPECT_FALSE(refused(text).what.empty()) << text;
    }
}

TEST(Rule, OutlivesHostileNesting) {
    EXPECT_NE(refused(std::string(2'000, '(')).what.find("nested too deeply"), std::string::npos);
    EXPECT_NE(refused(std::string(100'000, '(')).what.find("too long"), std::string::npos);
    std::string negations;
    for (int i = 0; i < 500; ++i) negations += "not ";
    EXPECT_TRUE(holds(negations + "smoking"));
}

TEST(Segmentation, TakesTheFirstThatMatches) {
    Problems problems;
    const Segmentation segments{
        {{"frail", "frailty >= 'mild'", {}}, {"ill", "conditions >= 1", {}}, {"well", "true", {}}}, problems};
    EXPECT_TRUE(problems.all().empty());
    Person person = somebody();
    EXPECT_EQ(segments.segment_of(person, 70), 0);
    person.frailty = Frailty::fit;
    EXPECT_EQ(segments.segment_of(person, 70), 1);
    person.conditions = {};
    EXPECT_EQ(segments.segment_of(person, 70), 2);
}

TEST(Segmentation, RefusesAListThatLeavesSomebodyOut) {
    Problems problems;
    const Segmentation segments{{{"frail", "frailty >= 'mild'", {}}, {"ill", "conditions >= 1", {"s.toml", 4, 8}}},
                                problems};
    ASSERT_EQ(problems.all().size(), 1U);
    EXPECT_EQ(problems.all()[0].place.line, 4);
    EXPECT_NE(problems.all()[0].what.find("ill"), std::string::npos);
}

TEST(Segmentation, RefusesWhatStandsBehindACatchAll) {
    Problems problems;
    const Segmentation segments{{{"everybody", "true", {}}, {"ill", "conditions >= 1", {}}, {"rest", "", {}}},
                                problems};
    EXPECT_EQ(problems.all().size(), 1U);
}

TEST(Segmentation, CountsRulesThatNeverMatch) {
    Problems problems;
    const Segmentation segments{{{"ancient", "age >= 111", {}}, {"rest", "", {}}}, problems};
    People people;
    const Day today = to_day({2026, 4, 1});
    for (int age : {3, 50, 99}) {
        Person person = somebody();
        person.birth = same_date(today, -age);
        people.enter(person, today);
    }
    EXPECT_EQ(segments.counts(people, today), (std::vector<std::int64_t>{0, 3}));
}

}  // namespace
}  // namespace segue
