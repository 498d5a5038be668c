// A whole run by threads: eight replicates of a list of 20,000 for two years each, written to a file. Wall time, which is
// what somebody waits for.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "bench/reference/sized.hpp"
#include "engine/run/run.hpp"

namespace segue {
namespace {

class Silent : public run::Observer {
public:
    void progressed(double, double) override {}
    [[nodiscard]] bool asks_to_stop() override { return false; }
};

void by_threads(benchmark::State& state) {
    const day::World world{reference::sized("scenarios/england-average/gp-led.toml", 20'000, {"run.replicates=8"})};
    const std::filesystem::path path = std::filesystem::temp_directory_path() / "segue_bench_threads.h5";
    run::Options options;
    options.path = path;
    options.threads = static_cast<int>(state.range(0));
    options.isa = best_isa();
    double person_years = 0;
    for (auto _ : state) {
        std::filesystem::remove(path);
        Silent observer;
        person_years += run::run(world, options, observer).person_years;
    }
    std::filesystem::remove(path);
    state.counters["person_years_per_s"] = benchmark::Counter(person_years, benchmark::Counter::kIsRate);
}
BENCHMARK(by_threads)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace segue
