#include "engine/day/catalogue.hpp"

#include "engine/core/vocabulary.hpp"
#include "engine/core/words.hpp"
#include "engine/day/backlog.hpp"
#include "engine/model/contact_parameters.hpp"
#include "engine/model/continuity_parameters.hpp"
#include "engine/model/front_door/door_parameters.hpp"
#include "engine/model/hospital/hospital_parameters.hpp"
#include "engine/model/hospital/planned_care_parameters.hpp"
#include "engine/model/money/money_parameters.hpp"
#include "engine/model/need_parameters.hpp"
#include "engine/model/needs/level_parameters.hpp"
#include "engine/model/prescribing/uptake/stack.hpp"
#include "engine/model/purpose_parameters.hpp"
#include "engine/model/team_parameters.hpp"
#include "engine/population/population.hpp"
#include "engine/scenario/calibration_parameters.hpp"
#include "engine/scenario/uptake_parameters.hpp"

namespace segue::day {
namespace {

std::vector<std::string> uptake_model_names() {
    std::vector<std::string> names;
    for (const prescribing::ModelEntry* entry : prescribing::uptake_models()) names.emplace_back(entry->name);
    return names;
}

Catalogue make_catalogue() {
    Catalogue made;
    declare_population(made);
    made.add<LevelParameters>();
    made.add_table<NeedParameters>({{}});
    made.add_table<PurposeParameters>({{}});
    made.add_table<NeedPurposeParameters>({{}, {}});
    made.add_table<NeedRoleParameters>({{}, words<Role>()});
    declare_front_door(made);
    made.add_table<TeamRoleParameters>({words<Role>()});
    made.add_table<RoleParameters>({words<Role>()});
    made.add<BookParameters>();
    made.add<AttendanceParameters>();
    made.add<ContactParameters>();
    made.add_table<ModeParameters>({words<Mode>()});
    made.add<FeedbackParameters>();
    made.add<InducedDemandParameters>();
    made.add<ContinuityParameters>();
    made.add<ContinuityWishes>();
    made.add<HospitalParameters>();
    made.add<PlannedCareParameters>();
    prescribing::declare_prescribing(made);
    made.add_table<BacklogParameters>({backlog_names()});
    made.add<CostParameters>();
    made.add_table<BudgetParameters>({words<Scope>()});
    made.add_layer_table("needs", "needs.*");
    made.add_layer_table("purposes", "purposes.*");
    made.add_layer_table("need_purposes", "needs.*.purposes.*");
    made.add_layer_table("need_roles", "needs.*.roles.*");
    made.add_layer_table("roles", "roles.*");
    made.add_layer_table("modes", "modes.*");
    made.add_layer_table("budgets", "budget.*");
    made.add<CalibrationParameters>();
    made.add<UptakeTargets>();
    made.add<UptakeRuns>();
    made.add_table<ObservedSeries>({{}});
    made.add_table<UptakePrior>({uptake_model_names()});
    made.add_table<CalibrationFactorParameters>({{}});
    made.add_value_table({"calibrated", "Values that segue calibrate found, by full key"});
    made.add_data_table({"need_rates",
                         "Ratios and additions of onset rates by who people are",
                         {"need", "effect", "attribute", "value", "rate"},
                         false});
    made.add_data_table({"seasons", "Profiles of onset over the months", {"season", "month", "factor"}, false});
    return made;
}

}  // namespace

const Catalogue& catalogue() {
    static const Catalogue all_rows = make_catalogue();
    return all_rows;
}

}  // namespace segue::day
