// A fixed yearly table, lived by people day by day, gives the powers of its matrix.
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/day/catalogue.hpp"
#include "engine/day/world.hpp"
#include "tests/support/life_alone.hpp"
#include "tests/support/scenario_folder.hpp"
#include "tests/support/statistics.hpp"

namespace segue::test {
namespace {

using Matrix = std::array<std::array<double, 4>, 4>;
constexpr Matrix yearly{{{.90, .08, .02, 0}, {.05, .85, .08, .02}, {0, .03, .92, .05}, {0, 0, 0, 1}}};

/// Its tenth power from the first segment, exact.
constexpr std::array<double, 4> after_ten_years{.419950375842, .279264289348, .211403820191, .089381514619};

/// 20,000 people of thirty start in the first of four segments, on their birthday, so that the table's years are those of
/// the calendar. Nobody enters or leaves by the table; who dies does so by the life table, whatever the segment.
std::unique_ptr<const day::World> table_world(std::string_view method, const Matrix& matrix) {
    const ScenarioFolder folder{"data"};
    folder.write("four/start.csv", "# source: made for a test\nage_years,segment,people\n20-30,a,1000\n");
    std::string moves = "# source: made for a test\nage_band_years,from_segment,to_segment,probability\n";
    for (std::size_t from = 0; from < 4; ++from) {
        for (std::size_t to = 0; to < 4; ++to)
            moves += fmt::format("0-110,{},{},{}\n", "abcd"[from], "abcd"[to], matrix[from][to]);
        moves += fmt::format("0-110,{},death,0\n", "abcd"[from]);
    }
    folder.write("four/moves.csv", moves);
    folder.write("four/rates.csv",
                 "# source: made for a test\nevent,age_years,segment,rate_per_person\nleaving,20,a,0\n");
    folder.write("four/numbers.csv", "# source: made for a test\nyear,event,people\n2026,leaving,0\n");
    std::string people = "id,birth_date,sex,deprivation,segment\n";
    for (int i = 0; i < 20'000; ++i)
        people += fmt::format("{},1996-01-01,{},{},a\n", i, i % 2 == 0 ? "female" : "male", i % 5 + 1);
    folder.write("four/people.csv", people);
    std::string text = fmt::format(
        "format = 1\n[population]\nfile = \"people.csv\"\nsegment_by = \"table\"\nsegment_method = \"{}\"\n[data]\n",
        method);
    for (const char* name :
         {"list_by_age_sex", "deprivation_by_age_sex", "life_table", "mortality_by_deprivation", "condition_prevalence",
          "condition_by_deprivation", "condition_remission", "liability_correlation", "frailty", "frailty_mortality",
          "fertility", "movers", "circumstances", "circumstance_ratios", "wellbeing", "quality_of_life",
          "quality_of_life_by_condition"}) {
        text += fmt::format("{} = \"../data/{}.csv\"\n", name, name);
    }
    text +=
        "segment_start = \"start.csv\"\nsegment_moves = \"moves.csv\"\nsegment_event_rates = "
        "\"rates.csv\"\nsegment_event_numbers = \"numbers.csv\"\n";
    for (const char letter : {'a', 'b', 'c', 'd'}) text += fmt::format("[[segment]]\nname = \"{}\"\n", letter);
    const std::string path = folder.write("four/four.toml", text);
    Problems warnings;
    return std::make_unique<const day::World>(load(path, day::catalogue(), {}, warnings));
}

/// People in each segment on a day, when they started on 1 January 2026.
std::vector<double> lived(const day::World& made, Day until) {
    LifeAlone life{made.laws(), 20'000, to_day({2026, 1, 1}), Twin{3, 0}};
    life.until(until);
    std::vector<double> segments(4, 0);
    for (std::uint32_t row = 0; row < life.people().rows(); ++row) {
        if (life.people().present[row] != 0) ++segments[life.people().segment[row]];
    }
    return segments;
}

std::array<double, 4> power(int years) {
    std::array<double, 4> now{1, 0, 0, 0};
    for (int year = 0; year < years; ++year) {
        std::array<double, 4> next{};
        for (std::size_t from = 0; from < 4; ++from) {
            for (std::size_t to = 0; to < 4; ++to) next[to] += now[from] * yearly[from][to];
        }
        now = next;
    }
    return now;
}

TEST(TableOfSegments, TheOracleItselfIsThePublishedPower) {
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(power(10)[i], after_ten_years[i], 1e-12);
}

// The numbers of independent people in so many segments are multinomial: chi-squared, false alarms 1e-6.
void expect_shares(const std::vector<double>& seen, const std::vector<double>& shares) {
    double n = 0;
    for (const double people : seen) n += people;
    EXPECT_GT(n, 19'500);
    std::vector<double> due;
    for (const double share : shares) due.push_back(share * n);
    EXPECT_LT(chi_squared(seen, due), chi_squared_limit(static_cast<double>(seen.size()) - 1))
        << fmt::format("{} people, expected {:.1f}", fmt::join(seen, " "), fmt::join(due, " "));
}

TEST(TableOfSegments, TenYearlyDrawsGiveTheTenthPower) {
    const auto made = table_world("yearly_draw", yearly);
    expect_shares(lived(*made, to_day({2036, 1, 1})), {after_ten_years.begin(), after_ten_years.end()});
}

TEST(TableOfSegments, ADailyChanceGivesEveryPowerWholeOrNot) {
    // Between two segments the chain is known at every time: the share in the second is (1 - 0.7^t) / 3.
    const auto made = table_world("daily_generator", {{{.9, .1, 0, 0}, {.2, .8, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}});
    for (const Date date : {Date{2026, 7, 1}, Date{2027, 1, 1}, Date{2031, 4, 1}}) {
        std::vector<double> seen = lived(*made, to_day(date));
        seen.resize(2);
        const double second = (1 - std::pow(0.7, (to_day(date) - to_day({2026, 1, 1})) / days_per_year)) / 3;
        expect_shares(seen, {1 - second, second});
    }
}

}  // namespace
}  // namespace segue::test
