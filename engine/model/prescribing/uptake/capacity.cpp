// M2: waiting decides. Offers fall with the wait that everybody can see, and whoever waits may give up.
#include "engine/core/math.hpp"
#include "engine/model/prescribing/uptake/models.hpp"

namespace segue::prescribing {
namespace {

struct CapacityParameters {
    double offer{0.2};
    double wait_deters_per_week{0.05};
    double gives_up_per_week{0.05};
    double attends{0.97};

    static constexpr std::string_view prefix = "uptake.capacity";
    static auto declarations() {
        using C = CapacityParameters;
        const auto row = [](auto member, const char* name, const char* meaning, Range range, Uncertain doubt,
                            const char* source, Kind kind) {
            return parameter(member, name, meaning, range, doubt, Source{source}, Certainty::C, kind);
        };
        return std::tuple{
            row(&C::offer, "offer_share", "Share of contacts at which it is offered while nobody waits", {0, 1},
                Uncertain::uniform(0.05, 0.6), "solved so that 0.0208 people a registered person-year are offered it",
                Kind::calibrated),
            row(&C::wait_deters_per_week, "wait_deters_per_week",
                "Fall of the logarithm of offers with each week that people then wait [1/week]", {0, 1},
                Uncertain::uniform(0, 0.15), "assumption; no study found. The range includes none", Kind::evidence),
            row(&C::gives_up_per_week, "gives_up_per_week",
                "Rate at which people give up waiting for a link worker [1/week]", {0, 2},
                Uncertain::uniform(0.01, 0.15), "assumption; no study found", Kind::calibrated),
            row(&C::attends, "attend_share", "Share of people given a first contact who come to it", {0, 1},
                Uncertain::uniform(0.9, 1), "assumption; no study found", Kind::evidence)};
    }
};

class Capacity final : public UptakeModel {
public:
    explicit Capacity(const CapacityParameters& p) : p_{p} {}
    [[nodiscard]] double chance(const Decision& decision, const Community& community) const override {
        if (decision.stage == UptakeStage::attend) return p_.attends;
        return p_.offer * math::exp(-p_.wait_deters_per_week * community.expected_wait_weeks);
    }
    [[nodiscard]] double gives_up_per_week(const Decision&, const Community&) const override {
        return p_.gives_up_per_week;
    }

private:
    CapacityParameters p_;
};

}  // namespace

const ModelEntry capacity{
    .name = "capacity",
    .number = "M2",
    .meaning = "Waiting decides: offers fall with the wait, and whoever waits may give up",
    .equation =
        "P(offer) = p exp(-d w), w the wait seen yesterday; leaving the list at rate theta: "
        "P(leave before w) = 1 - exp(-theta w)",
    .tells = "uptake falls as link workers fill up and recovers when more are hired",
    .free = by_stage("uptake.capacity.offer_share", "", "uptake.capacity.gives_up_per_week", "", ""),
    .declare = [](Catalogue& catalogue) { catalogue.add<CapacityParameters>(); },
    .make = [](const Scenario& scenario) -> std::unique_ptr<UptakeModel> {
        return std::make_unique<Capacity>(scenario.read<CapacityParameters>());
    }};

}  // namespace segue::prescribing
