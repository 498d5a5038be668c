// M6: what people can do, may do and want to do. Three codings, since one theory has many (COM-B, planned behaviour, health
// belief), and they differ in what they say of a policy.
#include <algorithm>

#include "engine/model/prescribing/uptake/models.hpp"

namespace segue::prescribing {
namespace {

/// How the three are put together.
enum class Coding : std::uint8_t { com_b, planned_behaviour, health_belief, count_ };
[[nodiscard]] constexpr auto names(Coding) {
    return std::array<std::string_view, 3>{"com_b", "planned_behaviour", "health_belief"};
}

struct MotivationParameters {
    Coding coding{Coding::com_b};
    double accept_threshold{-3.1};
    double attend_threshold{-2};
    double start_threshold{-0.4};
    double complete_threshold{0.1};
    double steepness{1.5};
    double least_capability{-2};
    double least_opportunity{-2};
    double weight_attitude{0.5};
    double weight_norm{0.2};
    double weight_control{0.3};
    double intention_to_behaviour{0.545};
    double loneliness_moves{0.5};
    double frailty_hinders{0.4};
    double deprivation_hinders{0.4};
    double housebound_hinders{0.8};
    double no_travel_hinders{0.5};

    static constexpr std::string_view prefix = "uptake.motivation";
    static auto declarations() {
        using M = MotivationParameters;
        const auto row = [](auto member, const char* name, const char* meaning, Range range, Uncertain doubt,
                            const char* source, Certainty certainty, Kind kind) {
            return parameter(member, name, meaning, range, doubt, Source{source}, certainty, kind);
        };
        const char* const none = "assumption; few measured inputs for a UK population";
        const auto limit = [&](auto member, const char* name, const char* of) {
            return parameter(member, name, std::string{"Motivation, in its standard deviations, at which half "} + of,
                             Range{-12, 12}, Uncertain::uniform(-4, 4), Source{"solved from the stage's target"},
                             Certainty::C, Kind::calibrated);
        };
        const auto assumed = [&](auto member, const char* name, const char* meaning, Range range, double low,
                                 double high) {
            return row(member, name, meaning, range, Uncertain::uniform(low, high), none, Certainty::C, Kind::evidence);
        };
        return std::tuple{
            row(&M::coding, "coding", "How capability, opportunity and motivation are put together", {0, 0},
                Uncertain::known(), "one theory, many codings: compare two at least", Certainty::C, Kind::evidence),
            limit(&M::accept_threshold, "accept_threshold", "accept"),
            limit(&M::attend_threshold, "attend_threshold", "come to the first contact"),
            limit(&M::start_threshold, "start_threshold", "want an activity"),
            limit(&M::complete_threshold, "complete_threshold", "complete it"),
            assumed(&M::steepness, "steepness", "Logits for a standard deviation of motivation", {0, 20}, 0.5, 3),
            assumed(&M::least_capability, "least_capability",
                    "COM-B: capability below which nobody acts, in standard deviations", {-12, 12}, -3, -1),
            assumed(&M::least_opportunity, "least_opportunity",
                    "COM-B: opportunity below which nobody acts, in standard deviations", {-12, 12}, -3, -1),
            assumed(&M::weight_attitude, "weight_attitude", "Planned behaviour: weight of attitude in intention",
                    {0, 1}, 0.3, 0.7),
            assumed(&M::weight_norm, "weight_norm", "Planned behaviour: weight of what others do", {0, 1}, 0, 0.4),
            assumed(&M::weight_control, "weight_control", "Planned behaviour: weight of felt control", {0, 1}, 0.1,
                    0.5),
            row(&M::intention_to_behaviour, "intention_to_behaviour",
                "Planned behaviour: change of behaviour for a change of intention, both in standard deviations", {0, 1},
                Uncertain::uniform(0.4, 0.7), "0.36 over 0.66 (meta-analysis of experiments)", Certainty::A,
                Kind::evidence),
            assumed(&M::loneliness_moves, "loneliness_moves", "Motivation that loneliness adds", {-5, 5}, 0, 1),
            assumed(&M::frailty_hinders, "frailty_hinders", "Capability that each grade of frailty takes", {-5, 5}, 0,
                    0.8),
            assumed(&M::deprivation_hinders, "deprivation_hinders",
                    "Opportunity that living in the two most deprived fifths takes", {-5, 5}, 0, 0.8),
            assumed(&M::housebound_hinders, "housebound_hinders", "Opportunity that being housebound takes", {-5, 5}, 0,
                    2),
            assumed(&M::no_travel_hinders, "no_travel_hinders", "Opportunity that being unable to travel takes",
                    {-5, 5}, 0, 1)};
    }
};

class Motivation final : public UptakeModel {
public:
    explicit Motivation(const MotivationParameters& p) : p_{p} {
        threshold_[UptakeStage::accept] = p.accept_threshold;
        threshold_[UptakeStage::attend] = p.attend_threshold;
        threshold_[UptakeStage::start] = p.start_threshold;
        threshold_[UptakeStage::complete] = p.complete_threshold;
    }
    [[nodiscard]] double chance(const Decision& decision, const Community& community) const override {
        const Person person = look_at(decision.row, community);
        const double limit = threshold_[decision.stage];
        switch (p_.coding) {
            case Coding::com_b: return com_b(person, limit);
            case Coding::planned_behaviour: return planned_behaviour(person, limit);
            default: return health_belief(person, limit);
        }
    }

private:
    /// Deviates of what somebody is like, in standard deviations.
    struct Person {
        double capability;
        double opportunity;
        double motivation;
        double norm;
    };
    [[nodiscard]] Person look_at(std::uint32_t row, const Community& community) const {
        constexpr std::uint32_t own_block = 6;
        const Words luck = Draws{community.twin, community.key(row), Purpose::uptake_lasting, 0}.words(own_block);
        const People& people = *community.people;
        const PersonRow who{row};
        const auto if_ = [](bool holds, double amount) { return holds ? amount : 0; };
        return {normal_deviate(luck[0]) - p_.frailty_hinders * static_cast<double>(index(people.frailty(who))),
                normal_deviate(luck[1]) - if_(quintile_of(people.cell[row]) <= 2, p_.deprivation_hinders) -
                    if_(people.residence(who) == Residence::housebound, p_.housebound_hinders) -
                    if_(!people.has(who, Trait::can_travel), p_.no_travel_hinders),
                normal_deviate(luck[2]) + if_(people.has(who, Trait::loneliness), p_.loneliness_moves),
                normal_deviate(luck[3])};
    }
    /// P = 1[C >= c] 1[O >= o] s(k (M - m))
    [[nodiscard]] double com_b(const Person& person, double limit) const {
        if (person.capability < p_.least_capability || person.opportunity < p_.least_opportunity) return 0;
        return logistic(p_.steepness * (person.motivation - limit));
    }
    /// I = wA A + wN N + wP P; behaviour moves by less than intention; felt control lets it through.
    [[nodiscard]] double planned_behaviour(const Person& person, double limit) const {
        constexpr double lets_through_at = 2;  // standard deviations of control below which half are held back
        const double control = (person.capability + person.opportunity) / 2;
        const double intention =
            p_.weight_attitude * person.motivation + p_.weight_norm * person.norm + p_.weight_control * control;
        return logistic(p_.steepness * (p_.intention_to_behaviour * intention - limit)) *
               logistic(p_.steepness * (control + lets_through_at));
    }
    /// Benefits less barriers: the strong terms of the health belief model; severity and susceptibility are weak.
    [[nodiscard]] double health_belief(const Person& person, double limit) const {
        const double barriers = -(person.capability + person.opportunity) / 2;
        return logistic(p_.steepness * (person.motivation - barriers - limit));
    }

    MotivationParameters p_;
    EnumArray<UptakeStage, double> threshold_;
};

}  // namespace

const ModelEntry motivation{
    .name = "motivation",
    .number = "M6",
    .meaning = "What people can do, may do and want to do: COM-B, planned behaviour or health belief",
    .equation =
        "com_b: P = 1[C >= c] 1[O >= o] s(k (M - m)); planned_behaviour: P = s(k (r I - m)) s(k (P + 2)), I = wA A + "
        "wN N + wP P; health_belief: P = s(k (B - R - m))",
    .tells = "help with travel works only for those who are motivated already",
    .free = by_stage("", "uptake.motivation.accept_threshold", "uptake.motivation.attend_threshold",
                     "uptake.motivation.start_threshold", "uptake.motivation.complete_threshold"),
    .declare = [](Catalogue& catalogue) { catalogue.add<MotivationParameters>(); },
    .make = [](const Scenario& scenario) -> std::unique_ptr<UptakeModel> {
        return std::make_unique<Motivation>(scenario.read<MotivationParameters>());
    }};

}  // namespace segue::prescribing
