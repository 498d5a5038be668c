/// \file
/// What observed counts say of models of uptake, for people and for programs.
#pragma once
#include <string>

#include <nlohmann/json.hpp>

#include "engine/uptake/score.hpp"

namespace segue::program {

/// A table of the models, and the verdict in words.
[[nodiscard]] std::string scores_text(const uptake::Scores& scores);

[[nodiscard]] nlohmann::ordered_json scores_json(const uptake::Scores& scores);

}  // namespace segue::program
