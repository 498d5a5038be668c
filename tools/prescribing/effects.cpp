// Writes docs/prescribing-effects.md: what each reading of the evidence does to appointments of general practice, what an evaluation
// without controls would make of it, and the ratio of rates at which the mean change among those treated is the published
// one.
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/math/tools/toms748_solve.hpp>

#include "engine/compare/interval.hpp"
#include "engine/day/catalogue.hpp"
#include "engine/results/durable.hpp"
#include "engine/run/tasks.hpp"
#include "engine/uptake/before_after.hpp"
#include "tools/figures.hpp"

namespace segue::prescribing_effects {
namespace {

using uptake::BeforeAfter;
using uptake::TreatedCohort;

struct Arguments {
    std::string scenario{"scenarios/england-average/social-prescribing.toml"};
    std::string output{"docs/prescribing-effects.md"};
    int replicates{8};
    int threads{2};
};

/// One reading of the evidence, and what it says of appointments of general practice.
struct Reading {
    const char* name;
    const char* source;
    Treated treated;
    double published;  ///< change of appointments of general practice a quarter, among those treated; 0: none
};
constexpr std::array<Reading, 3> readings{
    {{"null", "controlled studies: no difference", Treated::referred, 0},
     {"central", "assumption, between -0.1 and -0.3, on those engaged", Treated::engaged, -0.2},
     {"observational",
      "staggered difference in differences, England 2019-2021: -1.13 (-1.21 to -1.03), on those referred",
      Treated::referred, -1.13}}};
constexpr double most_subtracted = 1.13;

std::unique_ptr<const day::World> world_of(const Arguments& arguments, const std::string& evidence,
                                           std::optional<double> ratio) {
    std::vector<std::string> overrides{"run.years=3", fmt::format("prescribing.evidence=\"{}\"", evidence)};
    if (ratio) overrides.push_back(fmt::format("prescribing.effects.{}.need_ratio={:.6g}", evidence, *ratio));
    Problems warnings;
    return std::make_unique<const day::World>(
        load(arguments.scenario, day::catalogue(), {.overrides = std::move(overrides), .settings = {}}, warnings));
}

/// Every replicate's cohort; of twins, the cohort of the untreated arm.
std::vector<TreatedCohort> cohorts(const Arguments& arguments, const day::World& world, Treated as,
                                   const std::vector<TreatedCohort>* untreated) {
    std::vector<TreatedCohort> made(static_cast<std::size_t>(arguments.replicates));
    run::on_threads(arguments.threads, made.size(), [&](std::size_t replicate) {
        const Twin twin{world.run().seed, static_cast<std::uint32_t>(replicate)};
        made[replicate] =
            uptake::treated_cohort(world, twin, as, untreated == nullptr ? nullptr : &(*untreated)[replicate].began_on);
    });
    return made;
}

std::vector<double> twin_differences(const std::vector<TreatedCohort>& untreated,
                                     const std::vector<TreatedCohort>& treated) {
    std::vector<double> values;
    for (std::size_t i = 0; i < untreated.size(); ++i)
        values.push_back(uptake::twin_difference(untreated[i].people, treated[i].people));
    return values;
}

/// The ratio of rates at which twins differ by the published amount, on the same luck at every try; nothing where even no
/// contact at all would not do.
std::optional<double> solve(const Arguments& arguments, const Reading& reading,
                            const std::vector<TreatedCohort>& untreated) {
    const auto miss = [&](double ratio) {
        const auto world = world_of(arguments, reading.name, ratio);
        return compare::interval_of(
                   twin_differences(untreated, cohorts(arguments, *world, reading.treated, &untreated)))
                   .mean -
               reading.published;
    };
    const double at_none = miss(0);
    if (at_none > 0) return std::nullopt;
    std::uintmax_t tries = 12;
    const auto close_enough = [](double a, double b) { return std::abs(a - b) < 0.002; };
    const auto [low, high] =
        boost::math::tools::toms748_solve(miss, 0.0, 1.0, at_none, -reading.published, close_enough, tries);
    return (low + high) / 2;
}

std::string with_width(const std::vector<double>& values) {
    const compare::Interval mean = compare::interval_of(values);
    return fmt::format("{:+.3f} ± {:.3f}", mean.mean, mean.half_width);
}

class Page {
public:
    explicit Page(const Arguments& arguments)
        : arguments_{arguments},
          null_{world_of(arguments, "null", {})},
          untreated_{cohorts(arguments, *null_, Treated::referred, nullptr)} {}

