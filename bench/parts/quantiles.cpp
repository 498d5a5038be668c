// What it costs to turn a word into a count, a wait or a level.
#include "engine/rng/quantiles.hpp"

#include <benchmark/benchmark.h>

namespace segue {
namespace {

constexpr std::uint32_t words = 4096;
constexpr std::uint32_t stride = 0xFFFFFFFFU / words;

void count_calls(benchmark::State& state) {
    state.counters["ns_per_event"] =
        benchmark::Counter(words * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void poisson(benchmark::State& state) {
    const double mean = static_cast<double>(state.range(0)) / 100;
    for (auto _ : state) {
        int sum = 0;
        for (std::uint32_t i = 0; i < words; ++i) sum += poisson_count(mean, i * stride);
        benchmark::DoNotOptimize(sum);
    }
    count_calls(state);
}
BENCHMARK(poisson)->ArgName("mean_hundredths")->Arg(5)->Arg(70)->Arg(300);

void waiting(benchmark::State& state) {
    for (auto _ : state) {
        int sum = 0;
        for (std::uint32_t i = 0; i < words; ++i) sum += waiting_days(0.01, i * stride, 365);
        benchmark::DoNotOptimize(sum);
    }
    count_calls(state);
}
BENCHMARK(waiting);

void gamma_level(benchmark::State& state) {
    const GammaLevels levels{0.5};
    for (auto _ : state) {
        double sum = 0;
        for (std::uint32_t i = 0; i < words; ++i) sum += levels.level(static_cast<std::uint16_t>(i * stride >> 16U));
        benchmark::DoNotOptimize(sum);
    }
    count_calls(state);
}
BENCHMARK(gamma_level);

void gamma_table(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(GammaLevels{0.5});
}
BENCHMARK(gamma_table)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace segue
