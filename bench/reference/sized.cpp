#include "bench/reference/sized.hpp"

#include <fmt/format.h>

#include "engine/day/catalogue.hpp"
#include "engine/model/team_parameters.hpp"
#include "engine/population/population_parameters.hpp"

namespace segue::reference {

Scenario sized(const std::string& path, std::int64_t people, const std::vector<std::string>& overrides) {
    Problems warnings;
    const Scenario shipped = load(path, day::catalogue(), {}, warnings);
    const double ratio = static_cast<double>(people) / static_cast<double>(shipped.read<PopulationParameters>().size);
    std::vector<std::string> all_overrides{fmt::format("population.size={}", people)};
    for (const Role role : all<Role>()) {
        const std::string name{name_of(role)};
        const double wte = shipped.read<TeamRoleParameters>({name}).wte.value();
        if (wte > 0) all_overrides.push_back(fmt::format("team.roles.{}.wte={:.6f}", name, wte * ratio));
    }
    all_overrides.insert(all_overrides.end(), overrides.begin(), overrides.end());
    return load(path, day::catalogue(), {all_overrides}, warnings);
}

}  // namespace segue::reference
