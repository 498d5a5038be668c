// M7: a choice among activities, or none of them, by price, distance and what suits somebody (nested logit: McFadden 1978).
#include <algorithm>

#include "engine/core/math.hpp"
#include "engine/model/prescribing/uptake/models.hpp"

namespace segue::prescribing {
namespace {

struct ChoiceParameters {
    double opt_out{0.8};
    double price{-0.1};
    double price_deviation{0.05};
    double distance{-0.2};
    double match{0.5};
    double full{-0.5};
    double nest{0.7};
    double taste_deviation{1};

    static constexpr std::string_view prefix = "uptake.choice";
    static auto declarations() {
        using C = ChoiceParameters;
        const auto row = [](auto member, const char* name, const char* meaning, Range range, Uncertain doubt,
                            const char* source, Kind kind) {
            return parameter(member, name, meaning, range, doubt, Source{source}, Certainty::C, kind);
        };
        const char* const sign =
            "size assumed; sign: 220 people of 60 and over disliked travel of half an hour and a price most; no UK "
            "choice "
            "experiment on social prescribing found";
        const char* const none = "assumption; no study found";
        return std::tuple{
            row(&C::opt_out, "opt_out", "Utility of none of the activities", {-12, 12}, Uncertain::uniform(-4, 4),
                "solved so that 0.38 of those who accept start an activity within a year", Kind::calibrated),
            row(&C::price, "price_per_gbp", "Utility of each pound a week [1/GBP]", {-10, 0},
                Uncertain::uniform(-0.3, 0), sign, Kind::evidence),
            row(&C::price_deviation, "price_deviation", "Standard deviation over people of that [1/GBP]", {0, 10},
                Uncertain::uniform(0, 0.1), none, Kind::evidence),
            row(&C::distance, "distance_per_km", "Utility of each kilometre from home [1/km]", {-10, 0},
                Uncertain::uniform(-0.4, 0), sign, Kind::evidence),
            row(&C::match, "match", "Utility of what is for something that the person has", {-10, 10},
                Uncertain::uniform(0, 1), none, Kind::evidence),
            row(&C::full, "full", "Utility of there being no place now", {-10, 0}, Uncertain::uniform(-1, 0), none,
                Kind::evidence),
            row(&C::nest, "nest",
                "How far activities of one kind stand apart from one another: 1, as far as from others", {0.05, 1},
                Uncertain::uniform(0.4, 1), none, Kind::evidence),
            row(&C::taste_deviation, "taste_deviation", "Standard deviation over people of the wish for any of them",
                {0, 10}, Uncertain::uniform(0, 2), none, Kind::evidence)};
    }
};

class Choice final : public UptakeModel {
public:
    explicit Choice(const ChoiceParameters& p) : p_{p} {}

    [[nodiscard]] double chance(const Decision& decision, const Community& community) const override {
        std::vector<double> chances(decision.options.size());
        choose(decision, community, chances);
        double sum = 0;
        for (const double one : chances) sum += one;
        return sum;
    }

    /// Nested logit: P(j) = P(j | kind) P(kind), with the kinds as nests and none of them as one of its own. Utilities are
    /// taken from the best of their nest, and nests from the best of all, so that no exponential is too large.
    void choose(const Decision& decision, const Community& community, std::span<double> chances) const override {
        EnumArray<ActivityKind, Nest> nests;
        double best = p_.opt_out;
        for (std::size_t j = 0; j < chances.size(); ++j) {
            chances[j] = utility(decision.row, decision.options[j], community);
            Nest& nest = nests[decision.options[j].activity->kind];
            nest.best = nest.is_empty ? chances[j] : std::max(nest.best, chances[j]);
            nest.is_empty = false;
            best = std::max(best, chances[j]);
        }
        for (std::size_t j = 0; j < chances.size(); ++j) {
            Nest& nest = nests[decision.options[j].activity->kind];
            chances[j] = math::exp((chances[j] - nest.best) / p_.nest);
            nest.within += chances[j];
        }
        double all_of_them = math::exp(p_.opt_out - best);
        for (Nest& nest : nests) {
            if (nest.is_empty) continue;
            nest.weight = math::exp(nest.best - best) * math::pow(nest.within, p_.nest);
            all_of_them += nest.weight;
        }
        for (std::size_t j = 0; j < chances.size(); ++j) {
            const Nest& nest = nests[decision.options[j].activity->kind];
            chances[j] = chances[j] / nest.within * nest.weight / all_of_them;
        }
    }

private:
    /// Activities of one kind.
    struct Nest {
        bool is_empty{true};
        double best{0};    ///< utility
        double within{0};  ///< sum of exp((V - best) / nest)
        double weight{0};  ///< of the kind against the others
    };
    [[nodiscard]] double utility(std::uint32_t row, const Option& option, const Community& community) const {
        constexpr std::uint32_t own_block = 7;
        const Words luck = Draws{community.twin, community.key(row), Purpose::uptake_lasting, 0}.words(own_block);
        const double of_a_pound = std::min(p_.price + p_.price_deviation * normal_deviate(luck[0]), 0.0);
        return p_.taste_deviation * normal_deviate(luck[1]) + of_a_pound * option.activity->price_gbp +
               p_.distance * option.distance_km +
               (is_for(row, option.activity->kind, *community.people) ? p_.match : 0) +
               (option.has_place ? 0 : p_.full);
    }
    /// Whether a kind of activity answers to something about somebody.
    static bool is_for(std::uint32_t row, ActivityKind kind, const People& people) {
        const PersonRow who{row};
        const ConditionSet conditions{people.conditions[row]};
        switch (kind) {
            case ActivityKind::physical: return people.has(who, Trait::inactivity) || people.has(who, Trait::obesity);
            case ActivityKind::advice: return quintile_of(people.cell[row]) <= 2 || people.has(who, Trait::carer);
            case ActivityKind::employment: return quintile_of(people.cell[row]) <= 2;
            case ActivityKind::social: return people.has(who, Trait::loneliness) || people.has(who, Trait::lives_alone);
            case ActivityKind::health: return conditions.count() > 0;
            default: return conditions.has(Condition::depression) || conditions.has(Condition::anxiety);
        }
    }

    ChoiceParameters p_;
};

}  // namespace

const ModelEntry choice{
    .name = "choice",
    .number = "M7",
    .meaning = "A choice among activities or none, by price, distance and what suits somebody",
    .equation = "V_ij = t_i + b_pi price + b_d km + b_m match + b_f full; nested logit over kinds with opt-out V_0",
    .tells = "the mix of activities moves with price and distance, and more opt out when places close",
    .free = by_stage("", "", "", "uptake.choice.opt_out", ""),
    .chooses = true,
    .declare = [](Catalogue& catalogue) { catalogue.add<ChoiceParameters>(); },
    .make = [](const Scenario& scenario) -> std::unique_ptr<UptakeModel> {
        return std::make_unique<Choice>(scenario.read<ChoiceParameters>());
    }};

}  // namespace segue::prescribing
