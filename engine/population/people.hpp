/// \file
/// The people of one neighbourhood, as columns. The hot ones are small and together; the rest is touched at an event.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/ids.hpp"
#include "engine/core/vocabulary.hpp"

namespace segue {

/// Kinds of need share a personal level by group; the groups' levels are correlated.
enum class NeedGroup : std::uint8_t { acute, long_term, mental, social, count_ };
[[nodiscard]] constexpr auto names(NeedGroup) {
    return std::array<std::string_view, 4>{"acute", "long_term", "mental", "social"};
}

/// Yes-or-no attributes that a rule or a chance may ask for.
enum class Trait : std::uint8_t {
    smoking,
    inactivity,
    obesity,
    loneliness,
    online_access,
    can_travel,
    carer,
    lives_alone,
    count_
};
[[nodiscard]] constexpr auto names(Trait) {
    return std::array<std::string_view, 8>{"smoking",       "inactivity", "obesity", "loneliness",
                                           "online_access", "can_travel", "carer",   "lives_alone"};
}

/// States that somebody passes through. A rule may ask for each by its name, and rates of need depend on them.
enum class Passing : std::uint8_t {
    pregnant,
    after_birth,
    short_decline,
    stepwise_decline,
    slow_decline,
    known_decline,  ///< the decline is recognised by those who care for the person
    high_need,      ///< a spell in which every kind of need comes more often
    awaiting_hospital,
    count_
};
[[nodiscard]] constexpr auto names(Passing) {
    return std::array<std::string_view, 8>{"pregnant",     "after_birth",   "short_decline", "stepwise_decline",
                                           "slow_decline", "known_decline", "high_need",     "awaiting_hospital"};
}

/// Age band, sex and deprivation as one number, as rate tables are indexed: band 20 x sex 2 x quintile 5.
using DemographicCell = std::uint16_t;
inline constexpr int demographic_cells = static_cast<int>(count_of<AgeBand>) * 2 * deprivation_quintiles;
[[nodiscard]] constexpr DemographicCell demographic_cell(AgeBand band, Sex sex, int quintile) noexcept {
    return static_cast<DemographicCell>((index(band) * 2 + index(sex)) * deprivation_quintiles +
                                        static_cast<std::size_t>(quintile - 1));
}
[[nodiscard]] constexpr AgeBand band_of(DemographicCell cell) noexcept {
    return static_cast<AgeBand>(cell / (2 * deprivation_quintiles));
}
[[nodiscard]] constexpr Sex sex_of(DemographicCell cell) noexcept {
    return static_cast<Sex>(cell / deprivation_quintiles % 2);
}
[[nodiscard]] constexpr int quintile_of(DemographicCell cell) noexcept { return cell % deprivation_quintiles + 1; }

inline constexpr std::uint32_t no_household = 0xFFFF'FFFFU;
/// Care homes are households too, numbered apart: this bit, the practice that looks after it, its number there.
inline constexpr std::uint32_t care_home_bit = 0x8000'0000U;
[[nodiscard]] constexpr std::uint32_t care_home(std::uint8_t practice, std::uint32_t nth) noexcept {
    return care_home_bit | std::uint32_t{practice} << 16U | nth;
}
[[nodiscard]] constexpr bool is_care_home(std::uint32_t household) noexcept {
    return household != no_household && (household & care_home_bit) != 0;
}
/// The first day from `day` on, itself included, on which the practice makes its weekly round in a home. Homes have their
/// rounds on different weekdays, Monday to Friday.
[[nodiscard]] Day round_day(std::uint32_t household, Day day) noexcept;

/// Everything about one person: how somebody enters the columns, and how rules and tests see them.
struct Person {
    PersonKey key;
    Day birth;
    Sex sex{Sex::female};
    std::uint8_t quintile{3};
    ConditionSet conditions;
    Frailty frailty{Frailty::fit};
    Residence residence{Residence::own_home};
    std::uint8_t traits{0};      ///< bit i: Trait i
    std::uint8_t passing{0};     ///< bit i: Passing i
    std::uint8_t health_bin{0};  ///< lasting liability to illness: see HealthModel
    std::uint8_t practice{0};
    std::uint8_t segment{0};
    bool keeps_residence{false};  ///< a person file says where they live
    std::array<std::uint16_t, count_of<NeedGroup>> level_rank{32768, 32768, 32768, 32768};  ///< of 65,536, by group
    std::uint32_t household{no_household};  ///< its number within the neighbourhood
    std::int16_t wellbeing_milli{7450};     ///< ONS life satisfaction, 0 to 10,000
    std::int32_t utility_micro{0};          ///< EQ-5D, 1e-6
};

/// Columns, one element a row. A row whose person has gone is `vacant` and is given to the next who enters, under a
/// new generation, so that a calendar entry of the old one is recognised as stale.
class People {
public:
    // Hot: read for every draw of needs.
    std::vector<std::uint64_t> key;
    std::vector<std::int32_t> birth_day;
    std::vector<std::uint32_t> conditions;
    std::vector<DemographicCell> cell;
    std::vector<std::uint8_t> frailty_residence;  ///< frailty * 4 + residence
    std::vector<std::uint8_t> segment;
    std::vector<std::array<std::uint16_t, count_of<NeedGroup>>> level_rank;
    std::vector<std::uint8_t> generation;
    std::vector<std::uint8_t> present;  ///< 1 while registered
    // Cold.
    std::vector<std::uint8_t> practice;
    std::vector<std::uint8_t> keeps_residence;  ///< 1 while a person file's word on their home holds
    std::vector<std::uint8_t> traits;
    std::vector<std::uint8_t> passing;
    std::vector<std::uint8_t> decline_serial;  ///< tells the calendar entry of a decline that no longer runs so
    std::vector<std::uint8_t> health_bin;
    std::vector<std::uint8_t> births;  ///< children born while registered: the next one's ordinal
    std::vector<std::uint32_t> household;
    std::vector<std::int16_t> wellbeing_milli;
    std::vector<std::int32_t> utility_micro;
    std::vector<std::int32_t> entered_day;

