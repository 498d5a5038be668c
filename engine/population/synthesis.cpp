#include "engine/population/synthesis.hpp"

#include <algorithm>
#include <vector>

#include "engine/core/math.hpp"
#include "engine/population/birth_dates.hpp"
#include "engine/population/households.hpp"
#include "engine/population/normal_table.hpp"
#include "engine/rng/batch.hpp"

namespace segue {
namespace {

/// The part of a year gone by, of 256.
std::uint32_t part_of_year(std::int32_t days_since_birthday) noexcept {
    return std::min(255U, static_cast<std::uint32_t>(days_since_birthday) * 256U / 366U);
}

/// The words of one person, by block: which purpose and number each is drawn under.
constexpr std::size_t blocks = 16;
constexpr std::array<std::pair<Purpose, std::uint32_t>, blocks> layout{{{Purpose::age, 0},
                                                                        {Purpose::deprivation, 0},
                                                                        {Purpose::practice, 0},
                                                                        {Purpose::latent_health, 0},
                                                                        {Purpose::frailty, 0},
                                                                        {Purpose::conditions, 0},
                                                                        {Purpose::conditions, 1},
                                                                        {Purpose::conditions, 2},
                                                                        {Purpose::conditions, 3},
                                                                        {Purpose::conditions, 4},
                                                                        {Purpose::residence, 0},
                                                                        {Purpose::risk_factors, 0},
                                                                        {Purpose::traits, 0},
                                                                        {Purpose::wellbeing, 0},
                                                                        {Purpose::level_of_need, 0},
                                                                        {Purpose::table_segment, 0}}};

/// Puts blocks where they belong; `word(block, n)` is the n-th word of a block.
template <class Word>
PersonWords gather(Word word) noexcept {
    const auto four = [&](std::size_t block) {
        return Words{word(block, 0), word(block, 1), word(block, 2), word(block, 3)};
    };
    PersonWords words;
    words.age = four(0);
    words.deprivation = word(1, 0);
    words.practice = word(2, 0);
    words.bin = word(3, 0);
    words.frailty = word(4, 0);
    for (std::size_t c = 0; c < count_of<Condition>; ++c) words.conditions[c] = word(5 + c / 4, c % 4);
    words.circumstances = {word(10, 0), four(11), four(12)};
    words.wellbeing = word(13, 0);
    words.level = four(14);
    words.segment = word(15, 0);
    return words;
}

/// Draws the words of many people at once, a batch at most.
class WordBatch {
public:
    void draw(Isa isa, Twin twin, std::span<const std::uint64_t> keys, std::span<PersonWords> words) noexcept {
        for (std::size_t block = 0; block < blocks; ++block) {
            auto& at = columns_[block];
            philox_batch(isa, twin, keys, purpose_and_block(layout[block].first, layout[block].second), 0,
                         {{at[0].data(), at[1].data(), at[2].data(), at[3].data()}});
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            words[i] = gather([&](std::size_t block, std::size_t n) { return columns_[block][n][i]; });
        }
    }

private:
    std::array<std::array<std::array<std::uint32_t, Synthesis::batch>, 4>, blocks> columns_{};
};

}  // namespace

PersonWords person_words(Twin twin, PersonKey person) noexcept {
    std::array<Words, blocks> drawn;
    for (std::size_t block = 0; block < blocks; ++block) {
        drawn[block] = philox(twin, person.value(), purpose_and_block(layout[block].first, layout[block].second), 0);
    }
    return gather([&](std::size_t block, std::size_t n) { return drawn[block][n]; });
}

Synthesis::Synthesis(const PopulationLaws& laws) : laws_{laws} {
    // Cholesky's factor of a matrix with 1 on the diagonal and the same correlation everywhere else.
    const double correlation = laws.parameters.level_correlation;
    std::array<std::array<double, count_of<NeedGroup>>, count_of<NeedGroup>> factor{};
    for (std::size_t i = 0; i < factor.size(); ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double rest = i == j ? 1 : correlation;
            for (std::size_t k = 0; k < j; ++k) rest -= factor[i][k] * factor[j][k];
            factor[i][j] = i == j ? math::sqrt(rest) : rest / factor[j][j];
            level_factor_[i][j] = static_cast<float>(factor[i][j]);
        }
    }
}

