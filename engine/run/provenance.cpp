#include "engine/run/provenance.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/version.hpp"

namespace segue::run {

std::string content_hash(const day::World& world) {
    const auto& file = world.laws().person_file();
    return world.scenario().hash() + (file ? fmt::format("+{}", file->sha256) : "");
}

Provenance provenance_of(const day::World& world) {
    const Scenario& scenario = world.scenario();
    Provenance told;
    told.texts = {{"scenario_toml", scenario.resolved_toml()},
                  {"scenario_name", fmt::format("{}/{}", scenario.folder(), scenario.name())},
                  {"hash", content_hash(world)},
                  {"seed", fmt::format("{}", world.run().seed)},
                  {"program_version", std::string{program_version}},
                  {"model_version", fmt::format("{}", model_version)},
                  {"origin", std::string{world.laws().person_file() ? "person_file" : "synthetic"}}};
    if (const auto& file = world.laws().person_file()) {
        told.texts.emplace_back("person_file/name", file->name);
        told.texts.emplace_back("person_file/size_bytes", fmt::format("{}", file->size_bytes));
        told.texts.emplace_back("person_file/sha256", file->sha256);
    }
    for (const std::string& name : scenario.table_names())
        told.texts.emplace_back(fmt::format("data/{}.csv", name), scenario.table(name).bytes());
    return told;
}

std::vector<day::SelfCheck> summed(const std::vector<day::SelfCheck>& checks) {
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

void add_checks(Provenance& provenance, const std::vector<day::SelfCheck>& checks) {
    for (const day::SelfCheck& check : summed(checks)) {
        provenance.texts.emplace_back(fmt::format("self_check/{}", check.name),
                                      fmt::format("{}: {}", check.held ? "held" : "failed", check.finding));
    }
}

}  // namespace segue::run
