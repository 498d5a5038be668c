#include "engine/calibration/calibration.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <mutex>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "engine/calibration/figure_counts.hpp"
#include "engine/core/math.hpp"
#include "engine/day/catalogue.hpp"
#include "engine/day/neighbourhood.hpp"
#include "engine/scenario/calibration_parameters.hpp"

namespace segue::calibration {
namespace {

using Eigen::VectorXd;

/// Six digits: what is reached is then what the file as written gives.
double as_written(double value) {
    const std::string text = fmt::format("{:.6g}", value);
    double read = 0;
    std::from_chars(text.data(), text.data() + text.size(), read);
    return read;
}

/// One unknown, and what it multiplies.
struct Factor {
    std::string name;
    std::vector<std::string> keys;
    std::vector<double> starts;
    Bounds bounds{};
};

double number_in(const Value& value) {
    if (const auto* number = std::get_if<double>(&value)) return *number;
    return std::get<double>(value);
}

class FactorReader {
public:
    FactorReader(const Scenario& scenario, Problems& problems) : scenario_{scenario}, problems_{problems} {}

    std::vector<Factor> read() {
        std::vector<Factor> factors;
        for (const std::string& name : scenario_.names_in("calibration.factors.*")) factors.push_back(factor(name));
        if (factors.empty()) {
            problems_.add({scenario_.path(), 0, 0}, "the scenario frees no parameter to be calibrated")
                .expected("a [calibration.factors.NAME] with keys = [\"key.path\", ...]");
        }
        return factors;
    }

private:
    Factor factor(const std::string& name) {
        const auto parameters = scenario_.read<CalibrationFactorParameters>({name});
        const Place place = scenario_.origin(fmt::format("calibration.factors.{}.keys", name)).place;
        Factor made{name,
                    parameters.keys,
                    {},
                    {math::log(parameters.least), math::log(parameters.most), math::log(parameters.start)}};
        if (made.keys.empty())
            problems_.add(place, fmt::format("the factor {} multiplies nothing", name)).expected("keys = [...]");
        for (const std::string& key : made.keys) {
            if (is_free(key, place)) take(made, key);
        }
        return made;
    }

    bool is_free(const std::string& key, const Place& place) {
        const std::vector<std::string> keys = scenario_.keys();
        if (!std::binary_search(keys.begin(), keys.end(), key)) {
            const std::string near = nearest(key, keys);
            problems_.add(place, fmt::format("there is no parameter {}", key))
                .advice(near.empty() ? "" : fmt::format("did you mean {}?", near));
            return false;
        }
        const Declaration& row = scenario_.declaration(key);
        const Origin& origin = scenario_.origin(key);
        if (row.kind == Kind::policy || row.kind == Kind::data) {
            problems_.add(place, fmt::format("{} is {}", key, name_of(row.kind)))
                .expected("a parameter of evidence or one that is calibrated");
        } else if (row.form != Form::number && row.form != Form::span) {
            problems_.add(place, fmt::format("{} is no number", key))
                .expected("a parameter that a factor can multiply");
        } else if (number_in(scenario_.value(key)) <= 0) {
            problems_.add(place, fmt::format("{} is {}, which no factor moves", key, to_string(scenario_.value(key))))
                .expected("a parameter above 0");
        } else if (origin.layer > Origin::Layer::calibrated) {
            problems_
                .add(place, fmt::format("{} is set by {}:{} ({}), which wins over what is calibrated", key,
                                        origin.place.file, origin.place.line, name_of(origin.layer)))
                .expected("a parameter that only tables or defaults set");
        } else if (!taken_.emplace(key, place).second) {
            problems_.add(place, fmt::format("{} has two factors", key)).expected("each parameter in one");
        } else {
            return true;
        }
        return false;
    }

