// M5: simple contagion with broadcast (Bass 1969, doi:10.1287/mnsc.15.5.215, on a network).
#include <algorithm>

#include "engine/model/prescribing/uptake/models.hpp"

namespace segue::prescribing {
namespace {

struct DiffusionParameters {
    double offer{0.15};
    double imitation{12.7};
    double accept{0.86};
    double accept_imitation{0.5};

    static constexpr std::string_view prefix = "uptake.diffusion";
    static auto declarations() {
        using D = DiffusionParameters;
        const auto row = [](auto member, const char* name, const char* meaning, Range range, Uncertain doubt,
                            const char* source, Kind kind) {
            return parameter(member, name, meaning, range, doubt, Source{source}, Certainty::C, kind);
        };
        return std::tuple{
            row(&D::offer, "offer_share",
                "Share of contacts at which it is offered to somebody no tie of whom has used it", {0, 1},
                Uncertain::uniform(0.02, 0.6),
                "solved so that 0.0208 people a registered person-year are offered "
                "it",
                Kind::calibrated),
            row(&D::imitation, "imitation_ratio",
                "What is added to that when all ties have used it, as a ratio to it (q over p)", {0, 100},
                Uncertain::uniform(0, 17),
                "goods: p 0.03, q 0.38 a year; no UK data on social prescribing. The range "
                "includes none",
                Kind::evidence),
            row(&D::accept, "accept_share", "Share of offers accepted by somebody no tie of whom has used it", {0, 1},
                Uncertain::uniform(0.5, 0.9), "solved so that 0.88 of offers are accepted", Kind::calibrated),
            row(&D::accept_imitation, "accept_imitation_ratio",
                "What is added to that when all ties have used it, as a "
                "ratio to it",
                {0, 100}, Uncertain::uniform(0, 1), "assumption; no study found. The range includes none",
                Kind::evidence)};
    }
};

class Diffusion final : public UptakeModel {
public:
    explicit Diffusion(const DiffusionParameters& p) : p_{p} {}
    [[nodiscard]] double chance(const Decision& decision, const Community& community) const override {
        const double share = community.ties_of(decision.row).share();
        const double raised = decision.stage == UptakeStage::accept ? p_.accept * (1 + p_.accept_imitation * share)
                                                                    : p_.offer * (1 + p_.imitation * share);
        return std::min(raised, 1.0);
    }

private:
    DiffusionParameters p_;
};

}  // namespace

const ModelEntry diffusion{
    .name = "diffusion",
    .number = "M5",
    .meaning = "Simple contagion with broadcast: the chance grows in proportion to the ties who have used it",
    .equation = "P = p + q n/k (n of k ties have ever used it)",
    .tells = "the chance is a straight line in the number of ties who have used it; an S curve where nobody had",
    .free = by_stage("uptake.diffusion.offer_share", "uptake.diffusion.accept_share", "", "", ""),
    .needs_network = true,
    .declare = [](Catalogue& catalogue) { catalogue.add<DiffusionParameters>(); },
    .make = [](const Scenario& scenario) -> std::unique_ptr<UptakeModel> {
        return std::make_unique<Diffusion>(scenario.read<DiffusionParameters>());
    }};

}  // namespace segue::prescribing
