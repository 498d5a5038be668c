/// \file
/// A model on its own: it decides every stage that it claims, and fixed shares decide the others.
#pragma once
#include <string>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/core/errors.hpp"
#include "engine/model/prescribing/uptake/uptake_model.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue::uptake {

/// A parameter that a fit may move, on a scale on which steps are alike: the logit of a share, the logarithm of a rate, a
/// logit as it is.
struct FreeParameter {
    enum class Scale : std::uint8_t { logit, logarithm, plain };
    std::string key;
    Scale scale{Scale::plain};
    double low{0};  ///< on the scale
    double high{0};
    double start{0};
    [[nodiscard]] double value_at(double on_scale) const noexcept;
};

/// One model with its stages, and the parameter that it frees for each of the first four.
struct ModelStack {
    const prescribing::ModelEntry* model;
    std::vector<std::string> overrides;  ///< that put it in force
    std::vector<FreeParameter> free;     ///< of the stages offer, accept, attend, start
};

/// \param scenario whose values the fit starts from
[[nodiscard]] ModelStack stack_of(const prescribing::ModelEntry& model, const Scenario& scenario);

}  // namespace segue::uptake
