/// \file
/// Scenarios of a few lines that say what people need and who meets it, without a population.
#pragma once
#include <map>
#include <string>

#include "engine/model/contact_parameters.hpp"
#include "engine/model/continuity_parameters.hpp"
#include "engine/model/front_door/door_parameters.hpp"
#include "engine/model/kinds.hpp"
#include "engine/model/need_parameters.hpp"
#include "engine/model/needs/level_parameters.hpp"
#include "engine/model/purpose_parameters.hpp"
#include "engine/model/team_parameters.hpp"
#include "engine/model/today.hpp"
#include "engine/population/passing_parameters.hpp"
#include "engine/scenario/scenario.hpp"
#include "tests/support/scenario_folder.hpp"

namespace segue::test {

inline Catalogue need_catalogue() {
    Catalogue made;
    made.add<LevelParameters>();
    made.add<PassingParameters>();
    made.add_table<NeedParameters>({{}});
    made.add_table<PurposeParameters>({{}});
    made.add_table<NeedPurposeParameters>({{}, {}});
    made.add_table<NeedRoleParameters>({{}, words<Role>()});
    declare_front_door(made);
    made.add<BookParameters>();
    made.add_table<TeamRoleParameters>({words<Role>()});
    made.add<AttendanceParameters>();
    made.add<ContactParameters>();
    made.add<FeedbackParameters>();
    made.add<ContinuityParameters>();
    made.add_data_table(
        {"need_rates", "Ratios and additions", {"need", "effect", "attribute", "value", "rate"}, false});
    made.add_data_table({"seasons", "Profiles over the months", {"season", "month", "factor"}, false});
    return made;
}

/// \param tables CSV by its name under [data]
inline Scenario need_scenario(const std::string& text, const std::map<std::string, std::string>& tables = {}) {
    const ScenarioFolder folder({});
    std::string data = tables.empty() ? "" : "[data]\n";
    for (const auto& [name, rows] : tables) {
        folder.write("needs/" + name + ".csv", "# source: made for a test\n" + rows);
        data += name + " = \"" + name + ".csv\"\n";
    }
    Problems warnings;
    return load(folder.write("needs/needs.toml", "format = 1\n" + data + text), need_catalogue(), {}, warnings);
}

inline Kinds kinds_of(const Scenario& scenario) {
    Problems problems;
    Kinds kinds = read_kinds(scenario, problems);
    problems.raise_if_any();
    return kinds;
}

/// `people` who are forty and have nothing, with personal levels of need drawn evenly over ranks.
inline NeighbourhoodState people_of_forty(std::uint32_t people, Day today, Twin twin = {1, 0}) {
    NeighbourhoodState made{twin, NeighbourhoodRow{0}, today, Isa::scalar};
    for (std::uint32_t slot = 0; slot < people; ++slot) {
        Person person;
        person.key = entrant_key(NeighbourhoodRow{0}, today.number(), slot);
        person.birth = same_date(today, -40);
        for (std::size_t group = 0; group < person.level_rank.size(); ++group) {
            person.level_rank[group] =
                static_cast<std::uint16_t>(Draws{twin, person.key, Purpose::level_of_need, 0}.words()[group] >> 16U);
        }
        made.people.enter(person, today);
    }
    made.today.day = today;
    made.events.start(today);
    return made;
}

}  // namespace segue::test
