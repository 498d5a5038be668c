// Whole days of one neighbourhood: by people, by events a year. Time is the CPU time of the days' loop and of counting,
// warm-up year included; making the people is in parts/synthesis.
#include <benchmark/benchmark.h>

#include <map>
#include <memory>

#include <fmt/format.h>

#include "bench/clock.hpp"
#include "bench/reference/sized.hpp"
#include "engine/day/neighbourhood.hpp"

namespace segue {
namespace {

void live_two_years(benchmark::State& state, const day::World& world) {
    double person_years = 0;
    double events = 0;
    double seconds = 0;
    std::uint32_t replicate = 0;
    day::Memory memory;
    for (auto _ : state) {
        day::Neighbourhood neighbourhood{world, NeighbourhoodRow{0}, Twin{1, replicate++}, best_isa()};
        const day::Outcome outcome = neighbourhood.run({}, bench::thread_cpu_seconds);
        memory = neighbourhood.memory();
        state.SetIterationTime(outcome.loop_cpu_seconds);
        person_years += outcome.person_years;
        events += static_cast<double>(outcome.events);
        seconds += outcome.loop_cpu_seconds;
    }
    state.counters["person_years_per_s"] = person_years / seconds;
    state.counters["M_person_years_per_core_minute"] = person_years / seconds * 60e-6;
    state.counters["ns_per_event"] = seconds / events * 1e9;
    const auto people = static_cast<double>(world.neighbourhoods().front().size);
    state.counters["bytes_per_person"] = static_cast<double>(memory.resident()) / people;
    state.counters["bytes_in_calendar"] = static_cast<double>(memory.calendar) / people;
    state.counters["bytes_in_columns"] = static_cast<double>(memory.people) / people;
    state.counters["bytes_in_requests"] = static_cast<double>(memory.requests) / people;
    state.counters["bytes_in_lines"] = static_cast<double>(memory.lines) / people;
    state.counters["bytes_in_bounds"] = static_cast<double>(memory.onsets) / people;
    state.counters["bytes_in_worklists"] = static_cast<double>(memory.today) / people;
    state.counters["bytes_of_records"] = static_cast<double>(memory.records) / people;
    state.counters["events_per_person_year"] = events / person_years;
}

void by_people(benchmark::State& state) {
    live_two_years(state, day::World{reference::sized("scenarios/england-average/gp-led.toml", state.range(0))});
}
BENCHMARK(by_people)
    ->ArgName("people")
    ->Arg(1'000)
    ->Arg(10'000)
    ->Arg(40'000)
    ->Arg(100'000)
    ->Arg(200'000)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// Onset of every kind at so many hundredths of the shipped rate; the team stays in proportion to the list.
void by_onset(benchmark::State& state) {
    const std::string path = "scenarios/england-average/gp-led.toml";
    const Scenario shipped = reference::sized(path, 40'000);
    std::vector<std::string> overrides;
    for (const std::string& need : shipped.names_in("needs.*")) {
        const auto onset = shipped.read<NeedParameters>({need}).onset;
        overrides.push_back(fmt::format("needs.{}.onset_per_year={:.6f}", need,
                                        onset.value() * static_cast<double>(state.range(0)) / 100));
    }
    live_two_years(state, day::World{reference::sized(path, 40'000, overrides)});
}
BENCHMARK(by_onset)->ArgName("percent")->Arg(25)->Arg(50)->Arg(100)->Arg(200)->UseManualTime()->Unit(
    benchmark::kMillisecond);

}  // namespace
}  // namespace segue
