#include "engine/uptake/score_results.hpp"

#include <utility>

namespace segue::uptake {
namespace {

Variable by_model(const char* name, const char* units, const char* long_name, const Scores& scores,
                  double ModelScore::*value) {
    std::vector<double> values;
    for (const ModelScore& one : scores.models) values.push_back(one.*value);
    return {name, {"uptake_model"}, units, long_name, {}, std::move(values)};
}

}  // namespace

Scores score(const UptakeComparison& comparison, const Observed& observed, const Scenario& scenario) {
    std::vector<Candidate> candidates;
    for (const FittedModel& one : comparison.models) {
        const std::string name{one.model->name};
        candidates.push_back({name, scenario.read<UptakePrior>({name}).weight, one.replicates});
    }
    return Scorer{observed.counting, candidates, scenario.read<RunParameters>().seed}.score(observed.counts);
}

void add_scores(const Observed& observed, const Scores& scores, Results& results) {
    Axis cells{"observed_count", "Row of the observed counts", "1", {}, {}, {}, {}};
    for (std::size_t i = 0; i < observed.counting.cells.size(); ++i)
        cells.numbers.push_back(static_cast<std::int64_t>(i));
    results.axes.push_back(std::move(cells));
    results.variables.push_back({"observed_people",
                                 {"observed_count"},
                                 "1",
                                 "People recorded, as observed",
                                 {},
                                 std::vector<double>(observed.counts.begin(), observed.counts.end())});
    results.variables.push_back(
        by_model("prior", "1", "Probability before the observed counts", scores, &ModelScore::prior));
    results.variables.push_back(by_model("log_likelihood", "1", "Synthetic log likelihood of the observed counts",
                                         scores, &ModelScore::log_likelihood));
    results.variables.push_back(by_model("log_likelihood_error", "1",
                                         "Its Monte-Carlo standard error, by the jackknife over replicates", scores,
                                         &ModelScore::error));
    Variable posterior = by_model("posterior", "1", "Probability after the observed counts, among these models", scores,
                                  &ModelScore::posterior);
    posterior.attributes = {{"verdict", std::string{name_of(scores.verdict)}}, {"verdict_in_words", in_words(scores)}};
    results.variables.push_back(std::move(posterior));
    results.variables.push_back(by_model("predictive_check", "1",
                                         "Chance that the model brings forth counts at least as far from its mean",
                                         scores, &ModelScore::check));
}

}  // namespace segue::uptake
