/// \file
/// Makes people: the first list, those who join, and the newborn, all by the same laws.
///
///   In     the laws of the population, a twin, a key for each person
///   Out    people whose ages, sexes, deprivation, practices, conditions, frailty and circumstances have the published
///          shares in expectation, whatever their number
///   Draws  by person, each attribute under its own Purpose (age to traits): one person's are no other's
///   Holds  somebody's attributes depend on their key, the twin and the laws, never on who else is made
#pragma once
#include <cstdint>
#include <optional>

#include "engine/core/calendar.hpp"
#include "engine/core/isa.hpp"
#include "engine/population/people.hpp"
#include "engine/population/population_laws.hpp"
#include "engine/rng/draws.hpp"

namespace segue {

/// One person's words, as the batch kernel or single draws give them.
struct PersonWords {
    Words age;  ///< age and sex, day within the year of age
    std::uint32_t deprivation;
    std::uint32_t practice;
    std::uint32_t bin;
    std::uint32_t frailty;
    std::array<std::uint32_t, count_of<Condition>> conditions;
    CircumstanceWords circumstances;
    std::uint32_t wellbeing;
    Words level;
    std::uint32_t segment;
};
[[nodiscard]] PersonWords person_words(Twin twin, PersonKey person) noexcept;

/// What a person file says of somebody. Absent: drawn.
struct KnownPerson {
    PersonKey key;
    Day birth;
    Sex sex{Sex::female};
    int quintile{3};
    std::optional<std::uint8_t> practice;
    std::optional<std::uint32_t> household;
    std::optional<Residence> residence;
    std::optional<Frailty> frailty;
    std::optional<ConditionSet> conditions;
    std::optional<std::uint8_t> segment;
};

class Synthesis {
public:
    static constexpr std::uint32_t batch = 64;  ///< people drawn at once: their words stay in the first cache

    /// The laws must outlive it.
    explicit Synthesis(const PopulationLaws& laws);

    /// Adds exactly `size` people registered on `start`, with keys entrant_key(neighbourhood, start, 0 ...), and houses
    /// them.
    void populate(People& people, Twin twin, NeighbourhoodRow neighbourhood, std::uint32_t size, Day start,
                  Isa isa = best_isa()) const;

    /// Somebody who joins the list today; not housed with anybody registered.
    [[nodiscard]] Person joiner(Twin twin, PersonKey key, Day today) const;
    /// A child born today into its mother's household, practice and deprivation.
    [[nodiscard]] Person newborn(Twin twin, PersonKey key, const Person& mother, Day today) const;
    /// Somebody of whom some is known; the rest is drawn, the liability to illness given what is known of conditions and
    /// frailty.
    [[nodiscard]] Person known(Twin twin, const KnownPerson& one, Day today) const;

private:
    /// What is settled before health and circumstances are drawn.
    struct Frame {
        PersonKey key;
        Day birth;
        std::uint32_t passed{0};  ///< of the year of age, of 256
        HealthCell who;
        std::uint8_t practice{0};
    };
    /// Born on `latest` or between the day after `too_early` and it.
    [[nodiscard]] Frame frame(PersonKey key, const PersonWords& words, AgeAndSex who, Day latest,
                              Day too_early) const noexcept;
    [[nodiscard]] Person make(const Frame& frame, const PersonWords& words, const KnownPerson* known) const noexcept;
    [[nodiscard]] std::uint8_t bin_given(HealthCell cell, const KnownPerson& known, std::uint32_t word) const noexcept;
    [[nodiscard]] std::array<std::uint16_t, count_of<NeedGroup>> level_ranks(const Words& words) const noexcept;

    const PopulationLaws& laws_;
    std::array<std::array<float, count_of<NeedGroup>>, count_of<NeedGroup>> level_factor_{};  ///< Cholesky
};

/// The key of the `ordinal`-th child born to this mother (from 0): a hash of both. The caller checks for collision and
/// asks again with `attempt` raised.
[[nodiscard]] PersonKey newborn_key(Twin twin, PersonKey mother, std::uint32_t ordinal, std::uint32_t attempt = 0);

}  // namespace segue
