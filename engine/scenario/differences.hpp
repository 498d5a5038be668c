/// \file
/// What `segue check` says of a scenario beside its problems: how it differs from its base, and which overrides a dated
/// change will undo.
#pragma once
#include <string>
#include <vector>

#include "engine/scenario/scenario.hpp"

namespace segue {

/// One value that differs. An absent one is shown as "-".
struct Difference {
    std::string key;  ///< full key; for named arrays "segment.NAME.when"
    std::string base_value;
    std::string value;
    std::string source;
    Certainty certainty{Certainty::C};
    Kind kind{Kind::policy};
    Origin origin;  ///< of the new value
};

/// In the order of the keys, then segments, practices, neighbourhoods, outputs, changes and tables. The keys of `run` are
/// included.
[[nodiscard]] std::vector<Difference> differences(const Scenario& base, const Scenario& scenario);

/// A warning for each dated change that overwrites what `--set` gave.
[[nodiscard]] std::vector<Problem> overwritten_overrides(const Scenario& scenario);

}  // namespace segue
