/// \file
/// Which models could have brought forth what was observed, and which did so more likely than others.
///
///   In     replicates of each model; how the series were counted; the counts
///   Out    log likelihood, posterior and predictive check of each model, and what that comes to in words
///   Draws  Purpose::uptake_recorded, for the replicates that a model is checked against
#pragma once
#include <span>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "engine/uptake/likelihood.hpp"

namespace segue::uptake {

/// A model that may have brought forth the counts.
struct Candidate {
    std::string name;
    double prior_weight{1};
    std::span<const Followed> replicates;  ///< at least `least_replicates_to_score`
};
inline constexpr std::size_t least_replicates_to_score = 5;

struct ModelScore {
    std::string name;
    double prior{0};
    double log_likelihood{0};
    double error{0};  ///< of the log likelihood, because replicates are few: jackknife
    double posterior{0};
    double check{0};  ///< chance that the model brings forth counts at least as far from its mean as these. [0 to 1]
};

enum class Verdict : std::uint8_t {
    one_model,       ///< one has nearly all of the posterior, and is not rejected by its check
    not_told_apart,  ///< the data, or the replicates, do not choose between some
    none_of_these,   ///< every model is rejected
    count_
};
[[nodiscard]] constexpr auto names(Verdict) {
    return std::array<std::string_view, 3>{"one_model", "not_told_apart", "none_of_these"};
}

struct Scores {
    std::vector<ModelScore> models;  ///< in the order of the candidates
    std::size_t best{0};             ///< of the highest posterior
    double lead{0};                  ///< of the best's log likelihood over the next's
    double lead_error{0};            ///< because replicates are few: jackknife over twins
    Verdict verdict{Verdict::not_told_apart};
};

/// Below this chance a model's check rejects it.
inline constexpr double rejected_below = 0.01;
/// From this posterior on a model is chosen.
inline constexpr double chosen_from = 0.95;

/// Normal laws made once, for any number of sets of counts.
class Scorer {
public:
    /// \param seed of the draws of what is recorded
    Scorer(Counting counting, const std::vector<Candidate>& candidates, std::uint32_t seed);

    [[nodiscard]] Scores score(const Eigen::VectorXd& counts) const;

private:
    struct Law {
        std::string name;
        double prior;
        SyntheticLikelihood whole;
        std::vector<SyntheticLikelihood> without;  ///< one replicate, each in turn
        double mean_distance;                      ///< squared, of a replicate as recorded from the law without it
        double variance_of_distance;
    };
    [[nodiscard]] static Law law_of(const Counting& counting, const Candidate& candidate, double prior,
                                    std::uint32_t seed);
    [[nodiscard]] static Verdict verdict(const Scores& scores);

    std::vector<Law> laws_;
};

/// The verdict as a sentence or two.
[[nodiscard]] std::string in_words(const Scores& scores);

}  // namespace segue::uptake
