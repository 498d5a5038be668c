#include "engine/results/list_trend.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

#include <fmt/format.h>
#include <Eigen/Dense>
#include <boost/math/distributions/students_t.hpp>

#include "engine/core/math.hpp"

namespace segue {
namespace {

constexpr double days_in_week = 7;
constexpr double weeks_in_year = days_per_year / days_in_week;
constexpr Eigen::Index slope_column = 0;
/// What a list without a level gains from day to day does not follow itself, but gains of its weeks' means do: of m days
/// with correlation (m^2 - 1) / (4 m^2 + 2), so that over many weeks they vary by this factor more than they seem to.
constexpr double gains_of_means = 1 + (days_in_week * days_in_week - 1) / (2 * days_in_week * days_in_week + 1);

using StudentsT =
    boost::math::students_t_distribution<double,
                                         boost::math::policies::policy<boost::math::policies::promote_double<false>>>;

/// The line's slope, where a year is covered its season, and the level last: a list without one can do without it.
Eigen::MatrixXd regressors(Eigen::Index weeks) {
    const bool has_season = static_cast<double>(weeks) >= std::floor(weeks_in_year);
    Eigen::MatrixXd x(weeks, has_season ? 4 : 2);
    for (Eigen::Index week = 0; week < weeks; ++week) {
        const double t = static_cast<double>(week) - static_cast<double>(weeks - 1) / 2;
        x(week, slope_column) = t;
        if (has_season) {
            x(week, 1) = std::cos(2 * std::numbers::pi * t / weeks_in_year);
            x(week, 2) = std::sin(2 * std::numbers::pi * t / weeks_in_year);
        }
    }
    x.rightCols(1).setOnes();
    return x;
}

/// The line for one autocorrelation of the errors from week to week.
struct Fit {
    double slope;
    double standard_error;
    double log_likelihood;  ///< restricted: the line's own coefficients integrated out
};

/// Least squares on what each week adds to `autocorrelation` times the week before. Errors of autocorrelation 1 have no
/// level to come back to: the first week and the level drop out together.
Fit fit(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, double autocorrelation, double least_residual) {
    const Eigen::Index weeks = x.rows();
    const auto degrees = static_cast<double>(weeks - x.cols());
    const bool has_level = autocorrelation < 1;
    const Eigen::Index columns = has_level ? x.cols() : x.cols() - 1;
    Eigen::MatrixXd added(weeks, columns);
    Eigen::VectorXd gains(weeks);
    const double first = std::sqrt(1 - autocorrelation * autocorrelation);
    added.row(0) = first * x.row(0).head(columns);
    added.bottomRows(weeks - 1) = (x.bottomRows(weeks - 1) - autocorrelation * x.topRows(weeks - 1)).leftCols(columns);
    gains(0) = first * y(0);
    gains.tail(weeks - 1) = y.tail(weeks - 1) - autocorrelation * y.head(weeks - 1);
    const Eigen::LDLT<Eigen::MatrixXd> normal{added.transpose() * added};
    const Eigen::VectorXd coefficients = normal.solve(added.transpose() * gains);
    const double residual = std::max((gains - added * coefficients).squaredNorm(), least_residual);
    const Eigen::VectorXd unit = Eigen::VectorXd::Unit(columns, slope_column);
    const double variance = normal.solve(unit)(slope_column);
    double log_determinant = 0;
    for (Eigen::Index i = 0; i < columns; ++i) log_determinant += math::log(normal.vectorD()(i));
    // As the autocorrelation goes to 1 the first week's share of the level's information goes to 1 - its square.
    const double of_level = has_level ? math::log(1 - autocorrelation * autocorrelation) : 0;
    return {coefficients(slope_column), std::sqrt(variance * (has_level ? 1 : gains_of_means) * residual / degrees),
            (of_level - log_determinant - degrees * math::log(residual)) / 2};
}

/// Fits at every autocorrelation, each with the weight of the likelihood.
struct Average {
    std::vector<Fit> fits;
    std::vector<double> weights;
    double degrees{0};

