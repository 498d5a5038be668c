#include "engine/uptake/fit.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/calibration/solver.hpp"
#include "engine/core/version.hpp"
#include "engine/day/catalogue.hpp"
#include "engine/model/prescribing/prescribing_parameters.hpp"
#include "engine/model/rota.hpp"
#include "engine/run/tasks.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue::uptake {
namespace {

using Eigen::VectorXd;

constexpr std::array<std::string_view, 4> target_names{"offered_per_person_year", "accepted_share", "contacted_share",
                                                       "started_share"};
constexpr int least_years = 2;  // one of cohorts, and one in which to follow the last of them

std::array<double, 4> readings_of(const Followed& followed) {
    return {followed.offered_per_person_year(), followed.accepted_share(), followed.within_a_year(Reached::contacted),
            followed.within_a_year(Reached::started)};
}

std::array<double, 4> wanted(const UptakeTargets& targets) {
    return {targets.offered_per_year, targets.accepted_share, targets.contacted_share, targets.started_share};
}

class Comparer {
public:
    Comparer(const Request& request, const TellLine& tell) : request_{request}, tell_{tell}, scenario_{load_with({})} {
        made_.targets = scenario_.read<UptakeTargets>();
        made_.runs = scenario_.read<UptakeRuns>();
        made_.scenario = fmt::format("{}/{}", scenario_.folder(), scenario_.name());
        made_.cases_per_wte_year = scenario_.read<PrescribingPolicy>().cases_per_wte_year;
        made_.wte = wte_in_post(scenario_, Role::link_worker);
        refuse_what_cannot_be_fitted();
    }

    UptakeComparison make() {
        for (const prescribing::ModelEntry* model : models()) {
            tell_(fmt::format("{} {}: fitting", model->number, model->name));
            FittedModel fitted = fit(*model);
            tell_(fmt::format("{} {}: {} points; {} replicates, and with few and many link workers", model->number,
                              model->name, fitted.points, made_.runs.replicates_to_compare));
            run(fitted);
            made_.models.push_back(std::move(fitted));
        }
        return std::move(made_);
    }

private:
    [[nodiscard]] Scenario load_with(std::vector<std::string> overrides) const {
        Problems warnings;
        std::vector<std::string> in_force = request_.overrides;
        in_force.insert(in_force.end(), overrides.begin(), overrides.end());
        return load(request_.scenario, day::catalogue(), {.overrides = std::move(in_force), .settings = {}}, warnings);
    }

    void refuse_what_cannot_be_fitted() const {
        Problems problems;
        const Place place{scenario_.path(), 0, 0};
        if (!scenario_.read<PrescribingPolicy>().offered) {
            problems.add(place, "the scenario offers no social prescribing")
                .expected("prescribing.offered = true")
                .advice("scenarios/england-average/social-prescribing.toml has it");
        }
        if (scenario_.read<RunParameters>().years < least_years) {
            problems
                .add(scenario_.origin("run.years").place,
                     fmt::format("run.years is {}", scenario_.read<RunParameters>().years))
                .expected(fmt::format("{} or more: whoever accepts is followed for a year", least_years));
        }
        for (const std::string& name : request_.models) {
            if (prescribing::find_uptake_model(name) != nullptr) continue;
            std::vector<std::string> names;
            for (const prescribing::ModelEntry* entry : prescribing::uptake_models()) names.emplace_back(entry->name);
            const std::string near = nearest(name, names);
            problems.add({"--models", 0, 0}, fmt::format("there is no model {}", name))
                .expected(fmt::format("some of {}", fmt::join(names, ",")))
                .advice(near.empty() ? "" : fmt::format("did you mean {}?", near));
        }
        problems.raise_if_any();
    }

    [[nodiscard]] std::vector<const prescribing::ModelEntry*> models() const {
        std::vector<const prescribing::ModelEntry*> chosen;
        for (const prescribing::ModelEntry* entry : prescribing::uptake_models()) {
            const bool asked =
                std::find(request_.models.begin(), request_.models.end(), entry->name) != request_.models.end();
            if (request_.models.empty() || asked) chosen.push_back(entry);
        }
        return chosen;
    }

    /// Runs replicates of several worlds, every neighbourhood a task.
    [[nodiscard]] std::vector<std::vector<Followed>> follow_all(const std::vector<std::unique_ptr<day::World>>& worlds,
                                                                int replicates) const {
        std::vector<std::vector<Followed>> followed;
        for (const auto& world : worlds) followed.emplace_back(static_cast<std::size_t>(replicates), Followed{*world});
        const std::size_t places = worlds.front()->neighbourhoods().size();
        const std::size_t of_a_world = static_cast<std::size_t>(replicates) * places;
        std::mutex mutex;
        run::on_threads(request_.threads, worlds.size() * of_a_world, [&](std::size_t task) {
            const day::World& world = *worlds[task / of_a_world];
            const std::size_t replicate = task % of_a_world / places;
            const Twin twin{world.run().seed, static_cast<std::uint32_t>(replicate)};
            const Followed one =
                follow(world, NeighbourhoodRow{static_cast<std::uint32_t>(task % places)}, twin, request_.isa);
            const std::lock_guard lock{mutex};
            followed[task / of_a_world][replicate].add(one);
        });
        return followed;
    }

