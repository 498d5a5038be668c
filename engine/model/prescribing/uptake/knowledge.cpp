// M8: people hear of it, forget it, and pass it on (the form of the CommunityRx model, Chicago).
#include "engine/core/math.hpp"
#include "engine/core/memory.hpp"
#include "engine/model/prescribing/uptake/models.hpp"

namespace segue::prescribing {
namespace {

struct KnowledgeParameters {
    double offer{0.5};
    double at_start{0.02};
    double left_a_day{0.993};
    double doctor_dose{0.05};
    double nurse_dose{0.15};
    double other_dose{0.25};
    double peer_dose{0.9};
    double passes_on{0.5};

    static constexpr std::string_view prefix = "uptake.knowledge";
    static auto declarations() {
        using K = KnowledgeParameters;
        const auto row = [](auto member, const char* name, const char* meaning, Range range, Uncertain doubt,
                            const char* source, Certainty certainty, Kind kind) {
            return parameter(member, name, meaning, range, doubt, Source{source}, certainty, kind);
        };
        const char* const code = "default in the public code of CommunityRx, Chicago; the smaller, the stronger";
        const auto dose = [&](auto member, const char* name, const char* who) {
            return parameter(member, name, std::string{"Dose of knowledge from "} + who, Range{0, 1},
                             Uncertain::known(), Source{code}, Certainty::B, Kind::evidence);
        };
        return std::tuple{
            row(&K::offer, "offer_share",
                "Share of opportunities at which somebody who knows all of it gets a referral", {0, 1},
                Uncertain::uniform(0.05, 1), "solved so that 0.0208 people a registered person-year are offered it",
                Certainty::C, Kind::calibrated),
            row(&K::at_start, "at_start", "Knowledge of somebody who has never heard of it", {1e-6, 1},
                Uncertain::known(), "default in the public code of CommunityRx", Certainty::B, Kind::evidence),
            row(&K::left_a_day, "left_a_day", "What is left of knowledge after a day", {0.9, 1},
                Uncertain::uniform(0.98, 1), "default in the public code of CommunityRx, by its step; a day assumed",
                Certainty::C, Kind::evidence),
            dose(&K::doctor_dose, "doctor_dose", "a contact with a GP"),
            dose(&K::nurse_dose, "nurse_dose", "a contact with a nurse"),
            dose(&K::other_dose, "other_dose", "a contact with another role"),
            dose(&K::peer_dose, "peer_dose", "somebody one knows who has just been seen by a link worker"),
            row(&K::passes_on, "passes_on_share", "Share of those seen who pass it on to any one tie", {0, 1},
                Uncertain::uniform(0.1, 0.6), "nearly half of the recipients of CommunityRx passed information on",
                Certainty::B, Kind::evidence)};
    }
};

class Knowledge final : public UptakeModel {
public:
    explicit Knowledge(const KnowledgeParameters& p) : p_{p} {}

    [[nodiscard]] double chance(const Decision& decision, const Community& community) const override {
        return p_.offer * known(decision.row, community.today);
    }

    void learn(const Community& community, std::span<const News> news, std::span<const Event> events) override {
        for (const Event& event : events) {
            if (event.kind == EventKind::contact) hear(event.row, dose_of(static_cast<Role>(event.role)), community);
        }
        for (const News& one : news) {
            if (one.stage == ReferralStage::first_contact) pass_on(one.row, community);
        }
    }
    void forget(std::uint32_t row) override {
        if (row < known_.size()) known_[row] = {};
    }
    [[nodiscard]] std::size_t bytes() const noexcept override { return bytes_of(known_); }

private:
    struct Known {
        float amount{0};
        std::int32_t since{0};
    };
    /// Falls by the same share every day from when it was last raised, to that of somebody who never heard of it.
    [[nodiscard]] double known(std::uint32_t row, Day today) const {
        if (row >= known_.size() || known_[row].amount == 0) return p_.at_start;
        const double days = today.number() - known_[row].since;
        return std::max(p_.at_start, static_cast<double>(known_[row].amount) * math::pow(p_.left_a_day, days));
    }
    /// b <- b^(d (1 - b) + b)
    void hear(std::uint32_t row, double dose, const Community& community) {
        grow_to(known_, community.people->rows(), Known{});
        const double before = known(row, community.today);
        known_[row] = {static_cast<float>(math::pow(before, dose * (1 - before) + before)), community.today.number()};
    }
    [[nodiscard]] double dose_of(Role role) const noexcept {
        if (role == Role::gp) return p_.doctor_dose;
        return role == Role::practice_nurse || role == Role::specialist_nurse ? p_.nurse_dose : p_.other_dose;
    }
    /// Each of two people who are tied always tells the other of it, or never.
    void pass_on(std::uint32_t row, const Community& community) {
        if (community.network == nullptr) return;
        constexpr std::uint32_t own_block = 8;
        const Chance passes{p_.passes_on};
        community.network->each_tie(*community.people, row, [&](std::uint32_t other) {
            const std::uint64_t key = community.key(other).value();
            const Draws pair{community.twin, community.key(row), Purpose::uptake_lasting,
                             static_cast<std::uint32_t>(key ^ key >> 32U)};
            if (passes.happens(pair.words(own_block)[0])) hear(other, p_.peer_dose, community);
        });
    }

    KnowledgeParameters p_;
    std::vector<Known> known_;  ///< by row
};

}  // namespace

const ModelEntry knowledge{
    .name = "knowledge",
    .number = "M8",
    .meaning = "People hear of it, forget it, and pass it on",
    .equation = "P(offer) = p b; on hearing b <- b^(d (1 - b) + b); each day b <- 0.993 b",
    .tells =
        "offers follow contacts of any kind and news among people, and fade without them; people come by themselves",
    .free = by_stage("uptake.knowledge.offer_share", "", "", "", ""),
    .needs_network = true,
    .declare = [](Catalogue& catalogue) { catalogue.add<KnowledgeParameters>(); },
    .make = [](const Scenario& scenario) -> std::unique_ptr<UptakeModel> {
        return std::make_unique<Knowledge>(scenario.read<KnowledgeParameters>());
    }};

}  // namespace segue::prescribing
