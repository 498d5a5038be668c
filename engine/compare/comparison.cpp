#include "engine/compare/comparison.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <mutex>

#include <fmt/format.h>

#include "engine/compare/paired_task.hpp"
#include "engine/run/run.hpp"

namespace segue::compare {
namespace {

double person_days_of(const Arms& arms, std::size_t replicates) {
    return run::person_days(arms.first()) * static_cast<double>(arms.size() * replicates);
}

void check_memory(const Arms& arms, const Options& options) {
    // A month's records, sorted by person, and what is kept of each person: 4 records a month at 50 bytes, and 60.
    constexpr std::size_t bytes_per_person = 260;
    std::vector<const day::World*> worlds;
    for (std::size_t arm = 0; arm < arms.size(); ++arm) worlds.push_back(&arms.world(arm));
    run::check_memory(worlds, bytes_per_person, options.threads, options.memory_limit_bytes);
}

/// The neighbourhoods of one replicate put together.
ReplicateComparison together(const Arms& arms, const std::vector<PairedOutcome>& places) {
    ReplicateComparison made;
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
        std::vector<const Counts*> counts;
        OwnFigures own{arms.staff_cost(arm).value(), 0};
        made.twins.push_back(places.front().twins[arm]);
        for (const PairedOutcome& place : places) {
            counts.push_back(&place.arms[arm].counts);
            own.waiting_at_end += place.waiting_at_end[arm];
            if (&place != &places.front()) made.twins.back().add(place.twins[arm]);
        }
        made.values.push_back(arms.reader(arm).values(counts, own));
    }
    return made;
}

/// Runs replicates and keeps what came of them in their order, whichever thread is done first.
class Batches {
public:
    Batches(const Arms& arms, const Options& options, run::Teller& teller)
        : arms_{arms}, options_{options}, teller_{teller}, done_{options.known} {}

    /// Adds replicates up to `count` in all.
    void run_to(std::size_t count, Comparison& comparison) {
        const std::size_t places = arms_.first().neighbourhoods().size();
        std::vector<std::int64_t> to_do;
        for (auto number = static_cast<std::int64_t>(comparison.replicates.size());
             number < static_cast<std::int64_t>(count); ++number) {
            if (!done_.contains(number)) to_do.push_back(number);
        }
        for (const std::int64_t number : to_do) under_way_[number].resize(places);
        run::on_threads(options_.threads, to_do.size() * places, [&](std::size_t task) {
            if (!teller_.stopped()) run_place(to_do[task / places], task % places);
        });
        if (teller_.stopped()) return;
        for (auto i = static_cast<std::int64_t>(comparison.replicates.size()); i < static_cast<std::int64_t>(count);
             ++i)
            comparison.replicates.push_back(done_.at(i));
        comparison.checks = checks_;
        comparison.person_years = person_years_;
    }

private:
    void run_place(std::int64_t replicate, std::size_t place) {
        const Twin twin{arms_.first().run().seed, static_cast<std::uint32_t>(replicate)};
        auto outcome = run_paired(
            arms_, NeighbourhoodRow{static_cast<std::uint32_t>(place)}, twin, options_.isa,
            [&](std::int64_t person_days) { return teller_.keep_going(person_days); }, options_.spoil);
        if (!outcome) return;
        const std::lock_guard lock{mutex_};
        for (const day::Outcome& arm : outcome->arms) person_years_ += arm.person_years;
        std::vector<std::optional<PairedOutcome>>& places = under_way_.at(replicate);
        places[place] = std::move(outcome);
        if (std::all_of(places.begin(), places.end(), [](const auto& one) { return one.has_value(); }))
            complete(replicate);
    }

    void complete(std::int64_t number) {
        std::vector<PairedOutcome> places;
        for (auto& one : under_way_.at(number)) places.push_back(std::move(*one));
        under_way_.erase(number);
        bool is_sound = true;
        for (const PairedOutcome& place : places) {
            for (const day::Outcome& arm : place.arms) {
                for (const day::SelfCheck& check : arm.checks) is_sound = is_sound && check.held;
                checks_.insert(checks_.end(), arm.checks.begin(), arm.checks.end());
            }
        }
        ReplicateComparison& made = done_[number] = together(arms_, places);
        made.number = number;
        if (is_sound && options_.on_complete) options_.on_complete(made);
    }

