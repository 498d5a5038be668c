#include "engine/model/prescribing/uptake/stack.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/model/prescribing/prescribing_parameters.hpp"

namespace segue::prescribing {
namespace {

std::vector<std::string_view> claimed(const ModelEntry& entry) {
    std::vector<std::string_view> words;
    for (const UptakeStage stage : all<UptakeStage>()) {
        if (entry.claims(stage)) words.push_back(name_of(stage));
    }
    return words;
}

}  // namespace

const std::vector<std::string>& StackParameters::of(UptakeStage stage) const noexcept {
    switch (stage) {
        case UptakeStage::offer: return offer;
        case UptakeStage::accept: return accept;
        case UptakeStage::attend: return attend;
        case UptakeStage::start: return start;
        default: return complete;
    }
}

std::vector<std::string> uptake_model_names() {
    std::vector<std::string> words;
    for (const ModelEntry* entry : uptake_models()) words.emplace_back(entry->name);
    return words;
}

Stack::Stack(const Scenario& scenario) {
    const auto named = scenario.read<StackParameters>();
    std::map<std::string, const UptakeModel*> made;
    for (const UptakeStage stage : all<UptakeStage>()) {
        for (const std::string& name : named.of(stage)) {
            const ModelEntry* entry = find_uptake_model(name);
            if (made.count(name) == 0) {
                models_.push_back(entry->make(scenario));
                made[name] = models_.back().get();
                needs_network_ = needs_network_ || entry->needs_network;
            }
            auto& deciding = of_stage_[stage];
            deciding.insert(entry->chooses ? deciding.begin() : deciding.end(), made[name]);
        }
    }
}

double Stack::chance(const Decision& decision, const Community& community) const {
    double chance = 1;
    for (const UptakeModel* model : of_stage_[decision.stage]) chance *= model->chance(decision, community);
    return chance;
}

void Stack::choose(const Decision& decision, const Community& community, std::vector<double>& chances) const {
    chances.assign(decision.options.size(), 1);
    bool first = true;
    for (const UptakeModel* model : of_stage_[UptakeStage::start]) {
        if (first) {
            model->choose(decision, community, chances);
        } else {
            // A hurdle before the choice: whether any is wanted at all.
            const double passes = model->chance(decision, community);
            for (double& one : chances) one *= passes;
        }
        first = false;
    }
}

double Stack::gives_up_per_week(const Decision& decision, const Community& community) const {
    double rate = 0;
    for (const UptakeModel* model : of_stage_[UptakeStage::attend])
        rate += model->gives_up_per_week(decision, community);
    return rate;
}

void Stack::learn(const Community& community, std::span<const News> news, std::span<const Event> events) {
    for (const auto& model : models_) model->learn(community, news, events);
}

void Stack::forget(std::uint32_t row) {
    for (const auto& model : models_) model->forget(row);
}

std::size_t Stack::bytes() const noexcept {
    std::size_t bytes = 0;
    for (const auto& model : models_) bytes += model->bytes();
    return bytes;
}

void check_stack(const Scenario& scenario, Problems& problems) {
    const auto named = scenario.read<StackParameters>();
    for (const UptakeStage stage : all<UptakeStage>()) {
        const std::string key = fmt::format("uptake.{}", name_of(stage));
        const Place place = scenario.origin(key).place;
        if (named.of(stage).empty())
            problems.add(place, fmt::format("{} names no model", key)).expected("at least one");
        for (const std::string& name : named.of(stage)) {
            const ModelEntry* entry = find_uptake_model(name);
            if (entry == nullptr || entry->claims(stage)) continue;  // the loader has refused other words
            problems.add(place, fmt::format("{} names {}, which does not decide that stage", key, name))
                .expected(fmt::format("a model that does: {} decides {}", name, fmt::join(claimed(*entry), ", ")));
        }
        for (auto one = named.of(stage).begin(); one != named.of(stage).end(); ++one) {
            if (std::find(named.of(stage).begin(), one, *one) != one)
                problems.add(place, fmt::format("{} names {} twice", key, *one)).expected("each model once");
        }
    }
}

void declare_prescribing(Catalogue& catalogue) {
    catalogue.add<PrescribingPolicy>();
    catalogue.add<PrescribingParameters>();
    catalogue.add_table<EffectParameters>({{}});
    catalogue.add_layer_table("prescribing_effects", "prescribing.effects.*");
    catalogue.add<StackParameters>();
    catalogue.add<NetworkParameters>();
    for (const ModelEntry* entry : uptake_models()) entry->declare(catalogue);
}

}  // namespace segue::prescribing
