/// \file
/// The rule language of segments and needs: yes-or-no questions about one person, and nothing more.
///
///   age >= 65 and frailty >= 'moderate'
///   not (diabetes or copd) and deprivation in (1, 2)
///
///   Numbers   age (completed years), deprivation (1 = most deprived), conditions (how many), wellbeing (0 to 10)
///   Words     sex, frailty ('fit' < 'mild' < 'moderate' < 'severe'), residence
///   Yes or no each condition by its name; smoking, inactivity, obesity, loneliness, online_access, can_travel, carer,
///             lives_alone; each passing state (pregnant, short_decline, ..); true, false
///   Grammar   = == != < <= > >=, in (..), not in (..), and, or, not, parentheses; `not` binds closest, then `and`
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/core/errors.hpp"
#include "engine/population/people.hpp"

namespace segue {

/// What rules may ask about, as whole numbers.
struct RuleSubject {
    std::int32_t age;
    std::int32_t sex;
    std::int32_t deprivation;
    std::int32_t conditions;
    std::int32_t frailty;
    std::int32_t residence;
    std::int32_t wellbeing_milli;
    std::uint32_t condition_bits;
    std::uint32_t trait_bits;
    std::uint32_t passing_bits;
};
/// `age` in completed years today.
[[nodiscard]] RuleSubject rule_subject(const Person& person, int age) noexcept;
[[nodiscard]] RuleSubject rule_subject(const People& people, PersonRow row, int age) noexcept;

class Rule {
public:
    [[nodiscard]] bool matches(const RuleSubject& who) const noexcept;
    /// True for every person: `true`, or nothing at all.
    [[nodiscard]] bool is_catch_all() const noexcept { return start_ == yes; }

    // The compiled form: each test says where to go on when it holds and when it does not.
    static constexpr std::uint16_t yes = 0xFFFF;
    static constexpr std::uint16_t no = 0xFFFE;
    enum class Ask : std::uint8_t { number, condition, trait, passing };
    enum class Compare : std::uint8_t { equal, unequal, less, at_most, more, at_least, in };
    struct Test {
        Ask ask{Ask::number};
        Compare compare{Compare::equal};
        std::uint8_t attribute{0};  ///< place of a number in RuleSubject, or of a bit
        std::int32_t value{0};
        std::uint64_t set{0};  ///< `in`: bit v stands for the value v, 0 to 127 over two words
        std::uint64_t set_high{0};
        std::uint16_t if_true{yes};
        std::uint16_t if_false{no};
    };

    Rule() = default;
    Rule(std::vector<Test> tests, std::uint16_t start) : tests_{std::move(tests)}, start_{start} {}

private:
    std::vector<Test> tests_;
    std::uint16_t start_{yes};
};

/// Compiles `text`; an empty text matches everybody. `place` is where the text's first character stands; problems are
/// noted at their own line and column inside it. A rule with a problem matches nobody.
[[nodiscard]] Rule compile_rule(std::string_view text, const Place& place, Problems& problems);

/// The names that a rule may use.
[[nodiscard]] std::vector<std::string> rule_attributes();

}  // namespace segue
