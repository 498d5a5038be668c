/// \file
/// Which models decide which stage. Several at one stage multiply their chances: each is a hurdle of its own.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/core/errors.hpp"
#include "engine/model/prescribing/uptake/uptake_model.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue::prescribing {

/// The models of each stage.
struct StackParameters {
    std::vector<std::string> offer{"referrers"};
    std::vector<std::string> accept{"equity", "motivation"};
    std::vector<std::string> attend{"capacity"};
    std::vector<std::string> start{"choice"};
    std::vector<std::string> complete{"motivation"};

    static constexpr std::string_view prefix = "uptake";
    static auto declarations();
    [[nodiscard]] const std::vector<std::string>& of(UptakeStage stage) const noexcept;
};

/// The words that a scenario may use for a model.
[[nodiscard]] std::vector<std::string> uptake_model_names();

inline auto StackParameters::declarations() {
    using S = StackParameters;
    const auto row = [](auto member, const char* name, const char* what) {
        return parameter(member, name, std::string{"Models that decide "} + what + "; their chances multiply",
                         uptake_model_names(), Uncertain::known(),
                         Source{"assumption: the default stack of docs/uptake.md; compare others with segue uptake"},
                         Certainty::C, Kind::evidence);
    };
    return std::tuple{row(&S::offer, "offer", "whether a referral is offered"),
                      row(&S::accept, "accept", "whether it is accepted"),
                      row(&S::attend, "attend", "whether people wait for the link worker and come"),
                      row(&S::start, "start", "whether they want an activity, and which"),
                      row(&S::complete, "complete", "whether they complete it")};
}

/// The models of one neighbourhood, with what they have learnt.
class Stack {
public:
    /// Makes the models that the scenario names. What it cannot be made of, check_stack reports.
    explicit Stack(const Scenario& scenario);

    [[nodiscard]] double chance(const Decision& decision, const Community& community) const;
    /// Chances of each option at the stage start.
    void choose(const Decision& decision, const Community& community, std::vector<double>& chances) const;
    [[nodiscard]] double gives_up_per_week(const Decision& decision, const Community& community) const;
    void learn(const Community& community, std::span<const News> news, std::span<const Event> events);
    void forget(std::uint32_t row);
    [[nodiscard]] bool needs_network() const noexcept { return needs_network_; }
    [[nodiscard]] std::size_t bytes() const noexcept;

private:
    std::vector<std::unique_ptr<UptakeModel>> models_;
    EnumArray<UptakeStage, std::vector<const UptakeModel*>> of_stage_;  ///< whoever chooses among activities first
    bool needs_network_{false};
};

/// Reports stages without a model, and models at a stage that they do not claim.
void check_stack(const Scenario& scenario, Problems& problems);

/// Every parameter of social prescribing.
void declare_prescribing(Catalogue& catalogue);

}  // namespace segue::prescribing
