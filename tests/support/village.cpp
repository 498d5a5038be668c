#include "tests/support/village.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "engine/day/catalogue.hpp"
#include "engine/run/run.hpp"
#include "tests/support/scenario_folder.hpp"

namespace segue::test {
namespace {

constexpr std::string_view site = R"(format = 1
extends = "../england-average/gp-led.toml"
[run]
warm_up = 31
[population]
size = 3_000
[team.roles]
gp = { wte = 1.323 }
call_handler = { wte = 0.794 }
practice_nurse = { wte = 0.804 }
pharmacist = { wte = 0.27 }
first_contact_physiotherapist = { wte = 0.083 }
paramedic = { wte = 0.053 }
mental_health_practitioner = { wte = 0.056 }
district_nurse = { wte = 0.765 }
health_care_assistant = { wte = 0.42 }
link_worker = { wte = 0.132 }
care_coordinator = { wte = 0.165 }
[[practice]]
name = "practice_1"
share = 0.6
[[practice]]
name = "practice_2"
share = 0.4
[[practice]]
name = "practice_3"
remove = true
[[practice]]
name = "practice_4"
remove = true
[[practice]]
name = "practice_5"
remove = true
)";

/// How far apart the members of each dimension lie, and how many cells there are.
std::vector<std::size_t> strides(const Results& results, const Variable& variable, std::size_t& size) {
    std::vector<std::size_t> made(variable.dimensions.size());
    size = 1;
    for (std::size_t i = made.size(); i-- > 0;) {
        made[i] = size;
        size *= results.axis(variable.dimensions[i])->size();
    }
    return made;
}

struct Pick {
    std::size_t stride;
    std::size_t size;
    std::size_t member;
};

Pick pick(const Results& results, const Variable& variable, const std::vector<std::size_t>& strides,
          const std::string& dimension, const std::string& label) {
    const auto found = std::find(variable.dimensions.begin(), variable.dimensions.end(), dimension);
    if (found == variable.dimensions.end())
        throw ContractError{fmt::format("{} has no dimension {}", variable.name, dimension)};
    const Axis& axis = *results.axis(dimension);
    const auto member = std::find(axis.labels.begin(), axis.labels.end(), label);
    if (member == axis.labels.end()) throw ContractError{fmt::format("{} has no member {}", dimension, label)};
    return {strides[static_cast<std::size_t>(found - variable.dimensions.begin())], axis.size(),
            static_cast<std::size_t>(member - axis.labels.begin())};
}

}  // namespace

Village village() { return {}; }

Village with(Village village, std::string_view more) {
    village.text += more;
    return village;
}

Village with_value(Village village, std::string override_text) {
    village.overrides.push_back(std::move(override_text));
    return village;
}

Village two_villages() {
    return with(village(),
                "[[neighbourhood]]\nname = \"west\"\nsize = 2000\n[[neighbourhood]]\nname = \"east\"\nsize = 2000\n");
}

Village one_more_gp_session(Village village, std::string_view where, double gps) {
    const std::string place = where.empty() ? "" : fmt::format("where = [\"{}\"]\n", where);
    return with(std::move(village), fmt::format("[[change]]\nname = \"one more GP session\"\non = 2020-01-01\n{}"
                                                "set = {{ \"team.roles.gp.wte\" = {} }}\n",
                                                place, gps + 0.1));
}

Village without_feedbacks(Village village) {
    for (const char* loop : {"follow_ups", "handoffs", "returns", "rebooking", "worsening", "repeats", "sent_back"}) {
        village.overrides.push_back(fmt::format("feedbacks.{}=false", loop));
    }
    return village;
}

std::unique_ptr<const day::World> world(const Village& village) {
    const ScenarioFolder folder{"data", "england-average"};
    folder.write("village/site.toml", site);
    const std::string path =
        folder.write("village/village.toml", "format = 1\nextends = \"site.toml\"\n" + village.text);
    Problems warnings;
    return std::make_unique<const day::World>(load(path, day::catalogue(), {village.overrides}, warnings));
}

Results run(const Village& village, int threads, std::int64_t replicate) {
    return run::run_in_memory(*world(village), replicate, threads, best_isa());
}

std::unique_ptr<day::Neighbourhood> lived_through(const day::World& world, std::uint32_t row, Twin twin) {
    auto lived = std::make_unique<day::Neighbourhood>(world, NeighbourhoodRow{row}, twin, best_isa());
    do lived->advance();
    while (lived->today() < world.span().last);
    return lived;
}

std::vector<double> cells(const Results& results, const std::string& name, const Where& where) {
    const Variable* variable = results.variable(name);
    if (variable == nullptr) throw ContractError{fmt::format("there is no variable {}", name)};
    std::size_t size = 0;
    const auto apart = strides(results, *variable, size);
    std::vector<Pick> picks;
    for (const auto& [dimension, label] : where) picks.push_back(pick(results, *variable, apart, dimension, label));
    std::vector<double> kept;
    std::visit(
        [&](const auto& values) {
            for (std::size_t i = 0; i < values.size(); ++i) {
                const bool in = std::all_of(picks.begin(), picks.end(),
                                            [&](const Pick& one) { return i / one.stride % one.size == one.member; });
                if (in) kept.push_back(static_cast<double>(values[i]));
            }
        },
        variable->values);
    return kept;
}

double total(const Results& results, const std::string& name, const Where& where) {
    const auto kept = cells(results, name, where);
    return std::accumulate(kept.begin(), kept.end(), 0.0);
}

}  // namespace segue::test