    /// The factor may go no further than the ranges of what it multiplies.
    void take(Factor& factor, const std::string& key) {
        const Declaration& row = scenario_.declaration(key);
        const double start = number_in(scenario_.value(key));
        factor.starts.push_back(start);
        if (row.range.low > 0) factor.bounds.least = std::max(factor.bounds.least, math::log(row.range.low / start));
        if (row.range.high > row.range.low)
            factor.bounds.most = std::min(factor.bounds.most, math::log(row.range.high / start));
    }

    const Scenario& scenario_;
    Problems& problems_;
    std::map<std::string, Place> taken_;
};

class Calibrator {
public:
    Calibrator(const Request& request, const TellLine& tell) : request_{request}, tell_{tell} {
        Problems problems;
        targets_ = read_targets(request.targets, problems);
        Problems warnings;
        const Scenario scenario = load_at({}, problems_of_figures(problems), warnings);
        factors_ = FactorReader{scenario, problems}.read();
        settings_ = scenario.read<CalibrationParameters>();
        start_ = std::make_unique<const day::World>(scenario);
        counts_->bind(start_->plan(), problems);
        problems.raise_if_any();
        name_ = fmt::format("{}/{}", scenario.folder(), scenario.name());
        replicates_ = settings_.replicates;
        tell_(fmt::format("{} factors on {} parameters, {} targets, {} replicates a point", factors_.size(),
                          parameters(), targets_.size(), replicates_));
    }

    Calibration solve() {
        std::vector<Goal> goals;
        for (const Target& target : targets_) goals.push_back(target.goal);
        std::vector<Bounds> bounds;
        for (const Factor& factor : factors_) bounds.push_back(factor.bounds);
        const Solution solution = calibration::solve(
            goals, bounds, {settings_.steps_most, settings_.tolerance},
            [this](const std::vector<VectorXd>& points) { return simulate(points); },
            [this](int step, std::size_t worst, double miss) {
                tell_(fmt::format("step {}: {} is furthest off, by a factor of {:.3f}", step,
                                  targets_[worst].figure.text(), math::exp(miss)));
            });
        tell_factors(solution);
        refuse_missed(goals, bounds, solution);
        return told(solution);
    }

private:
    /// Throws when figures cannot be read: no scenario could be loaded with what they need.
    std::vector<std::string> problems_of_figures(Problems& problems) {
        std::vector<Figure> figures;
        for (const Target& target : targets_) figures.push_back(target.figure);
        counts_ = std::make_unique<FigureCounts>(figures, std::set<std::string>{}, problems);
        problems.raise_if_any();
        return counts_->overrides();
    }

    [[nodiscard]] Scenario load_at(const VectorXd& log_factors, std::vector<std::string> overrides,
                                   Problems& warnings) const {
        overrides.insert(overrides.end(), request_.overrides.begin(), request_.overrides.end());
        for (Eigen::Index j = 0; j < log_factors.size(); ++j) {
            const Factor& factor = factors_[static_cast<std::size_t>(j)];
            for (std::size_t k = 0; k < factor.keys.size(); ++k)
                overrides.push_back(fmt::format("{}={}", factor.keys[k], value_of(factor, k, log_factors[j])));
        }
        return load(request_.scenario, day::catalogue(),
                    {.overrides = std::move(overrides), .settings = {}, .without_calibrated = true}, warnings);
    }
    static double value_of(const Factor& factor, std::size_t key, double log_factor) {
        return as_written(factor.starts[key] * math::exp(log_factor));
    }
    [[nodiscard]] std::size_t parameters() const {
        std::size_t sum = 0;
        for (const Factor& factor : factors_) sum += factor.keys.size();
        return sum;
    }

    std::vector<Readings> simulate(const std::vector<VectorXd>& points) const {
        std::vector<Readings> readings(points.size());
        const tbb::global_control allowed{tbb::global_control::max_allowed_parallelism,
                                          static_cast<std::size_t>(std::max(request_.threads, 1))};
        tbb::task_arena arena{std::max(request_.threads, 1)};
        arena.execute([&] {
            tbb::parallel_for(std::size_t{0}, points.size(),
                              [&](std::size_t i) { readings[i] = simulate_one(points[i]); });
        });
        return readings;
    }