    const Arms& arms_;
    const Options& options_;
    run::Teller& teller_;
    std::mutex mutex_;
    std::map<std::int64_t, std::vector<std::optional<PairedOutcome>>> under_way_;  ///< by neighbourhood
    std::map<std::int64_t, ReplicateComparison> done_;
    std::vector<day::SelfCheck> checks_;
    double person_years_{0};
};

double wanted_half_width(const Precision& precision, const Comparison& comparison) {
    return precision.share * std::abs(interval_of(comparison.values(0, precision.headline)).mean);
}

std::vector<double> difference(const Comparison& comparison, std::size_t arm, std::size_t headline) {
    return differences(comparison.values(0, headline), comparison.values(arm, headline));
}

/// As many as the arms' variances say so far; at least a few more, at most twice as many.
std::size_t next_count(const Precision& precision, const Comparison& comparison) {
    const std::size_t now = comparison.replicates.size();
    std::size_t needed = now;
    for (std::size_t arm = 1; arm < comparison.replicates.front().values.size(); ++arm) {
        const auto of_arm = replicates_needed(difference(comparison, arm, precision.headline),
                                              wanted_half_width(precision, comparison));
        needed = std::max(needed, of_arm.value_or(2 * now));
    }
    return std::min(most_replicates, std::clamp(needed, now + 2, 2 * now));
}

std::optional<double> share_of(std::string text) {
    if (text.empty() || text.back() != '%') return std::nullopt;
    text.pop_back();
    double percent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
    if (error != std::errc{} || end != text.data() + text.size() || !(percent > 0) || percent > 100)
        return std::nullopt;
    return percent / 100;
}

}  // namespace

std::optional<Precision> parse_precision(const std::string& text, const std::vector<Headline>& headlines,
                                         Problems& problems) {
    const Place place{"--precision", 0, 0};
    const std::size_t space = text.find_last_of(' ');
    const auto share = share_of(space == std::string::npos ? "" : text.substr(space + 1));
    if (!share) {
        problems.add(place, fmt::format("\"{}\" is no precision", text))
            .expected("a headline and a share of its mean, such as \"ae_attendances 1%\"");
        return std::nullopt;
    }
    const std::string name = text.substr(0, text.find_last_not_of(' ', space) + 1);
    std::vector<std::string> known;
    known.reserve(headlines.size());
    for (const Headline& one : headlines) known.push_back(one.name());
    const auto found = std::find(known.begin(), known.end(), name);
    if (found != known.end()) return Precision{static_cast<std::size_t>(found - known.begin()), *share};
    const std::string near = nearest(name, known);
    problems.add(place, fmt::format("\"{}\" is no headline", name))
        .expected("one of those that the comparison prints, such as ae_attendances or contacts[role=gp]")
        .advice(near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
    return std::nullopt;
}

std::vector<double> Comparison::values(std::size_t arm, std::size_t headline) const {
    std::vector<double> made;
    for (const ReplicateComparison& one : replicates) made.push_back(one.values[arm][headline]);
    return made;
}

PairedDifference paired_difference(const Comparison& comparison, std::size_t arm, std::size_t headline, double share) {
    const std::vector<double> first = comparison.values(0, headline);
    const std::vector<double> other = comparison.values(arm, headline);
    const std::vector<double> change = differences(first, other);
    PairedDifference made;
    made.first = interval_of(first).mean;
    made.arm = interval_of(other).mean;
    made.difference = interval_of(change);
    made.variance_reduction = variance_reduction(first, other);
    made.needed = replicates_needed(change, share * std::abs(made.first));
    return made;
}

TwinCounts twins_in_all(const Comparison& comparison, std::size_t arm) {
    TwinCounts sum = comparison.replicates.front().twins[arm];
    for (std::size_t i = 1; i < comparison.replicates.size(); ++i) sum.add(comparison.replicates[i].twins[arm]);
    return sum;
}

bool is_met(const Precision& precision, const Comparison& comparison) {
    const double wanted = wanted_half_width(precision, comparison);
    for (std::size_t arm = 1; arm < comparison.replicates.front().values.size(); ++arm) {
        if (!(interval_of(difference(comparison, arm, precision.headline)).half_width <= wanted)) return false;
    }
    return true;
}

Comparison compare(const Arms& arms, const Options& options, run::Observer& observer) {
    check_memory(arms, options);
    auto count = static_cast<std::size_t>(arms.first().run().replicates);
    if (options.precision) count = std::max(count, least_replicates);
    run::Teller teller{observer, person_days_of(arms, count)};
    Batches batches{arms, options, teller};
    Comparison comparison;
    for (;;) {
        batches.run_to(count, comparison);
        comparison.finished = !teller.stopped();
        if (!comparison.finished || !options.precision) return comparison;
        comparison.is_precise = is_met(*options.precision, comparison);
        // Of nothing no share can be reached.
        const bool is_within_reach = wanted_half_width(*options.precision, comparison) > 0;
        if (comparison.is_precise || !is_within_reach || count >= most_replicates) return comparison;
        const std::size_t more = next_count(*options.precision, comparison);
        teller.expect(person_days_of(arms, more - count));
        count = more;
    }
}

}  // namespace segue::compare
