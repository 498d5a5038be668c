#include "engine/uptake/stack_of.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/math.hpp"
#include "engine/model/prescribing/uptake/models.hpp"

namespace segue::uptake {
namespace {

using prescribing::UptakeStage;

constexpr double nearly_none = 1e-4;

double logit(double share) noexcept { return math::log(share / (1 - share)); }

FreeParameter free_parameter(const std::string& key, const Scenario& scenario) {
    const Range range = scenario.declaration(key).range;
    const double value = std::get<double>(scenario.value(key));
    if (range.low < 0) return {key, FreeParameter::Scale::plain, range.low, range.high, value};
    if (range.high <= 1) {
        const double start = std::clamp(value, nearly_none, 1 - nearly_none);
        return {key, FreeParameter::Scale::logit, logit(nearly_none), logit(1 - nearly_none), logit(start)};
    }
    return {key, FreeParameter::Scale::logarithm, math::log(nearly_none), math::log(range.high),
            math::log(std::max(value, nearly_none))};
}

}  // namespace

double FreeParameter::value_at(double on_scale) const noexcept {
    switch (scale) {
        case Scale::logit: return prescribing::logistic(on_scale);
        case Scale::logarithm: return math::exp(on_scale);
        default: return on_scale;
    }
}

ModelStack stack_of(const prescribing::ModelEntry& model, const Scenario& scenario) {
    ModelStack stack{&model, {}, {}};
    for (const UptakeStage stage : all<UptakeStage>()) {
        const prescribing::ModelEntry& decides = model.claims(stage) ? model : prescribing::fixed_shares;
        stack.overrides.push_back(fmt::format("uptake.{}=[\"{}\"]", name_of(stage), decides.name));
        if (stage != UptakeStage::complete)
            stack.free.push_back(free_parameter(std::string{decides.free[stage]}, scenario));
    }
    return stack;
}

}  // namespace segue::uptake
