// The engine beside the plain reference, on the same people and the same luck. The engine lives their lives too, which
// the reference is told of.
#include <benchmark/benchmark.h>

#include "bench/clock.hpp"
#include "bench/reference/reference.hpp"
#include "bench/reference/sized.hpp"
#include "engine/day/neighbourhood.hpp"

namespace segue {
namespace {

constexpr int days = 365;
constexpr Twin twin{1, 0};

void count(benchmark::State& state) {
    state.counters["ns_per_person_year"] =
        benchmark::Counter(static_cast<double>(state.range(0)) * 1e-9 * days / 365.25,
                           benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

day::World world_of(benchmark::State& state) {
    return day::World{reference::sized("scenarios/england-average/gp-led.toml", state.range(0), {"run.warm_up=0 d"})};
}

void engine(benchmark::State& state) {
    const day::World world{world_of(state)};
    for (auto _ : state) {
        day::Neighbourhood lived{world, NeighbourhoodRow{0}, twin, best_isa()};
        const double began = bench::thread_cpu_seconds();
        for (int day = 0; day < days; ++day) lived.advance();
        state.SetIterationTime(bench::thread_cpu_seconds() - began);
    }
    count(state);
}
BENCHMARK(engine)->ArgName("people")->Arg(2'000)->Arg(20'000)->UseManualTime()->Unit(benchmark::kMillisecond);

void plain(benchmark::State& state) {
    const day::World world{world_of(state)};
    day::Neighbourhood lived{world, NeighbourhoodRow{0}, twin, best_isa()};
    const reference::Members first_list = reference::members(lived.state());
    reference::Members before = first_list;
    std::vector<reference::Morning> diary;
    for (int day = 0; day < days; ++day) {
        auto in_a_bed = reference::in_a_bed(lived.state());
        lived.advance();
        reference::Members now = reference::members(lived.state());
        diary.push_back(reference::morning(before, now));
        diary.back().in_a_bed = std::move(in_a_bed);
        before = std::move(now);
    }
    for (auto _ : state) {
        reference::Neighbourhood again{world, twin, first_list};
        const double began = bench::thread_cpu_seconds();
        for (const reference::Morning& morning : diary) again.advance(morning);
        state.SetIterationTime(bench::thread_cpu_seconds() - began);
    }
    count(state);
}
BENCHMARK(plain)->ArgName("people")->Arg(2'000)->Arg(20'000)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace segue
