// Writes docs/recovery.md: counts simulated from each model of uptake, every model scored by them, and what was chosen.
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "engine/core/isa.hpp"
#include "engine/program/output_file.hpp"
#include "engine/program/resources.hpp"
#include "engine/results/durable.hpp"
#include "engine/uptake/fit.hpp"
#include "engine/uptake/score.hpp"
#include "tools/figures.hpp"

namespace segue::recovery {
namespace {

using uptake::Cell;
using uptake::Counting;
using uptake::FittedModel;
using uptake::Followed;
using uptake::Grouping;
using uptake::Reached;
using uptake::Verdict;

struct Arguments {
    std::string scenario{"scenarios/england-average/social-prescribing.toml"};
    std::string output{"docs/recovery.md"};
    std::vector<std::string> models;
    std::int64_t people{10'000};
    std::size_t to_score{24};
    std::size_t to_simulate{12};
    int threads{program::usable_cpus()};
};

constexpr std::size_t months_in_a_year = 12;
constexpr std::size_t years = 2;  // the first ends what the warm-up begins; the second is counted

/// How counts come about, and what the likelihood is told of it.
enum class Recording : std::uint8_t { full, known, unknown, count_ };
constexpr std::array<std::string_view, count_of<Recording>> names(Recording) {
    return {"all recorded", "0.7 recorded, drift 0.9 a year, known", "the same, and not known"};
}

/// What is counted.
enum class Data : std::uint8_t { year, months, months_few, months_many, count_ };
constexpr std::array<std::string_view, count_of<Data>> names(Data) {
    return {"a year's totals of four stages", "monthly offers and starts by deprivation",
            "the same with half the link workers", "the same with twice the link workers"};
}

Counting counting_of(Data data, bool is_full) {
    const ObservedSeries recording = is_full ? ObservedSeries{} : ObservedSeries{"", 0.7, 0.9, 0};
    constexpr std::size_t first = months_in_a_year * (years - 1);
    constexpr std::size_t after = months_in_a_year * years;
    Counting counting;
    for (const Reached stage : all<Reached>()) {
        if (data != Data::year && stage != Reached::offered && stage != Reached::started) continue;
        counting.series.push_back({std::string{name_of(stage)}, stage, recording});
        const std::size_t series = counting.series.size() - 1;
        if (data == Data::year) {
            counting.cells.push_back({series, std::nullopt, 0, first, after});
            continue;
        }
        for (std::size_t fifth = 0; fifth < deprivation_quintiles; ++fifth) {
            for (std::size_t month = first; month < after; ++month)
                counting.cells.push_back({series, Grouping::deprivation, fifth, month, month + 1});
        }
    }
    return counting;
}

const std::vector<Followed>& replicates_of(const FittedModel& model, Data data) {
    if (data == Data::months_few) return model.loads.front().replicates;
    if (data == Data::months_many) return model.loads.back().replicates;
    return model.replicates;
}

/// How often each answer was given: the models, then "not told apart", then "none".
struct Confusion {
    Data data;
    Recording recording;
    std::vector<std::vector<std::size_t>> answers;  ///< [truth][answer]
    std::size_t likeliest{0};                       ///< sets of counts whose true model has the highest posterior
};

std::size_t answer_of(const uptake::Scores& scores) {
    switch (scores.verdict) {
        case Verdict::one_model: return scores.best;
        case Verdict::not_told_apart: return scores.models.size();
        default: return scores.models.size() + 1;
    }
}

/// Replicates up to `to_score` make the likelihood; the rest are the truth that it has not seen.
Confusion confuse(const std::vector<FittedModel>& models, Data data, Recording recording, const Arguments& arguments) {
    const Counting truth = counting_of(data, recording == Recording::full);
    std::vector<uptake::Candidate> candidates;
    for (const FittedModel& model : models) {
        const std::span<const Followed> replicates = replicates_of(model, data);
        candidates.push_back({std::string{model.model->name}, 1, replicates.first(arguments.to_score)});
    }
    const std::uint32_t seed = 1;
    const uptake::Scorer scorer{counting_of(data, recording != Recording::known), candidates, seed};
    Confusion confusion{data, recording, {}};
    for (std::size_t true_model = 0; true_model < models.size(); ++true_model) {
        auto& row = confusion.answers.emplace_back(models.size() + 2, 0);
        const auto& replicates = replicates_of(models[true_model], data);
        for (std::size_t i = arguments.to_score; i < replicates.size(); ++i) {
            const Twin twin{seed, static_cast<std::uint32_t>(i)};
            const uptake::Scores scores = scorer.score(uptake::record(truth, replicates[i], twin));
            ++row[answer_of(scores)];
            if (scores.best == true_model) ++confusion.likeliest;
        }
    }
    return confusion;
}

uptake::UptakeComparison fitted(const Arguments& arguments) {
    const std::size_t replicates = arguments.to_score + arguments.to_simulate;
    uptake::Request request;
    request.scenario = arguments.scenario;
    request.overrides = {fmt::format("population.size={}", arguments.people), fmt::format("run.years={}", years),
                         "uptake.runs.replicates_to_fit=2",
                         fmt::format("uptake.runs.replicates_to_compare={}", replicates),
                         fmt::format("uptake.runs.replicates_of_loads={}", replicates)};
    request.models = arguments.models;
    request.threads = arguments.threads;
    request.isa = best_isa();
    return uptake::compare_models(request, [](const std::string& line) { fmt::print(stderr, "{}\n", line); });
}

/// Of all sets of counts, the shares that were answered right, wrong, not told apart, none; and in which the true model is
/// the likeliest, whatever was answered.
std::string summary_row(const Confusion& confusion) {
    const std::size_t models = confusion.answers.size();
    std::array<std::size_t, 4> sums{};
    for (std::size_t truth = 0; truth < models; ++truth) {
        for (std::size_t answer = 0; answer < models; ++answer)
            sums[truth == answer ? 0 : 1] += confusion.answers[truth][answer];
        sums[2] += confusion.answers[truth][models];
        sums[3] += confusion.answers[truth][models + 1];
    }
    const auto sets = static_cast<double>(sums[0] + sums[1] + sums[2] + sums[3]);
    std::string row = fmt::format("| {} | {} |", name_of(confusion.data), name_of(confusion.recording));
    for (const std::size_t sum : {sums[0], sums[1], sums[2], sums[3], confusion.likeliest})
        row += fmt::format(" {:.0f}% |", 100 * static_cast<double>(sum) / sets);
    return row + '\n';
}

std::string matrix(const Confusion& confusion, const std::vector<FittedModel>& models) {
    std::string text = fmt::format("### {}: {}\n\n| truth |", name_of(confusion.data), name_of(confusion.recording));
    for (const FittedModel& model : models) text += fmt::format(" {} |", model.model->number);
    text += " not told apart | none |\n|---|";
    for (std::size_t i = 0; i < models.size() + 2; ++i) text += "---|";
    text += '\n';
    for (std::size_t truth = 0; truth < models.size(); ++truth) {
        text += fmt::format("| {} {} | {} |\n", models[truth].model->number, models[truth].model->name,
                            fmt::join(confusion.answers[truth], " | "));
    }
    return text + '\n';
}

std::string missed_targets(const std::vector<FittedModel>& models) {
    std::vector<std::string> missed;
    for (const FittedModel& model : models) {
        for (const uptake::FittedTarget& target : model.targets) {
            if (!target.is_met)
                missed.push_back(fmt::format("{} has {} {:.3g}, not {:.3g}", model.model->name, target.name,
                                             target.reached, target.wanted));
        }
    }
    return missed.empty()
               ? "Every model meets its targets."
               : fmt::format("Targets missed, so that a year's totals do differ there: {}.", fmt::join(missed, "; "));
}

program::ExitCode write(const Arguments& arguments) {
    program::require_output_file(arguments.output);
    const std::string kept = tools::kept_by_hand(arguments.output);
    const std::vector<FittedModel> models = fitted(arguments).models;
    std::string summary;
    std::string matrices;
    for (const Data data : all<Data>()) {
        for (const Recording recording : all<Recording>()) {
            const Confusion confusion = confuse(models, data, recording, arguments);
            summary += summary_row(confusion);
            matrices += matrix(confusion, models);
        }
    }
    write_durably(
        arguments.output,
        fmt::format("# Can the models of uptake be told apart?\n\n"
                    "Made by `segue_recovery --people {} --to-score {} --to-simulate {}` (`tools/recovery`) from `{}`: "
                    "every model "
                    "fitted to the same targets; {} replicates of each make its likelihood, and {} others are each "
                    "taken for what was "
                    "observed in the second year and scored under all models, as `segue uptake --observed` does. {}\n\n"
                    "| counts | recording | the true model chosen | another | not told apart | none of these | true "
                    "model likeliest |\n"
                    "|---|---|---|---|---|---|---|\n{}\n"
                    "## Confusion matrices\n\n"
                    "Rows: the model that the counts came of. Columns: what was answered, in sets of counts.\n\n{}{}",
                    arguments.people, arguments.to_score, arguments.to_simulate, arguments.scenario, arguments.to_score,
                    arguments.to_simulate, missed_targets(models), summary, matrices, kept));
    return program::ExitCode::done;
}

}  // namespace
}  // namespace segue::recovery

int main(int argc, char** argv) {
    segue::recovery::Arguments arguments;
    CLI::App parser{"Writes docs/recovery.md: which models of uptake observed counts can tell apart"};
    parser.add_option("scenario", arguments.scenario, "It must offer social prescribing")->capture_default_str();
    parser.add_option("-o,--output", arguments.output)->capture_default_str();
    parser.add_option("--models", arguments.models, "By name (default: all)")->delimiter(',');
    parser.add_option("--people", arguments.people, "On the list")
        ->capture_default_str()
        ->check(CLI::Range(100, 10'000'000));
    parser.add_option("--to-score", arguments.to_score, "Replicates that make a model's likelihood")
        ->capture_default_str()
        ->check(CLI::Range(static_cast<int>(segue::uptake::least_replicates_to_score), 5'000));
    parser.add_option("--to-simulate", arguments.to_simulate, "Replicates of each model that are taken for observed")
        ->capture_default_str()
        ->check(CLI::Range(1, 5'000));
    parser.add_option("--threads", arguments.threads)->capture_default_str()->check(CLI::Range(1, 4'096));
    CLI11_PARSE(parser, argc, argv);
    return segue::tools::answer("segue_recovery", [&] { return segue::recovery::write(arguments); });
}
