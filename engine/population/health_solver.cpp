#include "engine/population/health_solver.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/math.hpp"
#include "engine/rng/draws.hpp"

namespace segue {
namespace {

constexpr double greatest_share = 0.97;
constexpr std::size_t frailty_liability = count_of<Condition>;

/// Means of a standard normal within eight cells of equal chance: 8 (phi(a) - phi(b)).
std::array<double, cause_cells> cell_means() {
    constexpr double inverse_root_2_pi = 0.39894228040143267794;
    const auto density = [](double x) { return inverse_root_2_pi * math::exp(-x * x / 2); };
    std::array<double, cause_cells> means{};
    double below = 0;
    for (int cell = 0; cell < cause_cells; ++cell) {
        const double above = cell + 1 == cause_cells ? 0 : density(math::normal_quantile((cell + 1.0) / cause_cells));
        means[static_cast<std::size_t>(cell)] = cause_cells * (below - above);
        below = above;
    }
    return means;
}

/// Normal distribution function and density between points 1/64 apart, by the cubic through values and slopes: within
/// 1e-11 of the function, at a tenth of its time, for the millions that a model takes.
class NormalCurve {
public:
    struct Point {
        double share;
        double density;
    };
    NormalCurve() {
        for (int i = 0; i < points; ++i) {
            const double x = -reach + i * step;
            points_[static_cast<std::size_t>(i)] = {math::normal_cdf(x),
                                                    0.39894228040143267794 * math::exp(-x * x / 2)};
        }
    }
    [[nodiscard]] Point at(double x) const noexcept {
        const double place = std::clamp((x + reach) / step, 0.0, points - 1.001);
        const auto i = static_cast<std::size_t>(place);
        const double s = place - static_cast<double>(i);
        const Point& a = points_[i];
        const Point& b = points_[i + 1];
        const double rise = b.share - a.share;
        const double u = step * a.density;
        const double v = step * b.density;
        const double curve = u + v - 2 * rise;
        return {a.share + s * (u + s * (3 * rise - 2 * u - v + s * curve)),
                (u + s * (2 * (3 * rise - 2 * u - v) + 3 * s * curve)) / step};
    }

private:
    static constexpr double reach = 12;
    static constexpr double step = 1.0 / 64;
    static constexpr int points = 24 * 64 + 1;
    std::array<Point, points> points_;
};

std::uint32_t word_of(double chance) {
    return static_cast<std::uint32_t>(std::clamp(std::nearbyint(chance * 0x1p32), 0.0, 0x1p32 - 1));
}

using Levels = std::array<double, count_of<Frailty>>;

/// What a chain fit, mild, moderate, severe with deaths comes to in a year, by the series of the exponential: the shares
/// at its end, and the years lived at each level. Enough terms for rates far above any that a year of age has.
struct Passage {
    Levels end{};
    Levels lived{};
};
Passage pass(const Levels& from, const std::array<double, 3>& frailer, const Levels& death_rates) {
    Passage year{from, from};
    Levels term = from;
    constexpr int most_terms = 40;
    constexpr double negligible = 1e-12;
    double size = 1;
    for (int n = 1; n <= most_terms && size > negligible; ++n) {
        for (std::size_t level = 3; level > 0; --level) {
            const double out = death_rates[level] + (level < 3 ? frailer[level] : 0);
            term[level] = (frailer[level - 1] * term[level - 1] - out * term[level]) / n;
        }
        term[0] *= -(death_rates[0] + frailer[0]) / n;
        size = 0;
        for (std::size_t level = 0; level < term.size(); ++level) {
            size = std::max(size, std::abs(term[level]));
            year.end[level] += term[level];
            year.lived[level] += term[level] / (n + 1);
        }
    }
    return year;
}

}  // namespace

HealthSolver::HealthSolver(const HealthTables& tables, HealthModel& model) : tables_{tables}, model_{model} {
    model_.loadings_ = two_causes(tables_.correlation);
    const auto means = cell_means();
    for (std::size_t i = 0; i < liability_count; ++i) {
        const Loading& loading = model_.loadings_[i];
        own_[i] = math::sqrt(1 - loading.bodily * loading.bodily - loading.mental * loading.mental);
        for (std::size_t bin = 0; bin < health_bins; ++bin) {
            pull_[bin][i] = loading.bodily * means[bin / cause_cells] + loading.mental * means[bin % cause_cells];
        }
    }
}

void HealthSolver::solve() {
    constexpr auto groups = HealthModel::groups;
    model_.thresholds_.resize(groups * health_bins * birthday_count);
    model_.rates_.resize(groups * health_bins * age_count);
    model_.deaths_.resize(groups * age_count);
    model_.bins_.resize(groups * age_count);
    model_.prevalence_.resize(groups * birthday_count);
    chances_.resize(birthday_count);
    set_targets();
    for (const Sex sex : all<Sex>()) {
        for (int quintile = 1; quintile <= deprivation_quintiles; ++quintile) solve_group(sex, quintile);
    }
}

/// Prevalence by deprivation: the ratio of each fifth, scaled so that the fifths together keep the age's prevalence.
void HealthSolver::set_targets() {
    for (const Sex sex : all<Sex>()) {
        ByAge<double> weights{};
        for (std::size_t age = 0; age < weights.size(); ++age) weights[age] = tables_.list_share[age][sex];
        for (const Condition condition : all<Condition>()) {
            const auto curve = age_curve(tables_.prevalence[condition][sex], weights);
            for (std::size_t birthday = 0; birthday < curve.size(); ++birthday) {
                const auto& shares = tables_.quintile_share[std::min(birthday, std::size_t{oldest_age})][sex];
                const auto& ratios = tables_.prevalence_ratio[condition];
                double mean = 0;
                for (std::size_t fifth = 0; fifth < ratios.size(); ++fifth) mean += shares[fifth] * ratios[fifth];
                for (std::size_t fifth = 0; fifth < ratios.size(); ++fifth) {
                    const std::size_t place =
                        HealthModel::group(sex, static_cast<int>(fifth) + 1) * birthday_count + birthday;
                    model_.prevalence_[place][index(condition)] =
                        std::min(curve[birthday] * ratios[fifth] / mean, greatest_share);
                }
            }
        }
    }
    ByAge<double> everyone{};
    for (std::size_t age = 0; age < everyone.size(); ++age) {
        everyone[age] = tables_.list_share[age][Sex::female] + tables_.list_share[age][Sex::male];
    }
    for (const Frailty frailty : all<Frailty>()) {
        std::vector<BandShare> at_least = tables_.frailty[frailty];
        for (std::size_t band = 0; band < at_least.size(); ++band) {
            for (std::size_t worse = index(frailty) + 1; worse < count_of<Frailty>; ++worse) {
                at_least[band].share += tables_.frailty[static_cast<Frailty>(worse)][band].share;
            }
        }
        if (frailty != Frailty::fit) model_.frailty_[frailty] = age_curve(at_least, everyone);
    }
    model_.frailty_[Frailty::fit].fill(1);
    for (std::size_t birthday = 0; birthday < birthday_count; ++birthday) {
        for (const Frailty frailty : {Frailty::moderate, Frailty::severe}) {
            const auto milder = static_cast<Frailty>(index(frailty) - 1);
            model_.frailty_[frailty][birthday] =
                std::min(model_.frailty_[frailty][birthday], model_.frailty_[milder][birthday]);
        }
    }
}

HealthSolver::ByBin<double> HealthSolver::chances(std::size_t liability, const ByBin<double>& weights, double target,
                                                  double& threshold) const {
    ByBin<double> found{};
    if (target <= 0) return found;
    constexpr double inverse_root_2_pi = 0.39894228040143267794;
    constexpr int most_steps = 40;
    static const NormalCurve normal;
    const double own = own_[liability];
    for (int step = 0; step < most_steps; ++step) {
        double mean = 0;
        double slope = 0;
        for (std::size_t bin = 0; bin < health_bins; ++bin) {
            const auto [share, density] = normal.at((pull_[bin][liability] - threshold) / own);
            found[bin] = share;
            mean += weights[bin] * share;
            slope += weights[bin] * density / own;
        }
        // Newton on the normal scale, where the curve is nearly straight however small the target.
        const double error = math::normal_quantile(std::clamp(mean, 1e-300, 1 - 1e-16)) - math::normal_quantile(target);
        if (std::abs(error) < 1e-9) break;
        const double quantile = math::normal_quantile(std::clamp(mean, 1e-300, 1 - 1e-16));
        const double density = inverse_root_2_pi * math::exp(-quantile * quantile / 2);
        threshold += slope > 0 ? std::clamp(error * density / slope, -1.0, 1.0) : std::clamp(error, -1.0, 1.0);
    }
    return found;
}

HealthSolver::ByBin<HealthSolver::Levels> HealthSolver::frailty_levels(const ByBin<double>& weights, int birthday,
                                                                       std::array<double, 3>& thresholds) const {
    ByBin<Levels> levels{};
    for (Levels& one : levels) one[0] = 1;
    for (std::size_t level = 1; level < count_of<Frailty>; ++level) {
        const double target = model_.frailty_[static_cast<Frailty>(level)][static_cast<std::size_t>(birthday)];
        const auto at_least = chances(frailty_liability, weights, target, thresholds[level - 1]);
        for (std::size_t bin = 0; bin < health_bins; ++bin) {
            levels[bin][level - 1] -= at_least[bin];
            levels[bin][level] = at_least[bin];
        }
    }
    return levels;
}

/// The rates along the chain that take a bin from its shares at one birthday to those at the next, while each level
/// dies at its own rate. What leaves a level in the year is what came, less what died there and what stays: with the
/// years lived at each level known, the rates follow; with the rates, the years lived. Repeated until they stand.
/// Only a few rounds at a time: the caller, who moves the targets meanwhile, comes back with what was found.
HealthSolver::Year HealthSolver::carry(const Levels& from, const Levels& to, const Levels& death_rates,
                                       std::array<double, 3> guess) {
    Year year{guess, 1, 0};
    constexpr int rounds = 2;
    for (int round = 0; round < rounds; ++round) {
        const Passage passage = pass(from, year.frailer, death_rates);
        year.survivors = passage.end[0] + passage.end[1] + passage.end[2] + passage.end[3];
        double arriving = 0;
        year.change = 0;
        for (std::size_t level = 0; level < 3; ++level) {
            const double leaving = std::max(
                0.0, from[level] + arriving - to[level] * year.survivors - death_rates[level] * passage.lived[level]);
            // Where hardly anybody lives at a level its rate means nothing; it stays finite.
            constexpr double few = 1e-9;
            constexpr double highest_rate = 3;
            const double rate = passage.lived[level] > few ? std::min(leaving / passage.lived[level], highest_rate) : 0;
            year.change = std::max(year.change, std::abs(rate - year.frailer[level]));
            year.frailer[level] = rate;
            arriving = leaving;
        }
    }
    return year;
}

void HealthSolver::solve_group(Sex sex, int quintile) {
    const auto fifth = static_cast<std::size_t>(quintile - 1);
    const std::size_t group = HealthModel::group(sex, quintile);
    ByBin<double> weights;
    weights.fill(1.0 / health_bins);
    std::array<double, 3> thresholds{3, 4, 5};
    ByBin<std::array<double, 3>> frailer{};
    condition_thresholds_.fill(2);
    auto levels = frailty_levels(weights, 0, thresholds);
    for (int age = 0; age < age_count; ++age) {
        store(sex, quintile, age, weights, levels);
        const double hazard = death_hazard(age, sex, fifth);
        double level_hazard = hazard;  // of somebody fit
        ByBin<double> next_weights = weights;
        ByBin<Levels> next_levels = levels;
        constexpr int most_rounds = 60;
        for (int round = 0; round < most_rounds; ++round) {
            next_levels = frailty_levels(next_weights, age + 1, thresholds);
            double alive = 0;
            double change = 0;
            ByBin<double> survivors{};
            for (std::size_t bin = 0; bin < health_bins; ++bin) {
                Levels death_rates{};
                for (std::size_t level = 0; level < death_rates.size(); ++level) {
                    death_rates[level] = level_hazard * tables_.hazard_ratio[static_cast<Frailty>(level)];
                }
                const Year year = carry(levels[bin], next_levels[bin], death_rates, frailer[bin]);
                frailer[bin] = year.frailer;
                change = std::max(change, year.change * weights[bin]);
                survivors[bin] = weights[bin] * year.survivors;
                alive += survivors[bin];
            }
            for (std::size_t bin = 0; bin < health_bins; ++bin) {
                change = std::max(change, std::abs(survivors[bin] / alive - next_weights[bin]));
                next_weights[bin] = survivors[bin] / alive;
            }
            const double died = -math::log(alive);
            if (change < 1e-8 && std::abs(died - hazard) < 1e-9) break;
            level_hazard *= hazard / died;
        }
        const std::size_t row = group * age_count + static_cast<std::size_t>(age);
        for (const Frailty level : all<Frailty>()) {
            model_.deaths_[row][level] = static_cast<float>(level_hazard * tables_.hazard_ratio[level]);
        }
        for (std::size_t bin = 0; bin < health_bins; ++bin) {
            auto& rates = model_.rates_[(group * health_bins + bin) * age_count + static_cast<std::size_t>(age)];
            for (std::size_t level = 0; level < 3; ++level)
                rates.frailer[level] = static_cast<float>(frailer[bin][level]);
        }
        weights = next_weights;
        levels = next_levels;
    }
    store(sex, quintile, age_count, weights, levels);
    set_condition_rates(sex, quintile);
}

double HealthSolver::death_hazard(int age, Sex sex, std::size_t fifth) const {
    const auto row = static_cast<std::size_t>(age);
    const auto& ratios = tables_.mortality_ratio[row][sex];
    const auto& shares = tables_.quintile_share[row][sex];
    double mean = 0;
    for (std::size_t i = 0; i < ratios.size(); ++i) mean += shares[i] * ratios[i];
    const double risk = tables_.death_probability[row][sex] * (mean > 0 ? ratios[fifth] / mean : 1);
    constexpr double highest_risk = 0.95;
    return -math::log1p(-std::min(risk, highest_risk));
}

/// Keeps a birthday: bins among survivors (not after the last age), chances of conditions, frailty.
void HealthSolver::store(Sex sex, int quintile, int birthday, const ByBin<double>& weights,
                         const ByBin<Levels>& levels) {
    const std::size_t group = HealthModel::group(sex, quintile);
    const auto day = static_cast<std::size_t>(birthday);
    if (birthday < age_count) {
        double cumulated = 0;
        for (std::size_t bin = 0; bin < health_bins; ++bin) {
            cumulated += weights[bin];
            model_.bins_[group * age_count + day][bin] = word_of(cumulated);
        }
    }
    const auto& targets = model_.prevalence_[group * birthday_count + day];
    for (std::size_t condition = 0; condition < count_of<Condition>; ++condition) {
        const auto found = chances(condition, weights, targets[condition], condition_thresholds_[condition]);
        for (std::size_t bin = 0; bin < health_bins; ++bin) chances_[day][bin][condition] = found[bin];
    }
    for (std::size_t bin = 0; bin < health_bins; ++bin) {
        auto& words = model_.thresholds_[(group * health_bins + bin) * birthday_count + day];
        for (std::size_t condition = 0; condition < count_of<Condition>; ++condition) {
            words[condition] = word_of(chances_[day][bin][condition]);
        }
        double at_least = 0;
        for (std::size_t level = 3; level > 0; --level) {
            at_least += levels[bin][level];
            words[count_of<Condition> + level - 1] = word_of(at_least);
        }
    }
}

/// Onset and remission that take each bin's chance from one birthday to the next: with onset o and remission r the share
/// who have the condition nears o / (o + r) at the rate o + r.
void HealthSolver::set_condition_rates(Sex sex, int quintile) {
    const std::size_t group = HealthModel::group(sex, quintile);
    for (std::size_t age = 0; age < age_count; ++age) {
        for (std::size_t bin = 0; bin < health_bins; ++bin) {
            auto& rates = model_.rates_[(group * health_bins + bin) * age_count + age];
            for (const Condition condition : all<Condition>()) {
                const auto pair =
                    turnover(chances_[age][bin][index(condition)], chances_[age + 1][bin][index(condition)],
                             tables_.remission_per_year[condition]);
                rates.onset[index(condition)] = static_cast<float>(pair.onset);
                rates.remission[index(condition)] = static_cast<float>(pair.remission);
            }
        }
    }
}

Turnover turnover(double from, double to, double remission) {
    if (from <= 0 && to <= 0) return {0, 0};
    // With no onset at all at least this much must remit.
    const double least = to < from ? math::log(from / std::max(to, from * 1e-6)) : 0;
    if (remission <= least) return {to > from ? math::log1p(-from) - math::log1p(-to) : 0.0, std::max(least, 0.0)};
    // to = onset / total (1 - e) + from e, e = exp(-total), total = onset + remission: solved for the onset in front, with
    // the one in `total` a step behind.
    double onset = remission * to;
    constexpr int most_steps = 200;
    for (int step = 0; step < most_steps; ++step) {
        const double total = onset + remission;
        const double gone = -math::expm1(-total);
        const double next = std::max(0.0, total * (to - from * (1 - gone)) / gone);
        const bool stands = std::abs(next - onset) <= 1e-11 * next;
        onset = next;
        if (stands) break;
    }
    return {onset, remission};
}

}  // namespace segue
