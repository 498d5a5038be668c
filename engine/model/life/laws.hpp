/// \file
/// The laws of life in one scenario, shared by all of its neighbourhoods.
#pragma once
#include <array>
#include <cstdint>
#include <memory>

#include "engine/core/errors.hpp"
#include "engine/population/health_model.hpp"
#include "engine/population/people.hpp"
#include "engine/population/population.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue::life {

struct Laws {
    Laws(const Scenario& scenario, Problems& problems);
};

}  // namespace segue::life
