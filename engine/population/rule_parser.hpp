/// \file
/// The attributes of the rule language, shared by the parser and by the test of a compiled rule.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace segue {

/// Attributes that are compared, as numbers or as words.
enum class RuleNumber : std::uint8_t { age, deprivation, conditions, wellbeing, sex, frailty, residence, count_ };
[[nodiscard]] constexpr auto names(RuleNumber) {
    return std::array<std::string_view, 7>{"age", "deprivation", "conditions", "wellbeing",
                                           "sex", "frailty",     "residence"};
}

}  // namespace segue
