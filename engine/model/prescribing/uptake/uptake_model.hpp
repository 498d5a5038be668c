/// \file
/// What every model of uptake is to the pathway: chances of the stages that it claims, and nothing else. Population, needs,
/// staff, queues and activities are the same under all of them.
#pragma once
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/model/event.hpp"
#include "engine/model/prescribing/activities.hpp"
#include "engine/model/prescribing/network.hpp"
#include "engine/population/people.hpp"
#include "engine/rng/draws.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue::prescribing {

/// What a model decides.
enum class UptakeStage : std::uint8_t {
    offer,     ///< a referral is offered at a contact, or somebody goes to a link worker by themselves
    accept,    ///< the person accepts it
    attend,    ///< the first contact with the link worker, and how long people wait for it
    start,     ///< they want one of the activities, and which
    complete,  ///< and stay to its end
    count_
};
[[nodiscard]] constexpr auto names(UptakeStage) {
    return std::array<std::string_view, 5>{"offer", "accept", "attend", "start", "complete"};
}

/// An activity that suits somebody and takes people.
struct Option {
    const Activity* activity;
    bool has_place;      ///< now; otherwise one waits
    double distance_km;  ///< from this person's home
};

/// Who is asked what.
struct Decision {
    UptakeStage stage{UptakeStage::offer};
    std::uint32_t row{0};
    ReferralRoute route{ReferralRoute::contact};
    std::uint32_t clinician{0};         ///< who offers, at a contact: a number that no other of the neighbourhood has
    std::span<const Option> options{};  ///< at the stage start
};

/// What a model may look at beside the person: others only as they stood when the last day closed.
struct Community {
    Twin twin;
    std::uint32_t neighbourhood{0};
    Day today;
    const People* people{nullptr};
    const Network* network{nullptr};                     ///< where a model of the stack asks for one
    const std::vector<std::uint8_t>* has_used{nullptr};  ///< by row: 1 for who has ever accepted a referral
    double expected_wait_weeks{0};                       ///< for a link worker, as anybody can see it

    [[nodiscard]] PersonKey key(std::uint32_t row) const { return PersonKey{people->key[row]}; }
    /// Of somebody's ties, how many have ever accepted a referral, and how many there are.
    struct Ties {
        std::size_t users{0};
        std::size_t all{0};
        [[nodiscard]] double share() const noexcept {
            return all == 0 ? 0 : static_cast<double>(users) / static_cast<double>(all);
        }
    };
    [[nodiscard]] Ties ties_of(std::uint32_t row) const noexcept;
};

/// A step of a referral, for models that learn.
struct News {
    std::uint32_t row;
    std::uint32_t clinician;  ///< who had offered
    ReferralRoute route;
    ReferralStage stage;
};

class UptakeModel {
public:
    UptakeModel() = default;
    UptakeModel(const UptakeModel&) = delete;
    UptakeModel& operator=(const UptakeModel&) = delete;
    virtual ~UptakeModel() = default;

    /// Chance that the stage is passed; only for stages that the model claims. At the stage start: that any activity is
    /// wanted. [0 to 1]
    [[nodiscard]] virtual double chance(const Decision& decision, const Community& community) const = 0;
    /// Chances of each option, the rest being for none. Without a say of its own (ModelEntry::chooses): evenly.
    virtual void choose(const Decision& decision, const Community& community, std::span<double> chances) const;
    /// Rate at which somebody who waits for a link worker gives up. [1/week]
    [[nodiscard]] virtual double gives_up_per_week(const Decision&, const Community&) const { return 0; }
    /// What happened today: for tomorrow's chances. \param events of the day
    virtual void learn(const Community&, std::span<const News>, std::span<const Event>) {}
    /// Somebody's row is given to another.
    virtual void forget(std::uint32_t) {}
    [[nodiscard]] virtual std::size_t bytes() const noexcept { return 0; }
};

/// One model among all: a file makes one, and the list in models.cpp names it.
struct ModelEntry {
    std::string_view name;      ///< in scenarios: "fixed"
    std::string_view number;    ///< in the literature of this engine: "M0"
    std::string_view meaning;   ///< in one line
    std::string_view equation;  ///< as plain text
    std::string_view tells;     ///< the observation that tells it from the others
    /// By stage, the parameter that a calibration frees; empty where the model does not claim the stage.
    EnumArray<UptakeStage, std::string_view> free;
    bool needs_network{false};
    bool chooses{false};  ///< among activities, rather than only whether any is wanted
    void (*declare)(Catalogue& catalogue){nullptr};
    std::unique_ptr<UptakeModel> (*make)(const Scenario& scenario){nullptr};

    [[nodiscard]] bool claims(UptakeStage stage) const noexcept { return !free[stage].empty(); }
};

/// One word for each stage, in order.
[[nodiscard]] constexpr EnumArray<UptakeStage, std::string_view> by_stage(std::string_view offer,
                                                                          std::string_view accept,
                                                                          std::string_view attend,
                                                                          std::string_view start,
                                                                          std::string_view complete) noexcept {
    EnumArray<UptakeStage, std::string_view> words;
    words[UptakeStage::offer] = offer;
    words[UptakeStage::accept] = accept;
    words[UptakeStage::attend] = attend;
    words[UptakeStage::start] = start;
    words[UptakeStage::complete] = complete;
    return words;
}

/// Every model, in the order of their numbers.
[[nodiscard]] std::span<const ModelEntry* const> uptake_models() noexcept;
[[nodiscard]] const ModelEntry* find_uptake_model(std::string_view name) noexcept;

/// Inverse of the logit. [0 to 1]
[[nodiscard]] double logistic(double logit) noexcept;
/// A deviate of the standard normal law from a uniform word.
[[nodiscard]] double normal_deviate(std::uint32_t word) noexcept;

}  // namespace segue::prescribing