    std::string text() {
        std::string page = fmt::format(
            "# What social prescribing is taken to do\n\nMade by `segue_prescribing_effects` (`tools/prescribing`) "
            "from {} "
            "replicates "
            "of `{}`, three years each. Treatment "
            "begins when a referral is accepted, or for those engaged with the third contact or an activity. Those "
            "looked at "
            "have a year of results before that day and a year after it. ± is half the 95% interval over replicates. A "
            "quarter is 91 days; the contact that led to the "
            "referral "
            "is left out.\n\n"
            "| reading | source | before | after | before and after, no controls | between twins | ratio of rates |\n"
            "|---|---|---:|---:|---:|---:|---:|\n",
            arguments_.replicates, arguments_.scenario);
        for (const Reading& reading : readings) page += row(reading);
        return page + beneath();
    }

private:
    std::string row(const Reading& reading) {
        const auto untreated = cohorts(arguments_, *null_, reading.treated, nullptr);
        const std::optional<double> ratio =
            reading.published == 0 ? std::nullopt : solve(arguments_, reading, untreated);
        const auto treated =
            cohorts(arguments_, *world_of(arguments_, reading.name, ratio), reading.treated, &untreated);
        std::vector<double> before;
        std::vector<double> after;
        std::vector<double> change;
        for (const TreatedCohort& cohort : treated) {
            const BeforeAfter means = uptake::before_after(cohort.people, most_subtracted);
            before.push_back(means.before);
            after.push_back(means.after);
            change.push_back(means.after - means.before);
        }
        return fmt::format("| {} | {} | {:.2f} | {:.2f} | {} | {} | {} |\n", reading.name, reading.source,
                           compare::interval_of(before).mean, compare::interval_of(after).mean, with_width(change),
                           with_width(twin_differences(untreated, treated)),
                           reading.published == 0 ? "1"
                           : ratio                ? fmt::format("{:.3f}", *ratio)
                                                  : "none reaches it");
    }

    /// What the untreated say: the rate before, and whom a subtraction would take below none.
    [[nodiscard]] std::string beneath() const {
        std::vector<double> before;
        std::vector<double> last;
        std::vector<double> below;
        std::size_t people = 0;
        for (const TreatedCohort& cohort : untreated_) {
            const BeforeAfter means = uptake::before_after(cohort.people, most_subtracted);
            before.push_back(means.before);
            last.push_back(means.last_quarter);
            below.push_back(100 * means.below_zero_share);
            people += means.people;
        }
        return fmt::format(
            "\n{} people in all. Before the referral they had {:.2f} appointments of general practice a quarter, and "
            "{:.2f} in the "
            "last "
            "quarter before it. Were {:.2f} a quarter subtracted from each instead of rates being multiplied, {:.0f}% "
            "of "
            "them would have less than none.\n\n",
            people, compare::interval_of(before).mean, compare::interval_of(last).mean, most_subtracted,
            compare::interval_of(below).mean);
    }

    const Arguments& arguments_;
    std::unique_ptr<const day::World> null_;
    std::vector<TreatedCohort> untreated_;  ///< those referred
};

program::ExitCode write(const Arguments& arguments) {
    const std::string by_hand = tools::kept_by_hand(arguments.output);
    write_durably(arguments.output, Page{arguments}.text() + by_hand);
    return program::ExitCode::done;
}

}  // namespace
}  // namespace segue::prescribing_effects

int main(int argc, char** argv) {
    segue::prescribing_effects::Arguments arguments;
    CLI::App parser{"Writes docs/prescribing-effects.md: readings of the evidence on social prescribing"};
    parser.add_option("scenario", arguments.scenario)->capture_default_str();
    parser.add_option("-o,--output", arguments.output)->capture_default_str();
    parser.add_option("--replicates", arguments.replicates)->capture_default_str()->check(CLI::Range(2, 1000));
    parser.add_option("--threads", arguments.threads)->capture_default_str()->check(CLI::Range(1, 1024));
    CLI11_PARSE(parser, argc, argv);
    return segue::tools::answer("segue_prescribing_effects",
                                [&] { return segue::prescribing_effects::write(arguments); });
}