void Synthesis::populate(People& people, Twin twin, NeighbourhoodRow neighbourhood, std::uint32_t size, Day start,
                         Isa isa) const {
    people.reserve(people.rows() + size);
    const BirthDates births{start};
    WordBatch draws;
    std::array<std::uint64_t, batch> keys{};
    std::array<PersonWords, batch> words{};
    std::array<Frame, batch> frames{};
    for (std::uint32_t first = 0; first < size; first += batch) {
        const std::uint32_t count = std::min(batch, size - first);
        for (std::uint32_t i = 0; i < count; ++i)
            keys[i] = entrant_key(neighbourhood, start.number(), first + i).value();
        draws.draw(isa, twin, {keys.data(), count}, words);
        // All frames first: the chances of a whole batch are on their way from memory before the first are asked for.
        for (std::uint32_t i = 0; i < count; ++i) {
            const AgeAndSex who = laws_.draw_age_sex(words[i].age[0]);
            frames[i] = frame(PersonKey{keys[i]}, words[i], who, births.latest(who.age), births.latest(who.age + 1));
            laws_.health.fetch(frames[i].who);
        }
        for (std::uint32_t i = 0; i < count; ++i)
            people.enter(make(frames[i], words[i], nullptr), start, age_band(frames[i].who.age));
    }
    match_households(people, twin, laws_, start, 0, isa);
}

Synthesis::Frame Synthesis::frame(PersonKey key, const PersonWords& words, AgeAndSex who, Day latest,
                                  Day too_early) const noexcept {
    const auto days = static_cast<std::uint32_t>(latest - too_early);
    const auto past = static_cast<std::int32_t>(below(days, words.age[1]));
    const int quintile = laws_.draw_quintile(who, words.deprivation);
    return {key,
            latest - past,
            part_of_year(past),
            {who.age, who.sex, quintile, laws_.health.draw_bin(who.age, who.sex, quintile, words.bin)},
            laws_.draw_practice(words.practice)};
}

Person Synthesis::make(const Frame& frame, const PersonWords& words, const KnownPerson* known) const noexcept {
    const HealthCell& who = frame.who;
    Person person;
    person.key = frame.key;
    person.birth = frame.birth;
    person.sex = who.sex;
    person.quintile = static_cast<std::uint8_t>(who.quintile);
    person.practice = frame.practice;
    person.health_bin = who.bin;
    person.conditions = known != nullptr && known->conditions
                            ? *known->conditions
                            : laws_.health.draw_conditions(who, frame.passed, words.conditions);
    person.frailty = known != nullptr && known->frailty ? *known->frailty
                                                        : laws_.health.draw_frailty(who, frame.passed, words.frailty);
    const CircumstanceCell circumstances{who.age, who.sex, who.quintile, person.frailty};
    person.residence = known != nullptr && known->residence
                           ? *known->residence
                           : laws_.circumstances.residence_of(words.circumstances, circumstances);
    person.traits = laws_.circumstances.traits_of(words.circumstances, circumstances, person.residence);
    person.keeps_residence = known != nullptr && known->residence;
    if (known != nullptr && known->household) person.household = *known->household;
    person.level_rank = level_ranks(words.level);
    person.wellbeing_milli = laws_.quality.wellbeing_milli(who.age, words.wellbeing);
    person.utility_micro = laws_.quality.utility_micro(who.age, who.sex, person.conditions);
    person.segment =
        known != nullptr && known->segment ? *known->segment : laws_.first_segment(person, who.age, words.segment);
    return person;
}

