/// \file
/// Scenarios that have people and nothing else: England's tables, and what the test says.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "engine/model/life/laws.hpp"
#include "engine/population/population.hpp"
#include "tests/support/scenario_folder.hpp"

namespace segue::test {

/// Lines for [data]: the tables that every population is made from.
inline std::string population_data() {
    std::string lines;
    for (const char* name :
         {"list_by_age_sex", "deprivation_by_age_sex", "life_table", "mortality_by_deprivation", "condition_prevalence",
          "condition_by_deprivation", "condition_remission", "liability_correlation", "frailty", "frailty_mortality",
          "fertility", "movers", "circumstances", "circumstance_ratios", "wellbeing", "quality_of_life",
          "quality_of_life_by_condition"}) {
        lines += std::string{name} + " = \"../data/" + name + ".csv\"\n";
    }
    return lines;
}

/// \param text TOML after `format = 1`, without [data]
/// \param tables CSV by its name under [data], beside England's
inline std::unique_ptr<const life::Laws> laws_of(const std::string& text,
                                                 const std::map<std::string, std::string>& tables = {}) {
    const ScenarioFolder folder{"data"};
    std::string data = "[data]\n" + population_data();
    for (const auto& [name, rows] : tables) {
        folder.write("people/" + name + ".csv", "# source: made for a test\n" + rows);
        data += name + " = \"" + name + ".csv\"\n";
    }
    Catalogue catalogue;
    declare_population(catalogue);
    Problems problems;
    const Scenario scenario =
        load(folder.write("people/people.toml", "format = 1\n" + data + text), catalogue, {}, problems);
    auto laws = std::make_unique<const life::Laws>(scenario, problems);
    problems.raise_if_any();
    return laws;
}

}  // namespace segue::test
