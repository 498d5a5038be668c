// M0: the same share of everybody passes each stage.
#include "engine/model/prescribing/uptake/models.hpp"

namespace segue::prescribing {
namespace {

struct FixedParameters {
    double offer{0.2};
    double accept{0.88};
    double attend{0.95};
    double start{0.6};
    double complete{0.49};

    static constexpr std::string_view prefix = "uptake.fixed";
    static auto declarations() {
        using F = FixedParameters;
        const auto row = [](auto member, const char* name, const char* meaning, Uncertain doubt, const char* source,
                            Certainty certainty) {
            return parameter(member, name, meaning, Range{0, 1}, doubt, Source{source}, certainty, Kind::calibrated);
        };
        return std::tuple{
            row(&F::offer, "offer_share", "Share of contacts about a need that it may be offered for at which it is",
                Uncertain::uniform(0.05, 0.6), "solved so that 0.0208 people a registered person-year are offered it",
                Certainty::C),
            row(&F::accept, "accept_share", "Share of offers that are accepted", Uncertain::uniform(0.78, 0.88),
                "435 of 495 at 50 and over (ELSA); refusals 22% in 2019, 12% in 2023 (CPRD)", Certainty::A),
            row(&F::attend, "attend_share", "Share of people given a first contact who come to it",
                Uncertain::uniform(0.8, 1), "solved so that 0.90 of those who accept are seen within a year",
                Certainty::C),
            row(&F::start, "start_share", "Share of those offered an activity who want one",
                Uncertain::uniform(0.3, 0.9), "solved so that 0.38 of those who accept start an activity within a year",
                Certainty::C),
            row(&F::complete, "complete_share", "Share of those who start an activity who complete it",
                Uncertain::uniform(0.22, 0.59), "exercise referral, observational studies; analogue", Certainty::C)};
    }
};

class FixedShares final : public UptakeModel {
public:
    explicit FixedShares(const FixedParameters& p) {
        share_[UptakeStage::offer] = p.offer;
        share_[UptakeStage::accept] = p.accept;
        share_[UptakeStage::attend] = p.attend;
        share_[UptakeStage::start] = p.start;
        share_[UptakeStage::complete] = p.complete;
    }
    [[nodiscard]] double chance(const Decision& decision, const Community&) const override {
        return share_[decision.stage];
    }

private:
    EnumArray<UptakeStage, double> share_;
};

}  // namespace

const ModelEntry fixed_shares{
    .name = "fixed",
    .number = "M0",
    .meaning = "The same share of everybody passes each stage",
    .equation = "P(stage k) = pi_k",
    .tells = "nothing moves with load, person, place or peers",
    .free = by_stage("uptake.fixed.offer_share", "uptake.fixed.accept_share", "uptake.fixed.attend_share",
                     "uptake.fixed.start_share", "uptake.fixed.complete_share"),
    .declare = [](Catalogue& catalogue) { catalogue.add<FixedParameters>(); },
    .make = [](const Scenario& scenario) -> std::unique_ptr<UptakeModel> {
        return std::make_unique<FixedShares>(scenario.read<FixedParameters>());
    }};

}  // namespace segue::prescribing
