// M3: clinicians differ in how readily they offer, and learn from what became of those they referred.
#include <algorithm>
#include <map>

#include "engine/model/prescribing/uptake/models.hpp"

namespace segue::prescribing {
namespace {

struct ReferrerParameters {
    double mean{-2.5};
    double deviation{0.5};
    double keeps_per_month{0.95};
    double learns{0.1};
    double expected_feedback{0.5};
    double most_habit{2};

    static constexpr std::string_view prefix = "uptake.referrers";
    static auto declarations() {
        using R = ReferrerParameters;
        const auto row = [](auto member, const char* name, const char* meaning, Range range, Uncertain doubt,
                            const char* source, Kind kind) {
            return parameter(member, name, meaning, range, doubt, Source{source}, Certainty::C, kind);
        };
        return std::tuple{
            row(&R::mean, "mean_logit", "Logit of an offer at a contact with the middling clinician", {-12, 12},
                Uncertain::uniform(-4, 4), "solved so that 0.0208 people a registered person-year are offered it",
                Kind::calibrated),
            row(&R::deviation, "deviation", "Standard deviation over clinicians of that logit", {0, 3},
                Uncertain::uniform(0.3, 1.5),
                "borrowed from sites of the NHS Diabetes Prevention Programme; 20% of GPs refer regularly and 40% "
                "would "
                "with better information (role descriptions)",
                Kind::evidence),
            row(&R::keeps_per_month, "keeps_per_month", "Share of a habit that is left after a month", {0, 1},
                Uncertain::uniform(0.8, 1), "assumption; no study found", Kind::evidence),
            row(&R::learns, "learns", "Change of the logit for a month's feedback that is all good rather than none",
                {0, 2}, Uncertain::uniform(0, 0.3),
                "assumption: referrers depend on regular positive feedback (qualitative). The range includes none",
                Kind::evidence),
            row(&R::expected_feedback, "expected_feedback_share",
                "Share of those referred who are seen at which a habit neither grows nor shrinks", {0, 1},
                Uncertain::uniform(0.2, 0.8), "assumption; no study found", Kind::evidence),
            row(&R::most_habit, "most_habit", "Furthest that learning takes a logit either way", {0, 10},
                Uncertain::uniform(1, 3), "assumption: keeps habits finite", Kind::evidence)};
    }
};

class Referrers final : public UptakeModel {
public:
    explicit Referrers(const ReferrerParameters& p) : p_{p} {}

    [[nodiscard]] double chance(const Decision& decision, const Community& community) const override {
        if (decision.route == ReferralRoute::self) return logistic(p_.mean);  // nobody offers
        return logistic(p_.mean + own(decision.clinician, community) + habit(decision.clinician));
    }

    void learn(const Community& community, std::span<const News> news, std::span<const Event>) override {
        for (const News& one : news) {
            if (one.route != ReferralRoute::contact) continue;
            if (one.stage == ReferralStage::accepted) ++months_[one.clinician].referred;
            if (one.stage == ReferralStage::first_contact) ++months_[one.clinician].seen;
        }
        if (to_date(community.today + 1).day == 1) close_month();
    }
    [[nodiscard]] std::size_t bytes() const noexcept override { return months_.size() * sizeof(Month); }

private:
    struct Month {
        int referred{0};
        int seen{0};
        double habit{0};
    };
    /// What a clinician is like for good.
    [[nodiscard]] double own(std::uint32_t clinician, const Community& community) const {
        constexpr std::uint32_t own_block = 3;
        const Words luck =
            Draws{community.twin, community.neighbourhood, Purpose::uptake_habit, clinician}.words(own_block);
        return p_.deviation * normal_deviate(luck[0]);
    }
    [[nodiscard]] double habit(std::uint32_t clinician) const {
        const auto found = months_.find(clinician);
        return found == months_.end() ? 0 : found->second.habit;
    }
    /// b <- d b + e (f - f0) for those who heard of anybody this month.
    void close_month() {
        for (auto& [clinician, month] : months_) {
            month.habit *= p_.keeps_per_month;
            if (month.referred + month.seen > 0) {
                const double good = static_cast<double>(month.seen) / std::max(month.referred, month.seen);
                month.habit += p_.learns * (good - p_.expected_feedback);
            }
            month.habit = std::clamp(month.habit, -p_.most_habit, p_.most_habit);
            month.referred = 0;
            month.seen = 0;
        }
    }

    ReferrerParameters p_;
    std::map<std::uint32_t, Month> months_;
};

}  // namespace

const ModelEntry referrers{
    .name = "referrers",
    .number = "M3",
    .meaning = "Clinicians differ in how readily they offer, and learn from what became of those they referred",
    .equation =
        "logit P(offer | g, t) = m + a_g + b_gt, a_g ~ N(0, s^2); each month b <- d b + e (f - f0), f the share "
        "of those referred who were seen",
    .tells = "offers differ between clinicians of one practice after case mix, and follow feedback",
    .free = by_stage("uptake.referrers.mean_logit", "", "", "", ""),
    .declare = [](Catalogue& catalogue) { catalogue.add<ReferrerParameters>(); },
    .make = [](const Scenario& scenario) -> std::unique_ptr<UptakeModel> {
        return std::make_unique<Referrers>(scenario.read<ReferrerParameters>());
    }};

}  // namespace segue::prescribing
