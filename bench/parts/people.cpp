// Making people, asking the rules where they belong, and drawing their candidates for a quarter.
#include <benchmark/benchmark.h>

#include "bench/reference/sized.hpp"
#include "engine/day/world.hpp"

namespace segue {
namespace {

constexpr std::uint32_t people = 40'000;

const day::World& world() {
    static const day::World made{reference::sized("scenarios/england-average/gp-led.toml", people)};
    return made;
}

void count_people(benchmark::State& state) {
    state.counters["ns_per_person"] =
        benchmark::Counter(people * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

NeighbourhoodState first_list(Isa isa) {
    NeighbourhoodState made{Twin{1, 0}, NeighbourhoodRow{0}, to_day({2026, 1, 1}), isa};
    made.today.day = to_day({2026, 1, 1});
    world().laws().synthesis().populate(made.people, made.twin, made.row, people, made.today.day, isa);
    return made;
}

void synthesis(benchmark::State& state) {
    const auto isa = static_cast<Isa>(state.range(0));
    state.SetLabel(std::string{name_of(isa)});
    if (!is_available(isa)) {
        state.SkipWithError("this processor has no such instructions");
        return;
    }
    world();
    for (auto _ : state) benchmark::DoNotOptimize(first_list(isa));
    count_people(state);
}
BENCHMARK(synthesis)->ArgName("isa")->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

void rules(benchmark::State& state) {
    const NeighbourhoodState listed = first_list(best_isa());
    for (auto _ : state) {
        std::uint32_t sum = 0;
        for (std::uint32_t row = 0; row < people; ++row)
            sum += world().laws().segment_of(listed.people, row, listed.today.day);
        benchmark::DoNotOptimize(sum);
    }
    count_people(state);
}
BENCHMARK(rules);

void tile_of_a_quarter(benchmark::State& state) {
    const auto isa = static_cast<Isa>(state.range(0));
    state.SetLabel(std::string{name_of(isa)});
    if (!is_available(isa)) {
        state.SkipWithError("this processor has no such instructions");
        return;
    }
    NeighbourhoodState listed = first_list(isa);
    double candidates = 0;
    for (auto _ : state) {
        needs::OnsetStream stream{world().rates()};
        stream.open_quarter_if_new(listed);
        candidates = static_cast<double>(listed.onset_candidates.size());
        state.PauseTiming();
        listed.onset_candidates = OnsetCandidates{listed.today.day};
        state.ResumeTiming();
    }
    count_people(state);
    state.counters["candidates_per_person"] = candidates / people;
}
BENCHMARK(tile_of_a_quarter)->ArgName("isa")->DenseRange(0, 2);

}  // namespace
}  // namespace segue
