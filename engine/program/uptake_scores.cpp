#include "engine/program/uptake_scores.hpp"

#include <fmt/format.h>

#include "engine/program/text_table.hpp"

namespace segue::program {

std::string scores_text(const uptake::Scores& scores) {
    TextTable table{TextTable::Align::numbers};
    table.add({"model", "prior", "log likelihood", "its error", "posterior", "chance of as far"});
    for (const uptake::ModelScore& one : scores.models) {
        table.add({one.name, fmt::format("{:.3f}", one.prior), fmt::format("{:.2f}", one.log_likelihood),
                   fmt::format("{:.2f}", one.error), fmt::format("{:.3f}", one.posterior),
                   fmt::format("{:.3f}", one.check)});
    }
    return table.text() + in_words(scores) + '\n';
}

nlohmann::ordered_json scores_json(const uptake::Scores& scores) {
    nlohmann::ordered_json models = nlohmann::ordered_json::array();
    for (const uptake::ModelScore& one : scores.models) {
        models.push_back({{"model", one.name},
                          {"prior", one.prior},
                          {"log_likelihood", one.log_likelihood},
                          {"log_likelihood_error", one.error},
                          {"posterior", one.posterior},
                          {"predictive_check", one.check}});
    }
    return {{"verdict", name_of(scores.verdict)},      {"in_words", in_words(scores)},
            {"best", scores.models[scores.best].name}, {"lead", scores.lead},
            {"lead_error", scores.lead_error},         {"models", models}};
}

}  // namespace segue::program
