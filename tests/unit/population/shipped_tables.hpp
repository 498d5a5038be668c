/// \file
/// The shipped tables and what is solved from them, read once for all tests of this room.
#pragma once
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "engine/population/health_model.hpp"
#include "engine/population/population_tables.hpp"

namespace segue::test {

inline std::string file_text(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) throw IoError{path, "cannot be opened"};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// A table of scenarios/data, or the text given in its place.
class ShippedTables {
public:
    explicit ShippedTables(const std::map<std::string, std::string>& instead = {}) {
        for (const char* name :
             {"list_by_age_sex", "deprivation_by_age_sex", "life_table", "mortality_by_deprivation",
              "condition_prevalence", "condition_by_deprivation", "condition_remission", "liability_correlation",
              "frailty", "frailty_mortality", "fertility", "movers", "circumstances", "circumstance_ratios",
              "wellbeing", "quality_of_life", "quality_of_life_by_condition"}) {
            const std::string path = std::string{"scenarios/data/"} + name + ".csv";
            const auto own = instead.find(name);
            tables_.emplace(name,
                            read_table(name, path, own == instead.end() ? file_text(path) : own->second, problems));
        }
    }
    [[nodiscard]] PopulationTables read() {
        const auto& t = tables_;
        return read_population_tables(
            {t.at("list_by_age_sex"), t.at("deprivation_by_age_sex"), t.at("life_table"),
             t.at("mortality_by_deprivation"), t.at("condition_prevalence"), t.at("condition_by_deprivation"),
             t.at("condition_remission"), t.at("liability_correlation"), t.at("frailty"), t.at("frailty_mortality"),
             t.at("fertility"), t.at("movers"), t.at("circumstances"), t.at("circumstance_ratios"), t.at("wellbeing"),
             t.at("quality_of_life"), t.at("quality_of_life_by_condition")},
            problems);
    }
    Problems problems;

private:
    std::map<std::string, Table> tables_;
};

inline const PopulationTables& shipped_tables() {
    static const PopulationTables tables = [] {
        ShippedTables files;
        auto read = files.read();
        files.problems.raise_if_any();
        return read;
    }();
    return tables;
}

inline const HealthModel& shipped_health() {
    static const HealthModel model{shipped_tables().health};
    return model;
}

}  // namespace segue::test
