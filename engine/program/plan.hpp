/// \file
/// What a scenario would run, gathered for `segue check` to show.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/core/quantity.hpp"
#include "engine/day/world.hpp"
#include "engine/model/team_parameters.hpp"
#include "engine/run/run.hpp"
#include "engine/scenario/differences.hpp"

namespace segue::program {

struct Post {
    Role role;
    Wte wte;
    BookOwner book;
    Pounds cost_per_year;
    friend bool operator==(const Post&, const Post&) = default;
};

/// What is in force on the first day of the results, in neighbourhoods where it is the same.
struct Start {
    std::vector<std::string> neighbourhoods;
    std::int64_t people{0};      ///< of them all
    std::vector<Post> team;      ///< roles in post, in each
    Pounds staff_cost_per_year;  ///< of each
    EnumArray<Scope, Pounds> budget_per_head;
};

/// The yearly staff cost of another configuration in the same folder, as its file has it.
struct Neighbour {
    std::string name;  ///< "gp-led"
    Pounds cost_per_year;
};

struct Plan {
    const day::World* world;
    std::int64_t people{0};
    std::vector<Start> start;           ///< dated changes make neighbourhoods differ; one where none does
    std::vector<Neighbour> neighbours;  ///< gp-led and primary-care-home, less the scenario itself
    std::string base;                   ///< path of what the file extends; empty: nothing
    std::vector<Difference> differences;
    int threads{1};
    run::Estimate estimate;
};

/// Speed that `check` takes for granted, once a scenario has been made ready: one core of a server of 2023, rounded down.
inline constexpr double assumed_person_years_per_second = 150'000;

/// `world` must outlive the plan. Throws a ScenarioError when the base has problems of its own.
[[nodiscard]] Plan plan_of(const day::World& world, int threads);

[[nodiscard]] std::string plan_text(const Plan& plan);
[[nodiscard]] std::string plan_json(const Plan& plan, const std::vector<Problem>& warnings);
/// Problems alone, for a scenario that would not run.
[[nodiscard]] std::string problems_json(const std::vector<Problem>& problems);

}  // namespace segue::program
