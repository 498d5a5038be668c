#include "engine/uptake/score.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/core/contracts.hpp"
#include "engine/core/math.hpp"

namespace segue::uptake {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

double mean_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double sum_of_squares(const std::vector<double>& values) {
    const double mean = mean_of(values);
    return std::accumulate(values.begin(), values.end(), 0.0,
                           [&](double sum, double value) { return sum + (value - mean) * (value - mean); });
}

/// Standard error by the jackknife, of what was made without each of n in turn.
double jackknife_error(const std::vector<double>& without) {
    const auto n = static_cast<double>(without.size());
    return math::sqrt((n - 1) / n * sum_of_squares(without));
}

ExpectedCounts without_row(const ExpectedCounts& all_counts, Index row) {
    std::vector<Index> rest;
    for (Index i = 0; i < all_counts.recorded.rows(); ++i) {
        if (i != row) rest.push_back(i);
    }
    return {all_counts.recorded(rest, Eigen::all), all_counts.twice_recorded(rest, Eigen::all),
            all_counts.overdispersion};
}

/// Chance of at least `value` under a gamma law with this mean and variance. [0 to 1]
double gamma_tail(double value, double mean, double variance) {
    if (mean <= 0 || variance <= 0) return value > mean ? 0 : 1;
    return 1 - math::gamma_cdf(mean * mean / variance, value * mean / variance);
}

/// Posteriors out of log likelihoods and priors.
void spread_posterior(std::vector<ModelScore>& models) {
    double most = -std::numeric_limits<double>::infinity();
    for (const ModelScore& one : models) most = std::max(most, one.log_likelihood);
    double sum = 0;
    for (ModelScore& one : models) {
        one.posterior = one.prior * math::exp(one.log_likelihood - most);
        sum += one.posterior;
    }
    for (ModelScore& one : models) one.posterior /= sum;
}

/// Models from the most likely to the least.
std::vector<std::size_t> by_posterior(const std::vector<ModelScore>& models) {
    std::vector<std::size_t> order(models.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return models[a].posterior > models[b].posterior; });
    return order;
}

bool is_rejected(const ModelScore& model) { return model.check < rejected_below; }

bool lead_is_noise(const Scores& scores) { return scores.models.size() > 1 && scores.lead <= 2 * scores.lead_error; }

/// The fewest models that hold nearly all of the posterior, and never fewer than two.
std::vector<std::string> undecided(const Scores& scores) {
    std::vector<std::string> names;
    double sum = 0;
    for (const std::size_t i : by_posterior(scores.models)) {
        if (sum >= chosen_from && names.size() >= 2) break;
        names.push_back(scores.models[i].name);
        sum += scores.models[i].posterior;
    }
    return names;
}

std::string undecided_in_words(const Scores& scores) {
    const ModelScore& best = scores.models[scores.best];
    if (scores.models.size() == 1)
        return fmt::format("{} alone was asked for, so that nothing is told apart.", best.name);
    std::string text =
        fmt::format("These models cannot be told apart by these counts: {}.", fmt::join(undecided(scores), ", "));
    if (best.posterior < chosen_from) text += fmt::format(" No model has a posterior of {} or more.", chosen_from);
    if (lead_is_noise(scores)) {
        text += fmt::format(
            " The best leads the next by {:.1f} in log likelihood, which is within twice its Monte-Carlo "
            "error of {:.1f}: more replicates (uptake.runs.replicates_to_compare) may tell.",
            scores.lead, scores.lead_error);
    }
    if (is_rejected(best)) text += fmt::format(" {} is the likeliest, and yet its own check rejects it.", best.name);
    return text;
}

}  // namespace

Scorer::Scorer(Counting counting, const std::vector<Candidate>& candidates, std::uint32_t seed) {
    SEGUE_EXPECT(!candidates.empty());
    double weights = 0;
    for (const Candidate& one : candidates) weights += one.prior_weight;
    for (const Candidate& one : candidates) laws_.push_back(law_of(counting, one, one.prior_weight / weights, seed));
}

Scorer::Law Scorer::law_of(const Counting& counting, const Candidate& candidate, double prior, std::uint32_t seed) {
    SEGUE_EXPECT(candidate.replicates.size() >= least_replicates_to_score);
    const ExpectedCounts expected = expected_counts(counting, candidate.replicates);
    Law law{candidate.name, prior, SyntheticLikelihood{expected}, {}, 0, 0};
    std::vector<double> distances;
    for (std::size_t i = 0; i < candidate.replicates.size(); ++i) {
        law.without.emplace_back(without_row(expected, static_cast<Index>(i)));
        const VectorXd recorded = record(counting, candidate.replicates[i], Twin{seed, static_cast<std::uint32_t>(i)});
        distances.push_back(law.without.back().squared_distance(recorded));
    }
    law.mean_distance = mean_of(distances);
    law.variance_of_distance = sum_of_squares(distances) / static_cast<double>(distances.size() - 1);
    return law;
}

Scores Scorer::score(const VectorXd& counts) const {
    Scores scores;
    std::vector<std::vector<double>> without;
    for (const Law& law : laws_) {
        std::vector<double>& each = without.emplace_back();
        for (const SyntheticLikelihood& one : law.without) each.push_back(one.log_density(counts));
        scores.models.push_back(
            {law.name, law.prior, law.whole.log_density(counts), jackknife_error(each), 0,
             gamma_tail(law.whole.squared_distance(counts), law.mean_distance, law.variance_of_distance)});
    }
    spread_posterior(scores.models);
    const std::vector<std::size_t> order = by_posterior(scores.models);
    scores.best = order.front();
    if (order.size() > 1) {
        const std::size_t next = order[1];
        scores.lead = scores.models[scores.best].log_likelihood - scores.models[next].log_likelihood;
        std::vector<double> leads;
        const std::size_t twins = std::min(without[scores.best].size(), without[next].size());
        for (std::size_t i = 0; i < twins; ++i) leads.push_back(without[scores.best][i] - without[next][i]);
        scores.lead_error = jackknife_error(leads);
    }
    scores.verdict = verdict(scores);
    return scores;
}

Verdict Scorer::verdict(const Scores& scores) {
    if (std::all_of(scores.models.begin(), scores.models.end(), is_rejected)) return Verdict::none_of_these;
    const ModelScore& best = scores.models[scores.best];
    const bool chosen =
        scores.models.size() > 1 && best.posterior >= chosen_from && !lead_is_noise(scores) && !is_rejected(best);
    return chosen ? Verdict::one_model : Verdict::not_told_apart;
}

std::string in_words(const Scores& scores) {
    const ModelScore& best = scores.models[scores.best];
    switch (scores.verdict) {
        case Verdict::none_of_these:
            return fmt::format(
                "None of these: every model brings forth counts as far from its own as these with a chance "
                "below {}. Posteriors, which only compare the models with one another, mean nothing then.",
                rejected_below);
        case Verdict::one_model:
            return fmt::format(
                "{} has a posterior of {:.3f}, and counts as far from its own as these come with a chance of "
                "{:.2f}.",
                best.name, best.posterior, best.check);
        default: return undecided_in_words(scores);
    }
}

}  // namespace segue::uptake
