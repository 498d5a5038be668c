#include "engine/uptake/uptake_results.hpp"

#include <numeric>

#include <fmt/format.h>

#include "engine/core/version.hpp"
#include "engine/core/words.hpp"
#include "engine/run/provenance.hpp"

namespace segue::uptake {
namespace {

class Assembly {
public:
    Assembly(const UptakeComparison& comparison, const day::World& world) : comparison_{comparison}, world_{world} {}

    Results make() {
        axes();
        targets();
        by_group(Grouping::deprivation, "deprivation");
        by_group(Grouping::age_band, "age_band");
        by_group(Grouping::sex, "sex");
        by_group(Grouping::segment, "segment");
        by_month();
        each_replicate("concentration_index", "Concentration index over deprivation of those who started an activity",
                       "1", [](const Followed& one) { return one.concentration_index(Reached::started); });
        each_replicate("link_worker_wait_days", "Median days on the link workers' list of those taken on", "d",
                       [](const Followed& one) { return one.wait_quantile(0.5); });
        each_replicate("gave_up_waiting", "People who gave up waiting for a link worker", "1",
                       [](const Followed& one) { return static_cast<double>(one.gave_up); });
        each_replicate("clustering", "Chance that a tie of a user is a user, over the chance that anybody's is", "1",
                       [](const Followed& one) { return one.clustering(); });
        loads();
        results_.attributes = {{"title", fmt::format("Segue: uptake models on {}", comparison_.scenario)},
                               {"schema", fmt::format("{}", results_schema)}};
        results_.provenance = run::provenance_of(world_);
        return std::move(results_);
    }

private:
    static Axis axis_of(std::string name, std::string long_name, std::vector<std::string> labels) {
        return {std::move(name), std::move(long_name), "1", std::move(labels), {}, {}, {}};
    }

    void axes() {
        std::vector<std::string> models;
        for (const FittedModel& one : comparison_.models) models.emplace_back(one.model->name);
        Axis replicates{"replicate", "Replicate: every model under one key", "1", {}, {}, {}, {}};
        replicates.numbers.resize(comparison_.models.front().replicates.size());
        std::iota(replicates.numbers.begin(), replicates.numbers.end(), std::int64_t{0});
        Axis months{"month", "Month", "days since 1970-01-01", {}, {}, {}, {}};
        const Periods& periods = world_.plan().periods(Period::month);
        for (std::size_t i = 0; i < periods.size(); ++i) {
            months.numbers.push_back(periods.first_days[i].number());
            months.bounds.push_back(periods.first_days[i].number());
            months.bounds.push_back(periods.day_after[i].number());
        }
        std::vector<std::string> target_words;
        for (const FittedTarget& target : comparison_.models.front().targets) target_words.emplace_back(target.name);
        results_.axes = {
            std::move(replicates),
            axis_of("uptake_model", "Model of uptake", std::move(models)),
            axis_of("target", "What every model is fitted to", std::move(target_words)),
            axis_of("reached", "Stage of a referral", words<Reached>()),
            std::move(months),
            axis_of("deprivation", "Deprivation quintile of residence, 1 = most deprived",
                    group_labels(world_, Grouping::deprivation)),
            axis_of("age_band", "Age", group_labels(world_, Grouping::age_band)),
            axis_of("sex", "Sex", group_labels(world_, Grouping::sex)),
            axis_of("segment", "Segment", group_labels(world_, Grouping::segment)),
            axis_of("link_workers", "Link workers in post, against the scenario's", {"few", "as_they_are", "many"})};
    }

    void add(std::string name, std::vector<std::string> dimensions, std::string units, std::string long_name,
             std::vector<double> values) {
        results_.variables.push_back(
            {std::move(name), std::move(dimensions), std::move(units), std::move(long_name), {}, std::move(values)});
    }

    void targets() {
        std::vector<double> wanted;
        std::vector<double> reached;
        std::vector<double> free;
        for (const FittedModel& model : comparison_.models) {
            for (const FittedTarget& target : model.targets) {
                wanted.push_back(target.wanted);
                reached.push_back(target.reached);
                free.push_back(target.free_value);
            }
        }
        add("target_wanted", {"uptake_model", "target"}, "1", "What the model was fitted to", std::move(wanted));
        add("target_reached", {"uptake_model", "target"}, "1", "What it reached", std::move(reached));
        add("free_parameter", {"uptake_model", "target"}, "1", "The parameter that was freed for it, as fitted",
            std::move(free));
    }

    template <class Act>
    void each(const Act& act) const {
        for (std::size_t replicate = 0; replicate < comparison_.models.front().replicates.size(); ++replicate) {
            for (const FittedModel& model : comparison_.models) act(model.replicates[replicate]);
        }
    }

    template <class Value>
    void each_replicate(const char* name, const char* long_name, const char* units, const Value& value) {
        std::vector<double> values;
        each([&](const Followed& one) { values.push_back(value(one)); });
        add(name, {"replicate", "uptake_model"}, units, long_name, std::move(values));
    }

    void by_group(Grouping grouping, const char* axis) {
        std::vector<double> values;
        each([&](const Followed& one) {
            for (const Reached stage : all<Reached>()) {
                for (std::size_t group = 0; group < one.people[grouping].size(); ++group)
                    values.push_back(one.rate(stage, grouping, group));
            }
        });
        add(fmt::format("rate_by_{}", axis), {"replicate", "uptake_model", "reached", axis}, "1/a",
            "People who reached each stage, for each person on the list and year", std::move(values));
    }

    void by_month() {
        std::vector<double> values;
        each([&](const Followed& one) {
            for (const Reached stage : all<Reached>())
                values.insert(values.end(), one.by_month[stage].begin(), one.by_month[stage].end());
        });
        add("people_by_month", {"replicate", "uptake_model", "reached", "month"}, "1", "People who reached each stage",
            std::move(values));
    }

    void loads() {
        std::vector<double> values;
        const auto mean = [&](const std::vector<Followed>& replicates) {
            double sum = 0;
            for (const Followed& one : replicates) sum += one.within_a_year(Reached::contacted);
            values.push_back(sum / static_cast<double>(replicates.size()));
        };
        for (const FittedModel& model : comparison_.models) {
            mean(model.loads.front().replicates);
            mean(model.replicates);
            mean(model.loads.back().replicates);
        }
        add("contacted_share_by_load", {"uptake_model", "link_workers"}, "1",
            "Seen by a link worker within 365 days, of those who accepted", std::move(values));
    }

    const UptakeComparison& comparison_;
    const day::World& world_;
    Results results_;
};

}  // namespace

Results to_results(const UptakeComparison& comparison, const day::World& world) {
    return Assembly{comparison, world}.make();
}

}  // namespace segue::uptake
