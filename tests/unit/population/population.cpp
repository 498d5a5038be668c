#include "engine/population/population.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/unit/population/made_people.hpp"

namespace segue {
namespace {

namespace fs = std::filesystem;

/// A folder of its own with a scenario, the shipped tables and whatever a test adds.
class ScenarioFolder {
public:
    explicit ScenarioFolder(const std::string& name) : path_{fs::path{testing::TempDir()} / ("population_" + name)} {
        fs::remove_all(path_);
        fs::create_directories(path_);
        for (const auto& entry : fs::directory_iterator{"scenarios/data"}) fs::copy(entry.path(), path_);
        for (const auto& entry : fs::directory_iterator{"scenarios/north-somerset/data"}) fs::copy(entry.path(), path_);
    }
    ~ScenarioFolder() { fs::remove_all(path_); }
    ScenarioFolder(const ScenarioFolder&) = delete;
    ScenarioFolder& operator=(const ScenarioFolder&) = delete;

    void write(const std::string& file, const std::string& text) const { std::ofstream{path_ / file} << text; }
    [[nodiscard]] Scenario load(const std::string& population, const std::string& rest) const {
        std::string text = "format = 1\n[population]\n" + population + "[data]\n";
        Catalogue catalogue;
        declare_population(catalogue);
        for (const DataTable& table : catalogue.data_tables()) {
            if (table.required) text += table.data_name + " = \"" + table.data_name + ".csv\"\n";
        }
        write("site.toml", text + rest);
        Problems warnings;
        return segue::load((path_ / "site.toml").string(), catalogue, {}, warnings);
    }

private:
    fs::path path_;
};

constexpr const char* segments =
    "[[segment]]\nname = \"old\"\nwhen = \"age >= 65\"\n[[segment]]\nname = \"young\"\n"
    "[[practice]]\nname = \"north\"\nshare = 3\n[[practice]]\nname = \"south\"\nshare = 1\n";

TEST(Population, IsReadFromAScenario) {
    const ScenarioFolder folder{"read"};
    const Scenario scenario = folder.load("size = 1234\naged_75_or_over_percent = 12\n", segments);
    Problems problems;
    const auto laws = read_population(scenario, problems);
    problems.raise_if_any();
    ASSERT_NE(laws, nullptr);
    EXPECT_EQ(laws->parameters.size, 1234);
    EXPECT_EQ(laws->segmentation.names(), (std::vector<std::string>{"old", "young"}));
    EXPECT_EQ(laws->table_segments, nullptr);
    EXPECT_EQ(laws->draw_practice(0), 0);
    EXPECT_EQ(laws->draw_practice(0xFFFF'FFFFU), 1);
    EXPECT_FALSE(read_scenario_person_file(scenario, *laws, problems));
}

TEST(Population, SaysEverythingThatIsWrongAtOnce) {
    const ScenarioFolder folder{"wrong"};
    const Scenario scenario =
        folder.load("deprivation_mix_percent = [50, 50]\n", "[[segment]]\nname = \"old\"\nwhen = \"aeg >= 65\"\n");
    Problems problems;
    EXPECT_EQ(read_population(scenario, problems), nullptr);
    ASSERT_EQ(problems.all().size(), 3U);  // the mix, the rule, and that it is no catch-all
    EXPECT_NE(problems.all()[0].what.find("deprivation_mix_percent"), std::string::npos);
    EXPECT_EQ(problems.all()[1].advice, "did you mean 'age'?");
    EXPECT_EQ(problems.all()[1].place.column, 9);
}

TEST(Population, NeedsItsTablesWhenATableMovesPeople) {
    const ScenarioFolder folder{"tableless"};
    const Scenario scenario = folder.load("segment_by = \"table\"\n", segments);
    Problems problems;
    EXPECT_EQ(read_population(scenario, problems), nullptr);
    EXPECT_EQ(problems.all().size(), 4U);
}

TEST(Population, TakesAgesAndSegmentsFromATable) {
    const ScenarioFolder folder{"table"};
    const Scenario scenario =
        folder.load("segment_by = \"table\"\n",
                    "segment_start = \"segment_start.csv\"\nsegment_moves = \"segment_moves.csv\"\n"
                    "segment_event_rates = \"segment_event_rates.csv\"\n"
                    "segment_event_numbers = \"segment_event_numbers.csv\"\n");
    Problems problems;
    const auto laws = read_population(scenario, problems);
    problems.raise_if_any();
    EXPECT_EQ(laws->segmentation.names(), (std::vector<std::string>{"CS1", "CS2", "CS3", "CS4", "CS5"}));
    const People people = test::list_of(20'000, Twin{1, 0}, *laws);
    std::vector<double> by_segment(5, 0);
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        ASSERT_GE(age_years(Day{people.birth_day[row]}, to_day(test::list_date)), 17);
        ++by_segment[people.segment[row]];
    }
    // Most are in the segment of least need, and each next one has fewer.
    for (std::size_t i = 1; i < by_segment.size(); ++i) EXPECT_GT(by_segment[i - 1], by_segment[i]);
}

TEST(Population, ReadsItsPersonFileBesideTheScenario) {
    const ScenarioFolder folder{"file"};
    folder.write(
        "people.csv",
        "id,birth_date,sex,deprivation,practice,segment\na,1950-01-01,male,2,south,old\nb,2001-09-09,female,3,,\n");
    const Scenario scenario = folder.load("file = \"people.csv\"\n", segments);
    Problems problems;
    const auto laws = read_population(scenario, problems);
    const auto file = read_scenario_person_file(scenario, *laws, problems);
    problems.raise_if_any();
    ASSERT_TRUE(file);
    EXPECT_EQ(file->people.size(), 2U);
    EXPECT_EQ(file->name, "people.csv");
    const Scenario missing = folder.load("file = \"nobody.csv\"\n", segments);
    const auto other_laws = read_population(missing, problems);
    static_cast<void>(read_scenario_person_file(missing, *other_laws, problems));
    ASSERT_EQ(problems.all().size(), 1U);
    EXPECT_NE(problems.all()[0].what.find("nobody.csv"), std::string::npos);
}

TEST(Population, RefusesOnePersonFileForSeveralNeighbourhoods) {
    const ScenarioFolder folder{"several"};
    folder.write("people.csv", "id,birth_date,sex,deprivation\na,1950-01-01,male,2\n");
    const Scenario scenario =
        folder.load("file = \"people.csv\"\n",
                    std::string{segments} + "[[neighbourhood]]\nname = \"east\"\n[[neighbourhood]]\nname = \"west\"\n");
    Problems problems;
    const auto laws = read_population(scenario, problems);
    EXPECT_FALSE(read_scenario_person_file(scenario, *laws, problems));
    EXPECT_EQ(problems.all().size(), 1U);
}

}  // namespace
}  // namespace segue
