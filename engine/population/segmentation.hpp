/// \file
/// Who belongs to which segment: ordered rules, the first that matches wins, the last takes everybody left.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/errors.hpp"
#include "engine/population/rules.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue {

class Segmentation {
public:
    static constexpr std::size_t most_segments = 64;

    /// Compiles the rules. A segmentation without a catch-all at its end is a problem, and so is one that can never be
    /// reached because a catch-all stands before it.
    Segmentation(const std::vector<SegmentEntry>& entries, Problems& problems);

    Segmentation() = default;
    /// Names alone: a table says who is where.
    [[nodiscard]] static Segmentation by_table(std::vector<std::string> names);

    [[nodiscard]] std::uint8_t segment_of(const RuleSubject& who) const noexcept;
    [[nodiscard]] std::uint8_t segment_of(const Person& person, int age) const noexcept {
        return segment_of(rule_subject(person, age));
    }
    [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }
    [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }
    /// How many of those registered each segment has today: a 0 is a rule that never matched.
    [[nodiscard]] std::vector<std::int64_t> counts(const People& people, Day today) const;

private:
    std::vector<std::string> names_;
    std::vector<Rule> rules_;
};

}  // namespace segue
