// What one request costs the book: joining a line, and being served from it.
#include "engine/model/book/book.hpp"

#include <benchmark/benchmark.h>

#include "tests/support/desk.hpp"

namespace segue {
namespace {

void join_and_serve(benchmark::State& state) {
    constexpr std::uint32_t people = 40'000;
    const auto requests_a_day = static_cast<std::uint32_t>(state.range(0));
    test::Desk desk{requests_a_day, 60};
    NeighbourhoodState neighbourhood = desk.state(people);
    book::Book book{desk.kinds(), desk.terms()};
    std::uint32_t next = 0;
    for (auto _ : state) {
        for (std::uint32_t i = 0; i < requests_a_day; ++i)
            test::Desk::ask(neighbourhood, next = (next + 12'343) % people);
        benchmark::DoNotOptimize(test::Desk::work(neighbourhood, book));
        neighbourhood.events.start(neighbourhood.today.day);
    }
    state.counters["ns_per_request"] = benchmark::Counter(
        requests_a_day * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(join_and_serve)->ArgName("requests_a_day")->Arg(50)->Arg(1'000);

}  // namespace
}  // namespace segue
