// What one draw costs: alone, and in batches on each instruction set. One event is one call of four words.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "engine/rng/batch.hpp"
#include "engine/rng/draws.hpp"

namespace segue {
namespace {

constexpr std::size_t people = 4096;

void count_calls(benchmark::State& state, std::size_t calls) {
    state.counters["ns_per_event"] = benchmark::Counter(
        static_cast<double>(calls) * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void one_at_a_time(benchmark::State& state) {
    for (auto _ : state) {
        std::uint32_t sum = 0;
        for (std::uint64_t person = 0; person < people; ++person) {
            sum += Draws{Twin{1, 0}, person, Purpose::onset_count, 9}.words()[0];
        }
        benchmark::DoNotOptimize(sum);
    }
    count_calls(state, people);
}
BENCHMARK(one_at_a_time);

void in_a_batch(benchmark::State& state) {
    const auto isa = static_cast<Isa>(state.range(0));
    state.SetLabel(std::string{name_of(isa)});
    if (!is_available(isa)) {
        state.SkipWithError("this processor has no such instructions");
        return;
    }
    std::vector<std::uint64_t> entities(people);
    for (std::size_t i = 0; i < people; ++i) entities[i] = i << 32U | i;
    std::vector<std::uint32_t> words(4 * people);
    const WordColumns out{{words.data(), words.data() + people, words.data() + 2 * people, words.data() + 3 * people}};
    for (auto _ : state) {
        philox_batch(isa, Twin{1, 0}, entities, purpose_and_block(Purpose::onset_count, 0), 9, out);
        benchmark::ClobberMemory();
    }
    count_calls(state, people);
}
BENCHMARK(in_a_batch)->ArgName("isa")->DenseRange(0, 2);

}  // namespace
}  // namespace segue
