#include "engine/run/run.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <numeric>

#include <fmt/format.h>

#include "engine/core/version.hpp"
#include "engine/day/neighbourhood.hpp"
#include "engine/results/digest.hpp"
#include "engine/results/file.hpp"
#include "engine/results/merge.hpp"
#include "engine/run/assemble.hpp"
#include "engine/run/parts.hpp"
#include "engine/run/provenance.hpp"
#include "engine/run/shard_writer.hpp"

namespace segue::run {
namespace {

std::int64_t people_in(const day::World& world) {
    std::int64_t people = 0;
    for (const day::NeighbourhoodPlan& one : world.neighbourhoods()) people += one.size;
    return people;
}

std::int64_t largest(const day::World& world) {
    std::int64_t people = 0;
    for (const day::NeighbourhoodPlan& one : world.neighbourhoods()) people = std::max(people, one.size);
    return people;
}

bool is_sound(const Results& results) {
    const Variable* status = results.variable("replicate_status");
    return status != nullptr && std::get<std::vector<std::int32_t>>(status->values) == std::vector<std::int32_t>{0};
}

/// What must be equal for two runs to be one: records that are kept count too.
std::string identity_hash(const day::World& world, const Options& options) {
    return content_hash(world) + (options.keep_events ? "+events" : "");
}

/// Everything that is told of a run beside its results.
Provenance provenance(const day::World& world, const Options& options, const std::vector<day::SelfCheck>& checks) {
    Provenance told = provenance_of(world);
    told.set("hash", identity_hash(world, options));
    add_checks(told, checks);
    told.texts.insert(told.texts.end(), options.machine.begin(), options.machine.end());
    return told;
}

/// Replicates under way: gathers their neighbourhoods and hands over those that are complete.
class Gathering {
public:
    Gathering(const day::World& world, const Options& options, const std::vector<std::int64_t>& replicates)
        : world_{world}, options_{options} {
        for (const std::int64_t number : replicates) {
            under_way_[number] = {{number, std::vector<day::Outcome>(world.neighbourhoods().size())},
                                  world.neighbourhoods().size()};
        }
    }

    /// Takes an outcome; returns the replicate's results when it was the last.
    std::optional<Results> take(std::int64_t number, std::size_t neighbourhood, day::Outcome outcome) {
        const std::lock_guard lock{mutex_};
        UnderWay& one = under_way_.at(number);
        one.replicate.neighbourhoods[neighbourhood] = std::move(outcome);
        if (--one.left > 0) return std::nullopt;
        Results results = assemble(world_, one.replicate);
        note(one.replicate);
        std::vector<day::SelfCheck> checks;
        for (const day::Outcome& done : one.replicate.neighbourhoods)
            checks.insert(checks.end(), done.checks.begin(), done.checks.end());
        results.provenance = provenance(world_, options_, checks);
        under_way_.erase(number);
        return results;
    }

    [[nodiscard]] Summary& summary() noexcept { return summary_; }

private:
    struct UnderWay {
        Replicate replicate;
        std::size_t left{0};
    };

    void note(const Replicate& replicate) {
        ++summary_.replicates_run;
        for (const day::Outcome& outcome : replicate.neighbourhoods) {
            summary_.person_years += outcome.person_years;
            summary_.events += outcome.events;
            summary_.loop_cpu_seconds += outcome.loop_cpu_seconds;
            summary_.synthesis_cpu_seconds += outcome.synthesis_cpu_seconds;
            for (const day::SelfCheck& check : outcome.checks) {
                if (!check.held) summary_.failed_checks.push_back(check);
            }
        }
    }