    void reserve(std::size_t rows);
    /// Gives the person a row: a vacant one when there is one. `today` sets the age band.
    PersonRow enter(const Person& person, Day today);
    /// The same where the age is known already.
    PersonRow enter(const Person& person, Day today, AgeBand band);
    /// Takes the person off the list: calendar entries made for them are stale from now on, while their values stay
    /// readable until the row is released and somebody else enters.
    void leave(PersonRow row);
    /// Gives the row of somebody who left to whoever enters next.
    void release(PersonRow row) { vacant_.push_back(row.value()); }

    [[nodiscard]] std::size_t rows() const noexcept { return key.size(); }
    [[nodiscard]] std::size_t registered() const noexcept { return registered_; }
    [[nodiscard]] Person person(PersonRow row) const;
    [[nodiscard]] std::size_t bytes() const noexcept;  ///< that the columns hold

    [[nodiscard]] Frailty frailty(PersonRow row) const noexcept {
        return static_cast<Frailty>(frailty_residence[row.value()] >> 2U);
    }
    [[nodiscard]] Residence residence(PersonRow row) const noexcept {
        return static_cast<Residence>(std::uint32_t{frailty_residence[row.value()]} & 3U);
    }
    void set_frailty_residence(PersonRow row, Frailty frailty, Residence residence) noexcept {
        frailty_residence[row.value()] = static_cast<std::uint8_t>(index(frailty) << 2U | index(residence));
    }
    [[nodiscard]] bool has(PersonRow row, Trait trait) const noexcept {
        return (std::uint32_t{traits[row.value()]} >> index(trait) & 1U) != 0;
    }
    [[nodiscard]] bool is(PersonRow row, Passing state) const noexcept {
        return (std::uint32_t{passing[row.value()]} >> index(state) & 1U) != 0;
    }

private:
    std::vector<std::uint32_t> vacant_;
    std::size_t registered_{0};
};

}  // namespace segue
