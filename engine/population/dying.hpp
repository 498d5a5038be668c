/// \file
/// How people die: suddenly, or after a decline of some kind, so that deaths still follow the life table.
///
///   In     the table `dying`: who dies in which way; mean lengths of declines; the life table's death rate of a person
///   Out    the chance of standing in each decline; how a death that the life table sends begins
///   Law    somebody of death rate mu stands in decline k with chance d_k = p_k mu tau_k, and dies of it at 1/tau_k; deaths
///          that the table sends to those in none begin decline k with chance p_k (1 - mu tau_k) / (1 - sum d), else are
///          sudden. Then deaths of people alike are mu, whatever p and tau; see docs/odd.md#dying
///   Holds  mu tau_k <= 0.8: where the life table leaves less time, declines are shorter
#pragma once
#include <vector>

#include "engine/core/errors.hpp"
#include "engine/population/passing_parameters.hpp"
#include "engine/population/people.hpp"
#include "engine/scenario/table.hpp"

namespace segue {

/// How a life ends. `sudden` is also: in no decline.
enum class Dying : std::uint8_t { sudden, short_decline, stepwise_decline, slow_decline, count_ };
[[nodiscard]] constexpr auto names(Dying) {
    return std::array<std::string_view, 4>{"sudden", "short_decline", "stepwise_decline", "slow_decline"};
}
/// The decline as a state to pass through. Not of `sudden`.
[[nodiscard]] constexpr Passing passing_of(Dying decline) noexcept {
    return static_cast<Passing>(index(Passing::short_decline) + index(decline) - 1);
}

/// Chances that add up to 1.
using DyingShares = EnumArray<Dying, double>;
[[nodiscard]] constexpr DyingShares all_sudden() noexcept {
    DyingShares shares;
    shares[Dying::sudden] = 1;
    return shares;
}

class DyingLaws {
public:
    DyingLaws() = default;  ///< every death is sudden
    /// Reads the table: rows in order, the first that fits a person decides.
    DyingLaws(const PassingParameters& parameters, const Table& table, Problems& problems);

    /// Ways of dying of people like this one: shares of deaths.
    [[nodiscard]] DyingShares shares(int age, Frailty frailty, ConditionSet conditions) const noexcept;
    /// Mean length of a decline in somebody of this death rate [1/a]. [d]
    [[nodiscard]] double mean_days(Dying decline, double death_rate) const noexcept;
    /// Chance of standing in each decline, or (`sudden`) in none.
    [[nodiscard]] DyingShares standing(const DyingShares& shares, double death_rate) const noexcept;
    /// How the death that the life table sends to somebody in no decline begins.
    [[nodiscard]] Dying begins(const DyingShares& shares, double death_rate, std::uint32_t word) const noexcept;
    /// Whether those who care for the person recognise the decline.
    [[nodiscard]] double known_share(Dying decline) const noexcept { return known_[decline]; }

private:
    struct Row {
        enum class Asks : std::uint8_t { anybody, age, frailty, condition };
        Asks asks{Asks::anybody};
        int from{0};  ///< age, frailty or condition
        int to{0};
        DyingShares shares{};
    };
    [[nodiscard]] static bool fits(const Row& row, int age, Frailty frailty, ConditionSet conditions) noexcept;

    std::vector<Row> rows_;
    EnumArray<Dying, double> mean_days_;
    EnumArray<Dying, double> known_;
};

/// Where somebody who stood as `before` says stands once `now` holds, given where they stood: most stay, and as many move
/// as must, so that people alike stand as `now` says. (A maximal coupling.)
[[nodiscard]] Dying moved(Dying stood, const DyingShares& before, const DyingShares& now, std::uint32_t word) noexcept;

}  // namespace segue