    [[nodiscard]] std::vector<std::string> overrides_at(const ModelStack& stack, const VectorXd& at) const {
        std::vector<std::string> overrides = stack.overrides;
        for (std::size_t i = 0; i < stack.free.size(); ++i) {
            overrides.push_back(
                fmt::format("{}={:.8g}", stack.free[i].key, stack.free[i].value_at(at[static_cast<Eigen::Index>(i)])));
        }
        return overrides;
    }

    FittedModel fit(const prescribing::ModelEntry& model) {
        const ModelStack stack = stack_of(model, scenario_);
        std::vector<calibration::Goal> goals;
        for (const double value : wanted(made_.targets)) goals.push_back({value, 0, 0, false});
        std::vector<calibration::Bounds> bounds;
        for (const FreeParameter& one : stack.free) bounds.push_back({one.low, one.high, one.start});
        const calibration::Solution solution = calibration::solve(
            goals, bounds, {made_.runs.steps_most, made_.runs.tolerance},
            [&](const std::vector<VectorXd>& points) {
                std::vector<std::unique_ptr<day::World>> worlds;
                for (const VectorXd& point : points)
                    worlds.push_back(std::make_unique<day::World>(load_with(overrides_at(stack, point))));
                std::vector<calibration::Readings> readings;
                for (const auto& replicates : follow_all(worlds, made_.runs.replicates_to_fit)) {
                    calibration::Readings& rows = readings.emplace_back(made_.runs.replicates_to_fit, 4);
                    for (std::size_t i = 0; i < replicates.size(); ++i) {
                        const auto read = readings_of(replicates[i]);
                        for (std::size_t j = 0; j < read.size(); ++j)
                            rows(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = read[j];
                    }
                }
                return readings;
            },
            [](int, std::size_t, double) {});
        FittedModel fitted;
        fitted.model = &model;
        fitted.points = solution.points;
        for (std::size_t i = 0; i < goals.size(); ++i) {
            const double reached = solution.reached[static_cast<Eigen::Index>(i)];
            const double value = stack.free[i].value_at(solution.log_factors[static_cast<Eigen::Index>(i)]);
            fitted.targets.push_back({target_names[i], goals[i].value, reached,
                                      calibration::is_met(goals[i], reached, made_.runs.tolerance), stack.free[i].key,
                                      value});
        }
        return fitted;
    }

    /// The fitted model at the scenario's link workers, at few and at many.
    void run(FittedModel& fitted) const {
        std::vector<std::string> overrides = stack_of(*fitted.model, scenario_).overrides;
        for (const FittedTarget& target : fitted.targets)
            overrides.push_back(fmt::format("{}={:.8g}", target.free_key, target.free_value));
        const auto world_at = [&](double ratio) {
            std::vector<std::string> all_overrides = overrides;
            if (ratio != 1)
                all_overrides.push_back(fmt::format("team.roles.link_worker.wte={:.8g}", ratio * made_.wte));
            std::vector<std::unique_ptr<day::World>> worlds;
            worlds.push_back(std::make_unique<day::World>(load_with(all_overrides)));
            return worlds;
        };
        fitted.replicates = follow_all(world_at(1), made_.runs.replicates_to_compare).front();
        for (const double ratio : {made_.runs.load_low, made_.runs.load_high})
            fitted.loads.push_back({ratio, follow_all(world_at(ratio), made_.runs.replicates_of_loads).front()});
        const FittedTarget& contacts = fitted.targets[2];
        if (contacts.is_met || contacts.reached > contacts.wanted || made_.wte == 0) return;
        double accepted = 0;
        for (const Followed& one : fitted.replicates)
            accepted += static_cast<double>(one.total(Reached::accepted)) / one.span_years;
        accepted /= static_cast<double>(fitted.replicates.size());
        const double needed = accepted * contacts.wanted / made_.wte;
        if (needed > made_.cases_per_wte_year) fitted.cases_needed_per_wte_year = needed;
    }

    const Request& request_;
    const TellLine& tell_;
    Scenario scenario_;
    UptakeComparison made_;
};

}  // namespace

UptakeComparison compare_models(const Request& request, const TellLine& tell) { return Comparer{request, tell}.make(); }

}  // namespace segue::uptake
