#include "engine/population/dying.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/population/table_reader.hpp"
#include "engine/rng/draws.hpp"

namespace segue {
namespace {

/// The most of somebody's expected life that a decline may take.
constexpr double longest_part = 0.8;
const std::vector<std::string> attributes{"anybody", "age_years", "frailty", "condition"};

}  // namespace

DyingLaws::DyingLaws(const PassingParameters& parameters, const Table& table, Problems& problems) {
    mean_days_[Dying::short_decline] = parameters.short_decline.value();
    mean_days_[Dying::stepwise_decline] = parameters.stepwise_decline.value();
    mean_days_[Dying::slow_decline] = parameters.slow_decline.value();
    known_[Dying::short_decline] = parameters.short_known_share;
    known_[Dying::stepwise_decline] = parameters.stepwise_known_share;
    known_[Dying::slow_decline] = parameters.slow_known_share;
    const TableReader reader{table,
                             {"attribute", "value", "sudden_percent", "short_decline_percent",
                              "stepwise_decline_percent", "slow_decline_percent"},
                             problems};
    for (std::size_t row = 0; row < reader.rows(); ++row) {
        Row made;
        const std::string_view attribute = reader.text(row, 0);
        if (attribute == "age_years") {
            made.asks = Row::Asks::age;
            if (const auto ages = reader.ages(row, 1)) {
                made.from = ages->from;
                made.to = ages->to;
            }
        } else if (attribute == "frailty") {
            made.asks = Row::Asks::frailty;
            if (const auto frailty = reader.word<Frailty>(row, 1)) made.from = static_cast<int>(index(*frailty));
        } else if (attribute == "condition") {
            made.asks = Row::Asks::condition;
            if (const auto condition = reader.word<Condition>(row, 1)) made.from = static_cast<int>(index(*condition));
        } else if (attribute != "anybody") {
            reader.unknown_word(row, 0, attributes);
        }
        double total = 0;
        for (const Dying way : all<Dying>()) total += made.shares[way] = reader.number(row, 2 + index(way), 0, 100);
        if (std::abs(total - 100) > 1e-6) {
            reader.incomplete(fmt::format("has shares that add up to {} in row {}, not to 100", total, row + 1));
        }
        for (double& share : made.shares) share /= 100;
        rows_.push_back(made);
    }
    if (rows_.empty() || rows_.back().asks != Row::Asks::anybody) reader.incomplete("has no last row for anybody");
    if (!parameters.declines) rows_.clear();
}

bool DyingLaws::fits(const Row& row, int age, Frailty frailty, ConditionSet conditions) noexcept {
    switch (row.asks) {
        case Row::Asks::age: return age >= row.from && age <= row.to;
        case Row::Asks::frailty: return static_cast<int>(index(frailty)) == row.from;
        case Row::Asks::condition: return conditions.has(static_cast<Condition>(row.from));
        default: return true;
    }
}

DyingShares DyingLaws::shares(int age, Frailty frailty, ConditionSet conditions) const noexcept {
    for (const Row& row : rows_) {
        if (fits(row, age, frailty, conditions)) return row.shares;
    }
    return all_sudden();
}

double DyingLaws::mean_days(Dying decline, double death_rate) const noexcept {
    return death_rate > 0 ? std::min(mean_days_[decline], longest_part * days_per_year / death_rate)
                          : mean_days_[decline];
}

DyingShares DyingLaws::standing(const DyingShares& shares, double death_rate) const noexcept {
    DyingShares chances = all_sudden();
    for (const Dying way : all<Dying>()) {
        if (way == Dying::sudden) continue;
        chances[way] = shares[way] * death_rate * mean_days(way, death_rate) / days_per_year;
        chances[Dying::sudden] -= chances[way];
    }
    return chances;
}

Dying DyingLaws::begins(const DyingShares& shares, double death_rate, std::uint32_t word) const noexcept {
    double left = uniform(word) * standing(shares, death_rate)[Dying::sudden];
    for (const Dying way : all<Dying>()) {
        if (way == Dying::sudden) continue;
        left -= shares[way] * (1 - death_rate * mean_days(way, death_rate) / days_per_year);
        if (left < 0) return way;
    }
    return Dying::sudden;
}

Dying moved(Dying stood, const DyingShares& before, const DyingShares& now, std::uint32_t word) noexcept {
    if (now[stood] >= before[stood]) return stood;
    double left = uniform(word) * before[stood] - now[stood];
    if (left < 0) return stood;
    double gained = 0;
    for (const Dying way : all<Dying>()) gained += std::max(0.0, now[way] - before[way]);
    left *= gained / (before[stood] - now[stood]);
    Dying last = stood;
    for (const Dying way : all<Dying>()) {
        if (now[way] <= before[way]) continue;
        last = way;
        left -= now[way] - before[way];
        if (left < 0) break;
    }
    return last;
}

}  // namespace segue
