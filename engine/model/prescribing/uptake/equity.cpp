// M1: odds that depend on who somebody is, with an effect of the place.
#include <algorithm>

#include "engine/core/math.hpp"
#include "engine/model/prescribing/uptake/models.hpp"

namespace segue::prescribing {
namespace {

struct EquityParameters {
    double offer_intercept{-1.8};
    double accept_intercept{3.1};
    double attend_intercept{3};
    double start_intercept{0.4};
    double complete_intercept{0};
    double share_at_offer{0.5};
    double odds_female{1.42};
    double odds_deprived{1.89};
    double odds_smoking{1.71};
    double odds_obesity{1.19};
    double odds_depression_or_anxiety{2.52};
    double odds_two_conditions{1.45};
    double odds_per_year_over_50{1.02};
    double odds_lonely{2.20};
    double accept_odds_female{1.27};
    double accept_odds_per_decade{0.95};
    double site_deviation{0.5};

    static constexpr std::string_view prefix = "uptake.equity";
    static auto declarations() {
        using E = EquityParameters;
        const auto intercept = [](auto member, const char* name, const char* of) {
            return parameter(member, name,
                             std::string{"Logit of "} + of +
                                 " for a man of 50 or less of the less deprived, without "
                                 "conditions, who neither smokes nor is obese or lonely",
                             Range{-12, 12}, Uncertain::uniform(-4, 4),
                             Source{"solved: the logit of a mean is not the mean of logits"}, Certainty::C,
                             Kind::calibrated);
        };
        const auto odds = [](auto member, const char* name, const char* who, double low, double high,
                             const char* source, Certainty certainty) {
            return parameter(member, name, std::string{"Odds ratio of "} + who, Range{0.01, 100},
                             Uncertain::uniform(low, high), Source{source}, certainty, Kind::evidence);
        };
        const char* const diabetes = "2.3 million adults at high risk of diabetes, England 2019-2023";
        const char* const elsa = "7,283 people of 50 and over (ELSA, wave 10)";
        return std::tuple{
            intercept(&E::offer_intercept, "offer_intercept", "an offer at a contact"),
            intercept(&E::accept_intercept, "accept_intercept", "accepting it"),
            intercept(&E::attend_intercept, "attend_intercept", "coming to the first contact"),
            intercept(&E::start_intercept, "start_intercept", "wanting an activity"),
            intercept(&E::complete_intercept, "complete_intercept", "completing it"),
            parameter(&E::share_at_offer, "share_at_offer",
                      "Share of the logarithm of each odds ratio of referral that acts at the offer: the rest is need, "
                      "which brings people to contacts and has its own rates",
                      Range{0, 1}, Uncertain::uniform(0, 1),
                      Source{"assumption: published ratios are of referral among everybody, need and access mixed"},
                      Certainty::C, Kind::evidence),
            odds(&E::odds_female, "odds_female", "referral, women", 1.05, 1.43, diabetes, Certainty::A),
            odds(&E::odds_deprived, "odds_deprived", "referral, the two most deprived fifths", 1.86, 1.93, diabetes,
                 Certainty::A),
            odds(&E::odds_smoking, "odds_smoking", "referral, smokers", 1.68, 1.73, diabetes, Certainty::A),
            odds(&E::odds_obesity, "odds_obesity", "referral, obesity", 1.17, 1.21, diabetes, Certainty::A),
            odds(&E::odds_depression_or_anxiety, "odds_depression_or_anxiety", "referral, depression or anxiety", 2.49,
                 2.54, diabetes, Certainty::A),
            odds(&E::odds_two_conditions, "odds_two_conditions", "referral, two long-term conditions or more", 1.43,
                 2.02, diabetes, Certainty::A),
            odds(&E::odds_per_year_over_50, "odds_per_year_over_50", "referral, each year of age over 50", 1.01, 1.03,
                 elsa, Certainty::A),
            odds(&E::odds_lonely, "odds_lonely", "referral, lonely people", 1.63, 2.97, elsa, Certainty::A),
            odds(&E::accept_odds_female, "accept_odds_female", "accepting, women", 1.23, 1.30,
                 "refusal 0.79 (0.77 to 0.82) in 2023 (CPRD)", Certainty::A),
            odds(&E::accept_odds_per_decade, "accept_odds_per_decade", "accepting, each decade of age over 20", 0.8, 1,
                 "every age group refuses more than the youngest in 2023 (CPRD); sizes not published in the abstract",
                 Certainty::C),
            parameter(&E::site_deviation, "site_deviation",
                      "Standard deviation over neighbourhoods of each stage's logit", Range{0, 3},
                      Uncertain::uniform(0.498, 0.515),
                      Source{"NHS Diabetes Prevention Programme, 99,473 people referred: an intraclass correlation of "
                             "0.07, sites from 0.32 to 0.78; analogue"},
                      Certainty::C, Kind::evidence)};
    }
};

class Equity final : public UptakeModel {
public:
    explicit Equity(const EquityParameters& p) : p_{p} {
        intercept_[UptakeStage::offer] = p.offer_intercept;
        intercept_[UptakeStage::accept] = p.accept_intercept;
        intercept_[UptakeStage::attend] = p.attend_intercept;
        intercept_[UptakeStage::start] = p.start_intercept;
        intercept_[UptakeStage::complete] = p.complete_intercept;
    }
    [[nodiscard]] double chance(const Decision& decision, const Community& community) const override {
        double logit = intercept_[decision.stage] + site(decision.stage, community);
        if (decision.stage == UptakeStage::offer) logit += p_.share_at_offer * of_referral(decision.row, community);
        if (decision.stage == UptakeStage::accept) logit += of_accepting(decision.row, community);
        return logistic(logit);
    }

private:
    static int age(std::uint32_t row, const Community& community) {
        return age_years(Day{community.people->birth_day[row]}, community.today);
    }
    /// Sum of the logarithms of the odds ratios that hold for somebody.
    [[nodiscard]] double of_referral(std::uint32_t row, const Community& community) const {
        const People& people = *community.people;
        const PersonRow who{row};
        const ConditionSet conditions{people.conditions[row]};
        double sum = 0;
        const auto add = [&sum](bool holds, double odds) { sum += holds ? math::log(odds) : 0; };
        add(sex_of(people.cell[row]) == Sex::female, p_.odds_female);
        add(quintile_of(people.cell[row]) <= 2, p_.odds_deprived);
        add(people.has(who, Trait::smoking), p_.odds_smoking);
        add(people.has(who, Trait::obesity), p_.odds_obesity);
        add(conditions.has(Condition::depression) || conditions.has(Condition::anxiety), p_.odds_depression_or_anxiety);
        add(conditions.count() >= 2, p_.odds_two_conditions);
        add(people.has(who, Trait::loneliness), p_.odds_lonely);
        return sum + std::max(0, age(row, community) - 50) * math::log(p_.odds_per_year_over_50);
    }
    [[nodiscard]] double of_accepting(std::uint32_t row, const Community& community) const {
        const bool female = sex_of(community.people->cell[row]) == Sex::female;
        const double decades = std::max(0, age(row, community) - 20) / 10.0;
        return (female ? math::log(p_.accept_odds_female) : 0) + decades * math::log(p_.accept_odds_per_decade);
    }
    /// The place's own, for good.
    [[nodiscard]] double site(UptakeStage stage, const Community& community) const {
        constexpr std::uint32_t own_block = 1;
        const Words luck = Draws{community.twin, community.neighbourhood, Purpose::uptake_habit,
                                 static_cast<std::uint32_t>(index(stage))}
                               .words(own_block);
        return p_.site_deviation * normal_deviate(luck[0]);
    }

    EquityParameters p_;
    EnumArray<UptakeStage, double> intercept_;
};

}  // namespace

const ModelEntry equity{.name = "equity",
                        .number = "M1",
                        .meaning = "Odds that depend on who somebody is, with an effect of the place",
                        .equation = "logit P(stage k) = a_k + x'b_k + u_k, u_k ~ N(0, s^2) over neighbourhoods",
                        .tells = "odds ratios between groups that load and time leave alone",
                        .free = by_stage("uptake.equity.offer_intercept", "uptake.equity.accept_intercept",
                                         "uptake.equity.attend_intercept", "uptake.equity.start_intercept",
                                         "uptake.equity.complete_intercept"),
                        .declare = [](Catalogue& catalogue) { catalogue.add<EquityParameters>(); },
                        .make = [](const Scenario& scenario) -> std::unique_ptr<UptakeModel> {
                            return std::make_unique<Equity>(scenario.read<EquityParameters>());
                        }};

}  // namespace segue::prescribing
