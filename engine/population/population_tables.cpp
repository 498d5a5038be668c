#include "engine/population/population_tables.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "engine/core/words.hpp"

namespace segue {
namespace {

constexpr double ratio_limit = 100;

/// Which ages of a table have been told so far.
using Told = ByAge<bool>;

void tell(Told& told, AgeRange ages) {
    for (int age = ages.from; age <= ages.to; ++age) told[age_index(age)] = true;
}

/// Copies the oldest told age to all who are older, and notes an age below it that nothing was said about.
template <class T>
void close_ages(ByAge<T>& values, const Told& told, const TableReader& reader, const std::string& whom) {
    int last = oldest_age;
    while (last > 0 && !told[age_index(last)]) --last;
    for (int age = last + 1; age <= oldest_age; ++age) values[age_index(age)] = values[age_index(last)];
    for (int age = 0; age <= last; ++age) {
        if (!told[age_index(age)]) {
            reader.incomplete(fmt::format("says nothing about {}age {}", whom, age));
            return;
        }
    }
}

/// A column by age and sex, `both` standing for either.
struct AgeSexColumn {
    EnumArray<Sex, ByAge<double>> values{};
    EnumArray<Sex, Told> told{};

    void set(AgeRange ages, Sex sex, double value) {
        for (int age = ages.from; age <= ages.to; ++age) values[sex][age_index(age)] = value;
        tell(told[sex], ages);
    }
    [[nodiscard]] ByAgeSex<double> close(const TableReader& reader, const std::string& whom) {
        ByAgeSex<double> all{};
        for (const Sex sex : segue::all<Sex>()) {
            close_ages(values[sex], told[sex], reader, fmt::format("{}{}, ", whom, name_of(sex)));
            for (std::size_t age = 0; age < all.size(); ++age) all[age][sex] = values[sex][age];
        }
        return all;
    }
};

/// A column `ages, sex, value` of a table.
ByAgeSex<double> read_age_sex(const TableReader& reader, double low, double high, double scale) {
    AgeSexColumn column;
    for (std::size_t row = 0; row < reader.rows(); ++row) {
        const auto ages = reader.ages(row, 0);
        const auto sex = reader.word<Sex>(row, 1);
        const double value = reader.number(row, 2, low, high);
        if (ages && sex) column.set(*ages, *sex, value * scale);
    }
    return column.close(reader, "");
}

/// A column `ages, sex, deprivation, value`.
ByAgeSex<ByQuintile<double>> read_age_sex_quintile(const TableReader& reader, double high, double scale) {
    std::array<AgeSexColumn, deprivation_quintiles> columns;
    for (std::size_t row = 0; row < reader.rows(); ++row) {
        const auto ages = reader.ages(row, 0);
        const auto sex = reader.word<Sex>(row, 1);
        const auto fifth = reader.quintile(row, 2);
        const double value = reader.number(row, 3, 0, high);
        if (ages && sex && fifth) columns[static_cast<std::size_t>(*fifth - 1)].set(*ages, *sex, value * scale);
    }
    ByAgeSex<ByQuintile<double>> all{};
    for (std::size_t fifth = 0; fifth < columns.size(); ++fifth) {
        const auto one = columns[fifth].close(reader, fmt::format("deprivation {}, ", fifth + 1));
        for (std::size_t age = 0; age < all.size(); ++age) {
            for (const Sex sex : segue::all<Sex>()) all[age][sex][fifth] = one[age][sex];
        }
    }
    return all;
}

ByAge<double> read_ages(const TableReader& reader, std::size_t column, double low, double high, double scale) {
    ByAge<double> values{};
    Told told{};
    for (std::size_t row = 0; row < reader.rows(); ++row) {
        const auto ages = reader.ages(row, 0);
        const double value = reader.number(row, column, low, high);
        if (!ages) continue;
        for (int age = ages->from; age <= ages->to; ++age) values[age_index(age)] = value * scale;
        tell(told, *ages);
    }
    close_ages(values, told, reader, "");
    return values;
}

/// A column `word, value`, one row a word of E; words without a row keep `otherwise`, or are a gap.
template <class E>
EnumArray<E, double> read_words(const TableReader& reader, double high, const double* otherwise) {
    EnumArray<E, double> values{};
    EnumArray<E, bool> told{};
    if (otherwise != nullptr) values.fill(*otherwise);
    for (std::size_t row = 0; row < reader.rows(); ++row) {
        const auto word = reader.word<E>(row, 0);
        const double value = reader.number(row, 1, 0, high);
        if (!word) continue;
        values[*word] = value;
        told[*word] = true;
    }
    for (const E word : all<E>()) {
        if (otherwise == nullptr && !told[word]) reader.incomplete(fmt::format("says nothing about {}", name_of(word)));
    }
    return values;
}

/// Bands must follow one another from age 0.
void check_bands(std::vector<BandShare>& bands, const TableReader& reader, const std::string& whom) {
    std::sort(bands.begin(), bands.end(), [](const auto& a, const auto& b) { return a.ages.from < b.ages.from; });
    int next = 0;
    for (const BandShare& band : bands) {
        if (band.ages.from != next) break;
        next = band.ages.to + 1;
    }
    if (next != age_count) {
        reader.incomplete(fmt::format("has bands of {} that leave a gap or overlap at age {}", whom, next));
        bands = {{{0, oldest_age}, 0}};
    }
}

auto read_prevalence(const TableReader& reader) {
    EnumArray<Condition, EnumArray<Sex, std::vector<BandShare>>> bands;
    for (std::size_t row = 0; row < reader.rows(); ++row) {
        const auto condition = reader.word<Condition>(row, 0);
        const auto sex = reader.word<Sex>(row, 1);
        const auto ages = reader.ages(row, 2);
        const double share = reader.number(row, 3, 0, 97) / 100;
        if (condition && sex && ages) bands[*condition][*sex].push_back({*ages, share});
    }
    for (const Condition condition : all<Condition>()) {
        for (const Sex sex : all<Sex>()) {
            check_bands(bands[condition][sex], reader, fmt::format("{}, {},", name_of(condition), name_of(sex)));
        }
    }
    return bands;
}

auto read_frailty(const TableReader& reader) {
    EnumArray<Frailty, std::vector<BandShare>> bands;
    for (std::size_t row = 0; row < reader.rows(); ++row) {
        const auto ages = reader.ages(row, 0);
        for (const Frailty frailty : all<Frailty>()) {
            const double share = reader.number(row, index(frailty) + 1, 0, 100) / 100;
            if (ages) bands[frailty].push_back({*ages, share});
        }
    }
    for (const Frailty frailty : all<Frailty>()) check_bands(bands[frailty], reader, std::string{name_of(frailty)});
    return bands;
}

auto read_condition_ratios(const TableReader& reader) {
    EnumArray<Condition, ByQuintile<double>> ratios;
    for (auto& one : ratios) one.fill(1);
    for (std::size_t row = 0; row < reader.rows(); ++row) {
        const auto condition = reader.word<Condition>(row, 0);
        const auto fifth = reader.quintile(row, 1);
        const double ratio = reader.number(row, 2, 0.01, ratio_limit);
        if (condition && fifth) ratios[*condition][static_cast<std::size_t>(*fifth - 1)] = ratio;
    }
    return ratios;
}

std::vector<std::string> liability_names() {
    auto all_names = words<Condition>();
    all_names.emplace_back("frailty");
    return all_names;
}

auto read_correlation(const Table& table, Problems& problems) {
    const std::vector<std::string> words = liability_names();
    std::vector<std::string> columns{"liability"};
    columns.insert(columns.end(), words.begin(), words.end());
    const TableReader reader{table, columns, problems};
    std::array<std::array<double, liability_count>, liability_count> matrix{};
    for (std::size_t row = 0; row < reader.rows(); ++row) {
        const auto found = std::find(words.begin(), words.end(), reader.text(row, 0));
        if (found == words.end()) {
            reader.unknown_word(row, 0, words);
            continue;
        }
        auto& line = matrix[static_cast<std::size_t>(found - words.begin())];
        for (std::size_t other = 0; other < liability_count; ++other)
            line[other] = reader.number(row, other + 1, -1, 1);
    }
    for (std::size_t a = 0; a < liability_count; ++a) {
        for (std::size_t b = 0; b <= a; ++b) {
            const double expected = a == b ? 1 : matrix[b][a];
            if (matrix[a][b] != expected) {
                reader.incomplete(fmt::format("is no correlation matrix at {}, {}", words[a], words[b]));
                return matrix;
            }
        }
    }
    return matrix;
}

ListTables read_list(const PopulationSources& sources, Problems& problems) {
    ListTables list;
    list.share =
        read_age_sex({sources.list_by_age_sex, {"age_years", "sex", "people_per_million"}, problems}, 0, 1e6, 1);
    double total = 0;
    for (const auto& both : list.share) total += both[Sex::female] + both[Sex::male];
    if (total <= 0) total = 1;
    for (auto& both : list.share) {
        for (double& share : both) share /= total;
    }
    list.quintile_share = read_age_sex_quintile(
        {sources.deprivation_by_age_sex, {"age_band_years", "sex", "deprivation", "share_percent"}, problems}, 100,
        0.01);
    for (auto& both : list.quintile_share) {
        for (auto& fifths : both) {
            double sum = 0;
            for (const double share : fifths) sum += share;
            for (double& share : fifths) share = sum > 0 ? share / sum : 1.0 / deprivation_quintiles;
        }
    }
    return list;
}

HealthTables read_health(const PopulationSources& sources, const ListTables& list, Problems& problems) {
    HealthTables health;
    health.list_share = list.share;
    health.quintile_share = list.quintile_share;
    health.death_probability =
        read_age_sex({sources.life_table, {"age_years", "sex", "death_probability"}, problems}, 0, 0.99, 1);
    health.mortality_ratio = read_age_sex_quintile(
        {sources.mortality_by_deprivation, {"age_band_years", "sex", "deprivation", "ratio"}, problems}, ratio_limit,
        1);
    health.prevalence = read_prevalence(
        {sources.condition_prevalence, {"condition", "sex", "age_band_years", "prevalence_percent"}, problems});
    health.prevalence_ratio =
        read_condition_ratios({sources.condition_by_deprivation, {"condition", "deprivation", "ratio"}, problems});
    const double never = 0;
    health.remission_per_year =
        read_words<Condition>({sources.condition_remission, {"condition", "remission_per_year"}, problems}, 12, &never);
    health.frailty =
        read_frailty({sources.frailty,
                      {"age_band_years", "fit_percent", "mild_percent", "moderate_percent", "severe_percent"},
                      problems});
    health.hazard_ratio =
        read_words<Frailty>({sources.frailty_mortality, {"frailty", "hazard_ratio"}, problems}, ratio_limit, nullptr);
    health.correlation = read_correlation(sources.liability_correlation, problems);
    return health;
}

MovementTables read_movement(const PopulationSources& sources, Problems& problems) {
    MovementTables movement;
    // Ages that the fertility table leaves out bear no children.
    const TableReader fertility{sources.fertility, {"mother_age_years", "births_per_1000_women"}, problems};
    for (std::size_t row = 0; row < fertility.rows(); ++row) {
        const auto ages = fertility.ages(row, 0);
        const double rate = fertility.number(row, 1, 0, 1000) / 1000;
        if (!ages) continue;
        for (int age = ages->from; age <= ages->to; ++age) movement.births_per_woman_year[age_index(age)] = rate;
    }
    const TableReader movers{sources.movers, {"age_band_years", "joiners_per_1000", "leavers_per_1000"}, problems};
    movement.joining = read_ages(movers, 1, 0, 1000, 0.001);
    movement.leaving = read_ages(movers, 2, 0, 1000, 0.001);
    return movement;
}

void read_circumstance_shares(const TableReader& reader, CircumstanceTables& tables) {
    EnumArray<Circumstance, AgeSexColumn> columns;
    for (std::size_t row = 0; row < reader.rows(); ++row) {
        const auto circumstance = reader.word<Circumstance>(row, 0);
        const auto ages = reader.ages(row, 2);
        const double share = reader.number(row, 3, 0, 100) / 100;
        const bool both = reader.text(row, 1) == "both";
        const auto sex = both ? Sex::female : reader.word<Sex>(row, 1);
        if (!circumstance || !ages || !sex) continue;
        columns[*circumstance].set(*ages, *sex, share);
        if (both) columns[*circumstance].set(*ages, Sex::male, share);
    }
    for (const Circumstance one : all<Circumstance>()) {
        tables.share[one] = columns[one].close(reader, fmt::format("{}, ", name_of(one)));
    }
}

void read_circumstance_ratios(const TableReader& reader, CircumstanceTables& tables) {
    for (const Circumstance one : all<Circumstance>()) {
        tables.deprivation_ratio[one].fill(1);
        tables.frailty_ratio[one].fill(1);
    }
    for (std::size_t row = 0; row < reader.rows(); ++row) {
        const auto circumstance = reader.word<Circumstance>(row, 0);
        const double ratio = reader.number(row, 3, 0, ratio_limit);
        if (reader.text(row, 1) == "frailty") {
            const auto frailty = reader.word<Frailty>(row, 2);
            if (circumstance && frailty) tables.frailty_ratio[*circumstance][*frailty] = ratio;
        } else if (reader.text(row, 1) == "deprivation") {
            const auto fifth = reader.quintile(row, 2);
            if (circumstance && fifth) {
                tables.deprivation_ratio[*circumstance][static_cast<std::size_t>(*fifth - 1)] = ratio;
            }
        } else {
            reader.unknown_word(row, 1, {"deprivation", "frailty"});
        }
    }
}

CircumstanceTables read_circumstances(const PopulationSources& sources, Problems& problems) {
    CircumstanceTables tables;
    read_circumstance_shares(
        {sources.circumstances, {"circumstance", "sex", "age_band_years", "share_percent"}, problems}, tables);
    read_circumstance_ratios({sources.circumstance_ratios, {"circumstance", "attribute", "value", "ratio"}, problems},
                             tables);
    return tables;
}

QualityTables read_quality(const PopulationSources& sources, Problems& problems) {
    QualityTables quality;
    quality.eq5d = read_age_sex({sources.quality_of_life, {"age_years", "sex", "eq5d"}, problems}, -1, 1, 1);
    quality.decrement = read_words<Condition>(
        {sources.quality_of_life_by_condition, {"condition", "eq5d_decrement"}, problems}, 1, nullptr);
    quality.life_satisfaction =
        read_ages({sources.wellbeing, {"age_band_years", "life_satisfaction_0_to_10"}, problems}, 1, 0, 10, 1);
    return quality;
}

}  // namespace

PopulationTables read_population_tables(const PopulationSources& sources, Problems& problems) {
    PopulationTables tables;
    tables.list = read_list(sources, problems);
    tables.health = read_health(sources, tables.list, problems);
    tables.movement = read_movement(sources, problems);
    tables.circumstances = read_circumstances(sources, problems);
    tables.quality = read_quality(sources, problems);
    return tables;
}

ByAge<double> over_ages(const std::vector<BandShare>& bands) noexcept {
    ByAge<double> values{};
    for (const BandShare& band : bands) {
        for (int age = band.ages.from; age <= band.ages.to; ++age) values[age_index(age)] = band.share;
    }
    return values;
}

}  // namespace segue
