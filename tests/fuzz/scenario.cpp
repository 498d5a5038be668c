// Any bytes as a scenario beside the shipped ones. What follows a line "#set" are overrides, one a line. The scenario
// loads and reads back the same, or has problems; then its world is made, or has problems.
#include <algorithm>

#include "engine/day/catalogue.hpp"
#include "engine/day/world.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/support/scenario_folder.hpp"

namespace segue::fuzz {
namespace {

constexpr std::string_view separator = "\n#set\n";

std::vector<std::string> lines_after(std::string_view text, std::size_t start) {
    std::vector<std::string> lines;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        lines.emplace_back(text.substr(start, end - start));
        start = end + 1;
    }
    return lines;
}

void promise_to_read_back(const test::ScenarioFolder& folder, const Scenario& scenario) {
    for (const std::string& name : scenario.table_names())
        folder.write("again/" + name + ".csv", scenario.table(name).bytes());
    const std::string resolved = scenario.resolved_toml();
    const Reading again = read_scenario(folder.write("again/again.toml", resolved), day::catalogue(), {});
    promise(again.scenario && !again.problems.has_errors(), "a resolved scenario reads back");
    promise(again.scenario->resolved_toml() == resolved, "it reads back as the same scenario");
}

/// Lists so long that a world of them takes minutes are the generator's business, not the loader's.
bool is_small(const Scenario& scenario) { return scenario.neighbourhoods().size() < 50; }

void read(std::string_view text) {
    static const test::ScenarioFolder folder{"data", "england-average", "st-austell"};
    const std::size_t cut = std::min(text.find(separator), text.size());
    const std::string path = folder.write("fuzz/fuzz.toml", text.substr(0, cut));
    const LoadOptions options{lines_after(text, cut + separator.size()), {{"--seed", "run.seed=7"}}};
    const Reading reading = read_scenario(path, day::catalogue(), options);
    promise_readable(reading.problems);
    promise_readable(reading.warnings);
    promise(reading.scenario || reading.problems.has_errors(), "a scenario or problems");
    if (reading.scenario && !reading.problems.has_errors() && is_small(*reading.scenario)) {
        promise_to_read_back(folder, *reading.scenario);
    }
    for (const std::optional<Scenario>& scenario : {reading.scenario, reading.other}) {
        if (!scenario || !is_small(*scenario)) continue;
        try {
            const day::World world{*scenario};
        } catch (const ScenarioError& error) {
            promise(!error.problems().empty(), "a world or problems");
        }
    }
}

}  // namespace
}  // namespace segue::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    segue::fuzz::read(segue::fuzz::text_of(data, size));
    return 0;
}
