#include "engine/population/population.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/scenario/run_parameters.hpp"

namespace segue {
namespace {

constexpr std::size_t most_practices = 250;

void declare_tables(Catalogue& catalogue) {
    const auto always = [&](const char* name, const char* meaning, std::vector<std::string> columns) {
        catalogue.add_data_table({name, meaning, std::move(columns), true});
    };
    const auto maybe = [&](const char* name, const char* meaning, std::vector<std::string> columns) {
        catalogue.add_data_table({name, meaning, std::move(columns), false});
    };
    always("list_by_age_sex", "People registered by single age and sex", {"age_years", "sex", "people_per_million"});
    always("deprivation_by_age_sex", "Fifths of deprivation at each age and sex",
           {"age_band_years", "sex", "deprivation", "share_percent"});
    always("life_table", "Chance of dying within the year of age", {"age_years", "sex", "death_probability"});
    always("mortality_by_deprivation", "Death rate of each fifth over that of all",
           {"age_band_years", "sex", "deprivation", "ratio"});
    always("condition_prevalence", "Prevalence of long-term conditions",
           {"condition", "sex", "age_band_years", "prevalence_percent"});
    always("condition_by_deprivation", "Prevalence of each fifth at equal age and sex",
           {"condition", "deprivation", "ratio"});
    always("condition_remission", "Yearly rate at which a condition stops being active",
           {"condition", "remission_per_year"});
    always("liability_correlation", "Correlation of the liabilities behind conditions and frailty", {"liability"});
    always("frailty", "Frailty by age",
           {"age_band_years", "fit_percent", "mild_percent", "moderate_percent", "severe_percent"});
    always("frailty_mortality", "Hazard of death by frailty", {"frailty", "hazard_ratio"});
    always("fertility", "Births by the mother's age", {"mother_age_years", "births_per_1000_women"});
    always("movers", "How joining and leaving vary with age",
           {"age_band_years", "joiners_per_1000", "leavers_per_1000"});
    always("circumstances", "Where people live and what they carry about them",
           {"circumstance", "sex", "age_band_years", "share_percent"});
    always("circumstance_ratios", "The same by deprivation and frailty",
           {"circumstance", "attribute", "value", "ratio"});
    always("wellbeing", "Mean life satisfaction by age", {"age_band_years", "life_satisfaction_0_to_10"});
    always("quality_of_life", "EQ-5D norms by age and sex", {"age_years", "sex", "eq5d"});
    always("quality_of_life_by_condition", "What a condition takes from EQ-5D", {"condition", "eq5d_decrement"});
    maybe("dying", "Ways of dying, by the first row that fits a person; without it every death is sudden",
          {"attribute", "value", "sudden_percent", "short_decline_percent", "stepwise_decline_percent",
           "slow_decline_percent"});
    maybe("segment_start", "People by age and segment at the start, for segment_by = \"table\"",
          {"age_years", "segment", "people"});
    maybe("segment_moves", "Yearly chances of moving between segments, and of death",
          {"age_band_years", "from_segment", "to_segment", "probability"});
    maybe("segment_event_rates", "How entries, joining and leaving spread over age and segment",
          {"event", "age_years", "segment", "rate_per_person"});
    maybe("segment_event_numbers", "Entries, joining and leaving in each year", {"year", "event", "people"});
}

PopulationTables read_tables(const Scenario& scenario, Problems& problems) {
    const auto table = [&](const char* name) -> const Table& { return scenario.table(name); };
    return read_population_tables(
        {table("list_by_age_sex"), table("deprivation_by_age_sex"), table("life_table"),
         table("mortality_by_deprivation"), table("condition_prevalence"), table("condition_by_deprivation"),
         table("condition_remission"), table("liability_correlation"), table("frailty"), table("frailty_mortality"),
         table("fertility"), table("movers"), table("circumstances"), table("circumstance_ratios"), table("wellbeing"),
         table("quality_of_life"), table("quality_of_life_by_condition")},
        problems);
}

/// A table that must be given and could not be read is told by the loader.
bool has_every_table(const Scenario& scenario) {
    Catalogue catalogue;
    declare_tables(catalogue);
    const auto& tables = catalogue.data_tables();
    return std::all_of(tables.begin(), tables.end(), [&](const DataTable& declared) {
        return !declared.required || scenario.has_table(declared.data_name);
    });
}

void check_parameters(const Scenario& scenario, const PopulationParameters& parameters, Problems& problems) {
    double total = 0;
    for (const double share : parameters.deprivation_mix) total += share;
    if (parameters.deprivation_mix.size() != deprivation_quintiles || total <= 0) {
        problems
            .add(scenario.origin("population.deprivation_mix_percent").place,
                 fmt::format("population.deprivation_mix_percent has {} numbers that add up to {}",
                             parameters.deprivation_mix.size(), total))
            .expected("5 numbers, not all 0");
    }
}

std::vector<double> practice_shares(const Scenario& scenario, Problems& problems) {
    std::vector<double> shares;
    double total = 0;
    for (const PracticeEntry& practice : scenario.practices()) {
        shares.push_back(practice.share);
        total += practice.share;
    }
    if (shares.empty()) return {1};
    if (shares.size() > most_practices) {
        problems.add({scenario.path(), 0, 0}, fmt::format("there are {} practices", shares.size()))
            .expected(fmt::format("at most {}", most_practices));
    }
    if (total <= 0) {
        problems.add({scenario.path(), 0, 0}, "no practice has a share of the list").expected("a share above 0");
        return shares;
    }
    for (double& share : shares) share /= total;
    return shares;
}

/// The segments that a table moves people between: those of [[segment]], or in the table's own order.
std::vector<SegmentEntry> table_entries(const Scenario& scenario, const Table& moves) {
    if (!scenario.segments().empty()) return scenario.segments();
    std::vector<SegmentEntry> entries;
    const auto column = moves.column("from_segment");
    for (std::size_t row = 0; column && row < moves.rows(); ++row) {
        const std::string name{moves.text(row, *column)};
        bool is_new = true;
        for (const SegmentEntry& entry : entries) is_new = is_new && entry.name != name;
        if (is_new) entries.push_back({name, {}, moves.place(row, *column)});
    }
    return entries;
}

std::vector<std::string> names_of(const std::vector<SegmentEntry>& entries) {
    std::vector<std::string> names;
    for (const SegmentEntry& entry : entries) names.push_back(entry.name);
    return names;
}

void read_segments(const Scenario& scenario, PopulationInputs& inputs, Problems& problems) {
    if (inputs.parameters.segment_by == SegmentBy::rules) {
        inputs.segmentation = Segmentation{scenario.segments(), problems};
        return;
    }
    bool complete = true;
    for (const char* name : {"segment_start", "segment_moves", "segment_event_rates", "segment_event_numbers"}) {
        if (scenario.has_table(name)) continue;
        problems.add(scenario.origin("population.segment_by").place,
                     fmt::format("population.segment_by is \"table\", but [data] names no {}", name));
        complete = false;
    }
    if (!complete) return;
    const auto entries = table_entries(scenario, scenario.table("segment_moves"));
    inputs.segmentation = Segmentation::by_table(names_of(entries));
    inputs.table_segments = std::make_shared<const TableSegments>(
        names_of(entries),
        TableSegmentSources{scenario.table("segment_start"), scenario.table("segment_moves"),
                            scenario.table("segment_event_rates"), scenario.table("segment_event_numbers")},
        inputs.parameters.segment_method, problems);
}

std::vector<std::string> names_of_practices(const Scenario& scenario) {
    std::vector<std::string> names;
    for (const PracticeEntry& practice : scenario.practices()) names.push_back(practice.name);
    if (names.empty()) names.emplace_back(only_practice);
    return names;
}

}  // namespace

void declare_population(Catalogue& catalogue) {
    catalogue.add<PopulationParameters>();
    catalogue.add<PassingParameters>();
    declare_tables(catalogue);
}

std::unique_ptr<const PopulationLaws> read_population(const Scenario& scenario, Problems& problems) {
    Problems found;
    PopulationInputs inputs;
    inputs.parameters = scenario.read<PopulationParameters>();
    check_parameters(scenario, inputs.parameters, found);
    const bool is_complete = has_every_table(scenario);
    if (is_complete) inputs.tables = read_tables(scenario, found);
    inputs.passing = scenario.read<PassingParameters>();
    if (scenario.has_table("dying")) inputs.dying = DyingLaws{inputs.passing, scenario.table("dying"), found};
    inputs.practice_shares = practice_shares(scenario, found);
    read_segments(scenario, inputs, found);
    problems.merge(found);
    if (!is_complete || found.has_errors()) return nullptr;
    return std::make_unique<const PopulationLaws>(std::move(inputs));
}

std::optional<PersonFile> read_scenario_person_file(const Scenario& scenario, const PopulationLaws& laws,
                                                    Problems& problems) {
    if (laws.parameters.file.empty()) return std::nullopt;
    const Place place = scenario.origin("population.file").place;
    if (scenario.neighbourhoods().size() > 1) {
        problems.add(place, "population.file gives the people of one neighbourhood, and there are several")
            .expected("one [[neighbourhood]], or none");
        return std::nullopt;
    }
    std::string path = laws.parameters.file;
    const std::string& named_by = place.line > 0 ? place.file : scenario.path();
    const std::size_t folder_end = named_by.find_last_of('/');
    if (path.front() != '/' && folder_end != std::string::npos) path = named_by.substr(0, folder_end + 1) + path;
    const Day start = to_day(scenario.read<RunParameters>().start);
    return read_person_file(path, {names_of_practices(scenario), laws.segmentation.names(), start}, place, problems);
}

}  // namespace segue