    const day::World& world_;
    const Options& options_;
    std::mutex mutex_;
    std::map<std::int64_t, UnderWay> under_way_;
    Summary summary_;
};

void check_events(const day::World& world, const Options& options) {
    if (!options.keep_events || world.run().replicates == 1) return;
    Problems problems;
    problems
        .add(world.scenario().origin("run.replicates").place,
             fmt::format("run.replicates is {}, and every record is to be kept", world.run().replicates))
        .expected("one replicate with --events")
        .advice("an [[output]] counts records of many replicates");
    problems.raise_if_any();
}

}  // namespace

double person_days(const day::World& world) {
    const double days = world.span().last - world.warm_up_start() + 1;
    return static_cast<double>(people_in(world)) * days;
}

void check_memory(const std::vector<const day::World*>& side_by_side, std::size_t more_bytes_per_person, int threads,
                  std::size_t limit_bytes) {
    std::size_t one = 0;
    std::size_t shared = 0;
    for (const day::World* world : side_by_side) {
        one += day::bytes_per_task(*world, largest(*world)) +
               more_bytes_per_person * static_cast<std::size_t>(largest(*world));
        shared += world->laws().bytes();
    }
    const std::size_t need = shared + one * static_cast<std::size_t>(std::max(threads, 1));
    if (limit_bytes == 0 || need <= limit_bytes) return;
    const std::size_t fit = (limit_bytes - std::min(limit_bytes, shared)) / std::max<std::size_t>(one, 1);
    Problems problems;
    problems
        .add({side_by_side.front()->scenario().path(), 0, 0},
             fmt::format("the run needs about {} MB of memory on {} threads; the limit is {} MB", need >> 20U, threads,
                         limit_bytes >> 20U))
        .advice(fit >= 1 ? fmt::format("--threads {} would fit", fit) : "a smaller list or fewer outputs would fit");
    problems.raise_if_any();
}

Estimate estimate(const day::World& world, int threads, double nanoseconds_per_person_year) {
    Estimate made;
    const double replicates = world.run().replicates;
    made.person_years = person_days(world) / days_per_year * replicates;
    made.memory_bytes = day::bytes_per_task(world, largest(world)) * static_cast<std::size_t>(std::max(threads, 1)) +
                        world.laws().bytes();
    made.file_bytes = static_cast<std::size_t>(
        static_cast<double>(world.plan().cells() * world.neighbourhoods().size() * sizeof(std::int64_t)) * replicates);
    made.seconds = made.person_years * nanoseconds_per_person_year * 1e-9 / std::max(threads, 1);
    return made;
}

Results run_in_memory(const day::World& world, std::int64_t replicate, int threads, Isa isa) {
    Options options;
    Gathering gathering{world, options, {replicate}};
    std::optional<Results> results;
    std::mutex mutex;
    on_threads(threads, world.neighbourhoods().size(), [&](std::size_t row) {
        const Twin twin{world.run().seed, static_cast<std::uint32_t>(replicate)};
        day::Neighbourhood neighbourhood{world, NeighbourhoodRow{static_cast<std::uint32_t>(row)}, twin, isa};
        auto complete = gathering.take(replicate, row, neighbourhood.run({}));
        const std::lock_guard lock{mutex};
        if (complete) results = std::move(complete);
    });
    return std::move(*results);
}

Summary run(const day::World& world, const Options& options, Observer& observer) {
    check_memory({&world}, 0, options.threads, options.memory_limit_bytes);
    check_events(world, options);
    Parts parts{options.path,
                {identity_hash(world, options), world.run().seed, std::string{program_version}},
                options.resume,
                options.force};
    std::vector<std::int64_t> wanted(static_cast<std::size_t>(world.run().replicates));
    std::iota(wanted.begin(), wanted.end(), std::int64_t{0});
    if (!options.force && parts.is_there(wanted)) {
        Summary summary;
        summary.path = options.path;
        summary.digest = parts.finished()->digest;
        summary.was_there = true;
        return summary;
    }
    std::vector<std::int64_t> to_do;
    std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(to_do),
                 [&](std::int64_t number) { return !parts.has(number); });
    Gathering gathering{world, options, to_do};
    const double share_to_do = static_cast<double>(to_do.size()) / world.run().replicates;
    Teller teller{observer, person_days(world) * world.run().replicates * share_to_do};
    ShardWriter writer{parts};
    std::mutex failed_mutex;
    std::map<std::int64_t, Results> failed;
    const std::size_t places = world.neighbourhoods().size();
    on_threads(options.threads, to_do.size() * places, [&](std::size_t task) {
        if (teller.stopped()) return;
        const std::int64_t replicate = to_do[task / places];
        const Twin twin{world.run().seed, static_cast<std::uint32_t>(replicate)};
        const double began = options.thread_cpu_seconds ? options.thread_cpu_seconds() : 0;
        day::Neighbourhood neighbourhood{world, NeighbourhoodRow{static_cast<std::uint32_t>(task % places)}, twin,
                                         options.isa};
        if (options.keep_events) neighbourhood.keep_events();
        const double made = options.thread_cpu_seconds ? options.thread_cpu_seconds() : 0;
        day::Outcome outcome = neighbourhood.run(
            [&](std::int64_t person_days) { return teller.keep_going(person_days); }, options.thread_cpu_seconds);
        if (outcome.counts.empty()) return;  // stopped within
        if (options.spoil) day::judge_spoiled(neighbourhood, options.spoil, outcome);
        outcome.synthesis_cpu_seconds = made - began;
        if (auto complete = gathering.take(replicate, task % places, std::move(outcome))) {
            if (is_sound(*complete)) {
                writer.add(std::move(*complete));
            } else {
                const std::lock_guard lock{failed_mutex};
                failed.emplace(replicate, std::move(*complete));
            }
        }
    });
    writer.close();
    Summary summary = gathering.summary();
    summary.path = options.path;
    summary.finished = !teller.stopped();
    if (!failed.empty()) {
        // The first by number, whichever thread was done first.
        summary.path = write_failed(failed.begin()->second, options.path);
    } else if (summary.finished) {
        summary.digest = parts.finish();
        summary.lists = parts.lists();
    }
    return summary;
}

}  // namespace segue::run
