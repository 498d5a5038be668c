#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "engine/program/comparison_view.hpp"
#include "engine/program/text_table.hpp"
#include "engine/program/words.hpp"

namespace segue::program {
namespace {

using compare::Cause;
using compare::Change;
using compare::Comparison;
using compare::Headline;
using compare::Interval;
using compare::PairedDifference;
using compare::TwinCounts;

constexpr const char* untold = "—";

std::string number_text(double value, int decimals) { return std::isfinite(value) ? grouped(value, decimals) : untold; }

std::string signed_text(double value, int decimals) {
    const std::string text = number_text(value, decimals);
    return value > 0 && std::isfinite(value) ? "+" + text : text;
}

std::string width_text(const Interval& interval, int decimals) {
    return std::isfinite(interval.half_width) ? "± " + grouped(interval.half_width, decimals) : untold;
}

/// Whether the interval has 0 outside it.
const char* clear_text(const Interval& interval) {
    if (!std::isfinite(interval.half_width)) return untold;
    return interval.is_clear() ? "yes" : "no";
}

std::string factor_text(const PairedDifference& one) {
    if (one.variance_reduction) return grouped(*one.variance_reduction, *one.variance_reduction < 10 ? 1 : 0);
    return one.difference.half_width == 0 ? "exact" : untold;
}

std::string needed_text(const PairedDifference& one) {
    return one.needed ? grouped(static_cast<double>(*one.needed)) : untold;
}

/// A role that no arm has, or what nobody did in any, has no line.
bool is_there(const PairedDifference& one) {
    return (std::isfinite(one.first) && one.first != 0) || (std::isfinite(one.arm) && one.arm != 0);
}

std::string headlines_text(const ComparisonView& view, std::size_t arm) {
    TextTable table{TextTable::Align::numbers};
    const auto& names = view.arms.names();
    table.add({"headline", "unit", names[0], names[arm], "difference", "95%", "clear of 0", "variance cut",
               fmt::format("replicates for {:g}%", 100 * view.share)});
    for (std::size_t i = 0; i < view.arms.headlines().size(); ++i) {
        const Headline& headline = view.arms.headlines()[i];
        const PairedDifference one = compare::paired_difference(view.comparison, arm, i, view.share);
        if (!is_there(one)) continue;
        const int decimals = headline.decimals + 1;
        table.add({headline.name(), headline.unit, number_text(one.first, headline.decimals),
                   number_text(one.arm, headline.decimals), signed_text(one.difference.mean, decimals),
                   width_text(one.difference, decimals), clear_text(one.difference), factor_text(one),
                   needed_text(one)});
    }
    return table.text();
}

/// Means over replicates of what was counted of twins.
class Twins {
public:
    Twins(const Comparison& comparison, std::size_t arm)
        : counts_{compare::twins_in_all(comparison, arm)},
          replicates_{static_cast<double>(comparison.replicates.size())} {}

    [[nodiscard]] double people() const { return static_cast<double>(counts_.people) / replicates_; }
    [[nodiscard]] double of(Cause cause) const { return static_cast<double>(counts_.by_cause[cause]) / replicates_; }
    [[nodiscard]] double who_differ() const {
        return static_cast<double>(std::accumulate(counts_.by_cause.begin(), counts_.by_cause.end(), std::int64_t{0})) /
               replicates_;
    }

    /// Segments and fifths of deprivation that are taken together.
    struct Group {
        std::string name;
        std::vector<std::size_t> segments;
        std::vector<int> fifths;
    };
    [[nodiscard]] double people(std::size_t measure, const Group& group, Change change) const {
        return sum(counts_.people_by_change, measure, group, change);
    }
    [[nodiscard]] double change(std::size_t measure, const Group& group, Change change) const {
        return sum(counts_.sum_by_change, measure, group, change);
    }

private:
    [[nodiscard]] double sum(const std::vector<std::int64_t>& values, std::size_t measure, const Group& group,
                             Change change) const {
        std::int64_t total = 0;
        for (const std::size_t segment : group.segments) {
            for (const int fifth : group.fifths) total += values[counts_.cell(measure, segment, fifth, change)];
        }
        return static_cast<double>(total) / replicates_;
    }

