#include "engine/population/movement.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/math.hpp"

namespace segue {
namespace {

double total(const ByAgeSex<double>& shares) {
    double sum = 0;
    for (const auto& both : shares) sum += both[Sex::female] + both[Sex::male];
    return sum;
}

ByAgeSex<double> weighted(ByAgeSex<double> shares, const ByAge<double>& weights) {
    for (std::size_t age = 0; age < shares.size(); ++age) {
        for (double& share : shares[age]) share *= weights[age];
    }
    const double sum = total(shares);
    if (sum > 0) {
        for (auto& both : shares) {
            for (double& share : both) share /= sum;
        }
    }
    return shares;
}

double mean_over(const ByAgeSex<double>& list, const ByAge<double>& values) {
    double mean = 0;
    for (std::size_t age = 0; age < list.size(); ++age) {
        mean += (list[age][Sex::female] + list[age][Sex::male]) * values[age];
    }
    return mean;
}

double share_from(const ByAgeSex<double>& list, std::size_t first_age) {
    double sum = 0;
    for (std::size_t age = first_age; age < list.size(); ++age) sum += list[age][Sex::female] + list[age][Sex::male];
    return sum;
}

ByAge<double> tilts(double tilt) {
    constexpr double middle_age = 40;
    ByAge<double> weights{};
    for (std::size_t age = 0; age < weights.size(); ++age) {
        weights[age] = math::exp(tilt * (static_cast<double>(age) - middle_age));
    }
    return weights;
}

}  // namespace

AgeSexDraw::AgeSexDraw(const ByAgeSex<double>& shares) {
    double sum = 0;
    const double all_shares = total(shares);
    for (std::size_t age = 0; age < shares.size(); ++age) {
        for (const Sex sex : all<Sex>()) {
            sum += shares[age][sex];
            const double upto = std::nearbyint(sum / all_shares * 0x1p32);
            cumulated_[age * 2 + index(sex)] = static_cast<std::uint32_t>(std::min(upto, 0x1p32 - 1));
        }
    }
    // Whoever rounding leaves over is as old as the oldest who exist.
    std::size_t last = cumulated_.size() - 1;
    while (last > 0 && shares[(last) / 2][static_cast<Sex>(last % 2)] <= 0) --last;
    std::fill(cumulated_.begin() + static_cast<std::ptrdiff_t>(last), cumulated_.end(), 0xFFFF'FFFFU);
    for (std::uint32_t part = 0; part < 256; ++part) {
        guide_[part] = static_cast<std::uint8_t>(
            std::upper_bound(cumulated_.begin(), cumulated_.end() - 1, part << 24U) - cumulated_.begin());
    }
}

AgeAndSex AgeSexDraw::draw(std::uint32_t word) const noexcept {
    std::size_t cell = guide_[word >> 24U];
    while (cell + 1 < cumulated_.size() && cumulated_[cell] <= word) ++cell;
    // A word at the very top stays with the oldest who exist.
    while (cell > 0 && cumulated_[cell - 1] == 0xFFFF'FFFFU) --cell;
    return {static_cast<int>(cell / 2), static_cast<Sex>(cell % 2)};
}

Movement::Movement(const PopulationParameters& parameters, const MovementTables& tables, const ByAgeSex<double>& list)
    : joiners_{per_year(parameters.joiners)}, joiner_{weighted(list, tables.joining)} {
    const double mean_leaving = mean_over(list, tables.leaving);
    const double scale = mean_leaving > 0 ? per_year(parameters.leavers).value() / mean_leaving : 0;
    for (std::size_t age = 0; age < leaving_.size(); ++age) {
        leaving_[age] = static_cast<float>(tables.leaving[age] * scale);
        births_[age] = static_cast<float>(tables.births_per_woman_year[age]);
    }
}

float Movement::conception_rate(int age_at_birth, Days busy_after) const noexcept {
    const double births = static_cast<double>(birth_rate(age_at_birth));
    const double busy = births * (pregnancy_days + busy_after.value()) / days_per_year;
    // Where a table has more than a birth a year, women conceive as soon as they can.
    return static_cast<float>(births / std::max(0.01, 1 - busy));
}

ByAgeSex<double> with_share_aged_75(const ByAgeSex<double>& list, double percent) {
    constexpr std::size_t old = 75;
    if (percent <= 0) return list;
    double low = -0.5;
    double high = 0.5;
    for (int step = 0; step < 60; ++step) {
        const double middle = (low + high) / 2;
        (share_from(weighted(list, tilts(middle)), old) < percent / 100 ? low : high) = middle;
    }
    return weighted(list, tilts((low + high) / 2));
}

}  // namespace segue
