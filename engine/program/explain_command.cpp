// segue explain: everything known of a parameter.
#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/day/catalogue.hpp"
#include "engine/program/command.hpp"
#include "engine/program/load_scenario.hpp"
#include "engine/scenario/explain.hpp"
#include "engine/scenario/key_index.hpp"

namespace segue::program {
namespace {

using Json = nlohmann::ordered_json;

struct ExplainArguments {
    std::string key;
    std::string scenario;
};

Json json_of(const std::string& key, const Declaration& row) {
    return {{"key", key},
            {"meaning", row.meaning},
            {"unit", row.unit},
            {"form", name_of(row.form)},
            {"default", to_string(row.default_value)},
            {"doubt", to_string(row.doubt)},
            {"source", row.source},
            {"certainty", name_of(row.certainty)},
            {"kind", name_of(row.kind)}};
}

void add_in_force(Json& told, const Scenario& scenario, const std::string& key) {
    const std::vector<std::string> keys = scenario.keys();
    if (!std::binary_search(keys.begin(), keys.end(), key)) return;
    const Origin& origin = scenario.origin(key);
    told["in_force"] = {{"value", to_string(scenario.value(key))},
                        {"layer", name_of(origin.layer)},
                        {"file", origin.place.file},
                        {"line", origin.place.line},
                        {"note", origin.note}};
}

/// One key as an object, or every key whose beginning is asked for as a list of objects.
Json explained(const Catalogue& catalogue, const Scenario* scenario, const std::string& asked) {
    const KeyIndex index{catalogue};
    if (const auto match = index.find(split_key(asked))) {
        Json told = json_of(asked, *match->row);
        if (scenario != nullptr) add_in_force(told, *scenario, asked);
        return told;
    }
    Json told = Json::array();
    const auto add = [&](const Declaration& row) {
        if (asked.empty() || row.key == asked || row.key.starts_with(asked + "."))
            told.push_back(json_of(row.key, row));
    };
    for (const Declaration& row : catalogue.rows()) add(row);
    for (const TableFamily& family : catalogue.families()) {
        for (const Declaration& row : family.rows) add(row);
    }
    return told;
}

ExitCode tell(const ExplainArguments& arguments, Console& console) {
    std::optional<Scenario> scenario;
    if (!arguments.scenario.empty()) scenario = load_scenario(arguments.scenario, console);
    const auto key = arguments.key.empty() ? std::nullopt : std::optional{arguments.key};
    // Also where JSON is asked for: it is what refuses a key that does not exist.
    const std::string text = explain(day::catalogue(), scenario ? &*scenario : nullptr, key);
    console.result(console.json()
                       ? explained(day::catalogue(), scenario ? &*scenario : nullptr, arguments.key).dump(2) + '\n'
                       : text);
    return ExitCode::done;
}

}  // namespace

Command add_explain(CLI::App& program) {
    auto arguments = std::make_shared<ExplainArguments>();
    Command command = add_command(
        program, "explain", "Say what a parameter means: unit, range, default, doubt, source, and what is in force",
        "Examples:\n"
        "  segue explain\n"
        "  segue explain book\n"
        "  segue explain team.roles.gp.wte --scenario scenarios/st-austell/gp-led.toml\n\n"
        "Exit codes: 0 done; 2 no such key, or a scenario with problems.");
    command.parser->add_option("KEY", arguments->key, "A key, or the beginning of keys; without one, every key");
    command.parser->add_option("--scenario", arguments->scenario, "Say what this scenario sets it to, and where")
        ->type_name("SCENARIO.toml");
    command.act = [arguments](Console& console) { return tell(*arguments, console); };
    return command;
}

}  // namespace segue::program