    [[nodiscard]] Readings simulate_one(const VectorXd& point) const {
        Problems warnings;
        const day::World world{load_at(point, counts_->overrides(), warnings)};
        Readings readings(replicates_, static_cast<Eigen::Index>(targets_.size()));
        tbb::parallel_for(0, replicates_, [&](int replicate) {
            std::vector<Counts> counts;
            for (std::size_t place = 0; place < world.neighbourhoods().size(); ++place) {
                day::Neighbourhood neighbourhood{world, NeighbourhoodRow{static_cast<std::uint32_t>(place)},
                                                 Twin{world.run().seed, static_cast<std::uint32_t>(replicate)},
                                                 request_.isa};
                day::Outcome outcome = neighbourhood.run({});
                for (const day::SelfCheck& check : outcome.checks) {
                    if (!check.held) throw std::runtime_error{check.name + ": " + check.finding};
                }
                counts.push_back(std::move(outcome.counts));
            }
            std::vector<const Counts*> all_counts;
            for (const Counts& one : counts) all_counts.push_back(&one);
            for (std::size_t i = 0; i < targets_.size(); ++i)
                readings(replicate, static_cast<Eigen::Index>(i)) = reading(targets_[i].figure, all_counts);
        });
        return readings;
    }

    /// A figure that divides by nothing is refused: no factor can be told from it.
    [[nodiscard]] double reading(const Figure& figure, std::span<const Counts* const> counts) const {
        const double value = counts_->value(figure, counts);
        if (!std::isfinite(value)) {
            Problems problems;
            problems.add(figure.place(), fmt::format("{} is no number in a replicate: {}", figure.text(), value))
                .expected("a figure whose divisor counts somebody in every replicate");
            problems.raise_if_any();
        }
        return value;
    }

    /// Also where targets are missed: a new search may start there.
    void tell_factors(const Solution& solution) const {
        std::vector<std::string> reached;
        for (std::size_t j = 0; j < factors_.size(); ++j) {
            const double factor = math::exp(solution.log_factors[static_cast<Eigen::Index>(j)]);
            reached.push_back(fmt::format("{} {:.3g}", factors_[j].name, factor));
        }
        tell_(fmt::format("factors: {}", fmt::join(reached, ", ")));
    }

    void refuse_missed(const std::vector<Goal>& goals, const std::vector<Bounds>& bounds,
                       const Solution& solution) const {
        Problems problems;
        for (std::size_t i = 0; i < goals.size(); ++i) {
            const double reached = solution.reached[static_cast<Eigen::Index>(i)];
            if (goals[i].held_out || is_met(goals[i], reached, settings_.tolerance)) continue;
            problems
                .add(targets_[i].figure.place(),
                     fmt::format("{} is {:.6g} at the nearest: {:+.1f}%", targets_[i].figure.text(), reached,
                                 100 * (reached / goals[i].value - 1)))
                .expected(expected(goals[i]))
                .advice(reason(obstacle(goals, bounds, solution, i, settings_.tolerance)));
        }
        problems.raise_if_any();
    }

    [[nodiscard]] std::string expected(const Goal& goal) const {
        if (goal.low > 0) return fmt::format("{:.6g} ({:.6g} to {:.6g})", goal.value, goal.low, goal.high);
        return fmt::format("{:.6g} within {:.3g}%", goal.value, 100 * settings_.tolerance);
    }

