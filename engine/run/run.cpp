#include "engine/run/run.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <numeric>

#include <fmt/format.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "engine/core/version.hpp"
#include "engine/day/neighbourhood.hpp"
#include "engine/results/digest.hpp"
#include "engine/results/file.hpp"
#include "engine/results/merge.hpp"
#include "engine/run/assemble.hpp"
#include "engine/run/parts.hpp"
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

double days_simulated(const day::World& world) { return world.span().last - world.warm_up_start() + 1; }

bool is_sound(const Results& results) {
    const Variable* status = results.variable("replicate_status");
    return status != nullptr && std::get<std::vector<std::int32_t>>(status->values) == std::vector<std::int32_t>{0};
}

/// What must be equal for two runs to be one: a person file counts by its content, and so do records that are kept.
std::string identity_hash(const day::World& world, const Options& options) {
    const auto& file = world.laws().person_file();
    std::string hash = world.scenario().hash();
    if (file) hash += fmt::format("+{}", file->sha256);
    if (options.keep_events) hash += "+events";
    return hash;
}

/// Everything that is told of a run beside its results.
Provenance provenance(const day::World& world, const Options& options, const std::vector<day::SelfCheck>& checks) {
    const Scenario& scenario = world.scenario();
    Provenance told;
    told.texts = {{"scenario_toml", scenario.resolved_toml()},
                  {"scenario_name", fmt::format("{}/{}", scenario.folder(), scenario.name())},
                  {"hash", identity_hash(world, options)},
                  {"seed", fmt::format("{}", world.run().seed)},
                  {"program_version", std::string{program_version}},
                  {"model_version", fmt::format("{}", model_version)},
                  {"origin", std::string{world.laws().person_file() ? "person_file" : "synthetic"}}};
    if (const auto& file = world.laws().person_file()) {
        // Never a row of it: what it was, so that its owner can tell.
        told.texts.emplace_back("person_file/name", file->name);
        told.texts.emplace_back("person_file/size_bytes", fmt::format("{}", file->size_bytes));
        told.texts.emplace_back("person_file/sha256", file->sha256);
    }
    for (const std::string& name : scenario.table_names())
        told.texts.emplace_back(fmt::format("data/{}.csv", name), scenario.table(name).bytes());
    for (const day::SelfCheck& check : checks) {
        told.texts.emplace_back(fmt::format("self_check/{}", check.name),
                                fmt::format("{}: {}", check.held ? "held" : "failed", check.finding));
    }
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
        results.provenance = provenance(world_, options_, summed(checks));
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

    /// One line a check: the first neighbourhood where it failed, or how many held.
    static std::vector<day::SelfCheck> summed(const std::vector<day::SelfCheck>& checks) {
        std::vector<day::SelfCheck> by_name;
        for (const day::SelfCheck& check : checks) {
            const auto known = std::find_if(by_name.begin(), by_name.end(),
                                            [&](const day::SelfCheck& one) { return one.name == check.name; });
            if (known == by_name.end()) {
                by_name.push_back(check);
            } else if (known->held && !check.held) {
                *known = check;
            }
        }
        return by_name;
    }

    const day::World& world_;
    const Options& options_;
    std::mutex mutex_;
    std::map<std::int64_t, UnderWay> under_way_;
    Summary summary_;
};

/// The observer, asked and told by one thread at a time.
class Teller {
public:
    Teller(Observer& observer, double all) : observer_{observer}, all_{all} {}
    bool keep_going(std::int64_t person_days) {
        const std::lock_guard lock{mutex_};
        done_ += static_cast<double>(person_days);
        observer_.progressed(done_, std::max(all_, done_));
        stopped_ = stopped_ || observer_.asks_to_stop();
        return !stopped_;
    }
    [[nodiscard]] bool stopped() const noexcept { return stopped_; }

private:
    Observer& observer_;
    std::mutex mutex_;
    double all_;
    double done_{0};
    std::atomic<bool> stopped_{false};
};

/// oneTBB warns on standard error of more threads than CPUs, unless they were allowed first.
tbb::global_control allow_threads(int threads) {
    return {tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(std::max(threads, 1))};
}

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

void check_memory(const day::World& world, const Options& options) {
    const std::size_t need = estimate(world, options.threads, 0).memory_bytes;
    if (options.memory_limit_bytes == 0 || need <= options.memory_limit_bytes) return;
    const std::size_t one = day::bytes_per_task(world, largest(world));
    const std::size_t fit = options.memory_limit_bytes / std::max<std::size_t>(one, 1);
    Problems problems;
    problems
        .add({world.scenario().path(), 0, 0},
             fmt::format("the run needs about {} MB of memory on {} threads; the limit is {} MB", need >> 20U,
                         options.threads, options.memory_limit_bytes >> 20U))
        .advice(fit >= 1 ? fmt::format("--threads {} would fit", fit) : "a smaller list or fewer outputs would fit");
    problems.raise_if_any();
}

}  // namespace

Estimate estimate(const day::World& world, int threads, double nanoseconds_per_person_year) {
    Estimate made;
    const double replicates = world.run().replicates;
    made.person_years = static_cast<double>(people_in(world)) * days_simulated(world) / days_per_year * replicates;
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
    const auto allowed = allow_threads(threads);
    tbb::task_arena arena{threads};
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, world.neighbourhoods().size(), [&](std::size_t row) {
            const Twin twin{world.run().seed, static_cast<std::uint32_t>(replicate)};
            day::Neighbourhood neighbourhood{world, NeighbourhoodRow{static_cast<std::uint32_t>(row)}, twin, isa};
            auto complete = gathering.take(replicate, row, neighbourhood.run({}));
            const std::lock_guard lock{mutex};
            if (complete) results = std::move(complete);
        });
    });
    return std::move(*results);
}

Summary run(const day::World& world, const Options& options, Observer& observer) {
    check_memory(world, options);
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
    Teller teller{observer,
                  static_cast<double>(people_in(world)) * days_simulated(world) * world.run().replicates * share_to_do};
    ShardWriter writer{parts};
    std::mutex failed_mutex;
    std::map<std::int64_t, Results> failed;
    const std::size_t places = world.neighbourhoods().size();
    const auto allowed = allow_threads(options.threads);
    tbb::task_arena arena{std::max(options.threads, 1)};
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, to_do.size() * places, [&](std::size_t task) {
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
            if (options.spoil) {
                day::Audit audit = neighbourhood.audit();
                options.spoil(audit);
                outcome.checks = day::self_checks(audit);
            }
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
