#include "engine/population/circumstances.hpp"

#include <algorithm>
#include <cmath>

namespace segue {
namespace {

std::size_t place(std::size_t age, Sex sex, std::size_t fifth, Frailty frailty) noexcept {
    return ((age * 2 + index(sex)) * deprivation_quintiles + fifth) * count_of<Frailty> + index(frailty);
}

std::uint32_t word_of(double share) {
    return static_cast<std::uint32_t>(std::clamp(std::nearbyint(share * 0x1p32), 0.0, 0x1p32 - 1));
}

}  // namespace

CircumstanceWords circumstance_words(Twin twin, PersonKey person) noexcept {
    const auto words = [&](Purpose purpose) { return philox(twin, person.value(), purpose_and_block(purpose, 0), 0); };
    return {words(Purpose::residence)[0], words(Purpose::risk_factors), words(Purpose::traits)};
}

Circumstances::Circumstances(const CircumstanceTables& tables, const HealthTables& health)
    : thresholds_(static_cast<std::size_t>(age_count) * 2 * deprivation_quintiles * count_of<Frailty>) {
    EnumArray<Frailty, ByAge<double>> frailty_share;
    for (const Frailty frailty : all<Frailty>()) frailty_share[frailty] = over_ages(health.frailty[frailty]);
    for (const Circumstance one : all<Circumstance>()) {
        const auto& by_fifth = tables.deprivation_ratio[one];
        const auto& by_frailty = tables.frailty_ratio[one];
        for (std::size_t age = 0; age < age_count; ++age) {
            double frailty_mean = 0;
            for (const Frailty frailty : all<Frailty>())
                frailty_mean += frailty_share[frailty][age] * by_frailty[frailty];
            for (const Sex sex : all<Sex>()) {
                double fifth_mean = 0;
                for (std::size_t fifth = 0; fifth < deprivation_quintiles; ++fifth) {
                    fifth_mean += health.quintile_share[age][sex][fifth] * by_fifth[fifth];
                }
                const double mean = fifth_mean * frailty_mean;
                for (std::size_t fifth = 0; fifth < deprivation_quintiles; ++fifth) {
                    for (const Frailty frailty : all<Frailty>()) {
                        const double ratio = mean > 0 ? by_fifth[fifth] * by_frailty[frailty] / mean : 1;
                        thresholds_[place(age, sex, fifth, frailty)][one] =
                            word_of(tables.share[one][age][sex] * ratio);
                    }
                }
            }
        }
    }
}

const EnumArray<Circumstance, std::uint32_t>& Circumstances::thresholds(const CircumstanceCell& who) const noexcept {
    return thresholds_[place(age_index(who.age), who.sex, static_cast<std::size_t>(who.quintile - 1), who.frailty)];
}

Residence Circumstances::residence_of(const CircumstanceWords& words, const CircumstanceCell& who) const noexcept {
    const auto& at = thresholds(who);
    // One uniform: the frailest stay below the threshold of the care home as age moves it up.
    if (words.residence < at[Circumstance::care_home]) return Residence::care_home;
    const std::uint64_t either = std::uint64_t{at[Circumstance::care_home]} + at[Circumstance::housebound];
    return words.residence < either ? Residence::housebound : Residence::own_home;
}

std::uint8_t Circumstances::traits_of(const CircumstanceWords& words, const CircumstanceCell& who,
                                      Residence residence) const noexcept {
    const auto& at = thresholds(who);
    const bool at_home = residence != Residence::care_home;
    unsigned bits = 0;
    const auto set = [&bits](Trait trait, bool has) { bits |= static_cast<unsigned>(has) << index(trait); };
    set(Trait::smoking, words.risks[0] < at[Circumstance::smoking]);
    set(Trait::inactivity, words.risks[1] < at[Circumstance::inactivity]);
    set(Trait::obesity, words.risks[2] < at[Circumstance::obesity]);
    set(Trait::loneliness, words.risks[3] < at[Circumstance::loneliness]);
    set(Trait::online_access, words.traits[0] >= at[Circumstance::no_online_access]);
    set(Trait::can_travel, residence == Residence::own_home && words.traits[1] >= at[Circumstance::cannot_travel]);
    set(Trait::carer, at_home && words.traits[2] < at[Circumstance::carer]);
    set(Trait::lives_alone, at_home && words.traits[3] < at[Circumstance::lives_alone]);
    return static_cast<std::uint8_t>(bits);
}

double Circumstances::share(Circumstance circumstance, const CircumstanceCell& who) const noexcept {
    return thresholds(who)[circumstance] * 0x1p-32;
}

}  // namespace segue
