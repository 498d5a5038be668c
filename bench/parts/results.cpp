// From records to a file: counting a month's records into every output, stocks at its end, and writing a replicate.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "bench/reference/sized.hpp"
#include "engine/day/neighbourhood.hpp"
#include "engine/results/file.hpp"
#include "engine/run/run.hpp"

namespace segue {
namespace {

constexpr std::int64_t people = 40'000;
constexpr int days_of_april = 30;

const day::World& world() {
    static const day::World made{
        reference::sized("scenarios/england-average/gp-led.toml", people, {"run.warm_up=0 d"})};
    return made;
}

/// At the end of April 2026, its records not yet counted.
const day::Neighbourhood& april() {
    static const day::Neighbourhood lived = [] {
        day::Neighbourhood made{world(), NeighbourhoodRow{0}, Twin{1, 0}, best_isa()};
        for (int day = 0; day < days_of_april; ++day) made.advance();
        return made;
    }();
    return lived;
}

void counting_records(benchmark::State& state) {
    const EventBuffer& records = april().state().events;
    Counter counter{world().plan()};
    for (auto _ : state) counter.count(records);
    state.counters["ns_per_event"] =
        benchmark::Counter(static_cast<double>(records.events().size()) * 1e-9,
                           benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(counting_records)->Unit(benchmark::kMicrosecond);

void stocks_of_a_month(benchmark::State& state) {
    const Holdings holdings{april().state().people, {}, {}, 0};
    Counter counter{world().plan()};
    for (auto _ : state) counter.close_day(april().today(), holdings);
    state.counters["ns_per_person"] =
        benchmark::Counter(people * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(stocks_of_a_month)->Unit(benchmark::kMicrosecond);

/// Written, synced, read back and compared, as every file is.
void writing_a_file(benchmark::State& state) {
    const Results results = run::run_in_memory(world(), 0, 1, best_isa());
    const std::filesystem::path path = std::filesystem::temp_directory_path() / "segue_bench_results.h5";
    for (auto _ : state) write(results, path);
    state.counters["bytes"] = static_cast<double>(std::filesystem::file_size(path));
    std::filesystem::remove(path);
}
BENCHMARK(writing_a_file)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace segue
