#include "engine/model/prescribing/evidence.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/core/words.hpp"
#include "engine/model/rota.hpp"

namespace segue::prescribing {
namespace {

EffectSize effect_in(const Scenario& scenario, const std::string& name) {
    const auto p = scenario.read<EffectParameters>({name});
    return {p.need_ratio,
            p.life_satisfaction * 1000,
            p.utility * 1e6,
            p.loneliness * 1000,
            {p.full_after.value(), p.lasts.value(), p.half_life.value()}};
}

/// Which kinds of need have one of these names; reports names that none has, unless they are the defaults: a scenario may
/// have needs of other kinds.
std::vector<bool> kinds_named(const Scenario& scenario, const std::vector<std::string>& needs, const Kinds& kinds,
                              Problems& problems) {
    std::vector<bool> named(kinds.size(), false);
    std::vector<std::string> names;
    for (const NeedKind& kind : kinds.kinds) names.push_back(kind.name);
    for (const std::string& need : needs) {
        const auto found = std::find(names.begin(), names.end(), need);
        if (found != names.end()) {
            named[static_cast<std::size_t>(found - names.begin())] = true;
            continue;
        }
        const Origin& origin = scenario.origin("prescribing.needs");
        if (origin.layer == Origin::Layer::declared) continue;
        const std::string near = nearest(need, names);
        problems.add(origin.place, fmt::format("there is no kind of need {}", need))
            .advice(near.empty() ? "" : fmt::format("did you mean {}?", near));
    }
    return named;
}

void check_contacts(const Scenario& scenario, const PrescribingParameters& parameters, Problems& problems) {
    if (parameters.contacts_from <= parameters.contacts_to) return;
    problems
        .add(scenario.origin("prescribing.contacts_from").place,
             fmt::format("prescribing.contacts_from is {}, and contacts_to {}", parameters.contacts_from,
                         parameters.contacts_to))
        .expected("at most contacts_to");
}

bool is_known_reading(const Scenario& scenario, const std::string& evidence, Problems& problems) {
    const std::vector<std::string> readings = scenario.names_in("prescribing.effects.*");
    if (std::find(readings.begin(), readings.end(), evidence) != readings.end()) return true;
    const std::string near = nearest(evidence, readings);
    problems
        .add(scenario.origin("prescribing.evidence").place, fmt::format("there is no prescribing.effects.{}", evidence))
        .expected("\"null\", or the name of one of prescribing.effects")
        .advice(near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
    return false;
}

}  // namespace

Terms::Terms(const Scenario& scenario)
    : policy{scenario.read<PrescribingPolicy>()}, wte{wte_in_post(scenario, Role::link_worker)} {}

Evidence::Evidence(const Scenario& scenario, const Kinds& kinds, Problems& problems)
    : parameters{scenario.read<PrescribingParameters>()},
      may_be_offered{kinds_named(scenario, parameters.needs, kinds, problems)},
      activities{read_activities(scenario, problems)} {
    check_contacts(scenario, parameters, problems);
    if (parameters.evidence == "null") return;  // no effect at all, whether a table says so or not
    if (!is_known_reading(scenario, parameters.evidence, problems)) return;
    effect = effect_in(scenario, parameters.evidence);
    treated = scenario.read<EffectParameters>({parameters.evidence}).treated;
}

double Evidence::mean_days_in_caseload() const noexcept {
    const PrescribingParameters& p = parameters;
    const double goes_on = 1 - p.stops_coming_share;
    double intervals = 0;
    for (int wanted = p.contacts_from; wanted <= p.contacts_to; ++wanted) {
        double still_coming = 1;
        for (int contact = 1; contact < wanted; ++contact) {
            still_coming *= goes_on;
            intervals += still_coming;
        }
    }
    intervals /= p.contacts_to - p.contacts_from + 1;
    return p.first_contact_in.value() + intervals * p.between_contacts.value();
}

}  // namespace segue::prescribing
