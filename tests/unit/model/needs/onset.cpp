#include "engine/model/needs/onset.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/support/need_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace segue::test {
namespace {

constexpr std::uint32_t people = 20'000;

struct Onset {
    Day day;
    std::uint32_t row;
    std::uint32_t key;
    std::uint8_t need;
    NeedOrigin origin;
    friend auto operator<=>(const Onset&, const Onset&) = default;
};
using Onsets = std::vector<Onset>;

/// What somebody does to the people on a morning.
using Morning = std::function<void(NeighbourhoodState&)>;

/// Onsets of everybody from 1 January 2026 on, until a day that is not lived.
class Stream {
public:
    explicit Stream(const Scenario& scenario, std::uint32_t size = people)
        : kinds_{kinds_of(scenario)},
          tables_{scenario, kinds_, problems_},
          stream_{tables_},
          state_{people_of_forty(size, to_day({2026, 1, 1}))} {
        problems_.raise_if_any();
    }
    Onsets until(Day day_after, const Morning& morning = {}) {
        Onsets found;
        while (state_.today.day < day_after) {
            stream_.open_quarter_if_new(state_);
            if (morning) morning(state_);
            stream_.follow_changes(state_);
            stream_.onsets(state_, [&](std::uint32_t row, std::uint32_t key, std::uint8_t need, NeedOrigin origin) {
                found.push_back({state_.today.day, row, key, need, origin});
            });
            ++state_.today.day;
        }
        std::sort(found.begin(), found.end());
        return found;
    }
    [[nodiscard]] NeighbourhoodState& state() noexcept { return state_; }

private:
    Problems problems_;
    Kinds kinds_;
    needs::RateTables tables_;
    needs::OnsetStream stream_;
    NeighbourhoodState state_;
};

const Day new_year = to_day({2027, 1, 1});
constexpr double year = 365 / days_per_year;

std::string kind(const std::string& name, int stream, double per_year, const std::string& more = {}) {
    return "[needs." + name + "]\nstream = " + std::to_string(stream) +
           "\nonset_per_year = " + std::to_string(per_year) + "\n" + more + "[needs." + name +
           ".roles.gp]\nresolution = 1\n";
}
const std::string all_alike = "[levels]\nacute_variance = 0\n";

std::vector<double> counts_by_person(const Onsets& onsets) {
    std::vector<double> counts(people, 0);
    for (const Onset& one : onsets) ++counts[one.row];
    return counts;
}

// Equal people, 20,000 of them: how many had 0, 1, 2, ... onsets in a year is multinomial with the shares of a Poisson law.
// Chi-squared, false alarms 1e-6.
TEST(Onset, IsPoissonAmongPeopleOfEqualRates) {
    Stream stream{need_scenario(all_alike + kind("ill", 3, 1.5))};
    std::vector<double> seen(8, 0);
    for (const double count : counts_by_person(stream.until(new_year)))
        ++seen[static_cast<std::size_t>(std::min(count, 7.0))];
    std::vector<double> due;
    double rest = people;
    double term = people * std::exp(-1.5 * year);
    for (int n = 0; n < 7; ++n) {
        due.push_back(term);
        rest -= term;
        term *= 1.5 * year / (n + 1);
    }
    due.push_back(rest);
    EXPECT_LT(chi_squared(seen, due), chi_squared_limit(7));
}

TEST(Onset, OfTwoQuartersIsIndependent) {
    // Correlation of a person's counts in two quarters: 0 with a standard error of 1 / sqrt(20,000); false alarms 1e-6.
    Stream stream{need_scenario(all_alike + kind("ill", 0, 4))};
    const auto first = counts_by_person(stream.until(to_day({2026, 4, 1})));
    const auto second = counts_by_person(stream.until(to_day({2026, 7, 1})));
    Moments a;
    Moments b;
    double product = 0;
    for (std::size_t row = 0; row < people; ++row) {
        a.add(first[row]);
        b.add(second[row]);
        product += first[row] * second[row] / people;
    }
    const double correlation = (product - a.mean() * b.mean()) / std::sqrt(a.variance() * b.variance());
    EXPECT_NEAR(correlation, 0, deviate_limit() / std::sqrt(people));
}

TEST(Onset, VariesOverPeopleAsTheirLastingLevelsSay) {
    // Levels are gamma with mean 1 and variance 0.6, so that a year's onsets have mean m and variance m + 0.6 m^2. The
    // standard error of a variance follows from the sample's own fourth moment; false alarms 1e-6 each.
    Stream stream{need_scenario("[levels]\nacute_variance = 0.6\n" + kind("ill", 0, 2))};
    const auto counts = counts_by_person(stream.until(new_year));
    Moments moments;
    for (const double count : counts) moments.add(count);
    double fourth = 0;
    for (const double count : counts) fourth += std::pow(count - moments.mean(), 4) / people;
    const double mean = 2 * year;
    const double variance = mean + 0.6 * mean * mean;
    EXPECT_NEAR(moments.mean(), mean, deviate_limit() * std::sqrt(variance / people));
    EXPECT_NEAR(moments.variance(), variance, deviate_limit() * std::sqrt((fourth - variance * variance) / people));
}

TEST(Onset, FollowsTheSeasonMonthByMonth) {
    const std::array<double, 12> factors{2, 0.5, 1, 1, 1, 0, 0.25, 0.75, 1.5, 1.25, 1, 1.75};
    std::string rows = "season,month,factor\n";
    for (std::size_t month = 0; month < 12; ++month)
        rows += "wave," + std::to_string(month + 1) + "," + std::to_string(factors[month]) + "\n";
    Stream stream{need_scenario(all_alike + kind("ill", 0, 3, "season = \"wave\"\n"), {{"seasons", rows}})};
    std::vector<double> seen(12, 0);
    for (const Onset& one : stream.until(new_year)) ++seen[static_cast<std::size_t>(to_date(one.day).month - 1)];
    EXPECT_EQ(seen[5], 0);  // a month without a season
    std::vector<double> months;
    std::vector<double> due;
    for (int month = 1; month <= 12; ++month) {
        if (month == 6) continue;
        const Day next = month == 12 ? new_year : to_day({2026, month + 1, 1});
        months.push_back(seen[static_cast<std::size_t>(month - 1)]);
        due.push_back(people * 3 * factors[static_cast<std::size_t>(month - 1)] * (next - to_day({2026, month, 1})) /
                      days_per_year);
    }
    EXPECT_LT(chi_squared(months, due), chi_squared_limit(11));  // false alarms 1e-6
}

TEST(Onset, OfOneKindIsTheSameWhateverOtherKindsThereAre) {
    Stream alone{need_scenario(all_alike + kind("ill", 5, 2))};
    Stream together{need_scenario(all_alike + kind("tired", 0, 3) + kind("sad", 6, 1) + kind("ill", 5, 2))};
    Onsets ill;
    for (Onset one : together.until(to_day({2026, 7, 1}))) {
        if (one.need != 2) continue;
        one.need = 0;
        ill.push_back(one);
    }
    EXPECT_EQ(alone.until(to_day({2026, 7, 1})), ill);
}

TEST(Onset, OfOnePersonIsTheSameWhoeverElseIsThere) {
    Stream few{need_scenario(all_alike + kind("ill", 0, 4)), 100};
    Stream many{need_scenario(all_alike + kind("ill", 0, 4)), 1000};
    Onsets first = many.until(to_day({2026, 7, 1}));
    std::erase_if(first, [](const Onset& one) { return one.row >= 100; });
    EXPECT_EQ(few.until(to_day({2026, 7, 1})), first);
}

TEST(Onset, RatesAreProductsOfRatiosAndSumsOfAdditionsTimesTheLevel) {
    const std::string rows =
        "need,effect,attribute,value,rate\n"
        "ill,times,age_band,40-44,2\nill,times,sex,female,1.5\nill,times,deprivation,3,0.5\nill,times,frailty,mild,3\n"
        "ill,times,residence,care_home,0.5\nill,adds,condition,asthma,0.7\nill,adds,trait,smoking,0.2\n";
    const Scenario scenario = need_scenario(all_alike + kind("ill", 0, 4), {{"need_rates", rows}});
    Problems problems;
    const Kinds kinds = kinds_of(scenario);
    const needs::RateTables tables{scenario, kinds, problems};
    problems.raise_if_any();
    needs::RateTables::Rates rates;
    RateBasis who{0, demographic_cell(AgeBand::from_40, Sex::female, 3), 0, 0, 0, 0};
    const auto per_year = [&] {
        tables.rates(who, {}, rates);
        return static_cast<double>(rates[0]) * days_per_year;
    };
    EXPECT_NEAR(per_year(), 4 * 2 * 1.5 * 0.5, 1e-5);
    who.frailty_residence = static_cast<std::uint8_t>(index(Frailty::mild) * 4 + index(Residence::care_home));
    EXPECT_NEAR(per_year(), 4 * 2 * 1.5 * 0.5 * 3 * 0.5, 1e-5);
    who.conditions = 1U << index(Condition::asthma);
    who.traits = static_cast<std::uint8_t>(1U << index(Trait::smoking));
    EXPECT_NEAR(per_year(), 4 * 2 * 1.5 * 0.5 * 3 * 0.5 + 0.7 + 0.2, 1e-5);
    who.cell = demographic_cell(AgeBand::from_50, Sex::male, 1);
    EXPECT_NEAR(per_year(), 4 * 3 * 0.5 + 0.7 + 0.2, 1e-5);
}

TEST(Onset, OfAKindThatWaitsForTheRoundComesOnTheHomesWeekdayAndIsNeitherLostNorMade) {
    Stream stream{need_scenario(all_alike + kind("round", 0, 6, "on_round = true\n"))};
    for (std::uint32_t row = 0; row < people; ++row) stream.state().people.household[row] = care_home(0, row % 9);
    const Onsets found = stream.until(new_year);
    for (const Onset& one : found) ASSERT_EQ(round_day(care_home(0, one.row % 9), one.day), one.day);
    // Onsets of the year's last days wait for a round of the next year: three days of them on average.
    const double due = people * 6 * (365 - 3) / days_per_year;
    EXPECT_NEAR(static_cast<double>(found.size()), due, deviate_limit() * std::sqrt(due) + people * 6 / days_per_year);
}

TEST(Onset, InSpellsOfHighNeedIsHigherAndOutsideLowerSoThatThePersonsMeanStays) {
    const Scenario scenario =
        need_scenario("[passing]\nhigh_need_spells_per_year = 0.5\nhigh_need_spell_days = 90\nhigh_need_ratio = 4\n" +
                          all_alike + kind("ill", 0, 3),
                      {{"need_rates", "need,effect,attribute,value,rate\nill,adds,condition,asthma,2\n"}});
    Problems problems;
    const Kinds kinds = kinds_of(scenario);
    const needs::RateTables tables{scenario, kinds, problems};
    problems.raise_if_any();
    RateBasis who{1U << index(Condition::asthma), demographic_cell(AgeBand::from_40, Sex::female, 3), 0, 0, 0, 0};
    const double outside = static_cast<double>(tables.rate(who, {}, 0)) * days_per_year;
    who.passing = static_cast<std::uint8_t>(1U << index(Passing::high_need));
    const double inside = static_cast<double>(tables.rate(who, {}, 0)) * days_per_year;
    const double odds = 0.5 * 90 / days_per_year;
    const double share = odds / (1 + odds);
    EXPECT_NEAR(inside, 4 * outside, 1e-4);
    EXPECT_NEAR(share * inside + (1 - share) * outside, 5, 1e-4);
}

TEST(Onset, PassingStatesAddToARateAndMultiplyTheWholeOfIt) {
    const std::string rows =
        "need,effect,attribute,value,rate\n"
        "ill,adds,condition,asthma,2\nill,adds,passing,pregnant,6\nill,times,passing,pregnant,0.5\n"
        "ill,times,passing,high_need,3\n";
    const Scenario scenario = need_scenario(all_alike + kind("ill", 0, 4), {{"need_rates", rows}});
    Problems problems;
    const Kinds kinds = kinds_of(scenario);
    const needs::RateTables tables{scenario, kinds, problems};
    problems.raise_if_any();
    needs::RateTables::Rates rates;
    RateBasis who{1U << index(Condition::asthma), demographic_cell(AgeBand::from_40, Sex::female, 3), 0, 0, 0, 0};
    const auto per_year = [&] {
        tables.rates(who, {}, rates);
        EXPECT_EQ(rates[0], tables.rate(who, {}, 0));
        return static_cast<double>(rates[0]) * days_per_year;
    };
    EXPECT_NEAR(per_year(), 4 + 2, 1e-5);
    who.passing = static_cast<std::uint8_t>(1U << index(Passing::pregnant));
    EXPECT_NEAR(per_year(), (4 + 2 + 6) * 0.5, 1e-5);
    who.passing = static_cast<std::uint8_t>(who.passing | 1U << index(Passing::high_need));
    EXPECT_NEAR(per_year(), (4 + 2 + 6) * 0.5 * 3, 1e-5);
}

TEST(Onset, RefusesARateForAStateThatNobodyPassesThrough) {
    const Scenario scenario =
        need_scenario(all_alike + kind("ill", 0, 4),
                      {{"need_rates", "need,effect,attribute,value,rate\nill,adds,passing,pregnent,6\n"}});
    Problems problems;
    const Kinds kinds = kinds_of(scenario);
    const needs::RateTables tables{scenario, kinds, problems};
    ASSERT_EQ(problems.all().size(), 1U);
    EXPECT_EQ(problems.all().front().what, "passing \"pregnent\" is unknown");
    EXPECT_EQ(problems.all().front().advice, "did you mean \"pregnant\"?");
}

/// Asthma adds 3 onsets a year to the 2 that everybody has.
Scenario asthma_adds() {
    return need_scenario(all_alike + kind("ill", 0, 2),
                         {{"need_rates", "need,effect,attribute,value,rate\nill,adds,condition,asthma,3\n"}});
}

void set_asthma(NeighbourhoodState& state, bool has) {
    for (std::uint32_t row = 0; row < state.people.rows(); ++row) {
        state.will_change(row);
        state.people.conditions[row] = has ? 1U << index(Condition::asthma) : 0;
    }
}

const Day mid_quarter = to_day({2026, 2, 15});
const Day end_of_quarter = to_day({2026, 4, 1});
const Day end_of_half = to_day({2026, 7, 1});

Onsets with_asthma_from(Day from, Day to = to_day({2030, 1, 1})) {
    Stream stream{asthma_adds()};
    return stream.until(end_of_half, [&](NeighbourhoodState& state) {
        if (state.today.day == from) set_asthma(state, true);
        if (state.today.day == to) set_asthma(state, false);
    });
}

double between(const Onsets& onsets, Day first, Day day_after) {
    return static_cast<double>(std::count_if(
        onsets.begin(), onsets.end(), [&](const Onset& one) { return one.day >= first && one.day < day_after; }));
}

Onsets up_to(const Onsets& onsets, Day day_after) {
    Onsets kept;
    std::copy_if(onsets.begin(), onsets.end(), std::back_inserter(kept),
                 [&](const Onset& one) { return one.day < day_after; });
    return kept;
}

/// Poisson counts lie so near to their expectation, but for one in a million.
void expect_poisson(double seen, double due) { EXPECT_NEAR(seen, due, deviate_limit() * std::sqrt(due)); }

const Day never = to_day({2029, 1, 1});

TEST(OnsetWhenRatesChange, ARiseOnlyAddsAndOnlyFromTheNextDayOn) {
    const Onsets without = with_asthma_from(never);
    const Onsets from_then = with_asthma_from(mid_quarter);
    EXPECT_EQ(up_to(without, mid_quarter + 1), up_to(from_then, mid_quarter + 1));
    EXPECT_TRUE(std::includes(from_then.begin(), from_then.end(), without.begin(), without.end()));
    expect_poisson(between(from_then, to_day({2026, 1, 1}), mid_quarter + 1), people * 2 * 46 / days_per_year);
    expect_poisson(between(from_then, mid_quarter + 1, end_of_quarter), people * 5 * 44 / days_per_year);
    expect_poisson(between(from_then, end_of_quarter, end_of_half), people * 5 * 91 / days_per_year);
}

TEST(OnsetWhenRatesChange, AFallOnlyRemoves) {
    const Day start = to_day({2026, 1, 1});
    const Onsets all_along = with_asthma_from(to_day({2026, 1, 20}));
    const Onsets until_then = with_asthma_from(to_day({2026, 1, 20}), mid_quarter);
    EXPECT_EQ(up_to(all_along, mid_quarter), up_to(until_then, mid_quarter));
    EXPECT_TRUE(std::includes(all_along.begin(), all_along.end(), until_then.begin(), until_then.end()));
    expect_poisson(between(until_then, start, to_day({2026, 1, 21})), people * 2 * 20 / days_per_year);
    expect_poisson(between(until_then, to_day({2026, 1, 21}), mid_quarter), people * 5 * 25 / days_per_year);
    expect_poisson(between(until_then, mid_quarter, end_of_quarter), people * 2 * 45 / days_per_year);
    expect_poisson(between(until_then, end_of_quarter, end_of_half), people * 2 * 91 / days_per_year);
}

TEST(OnsetWhenRatesChange, WhatCameAndWentTwiceInAQuarterIsAsIfItHadStayed) {
    const std::array<Day, 4> changes{to_day({2026, 1, 10}), to_day({2026, 1, 20}), to_day({2026, 2, 5}), mid_quarter};
    Stream stream{asthma_adds()};
    const Onsets twice = stream.until(end_of_half, [&](NeighbourhoodState& state) {
        const auto found = std::find(changes.begin(), changes.end(), state.today.day);
        if (found != changes.end()) set_asthma(state, (found - changes.begin()) % 2 == 0);
        if (state.today.day == mid_quarter + 3) set_asthma(state, true);
    });
    const Onsets stayed = with_asthma_from(changes.front());
    // It goes for the second time in mid-quarter and is back for good three days later.
    const auto from_then = [](const Onsets& onsets) {
        const auto first =
            std::find_if(onsets.begin(), onsets.end(), [](const Onset& one) { return one.day > mid_quarter + 3; });
        return Onsets{first, onsets.end()};
    };
    EXPECT_EQ(from_then(twice), from_then(stayed));
    EXPECT_LT(twice.size(), stayed.size());
}

TEST(OnsetWhenRatesChange, SomebodyWhoEntersHasTheirOwnFromTheNextDayOn) {
    Stream stream{need_scenario(all_alike + kind("ill", 0, 4)), 10};
    const Onsets found = stream.until(end_of_half, [](NeighbourhoodState& state) {
        if (state.today.day != mid_quarter) return;
        for (std::uint32_t slot = 0; slot < people; ++slot) {
            Person person;
            person.key = entrant_key(NeighbourhoodRow{0}, mid_quarter.number(), slot);
            person.birth = to_day({1986, 1, 1});
            const std::uint32_t row = state.people.enter(person, mid_quarter).value();
            state.has_entered(row);
        }
    });
    EXPECT_LT(between(found, to_day({2026, 1, 1}), mid_quarter + 1), 40);  // the ten who were there
    expect_poisson(between(found, mid_quarter + 1, end_of_quarter), (people + 10) * 4 * 44 / days_per_year);
    expect_poisson(between(found, end_of_quarter, end_of_half), (people + 10) * 4 * 91 / days_per_year);
}

/// A spell of high need adds 3 onsets a year to the 2 that everybody has; `evening` comes after each day's onsets.
Onsets with_evenings(const Morning& evening, const Morning& before_the_morning = {}) {
    const Scenario scenario =
        need_scenario(all_alike + kind("ill", 0, 2),
                      {{"need_rates", "need,effect,attribute,value,rate\nill,adds,passing,high_need,3\n"}});
    Stream stream{scenario};
    Onsets found;
    for (Day day = to_day({2026, 1, 1}); day < end_of_half; ++day) {
        for (const Onset& one : stream.until(day + 1)) found.push_back(one);
        stream.state().today.day = day;
        evening(stream.state());
        stream.state().today.day = day + 1;
        // As the morning's first step of life does.
        for (Changed& changed : stream.state().today.changed) changed.when = Changed::When::late;
        if (before_the_morning) before_the_morning(stream.state());
    }
    return found;
}
Morning everybody_in_a_spell_on(Day day) {
    return [day](NeighbourhoodState& state) {
        if (state.today.day != day) return;
        for (std::uint32_t row = 0; row < state.people.rows(); ++row) state.set_passing(row, Passing::high_need, true);
    };
}

TEST(OnsetWhenRatesChange, WhatRisesLateInADayCountsFromTheNext) {
    const Onsets found = with_evenings(everybody_in_a_spell_on(mid_quarter));
    expect_poisson(between(found, to_day({2026, 1, 1}), mid_quarter + 1), people * 2 * 46 / days_per_year);
    expect_poisson(between(found, mid_quarter + 1, mid_quarter + 2), people * 5 / days_per_year);
    expect_poisson(between(found, mid_quarter + 2, end_of_quarter), people * 5 * 43 / days_per_year);
    expect_poisson(between(found, end_of_quarter, end_of_half), people * 5 * 91 / days_per_year);
}

TEST(OnsetWhenRatesChange, WhatRisesOnAQuartersLastEveningIsInTheNextQuartersTileOnce) {
    const Onsets found = with_evenings(everybody_in_a_spell_on(end_of_quarter - 1));
    expect_poisson(between(found, to_day({2026, 1, 1}), end_of_quarter), people * 2 * 90 / days_per_year);
    expect_poisson(between(found, end_of_quarter, end_of_half), people * 5 * 91 / days_per_year);
}

TEST(OnsetWhenRatesChange, ARowThatChangesHandsOvernightKeepsNothingOfTheOneWhoWent) {
    // Everybody enters a spell late in the day, and by the morning somebody else has each row.
    const Onsets found = with_evenings(everybody_in_a_spell_on(mid_quarter), [](NeighbourhoodState& state) {
        if (state.today.day != mid_quarter + 1) return;
        for (std::uint32_t row = 0; row < people; ++row) {
            state.people.leave(PersonRow{row});
            state.people.release(PersonRow{row});
            Person person;
            person.key = entrant_key(NeighbourhoodRow{0}, state.today.day.number(), row);
            person.birth = to_day({1986, 1, 1});
            state.has_entered(state.people.enter(person, state.today.day).value());
        }
    });
    EXPECT_EQ(between(found, mid_quarter + 1, mid_quarter + 2), 0);
    expect_poisson(between(found, mid_quarter + 2, end_of_quarter), people * 2 * 43 / days_per_year);
    expect_poisson(between(found, end_of_quarter, end_of_half), people * 2 * 91 / days_per_year);
}

TEST(OnsetWhenRatesChange, SomebodyWhoHasGoneHasNoMore) {
    Stream stream{need_scenario(all_alike + kind("ill", 0, 4)), 1000};
    const Onsets found = stream.until(end_of_half, [](NeighbourhoodState& state) {
        if (state.today.day != mid_quarter) return;
        for (std::uint32_t row = 0; row < 1000; ++row) state.people.leave(PersonRow{row});
    });
    EXPECT_GT(between(found, to_day({2026, 1, 1}), mid_quarter), 0);
    EXPECT_EQ(between(found, mid_quarter, end_of_half), 0);
}

Scenario with_ratio_while_waiting(const std::string& row) {
    return need_scenario(all_alike + kind("ill", 0, 4),
                         {{"need_rates", "need,effect,attribute,value,rate\n" + row + "\n"}});
}

TEST(Onset, BringsAnotherNeedToThoseWhoWaitForTreatmentAndStaysAsItWas) {
    // Who waits depends on care: the onsets of everybody are those of a world in which nobody waits. 20,000 people have
    // 4 a year, and each brings another with chance 0.3; those of December's end come in the next year.
    const Scenario scenario = with_ratio_while_waiting("ill,times,passing,awaiting_hospital,1.3");
    Stream nobody_waits{scenario};
    Stream all_wait{scenario};
    for (std::uint32_t row = 0; row < people; ++row)
        all_wait.state().set_passing(row, Passing::awaiting_hospital, true);
    Onsets found = all_wait.until(new_year);
    const auto derived = std::stable_partition(found.begin(), found.end(),
                                               [](const Onset& one) { return one.origin == NeedOrigin::onset; });
    const Onsets onsets(found.begin(), derived);
    EXPECT_EQ(onsets, nobody_waits.until(new_year));
    const double due = 0.3 * static_cast<double>(std::count_if(onsets.begin(), onsets.end(), [](const Onset& one) {
                           return one.day < new_year - 28;
                       }));
    const double later = 0.3 * 0.5 *
                         static_cast<double>(std::count_if(onsets.begin(), onsets.end(),
                                                           [](const Onset& one) { return one.day >= new_year - 28; }));
    EXPECT_NEAR(static_cast<double>(found.end() - derived), due + later, deviate_limit() * std::sqrt(due + later));
}

// Every other person is treated from the first day on, at full strength. Each of their onsets of a kind that general practice
// sees stays with a chance of one half, and is where it was: binomial, false alarms 1e-6.
TEST(Onset, OfTheTreatedIsAPartOfWhatItWouldHaveBeen) {
    const Scenario scenario =
        need_scenario(all_alike + kind("ill", 0, 2) + kind("elsewhere", 1, 1, "appointment = false\n"));
    Stream plain{scenario};
    Stream treating{scenario};
    NeighbourhoodState& state = treating.state();
    state.treated.set({.need_ratio = 0.5, .course = {.full_after_days = 0, .lasts_days = 1000}}, state.today.day);
    for (std::uint32_t row = 0; row < people; row += 2) state.treated.begin(row, state.today.day);
    const Onsets before = plain.until(new_year);
    const Onsets after = treating.until(new_year);
    EXPECT_TRUE(std::includes(before.begin(), before.end(), after.begin(), after.end()));
    Onsets gone;
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
    for (const Onset& one : gone) EXPECT_TRUE(one.row % 2 == 0 && one.need == 0);
    const auto of_treated = static_cast<double>(std::count_if(
        before.begin(), before.end(), [](const Onset& one) { return one.row % 2 == 0 && one.need == 0; }));
    EXPECT_NEAR(static_cast<double>(gone.size()) / of_treated, 0.5, deviate_limit() * std::sqrt(0.25 / of_treated));
}

TEST(Onset, IsTheSameWhereAnEffectIsNone) {
    Stream plain{need_scenario(all_alike + kind("ill", 0, 2))};
    Stream treating{need_scenario(all_alike + kind("ill", 0, 2))};
    NeighbourhoodState& state = treating.state();
    EffectSize on_utility_alone;
    on_utility_alone.utility_micro = 10'000;
    state.treated.set(on_utility_alone, state.today.day);
    for (std::uint32_t row = 0; row < people; ++row) state.treated.begin(row, state.today.day);
    EXPECT_EQ(treating.until(new_year), plain.until(new_year));
}

TEST(Onset, SaysWhichRatiosOfThoseWhoWaitCannotBe) {
    for (const auto& [row, what] : {std::pair{"ill,times,passing,awaiting_hospital,2.5", "2.5 times the needs"},
                                    std::pair{"ill,times,passing,awaiting_hospital,0.9", "0.9 times the needs"},
                                    std::pair{"ill,adds,passing,awaiting_hospital,1", "adds none of its own"}}) {
        const Scenario scenario = with_ratio_while_waiting(row);
        Problems problems;
        const Kinds kinds = kinds_of(scenario);
        const needs::RateTables tables{scenario, kinds, problems};
        ASSERT_EQ(problems.all().size(), 1U) << row;
        EXPECT_NE(problems.all().front().what.find(what), std::string::npos) << problems.all().front().what;
    }
}

}  // namespace
}  // namespace segue::test
