#include <cmath>

#include <nlohmann/json.hpp>

#include "engine/program/comparison_view.hpp"
#include "engine/program/words.hpp"

namespace segue::program {
namespace {

using compare::Cause;
using compare::Change;
using compare::Interval;
using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json people(std::int64_t count, double replicates) {
    const double mean = static_cast<double>(count) / replicates;
    return is_too_few(mean) ? Json(nullptr) : Json(mean);
}

template <class T>
Json maybe(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json json_of(const Interval& interval) {
    return {{"mean", number(interval.mean)}, {"half_width_95", number(interval.half_width)}};
}

Json headlines_json(const ComparisonView& view, std::size_t arm) {
    Json all_headlines = Json::object();
    for (std::size_t i = 0; i < view.arms.headlines().size(); ++i) {
        const compare::Headline& headline = view.arms.headlines()[i];
        const compare::PairedDifference one = compare::paired_difference(view.comparison, arm, i, view.share);
        all_headlines[headline.name()] = {{"unit", headline.unit},
                                          {"first", number(one.first)},
                                          {"arm", number(one.arm)},
                                          {"difference", json_of(one.difference)},
                                          {"is_clear", one.difference.is_clear()},
                                          {"variance_reduction", maybe(one.variance_reduction)},
                                          {"replicates_needed", maybe(one.needed)}};
    }
    return all_headlines;
}

Json causes_json(const compare::TwinCounts& twins, double replicates) {
    Json causes = {{"people", people(twins.people, replicates)}};
    for (const Cause cause : all<Cause>())
        causes[std::string{name_of(cause)}] = people(twins.by_cause[cause], replicates);
    return causes;
}

/// One row for each measure, segment and fifth in which there is anybody.
Json gains_json(const ComparisonView& view, const compare::TwinCounts& twins, double replicates) {
    Json rows = Json::array();
    const auto& segments = view.arms.first().plan().labels().segments;
    for (std::size_t m = 0; m < compare::personal_measures().size(); ++m) {
        for (std::size_t segment = 0; segment < segments.size(); ++segment) {
            for (int fifth = 1; fifth <= deprivation_quintiles; ++fifth) {
                Json row = {{"measure", compare::personal_measures()[m].name},
                            {"segment", segments[segment]},
                            {"deprivation", fifth}};
                for (const Change change : all<Change>()) {
                    const auto count = twins.people_by_change[twins.cell(m, segment, fifth, change)];
                    row[std::string{name_of(change)}] = people(count, replicates);
                }
                rows.push_back(std::move(row));
            }
        }
    }
    return rows;
}

Json attribution_json(const ComparisonView& view) {
    const compare::Attribution& made = *view.attribution;
    Json headlines = Json::object();
    for (std::size_t i = 0; i < view.arms.headlines().size(); ++i) {
        Json& one = headlines[view.arms.headlines()[i].name()];
        for (std::size_t part = 0; part < made.parts.size(); ++part)
            one[made.parts[part]] = json_of(compare::interval_of(made.values(i, part)));
    }
    return {{"parts", made.parts},
            {"method", made.in_all_orders ? "all orders" : "drawn orders"},
            {"orders", made.orders},
            {"runs", made.runs},
            {"shares", std::move(headlines)}};
}

}  // namespace

std::string comparison_json(const ComparisonView& view, const std::string& path, const std::string& digest) {
    const auto replicates = static_cast<double>(view.comparison.replicates.size());
    Json arms = Json::array();
    for (std::size_t arm = 0; arm < view.arms.size(); ++arm) {
        Json one = {{"name", view.arms.names()[arm]}, {"staff_cost_gbp_per_year", view.arms.staff_cost(arm).value()}};
        if (arm > 0) {
            const compare::TwinCounts twins = compare::twins_in_all(view.comparison, arm);
            one["headlines"] = headlines_json(view, arm);
            one["people_by_first_cause"] = causes_json(twins, replicates);
            one["people_by_change"] = gains_json(view, twins, replicates);
        }
        arms.push_back(std::move(one));
    }
    Json told = {{"path", path},
                 {"digest", digest},
                 {"replicates", view.comparison.replicates.size()},
                 {"is_precise", view.comparison.is_precise},
                 {"share", view.share},
                 {"arms", std::move(arms)}};
    if (view.attribution != nullptr) told["attribution"] = attribution_json(view);
    return told.dump(2) + '\n';
}

}  // namespace segue::program
