#include "engine/compare/comparison_results.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/core/sha256.hpp"
#include "engine/core/version.hpp"
#include "engine/core/words.hpp"
#include "engine/run/provenance.hpp"

namespace segue::compare {
namespace {

Axis axis_of(std::string name, std::string long_name, std::vector<std::string> labels) {
    return {std::move(name), std::move(long_name), "1", std::move(labels), {}, {}, {}};
}

class Assembly {
public:
    Assembly(const Arms& arms, const Comparison& comparison) : arms_{arms}, comparison_{comparison} {
        Axis replicates{"replicate", "Replicate: twins under one key", "1", {}, {}, {}, {}};
        for (const ReplicateComparison& one : comparison.replicates) replicates.numbers.push_back(one.number);
        results_.axes.push_back(std::move(replicates));
        results_.axes.push_back(axis_of("arm", "Arm; all others are compared with the first", arms.names()));
    }

    Results make(const Attribution* attribution) {
        const std::vector<HeadlineGroup> groups = by_variable(arms_.headlines());
        for (const HeadlineGroup& group : groups) headline(group);
        causes();
        changes();
        if (attribution != nullptr) {
            results_.axes.push_back(axis_of("part", "Part in which the arms differ", attribution->parts));
            for (const HeadlineGroup& group : groups) shares(*attribution, group);
        }
        results_.attributes = {{"title", fmt::format("Segue: comparison of {}", fmt::join(arms_.names(), ", "))},
                               {"schema", fmt::format("{}", results_schema)}};
        tell_provenance(attribution);
        return std::move(results_);
    }

private:
    /// A variable along `replicate`, `between` and, where the headlines have one, their own dimension.
    Variable variable(std::string name, std::string long_name, const char* between, const HeadlineGroup& group) {
        const Headline& headline = arms_.headlines()[group.first];
        Variable made{std::move(name), {"replicate", between}, headline.unit, std::move(long_name), {}, {}};
        if (!headline.dimension.empty()) {
            made.dimensions.push_back(headline.dimension);
            std::vector<std::string> labels;
            for (std::size_t i = 0; i < group.count; ++i) labels.push_back(arms_.headlines()[group.first + i].label);
            if (results_.axis(headline.dimension) == nullptr)
                results_.axes.push_back(axis_of(headline.dimension, headline.dimension, std::move(labels)));
        }
        made.attributes = {{"figure", headline.figure.text()}};
        return made;
    }

    void headline(const HeadlineGroup& group) {
        const Headline& one = arms_.headlines()[group.first];
        Variable made = variable(one.variable, one.meaning, "arm", group);
        std::vector<double> values;
        for (const ReplicateComparison& replicate : comparison_.replicates) {
            for (const auto& of_arm : replicate.values) {
                const auto from = of_arm.begin() + static_cast<std::ptrdiff_t>(group.first);
                values.insert(values.end(), from, from + static_cast<std::ptrdiff_t>(group.count));
            }
        }
        made.values = std::move(values);
        results_.variables.push_back(std::move(made));
    }

    void shares(const Attribution& attribution, const HeadlineGroup& group) {
        const Headline& one = arms_.headlines()[group.first];
        Variable made =
            variable(one.variable + "_by_part", fmt::format("Difference by part. {}", one.meaning), "part", group);
        std::vector<double> values;
        for (const auto& replicate : attribution.shares) {
            for (std::size_t part = 0; part < attribution.parts.size(); ++part) {
                for (std::size_t i = 0; i < group.count; ++i) values.push_back(replicate[group.first + i][part]);
            }
        }
        made.values = std::move(values);
        results_.variables.push_back(std::move(made));
    }

    void causes() {
        std::vector<std::string> labels{"none"};
        for (const Cause cause : all<Cause>()) labels.emplace_back(name_of(cause));
        results_.axes.push_back(
            axis_of("first_cause", "Cause of a person's first difference from the first arm", labels));
        std::vector<std::int64_t> values;
        each_twins([&](const TwinCounts& twins) {
            values.push_back(twins.people -
                             std::accumulate(twins.by_cause.begin(), twins.by_cause.end(), std::int64_t{0}));
            values.insert(values.end(), twins.by_cause.begin(), twins.by_cause.end());
        });
        results_.variables.push_back({"people_by_first_cause",
                                      {"replicate", "arm", "first_cause"},
                                      "1",
                                      "People on the list in the span, in the arm or in the first",
                                      {},
                                      std::move(values)});
    }