    TwinCounts counts_;
    double replicates_;
};

std::string causes_text(const Twins& twins) {
    const auto share = [&](double people) {
        return is_too_few(people) ? untold : fmt::format("{:.1f}%", 100 * people / std::max(twins.people(), 1.0));
    };
    TextTable table{TextTable::Align::numbers};
    table.add({"people of the span", people_text(twins.people()), ""});
    table.add({"who differ at all", people_text(twins.who_differ()), share(twins.who_differ())});
    for (const Cause cause : all<Cause>())
        table.add({fmt::format("  first by {}", compare::in_words(cause)), people_text(twins.of(cause)),
                   share(twins.of(cause))});
    return table.text();
}

std::vector<Twins::Group> groups_of(const compare::Arms& arms) {
    const auto& segments = arms.first().plan().labels().segments;
    std::vector<std::size_t> every_segment(segments.size());
    std::iota(every_segment.begin(), every_segment.end(), std::size_t{0});
    std::vector<int> every_fifth(deprivation_quintiles);
    std::iota(every_fifth.begin(), every_fifth.end(), 1);
    std::vector<Twins::Group> groups{{"everybody", every_segment, every_fifth}};
    for (std::size_t i = 0; i < segments.size(); ++i) groups.push_back({spaced(segments[i]), {i}, every_fifth});
    for (const int fifth : every_fifth) {
        const char* end = fifth == 1 ? ", most deprived" : fifth == deprivation_quintiles ? ", least deprived" : "";
        groups.push_back({fmt::format("fifth {}{}", fifth, end), every_segment, {fifth}});
    }
    return groups;
}

std::string gains_text(const Twins& twins, const Twins::Group& everybody) {
    TextTable table{TextTable::Align::numbers};
    table.add({"over the span", "better", "same", "worse", "change of the better", "change of the worse"});
    for (std::size_t m = 0; m < compare::personal_measures().size(); ++m) {
        const auto& measure = compare::personal_measures()[m];
        const auto people = [&](Change change) { return twins.people(m, everybody, change); };
        const auto mean = [&](Change change) {
            if (people(change) < fewest_told) return std::string{untold};
            return signed_text(twins.change(m, everybody, change) / people(change), 2);
        };
        table.add({fmt::format("{} ({} is better)", spaced(measure.name), measure.more_is_better ? "more" : "less"),
                   people_text(people(Change::better)), people_text(people(Change::same)),
                   people_text(people(Change::worse)), mean(Change::better), mean(Change::worse)});
    }
    return table.text();
}

/// "12.3/10.1": the better and the worse, in per cent of the group.
std::string share_cell(const Twins& twins, std::size_t measure, const Twins::Group& group) {
    const double better = twins.people(measure, group, Change::better);
    const double worse = twins.people(measure, group, Change::worse);
    const double all_of_them = better + worse + twins.people(measure, group, Change::same);
    if (all_of_them < fewest_told || is_too_few(better) || is_too_few(worse)) return people_text(1);
    return fmt::format("{:.1f}/{:.1f}", 100 * better / all_of_them, 100 * worse / all_of_them);
}

std::string groups_text(const Twins& twins, const std::vector<Twins::Group>& groups) {
    TextTable table{TextTable::Align::numbers};
    std::vector<std::string> head{"better/worse, % of group"};
    for (const auto& measure : compare::personal_measures()) head.push_back(spaced(measure.name));
    table.add(std::move(head));
    for (const Twins::Group& group : groups) {
        std::vector<std::string> cells{group.name};
        for (std::size_t m = 0; m < compare::personal_measures().size(); ++m)
            cells.push_back(share_cell(twins, m, group));
        table.add(std::move(cells));
    }
    return table.text();
}

std::string arm_text(const ComparisonView& view, std::size_t arm) {
    const std::string& name = view.arms.names()[arm];
    const Twins twins{view.comparison, arm};
    const std::vector<Twins::Group> groups = groups_of(view.arms);
    return fmt::format(
        "{0} less {1}, twin by twin, over {2}\n\n{3}\nWhere twins part: people, mean of replicates\n\n{4}\n"
        "Who gains and who loses in {0}: people on the list in both arms, mean of replicates\n\n{5}\n{6}",
        name, view.arms.names()[0], counted(view.comparison.replicates.size(), "replicate"), headlines_text(view, arm),
        causes_text(twins), gains_text(twins, groups.front()), groups_text(twins, groups));
}

std::string share_of_part(const compare::Attribution& made, std::size_t headline, std::size_t part, int decimals) {
    const Interval share = compare::interval_of(made.values(headline, part));
    return fmt::format("{} {}", signed_text(share.mean, decimals), width_text(share, decimals));
}

std::string attribution_text(const ComparisonView& view) {
    const compare::Attribution& made = *view.attribution;
    TextTable table{TextTable::Align::numbers};
    std::vector<std::vector<std::string>> lines{{"part"}};
    for (const std::string& part : made.parts) lines.push_back({part});
    lines.push_back({"the whole"});
    for (std::size_t i = 0; i < view.arms.headlines().size(); ++i) {
        const Headline& headline = view.arms.headlines()[i];
        if (!headline.leads) continue;
        lines.front().push_back(headline.name());
        for (std::size_t part = 0; part < made.parts.size(); ++part)
            lines[part + 1].push_back(share_of_part(made, i, part, headline.decimals + 1));
        const Interval whole = compare::paired_difference(view.comparison, 1, i, view.share).difference;
        lines.back().push_back(fmt::format("{} {}", signed_text(whole.mean, headline.decimals + 1),
                                           width_text(whole, headline.decimals + 1)));
    }
    for (auto& line : lines) table.add(std::move(line));
    const std::string how = made.in_all_orders ? fmt::format("all {} orders of the parts", made.orders)
                                               : fmt::format("{} orders of the parts, drawn", made.orders);
    return fmt::format("What each part adds (Shapley's value over {}; {} of each replicate between the arms)\n\n{}",
                       how, counted(made.runs, "run"), table.text());
}

}  // namespace

std::string staff_costs_text(const compare::Arms& arms) {
    TextTable table{TextTable::Align::numbers};
    table.add({"staff cost, GBP a year", "", "difference", ""});
    const double first = arms.staff_cost(0).value();
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
        const double cost = arms.staff_cost(arm).value();
        const double change = cost - first;
        table.add({arms.names()[arm], grouped(cost), arm == 0 ? "" : signed_text(change, 0),
                   arm == 0 || first == 0 ? "" : signed_text(100 * change / first, 2) + "%"});
    }
    return table.text();
}

std::string comparison_text(const ComparisonView& view) {
    std::string text;
    for (std::size_t arm = 1; arm < view.arms.size(); ++arm) text += arm_text(view, arm) + '\n';
    if (view.attribution != nullptr) text += attribution_text(view) + '\n';
    return text;
}

}  // namespace segue::program
