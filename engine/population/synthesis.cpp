#include "engine/population/synthesis.hpp"

#include <algorithm>
#include <vector>

#include "engine/core/math.hpp"
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

/// Words of many people at once, as columns.
class WordBatch {
public:
    static constexpr std::size_t most = 256;

    void draw(Isa isa, Twin twin, std::span<const std::uint64_t> keys) {
        for (std::size_t block = 0; block < blocks; ++block) {
            auto& at = columns_[block];
            philox_batch(isa, twin, keys, purpose_and_block(layout[block].first, layout[block].second), 0,
                         {{at[0].data(), at[1].data(), at[2].data(), at[3].data()}});
        }
    }
    [[nodiscard]] PersonWords person(std::size_t i) const noexcept {
        return gather([&](std::size_t block, std::size_t n) { return columns_[block][n][i]; });
    }

private:
    std::array<std::array<std::array<std::uint32_t, most>, 4>, blocks> columns_;
};

/// The last day on which somebody who is `age` today can have been born.
Day youngest_birth(Day today, int age) noexcept {
    Day birth = same_date(today, -age);
    // Born on 29 February, one turns an age on 1 March of other years: the day is found, not guessed.
    while (age > 0 && age_years(birth + 1, today) >= age) birth = birth + 1;
    while (age_years(birth, today) < age) birth = birth - 1;
    return birth;
}

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
    std::array<Day, static_cast<std::size_t>(age_count) + 1> youngest;
    for (int age = 0; age <= age_count; ++age) youngest[static_cast<std::size_t>(age)] = youngest_birth(start, age);
    const auto batch = std::make_unique<WordBatch>();
    std::array<std::uint64_t, WordBatch::most> keys;
    for (std::uint32_t first = 0; first < size; first += WordBatch::most) {
        const std::uint32_t count = std::min(static_cast<std::uint32_t>(WordBatch::most), size - first);
        for (std::uint32_t i = 0; i < count; ++i)
            keys[i] = entrant_key(neighbourhood, start.number(), first + i).value();
        batch->draw(isa, twin, {keys.data(), count});
        for (std::uint32_t i = 0; i < count; ++i) {
            const PersonWords words = batch->person(i);
            const AgeAndSex who = laws_.draw_age_sex(words.age[0]);
            const Day latest = youngest[age_index(who.age)];
            const std::int32_t days = latest - youngest[age_index(who.age) + 1];
            people.enter(make(frame(PersonKey{keys[i]}, words, who, latest, days), words, nullptr), start,
                         age_band(who.age));
        }
    }
    match_households(people, twin, laws_, start);
}

Synthesis::Frame Synthesis::frame(PersonKey key, const PersonWords& words, AgeAndSex who, Day latest_birth,
                                  std::int32_t days) const noexcept {
    const auto past = static_cast<std::int32_t>(below(static_cast<std::uint32_t>(days), words.age[1]));
    return {key,
            latest_birth - past,
            who.age,
            part_of_year(past),
            who.sex,
            laws_.draw_quintile(who, words.deprivation),
            laws_.draw_practice(words.practice)};
}

Person Synthesis::make(const Frame& frame, const PersonWords& words, const KnownPerson* known) const noexcept {
    const bool is_known_to_be_ill = known != nullptr && (known->conditions || known->frailty);
    HealthCell cell{frame.age, frame.sex, frame.quintile, 0};
    cell.bin = is_known_to_be_ill ? bin_given(frame, *known, words.bin)
                                  : laws_.health.draw_bin(frame.age, frame.sex, frame.quintile, words.bin);
    Person person;
    person.key = frame.key;
    person.birth = frame.birth;
    person.sex = frame.sex;
    person.quintile = static_cast<std::uint8_t>(frame.quintile);
    person.practice = frame.practice;
    person.health_bin = cell.bin;
    person.conditions = known != nullptr && known->conditions
                            ? *known->conditions
                            : laws_.health.draw_conditions(cell, frame.passed, words.conditions);
    person.frailty = known != nullptr && known->frailty ? *known->frailty
                                                        : laws_.health.draw_frailty(cell, frame.passed, words.frailty);
    const CircumstanceCell circumstances{frame.age, frame.sex, frame.quintile, person.frailty};
    person.residence = known != nullptr && known->residence
                           ? *known->residence
                           : laws_.circumstances.residence_of(words.circumstances, circumstances);
    person.traits = laws_.circumstances.traits_of(words.circumstances, circumstances, person.residence);
    person.keeps_residence = known != nullptr && known->residence;
    if (known != nullptr && known->household) person.household = *known->household;
    person.level_rank = level_ranks(words.level);
    person.wellbeing_milli = laws_.quality.wellbeing_milli(frame.age, words.wellbeing);
    person.utility_micro = laws_.quality.utility_micro(frame.age, frame.sex, person.conditions);
    person.segment =
        known != nullptr && known->segment ? *known->segment : laws_.first_segment(person, frame.age, words.segment);
    return person;
}

/// Bayes: bins weighted by how likely each makes what is known.
std::uint8_t Synthesis::bin_given(const Frame& frame, const KnownPerson& known, std::uint32_t word) const noexcept {
    std::array<double, health_bins> weights{};
    double total = 0;
    for (int bin = 0; bin < health_bins; ++bin) {
        const HealthCell cell{frame.age, frame.sex, frame.quintile, static_cast<std::uint8_t>(bin)};
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
    const Day latest = youngest_birth(today, who.age);
    return make(frame(key, words, who, latest, latest - youngest_birth(today, who.age + 1)), words, nullptr);
}

Person Synthesis::newborn(Twin twin, PersonKey key, const Person& mother, Day today) const {
    const PersonWords words = person_words(twin, key);
    const Sex sex = Chance{Movement::boys_share}.happens(words.age[2]) ? Sex::male : Sex::female;
    Person child = make({key, today, 0, 0, sex, mother.quintile, mother.practice}, words, nullptr);
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
    return make({one.key, birth, std::min(years, oldest_age), passed, one.sex, one.quintile, practice}, words, &one);
}

PersonKey newborn_key(Twin twin, PersonKey mother, std::uint32_t ordinal, std::uint32_t attempt) {
    const Words words = Draws{twin, mother, Purpose::newborn, ordinal}.words(attempt);
    return PersonKey{std::uint64_t{words[0]} << 32U | words[1]};
}

}  // namespace segue
