/// \file
/// Scenarios that are compared: twins need the same people, days and luck in each.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "engine/compare/headlines.hpp"
#include "engine/core/quantity.hpp"
#include "engine/day/world.hpp"

namespace segue::compare {

/// Reports whatever of `arm` would give it other people, days or luck than `first`: what the population room declares,
/// [run], segments, practices, and who lives where.
void check_same_people(const day::World& first, const day::World& arm, Problems& problems);

class Arms {
public:
    /// Takes at least two worlds, each loaded with the overrides of `reader`. Throws a ScenarioError with everything that
    /// keeps them from being compared.
    Arms(std::vector<std::unique_ptr<const day::World>> worlds, const HeadlineReader& reader);

    [[nodiscard]] std::size_t size() const noexcept { return worlds_.size(); }
    [[nodiscard]] const day::World& world(std::size_t arm) const noexcept { return *worlds_[arm]; }
    [[nodiscard]] const day::World& first() const noexcept { return *worlds_.front(); }
    [[nodiscard]] const HeadlineReader& reader(std::size_t arm) const noexcept { return readers_[arm]; }
    [[nodiscard]] const std::vector<Headline>& headlines() const noexcept { return readers_.front().headlines(); }
    [[nodiscard]] Pounds staff_cost(std::size_t arm) const noexcept { return staff_costs_[arm]; }
    /// What each is called: "gp-led", with its folder where the folders differ, numbered where the names are equal.
    [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }

private:
    std::vector<std::unique_ptr<const day::World>> worlds_;
    std::vector<HeadlineReader> readers_;
    std::vector<Pounds> staff_costs_;
    std::vector<std::string> names_;
};

}  // namespace segue::compare