    [[nodiscard]] std::string reason(const Obstacle& found) const {
        if (!found.moves) return "no free parameter moves it";
        std::vector<std::string> reasons;
        std::vector<std::string> names;
        for (const std::size_t j : found.at_bounds) names.push_back(factors_[j].name);
        if (!names.empty()) reasons.push_back(fmt::format("at the end of its range: {}", fmt::join(names, ", ")));
        names.clear();
        for (const std::size_t i : found.against) names.push_back(targets_[i].figure.text());
        if (!names.empty()) reasons.push_back(fmt::format("meeting it would miss {}", fmt::join(names, ", ")));
        if (reasons.empty()) return "more steps may come nearer: calibration.steps_most";
        return fmt::format("{}", fmt::join(reasons, "; "));
    }

    [[nodiscard]] Calibration told(const Solution& solution) const {
        Calibration made;
        made.scenario = name_;
        made.points = solution.points;
        made.replicates = replicates_;
        for (std::size_t j = 0; j < factors_.size(); ++j) {
            const Factor& factor = factors_[j];
            const auto place = static_cast<Eigen::Index>(j);
            const double spread = math::exp(1.96 * solution.standard_error[place]);
            Eigen::Index most = 0;
            solution.elasticity.col(place).cwiseAbs().maxCoeff(&most);
            for (std::size_t k = 0; k < factor.keys.size(); ++k) {
                const double value = value_of(factor, k, solution.log_factors[place]);
                made.values.push_back({factor.keys[k], value, as_written(value / spread), as_written(value * spread),
                                       factor.starts[k], factor.name, static_cast<std::size_t>(most)});
            }
        }
        for (std::size_t i = 0; i < targets_.size(); ++i) {
            const double reached = solution.reached[static_cast<Eigen::Index>(i)];
            made.targets.push_back({targets_[i], as_written(reached), reached / targets_[i].goal.value - 1,
                                    is_met(targets_[i].goal, reached, settings_.tolerance)});
        }
        return made;
    }

    std::unique_ptr<const day::World> start_;  ///< whose plan of outputs every point shares
    const Request& request_;
    const TellLine& tell_;
    std::vector<Target> targets_;
    std::unique_ptr<FigureCounts> counts_;
    std::vector<Factor> factors_;
    CalibrationParameters settings_;
    std::string name_;
    int replicates_{1};
};

/// A cell of a CSV, in quotes where it needs them.
std::string cell(const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string target_cells(const ReachedTarget& reached) {
    return fmt::format("{},{:.6g},{:.6g},{:+.4f}", cell(reached.target.figure.text()), reached.target.goal.value,
                       reached.reached, reached.miss);
}

}  // namespace

Calibration calibrate(const Request& request, const TellLine& tell) { return Calibrator{request, tell}.solve(); }

std::string as_csv(const Calibration& calibration) {
    std::string text = fmt::format(
        "# source: made by segue calibrate from {} with the targets of its last columns, each with its own source; "
        "values "
        "are solved, not measured\n"
        "# source: low and high: 95% interval of a value, from the spread over {} replicates and the targets' own "
        "intervals (delta method); rows without a key are targets that no factor moves most\n"
        "key,value,low,high,target,published,reached,residual,certainty,source\n",
        calibration.scenario, calibration.replicates);
    std::vector<bool> named(calibration.targets.size(), false);
    for (const CalibratedValue& one : calibration.values) {
        named[one.target] = true;
        const ReachedTarget& target = calibration.targets[one.target];
        text += fmt::format(
            "{},{:.6g},{:.6g},{:.6g},{},C,{}\n", one.key, one.value, one.low, one.high, target_cells(target),
            cell(fmt::format("solved by segue calibrate: factor {} of {:.4g} on {:.6g}; the target it moves most: {}",
                             one.factor, one.value / one.start, one.start, target.target.source)));
    }
    for (std::size_t i = 0; i < calibration.targets.size(); ++i) {
        if (named[i]) continue;
        const ReachedTarget& target = calibration.targets[i];
        text += fmt::format(",,,,{},,{}\n", target_cells(target),
                            cell((target.target.goal.held_out ? "held out: " : "") + target.target.source));
    }
    return text;
}

}  // namespace segue::calibration
