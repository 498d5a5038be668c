/// \file
/// What a scenario says of social prescribing: the policy of a configuration, and what is the same in all of them.
#pragma once
#include <vector>

#include "engine/model/kinds.hpp"
#include "engine/model/prescribing/activities.hpp"
#include "engine/model/prescribing/prescribing_parameters.hpp"
#include "engine/model/treated.hpp"

namespace segue::prescribing {

/// How a configuration has social prescribing: its policy, and the link workers in post.
struct Terms {
    explicit Terms(const Scenario& scenario);
    PrescribingPolicy policy;
    double wte{0};  ///< of link workers
};

/// What the evidence says, the same in every configuration.
struct Evidence {
    Evidence(const Scenario& scenario, const Kinds& kinds, Problems& problems);
    PrescribingParameters parameters;
    EffectSize effect;
    Treated treated{Treated::engaged};
    std::vector<bool> may_be_offered;  ///< by kind of need
    std::vector<Activity> activities;
    /// Days that somebody is in a caseload on average, from the first day to the last contact. [d]
    [[nodiscard]] double mean_days_in_caseload() const noexcept;
};

}  // namespace segue::prescribing
