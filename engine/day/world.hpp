/// \file
/// A scenario compiled for the loop: everything that neighbourhoods share, made once and never changed.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "engine/core/isa.hpp"
#include "engine/day/backlog.hpp"
#include "engine/model/book/book.hpp"
#include "engine/model/contact/contact.hpp"
#include "engine/model/contact_parameters.hpp"
#include "engine/model/front_door/front_door.hpp"
#include "engine/model/hospital/planned_care.hpp"
#include "engine/model/kinds.hpp"
#include "engine/model/life/life.hpp"
#include "engine/model/money/ledger.hpp"
#include "engine/model/needs/onset.hpp"
#include "engine/model/prescribing/pathway.hpp"
#include "engine/record/output_plan.hpp"
#include "engine/scenario/run_parameters.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue::day {

/// A configuration in force from a day on, compiled.
struct Configuration {
    Configuration(const Scenario& scenario, const Kinds& kinds, std::vector<double> practice_shares, Day from_day,
                  Problems& problems);
    Day from;
    book::Terms terms;
    front_door::FrontDoor front_door;
    contact::Aftercare aftercare;
    prescribing::Terms prescribing;
    money::Prices prices;
};

struct NeighbourhoodPlan {
    std::string name;
    NeighbourhoodRow number;  ///< what its draws and its people's keys are made of: see number_of in world.cpp
    std::int64_t size{0};
    std::vector<std::unique_ptr<Configuration>> configurations;  ///< by day, the first from the start
};

class World {
public:
    /// Compiles and checks what the loader could not: rules, tables, routes, outputs. Throws a ScenarioError with every problem.
    explicit World(const Scenario& scenario);
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    [[nodiscard]] const Scenario& scenario() const noexcept { return scenario_; }
    /// What is odd about the scenario and no fault, each once.
    [[nodiscard]] const Problems& warnings() const noexcept { return warnings_; }
    [[nodiscard]] const RunParameters& run() const noexcept { return run_; }
    [[nodiscard]] Day warm_up_start() const noexcept { return warm_up_start_; }
    [[nodiscard]] const Span& span() const noexcept { return plan_->span(); }
    [[nodiscard]] const Kinds& kinds() const noexcept { return kinds_; }
    [[nodiscard]] const needs::RateTables& rates() const noexcept { return *rates_; }
    [[nodiscard]] const life::Laws& laws() const noexcept { return *laws_; }
    [[nodiscard]] const OutputPlan& plan() const noexcept { return *plan_; }
    [[nodiscard]] const HospitalParameters& hospital() const noexcept { return hospital_; }
    [[nodiscard]] const PlannedCareParameters& planned_care() const noexcept { return planned_care_; }
    [[nodiscard]] const prescribing::Evidence& prescribing() const noexcept { return *prescribing_; }
    /// Loops that are on, as when the run begins.
    [[nodiscard]] const FeedbackParameters& feedbacks() const noexcept { return feedbacks_; }
    [[nodiscard]] const std::vector<NeighbourhoodPlan>& neighbourhoods() const noexcept { return neighbourhoods_; }
    /// Who is to wait when the results begin.
    [[nodiscard]] const std::vector<Backlog>& backlogs() const noexcept { return backlogs_; }

private:
    Scenario scenario_;
    RunParameters run_;
    Problems warnings_;
    Day warm_up_start_;
    Kinds kinds_;
    HospitalParameters hospital_;
    PlannedCareParameters planned_care_;
    FeedbackParameters feedbacks_;
    std::unique_ptr<prescribing::Evidence> prescribing_;
    std::unique_ptr<needs::RateTables> rates_;
    std::unique_ptr<life::Laws> laws_;
    std::unique_ptr<OutputPlan> plan_;
    std::vector<NeighbourhoodPlan> neighbourhoods_;
    std::vector<Backlog> backlogs_;
};

/// Memory that one task needs at its peak, estimated. [bytes]
[[nodiscard]] std::size_t bytes_per_task(const World& world, std::int64_t people);

}  // namespace segue::day
