#include "engine/population/segmentation.hpp"

#include <fmt/format.h>

namespace segue {

Segmentation::Segmentation(const std::vector<SegmentEntry>& entries, Problems& problems) {
    if (entries.size() > most_segments) {
        problems.add(entries[most_segments].place, fmt::format("there are {} segments", entries.size()))
            .expected(fmt::format("at most {}", most_segments));
    }
    for (const SegmentEntry& entry : entries) {
        if (!rules_.empty() && rules_.back().is_catch_all()) {
            problems.add(entry.place, fmt::format("segment {} is never reached", entry.name))
                .advice(fmt::format("segment {} before it takes everybody", names_.back()));
        }
        names_.push_back(entry.name);
        Place text = entry.place;
        ++text.column;  // past the opening quote
        rules_.push_back(compile_rule(entry.when, text, problems));
    }
    if (!entries.empty() && !rules_.back().is_catch_all()) {
        problems
            .add(entries.back().place, fmt::format("the last segment, {}, does not take everybody left", names_.back()))
            .expected("when = \"true\", or no `when`, in the last [[segment]]");
    }
}

Segmentation Segmentation::by_table(std::vector<std::string> names) {
    Segmentation made;
    made.names_ = std::move(names);
    return made;
}

std::uint8_t Segmentation::segment_of(const RuleSubject& who) const noexcept {
    std::uint8_t segment = 0;
    while (segment + 1U < rules_.size() && !rules_[segment].matches(who)) ++segment;
    return segment;
}

std::vector<std::int64_t> Segmentation::counts(const People& people, Day today) const {
    std::vector<std::int64_t> counted(size(), 0);
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (people.present[row] == 0) continue;
        const int age = age_years(Day{people.birth_day[row]}, today);
        ++counted[segment_of(rule_subject(people, PersonRow{row}, age))];
    }
    return counted;
}

}  // namespace segue