/// Bayes: bins weighted by how likely each makes what is known.
std::uint8_t Synthesis::bin_given(HealthCell cell, const KnownPerson& known, std::uint32_t word) const noexcept {
    std::array<double, health_bins> weights{};
    double total = 0;
    for (int bin = 0; bin < health_bins; ++bin) {
        cell.bin = static_cast<std::uint8_t>(bin);
        double weight = laws_.health.bin_share(cell);
        if (known.conditions) {
            for (const Condition condition : all<Condition>()) {
                const double chance = laws_.health.chance(condition, cell);
                // A condition that the tables rule out at this age says nothing about the bin.
                if (chance > 0) weight *= known.conditions->has(condition) ? chance : 1 - chance;
            }
        }
        if (known.frailty) {
            const double at_least = laws_.health.chance_at_least(*known.frailty, cell);
            const double worse =
                *known.frailty == Frailty::severe
                    ? 0
                    : laws_.health.chance_at_least(static_cast<Frailty>(index(*known.frailty) + 1), cell);
            if (at_least > worse) weight *= at_least - worse;
        }
        weights[static_cast<std::size_t>(bin)] = weight;
        total += weight;
    }
    double left = uniform(word) * total;
    std::uint8_t bin = 0;
    while (bin + 1 < health_bins && left >= weights[bin]) left -= weights[bin++];
    return bin;
}

std::array<std::uint16_t, count_of<NeedGroup>> Synthesis::level_ranks(const Words& words) const noexcept {
    const NormalTable& normal = NormalTable::shared();
    std::array<float, count_of<NeedGroup>> own{};
    for (std::size_t i = 0; i < own.size(); ++i) own[i] = normal.deviate(words[i]);
    std::array<std::uint16_t, count_of<NeedGroup>> ranks{};
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        float deviate = 0;
        for (std::size_t k = 0; k <= i; ++k) deviate += level_factor_[i][k] * own[k];
        ranks[i] = normal.rank(deviate);
    }
    return ranks;
}

Person Synthesis::joiner(Twin twin, PersonKey key, Day today) const {
    const PersonWords words = person_words(twin, key);
    const AgeAndSex who = laws_.movement.joiner(words.age[0]);
    const Frame one = frame(key, words, who, latest_birth(today, who.age), latest_birth(today, who.age + 1));
    return make(one, words, nullptr);
}

Person Synthesis::newborn(Twin twin, PersonKey key, const Person& mother, Day today) const {
    const PersonWords words = person_words(twin, key);
    const Sex sex = Chance{Movement::boys_share}.happens(words.age[2]) ? Sex::male : Sex::female;
    const std::uint8_t bin = laws_.health.draw_bin(0, sex, mother.quintile, words.bin);
    Person child = make({key, today, 0, {0, sex, mother.quintile, bin}, mother.practice}, words, nullptr);
    child.household = mother.household;
    return child;
}

Person Synthesis::known(Twin twin, const KnownPerson& one, Day today) const {
    const PersonWords words = person_words(twin, one.key);
    // A list of the start, read at the beginning of a warm-up, has people not born yet: they are newborn there.
    const Day birth = std::min(one.birth, today);
    const int years = age_years(birth, today);
    const std::uint32_t passed = part_of_year(today - birthday(birth, years));
    const std::uint8_t practice = one.practice.value_or(laws_.draw_practice(words.practice));
    HealthCell who{std::min(years, oldest_age), one.sex, one.quintile, 0};
    who.bin = one.conditions || one.frailty ? bin_given(who, one, words.bin)
                                            : laws_.health.draw_bin(who.age, who.sex, who.quintile, words.bin);
    return make({one.key, birth, passed, who, practice}, words, &one);
}

PersonKey newborn_key(Twin twin, PersonKey mother, std::uint32_t ordinal, std::uint32_t attempt) {
    const Words words = Draws{twin, mother, Purpose::newborn, ordinal}.words(attempt);
    return PersonKey{std::uint64_t{words[0]} << 32U | words[1]};
}

}  // namespace segue