    /// The chance that the slope is below `slope`.
    [[nodiscard]] double below(double slope) const {
        const StudentsT t{degrees};
        double chance = 0;
        for (std::size_t i = 0; i < fits.size(); ++i)
            chance += weights[i] * boost::math::cdf(t, (slope - fits[i].slope) / fits[i].standard_error);
        return chance;
    }
    [[nodiscard]] double mean() const {
        double sum = 0;
        for (std::size_t i = 0; i < fits.size(); ++i) sum += weights[i] * fits[i].slope;
        return sum;
    }
    /// The slope that lies above the true one with this chance.
    [[nodiscard]] double quantile(double chance) const {
        double low = fits.front().slope;
        double high = low;
        const double far = boost::math::quantile(StudentsT{degrees}, 1 - std::min(chance, 1 - chance));
        for (const Fit& one : fits) {
            low = std::min(low, one.slope - far * one.standard_error);
            high = std::max(high, one.slope + far * one.standard_error);
        }
        for (int halving = 0; halving < 50; ++halving) {
            const double middle = (low + high) / 2;
            (below(middle) < chance ? low : high) = middle;
        }
        return (low + high) / 2;
    }
};

/// Even odds, before the list is looked at, that it has no level to come back to; else any autocorrelation from -0.6 to 1
/// alike. Steps are a twelfth of the distance from 1, since the error of the slope goes with that.
Average average(const Eigen::MatrixXd& x, const Eigen::VectorXd& y) {
    constexpr double lowest = -0.6;
    constexpr double nearest = 0.002;
    constexpr double step = 0.92;
    constexpr double negligible = 1e-6;
    const double least_residual = 1e-12 * (y.array() - y.mean()).square().sum();
    Average made;
    made.degrees = static_cast<double>(x.rows() - x.cols());
    std::vector<Fit> fits;
    std::vector<double> prior;
    for (double distance = 1 - lowest; distance > nearest; distance *= step) {
        fits.push_back(fit(x, y, 1 - distance * (1 + step) / 2, least_residual));
        prior.push_back(distance * (1 - step) / (1 - lowest) / 2);
    }
    fits.push_back(fit(x, y, 1, least_residual));
    prior.push_back(0.5);
    double best = fits.front().log_likelihood;
    for (const Fit& one : fits) best = std::max(best, one.log_likelihood);
    double sum = 0;
    for (std::size_t i = 0; i < prior.size(); ++i) sum += prior[i] *= math::exp(fits[i].log_likelihood - best);
    for (std::size_t i = 0; i < prior.size(); ++i) {
        if (prior[i] < negligible * sum) continue;
        made.fits.push_back(fits[i]);
        made.weights.push_back(prior[i] / sum);
    }
    return made;
}

double mean(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Places along `week` of the weeks that the run does not cut.
std::vector<std::size_t> whole_weeks(const Axis& weeks) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < weeks.size(); ++i) {
        if (static_cast<double>(weeks.bounds[2 * i + 1] - weeks.bounds[2 * i]) == days_in_week) places.push_back(i);
    }
    return places;
}

/// Whether a replicate is complete, by its place.
bool is_complete(const Results& results, std::size_t replicate) {
    const Variable* status = results.variable("replicate_status");
    if (status == nullptr) return true;
    const auto& values = std::get<std::vector<std::int32_t>>(status->values);
    return values[replicate] == static_cast<std::int32_t>(ReplicateStatus::complete);
}

}  // namespace

std::optional<Slope> slope_of(std::span<const double> weekly, double error) {
    if (weekly.size() < fewest_weeks) return std::nullopt;
    const auto [least, most] = std::minmax_element(weekly.begin(), weekly.end());
    if (*least == *most) return Slope{0, 0, 0};
    const Eigen::Map<const Eigen::VectorXd> y{weekly.data(), static_cast<Eigen::Index>(weekly.size())};
    const Average lines = average(regressors(y.size()), y);
    return Slope{lines.mean(), lines.quantile(error / 2), lines.quantile(1 - error / 2)};
}

std::optional<ListTrend> trend_of(std::span<const double> weekly) {
    const auto change = slope_of(weekly, list_error_rate / static_cast<double>(count_of<WaitingList>));
    if (!change) return std::nullopt;
    const double still = standing_still_per_year / weeks_in_year * mean(weekly);
    const Trend trend = change->least > still   ? Trend::growing
                        : change->most < -still ? Trend::shrinking
                                                : Trend::stable;
    return ListTrend{trend, mean(weekly.last(std::max<std::size_t>(1, weekly.size() / 4))), *change};
}

ListTrends list_trends(const Results& results) {
    const Variable* waiting = results.variable(std::string{waiting_days_name});
    const Axis* weeks = results.axis("week");
    const Axis* replicates = results.axis("replicate");
    const Axis* places = results.axis("neighbourhood");
    if (waiting == nullptr || weeks == nullptr || replicates == nullptr || places == nullptr) return {};
    const auto& values = std::get<std::vector<std::int64_t>>(waiting->values);
    const std::vector<std::size_t> whole = whole_weeks(*weeks);
    EnumArray<WaitingList, std::vector<double>> weekly;
    for (auto& list : weekly) list.assign(whole.size(), 0);
    double complete = 0;
    for (std::size_t replicate = 0; replicate < replicates->size(); ++replicate) {
        if (!is_complete(results, replicate)) continue;
        ++complete;
        for (std::size_t place = 0; place < places->size(); ++place) {
            const std::size_t first = (replicate * places->size() + place) * weeks->size();
            for (std::size_t i = 0; i < whole.size(); ++i) {
                for (const WaitingList list : all<WaitingList>())
                    weekly[list][i] +=
                        static_cast<double>(values[(first + whole[i]) * count_of<WaitingList> + index(list)]);
            }
        }
    }
    ListTrends trends;
    if (complete == 0) return trends;
    for (const WaitingList list : all<WaitingList>()) {
        for (double& week : weekly[list]) week /= complete * days_in_week;
        trends[list] = trend_of(weekly[list]);
    }
    return trends;
}

std::string trend_text(const std::optional<ListTrend>& list) {
    if (!list) return "not known";
    if (list->trend == Trend::stable) return std::string{name_of(list->trend)};
    const double way = list->trend == Trend::growing ? 1 : -1;
    const double ends[] = {way * list->change.least, way * list->change.most};
    return fmt::format("{} by {:.1f} a week ({:.1f} to {:.1f})", name_of(list->trend), way * list->change.value,
                       std::min(ends[0], ends[1]), std::max(ends[0], ends[1]));
}

}  // namespace segue
