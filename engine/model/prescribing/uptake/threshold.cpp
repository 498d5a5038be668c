// M4: complex contagion. People ask for it and accept it once enough of those they know have used it.
#include "engine/model/prescribing/uptake/models.hpp"

namespace segue::prescribing {
namespace {

struct ThresholdParameters {
    double share{0.18};
    int users{2};
    double offer_above{0.4};
    double offer_below_ratio{0.4};
    double accept_above{0.97};
    double accept_below{0.86};

    static constexpr std::string_view prefix = "uptake.threshold";
    static auto declarations() {
        using T = ThresholdParameters;
        const auto row = [](auto member, const char* name, const char* meaning, Range range, Uncertain doubt,
                            const char* source, Kind kind) {
            return parameter(member, name, meaning, range, doubt, Source{source}, Certainty::C, kind);
        };
        const char* const none = "assumption; no study of social prescribing found";
        return std::tuple{
            row(&T::share, "ties_share", "Share of somebody's ties who have used it from which on they are convinced",
                {0, 1}, Uncertain::uniform(0.05, 0.4), "value of an illustration (cascades on random networks)",
                Kind::evidence),
            row(&T::users, "ties_number", "Number of ties who have used it from which on they are convinced too",
                {1, 100}, Uncertain::known(), none, Kind::evidence),
            row(&T::offer_above, "offer_above_share", "Share of contacts with the convinced at which it is offered",
                {0, 1}, Uncertain::uniform(0.05, 0.9),
                "solved so that 0.0208 people a registered person-year are offered "
                "it",
                Kind::calibrated),
            row(&T::offer_below_ratio, "offer_below_ratio", "The same with others, as a ratio to it", {0, 1},
                Uncertain::uniform(0.1, 1), none, Kind::evidence),
            row(&T::accept_above, "accept_above_share", "Share of offers that the convinced accept", {0, 1},
                Uncertain::uniform(0.88, 1), none, Kind::evidence),
            row(&T::accept_below, "accept_below_share", "Share of offers that others accept", {0, 1},
                Uncertain::uniform(0.5, 0.9), "solved so that 0.88 of offers are accepted", Kind::calibrated)};
    }
};

class Threshold final : public UptakeModel {
public:
    explicit Threshold(const ThresholdParameters& p) : p_{p} {}
    [[nodiscard]] double chance(const Decision& decision, const Community& community) const override {
        const Community::Ties ties = community.ties_of(decision.row);
        const bool convinced =
            (ties.users > 0 && ties.share() >= p_.share) || ties.users >= static_cast<std::size_t>(p_.users);
        if (decision.stage == UptakeStage::accept) return convinced ? p_.accept_above : p_.accept_below;
        return convinced ? p_.offer_above : p_.offer_above * p_.offer_below_ratio;
    }

private:
    ThresholdParameters p_;
};

}  // namespace

const ModelEntry threshold{
    .name = "threshold",
    .number = "M4",
    .meaning = "Complex contagion: people ask and accept once enough of those they know have used it",
    .equation = "convinced iff m/k >= phi or m >= tau (m of k ties have used it); P = above if convinced, else below",
    .tells = "the chance jumps with the number of ties who have used it; clustered places do better",
    .free = by_stage("uptake.threshold.offer_above_share", "uptake.threshold.accept_below_share", "", "", ""),
    .needs_network = true,
    .declare = [](Catalogue& catalogue) { catalogue.add<ThresholdParameters>(); },
    .make = [](const Scenario& scenario) -> std::unique_ptr<UptakeModel> {
        return std::make_unique<Threshold>(scenario.read<ThresholdParameters>());
    }};

}  // namespace segue::prescribing