    void changes() {
        std::vector<std::string> measures;
        for (const PersonalMeasure& one : personal_measures()) measures.emplace_back(one.name);
        results_.axes.push_back(axis_of("personal_measure", "What is counted for each person over the span", measures));
        results_.axes.push_back(axis_of("segment", "Segment when the span begins, or when first seen in it",
                                        arms_.first().plan().labels().segments));
        std::vector<std::string> fifths;
        for (int quintile = 1; quintile <= deprivation_quintiles; ++quintile)
            fifths.push_back(fmt::to_string(quintile));
        results_.axes.push_back(axis_of("deprivation", "Deprivation quintile of residence, 1 = most deprived", fifths));
        results_.axes.push_back(axis_of("change", "Against the person's twin in the first arm", words<Change>()));
        by_change(
            "people_by_change", "People on the list in the span in both arms",
            [](const TwinCounts& twins) -> const auto& { return twins.people_by_change; });
        by_change(
            "sum_by_change", "Sum over these people, the arm's less the first's, in the measure's unit",
            [](const TwinCounts& twins) -> const auto& { return twins.sum_by_change; });
    }

    template <class Of>
    void by_change(const char* name, const char* long_name, const Of& of) {
        std::vector<std::int64_t> values;
        each_twins([&](const TwinCounts& twins) { values.insert(values.end(), of(twins).begin(), of(twins).end()); });
        results_.variables.push_back({name,
                                      {"replicate", "arm", "personal_measure", "segment", "deprivation", "change"},
                                      "1",
                                      long_name,
                                      {},
                                      std::move(values)});
    }

    template <class Act>
    void each_twins(const Act& act) {
        for (const ReplicateComparison& replicate : comparison_.replicates) {
            for (const TwinCounts& twins : replicate.twins) act(twins);
        }
    }

    void tell_provenance(const Attribution* attribution) {
        Provenance& told = results_.provenance;
        told.texts = {{"seed", fmt::format("{}", arms_.first().run().seed)},
                      {"program_version", std::string{program_version}},
                      {"model_version", fmt::format("{}", model_version)}};
        for (std::size_t arm = 0; arm < arms_.size(); ++arm) {
            for (auto& [name, text] : run::provenance_of(arms_.world(arm)).texts)
                told.texts.emplace_back(fmt::format("arm_{}/{}", arm + 1, name), std::move(text));
        }
        std::vector<day::SelfCheck> checks = comparison_.checks;
        if (attribution != nullptr) checks.insert(checks.end(), attribution->checks.begin(), attribution->checks.end());
        run::add_checks(told, checks);
    }

    const Arms& arms_;
    const Comparison& comparison_;
    Results results_;
};

/// Takes values back from a variable, in the order in which they were put there.
template <class T>
class Taker {
public:
    Taker(const Results& results, const std::string& name)
        : values_{std::get<std::vector<T>>(results.variable(name)->values)} {}
    [[nodiscard]] std::vector<T> take(std::size_t count) {
        const auto from = values_.begin() + static_cast<std::ptrdiff_t>(next_);
        next_ += count;
        return {from, from + static_cast<std::ptrdiff_t>(count)};
    }

private:
    const std::vector<T>& values_;
    std::size_t next_{0};
};

}  // namespace

std::vector<ReplicateComparison> replicates_in(const Results& results, const Arms& arms) {
    std::vector<ReplicateComparison> made;
    for (const std::int64_t number : results.axis("replicate")->numbers) {
        ReplicateComparison& one = made.emplace_back();
        one.number = number;
        one.values.resize(arms.size());
    }
    for (const HeadlineGroup& group : by_variable(arms.headlines())) {
        Taker<double> values{results, arms.headlines()[group.first].variable};
        for (ReplicateComparison& one : made) {
            for (auto& of_arm : one.values) {
                const std::vector<double> taken = values.take(group.count);
                of_arm.insert(of_arm.end(), taken.begin(), taken.end());
            }
        }
    }
    Taker<std::int64_t> causes{results, "people_by_first_cause"};
    Taker<std::int64_t> people{results, "people_by_change"};
    Taker<std::int64_t> sums{results, "sum_by_change"};
    for (ReplicateComparison& one : made) {
        for (std::size_t arm = 0; arm < arms.size(); ++arm) {
            TwinCounts& twins = one.twins.emplace_back(arms.first().plan().labels().segments.size());
            const std::vector<std::int64_t> by_cause = causes.take(1 + count_of<Cause>);
            twins.people = std::accumulate(by_cause.begin(), by_cause.end(), std::int64_t{0});
            std::copy(by_cause.begin() + 1, by_cause.end(), twins.by_cause.begin());
            twins.people_by_change = people.take(twins.people_by_change.size());
            twins.sum_by_change = sums.take(twins.sum_by_change.size());
        }
    }
    return made;
}

Results to_results(const Arms& arms, const Comparison& comparison, const Attribution* attribution) {
    return Assembly{arms, comparison}.make(attribution);
}

std::string content_hash(const Arms& arms, std::optional<std::size_t> attribution_runs) {
    Sha256 sum;
    for (std::size_t arm = 0; arm < arms.size(); ++arm) sum.text(run::content_hash(arms.world(arm)));
    if (attribution_runs) sum.number(*attribution_runs);
    return sum.hex();
}

}  // namespace segue::compare
