#include "engine/program/figures.hpp"

#include <gtest/gtest.h>

#include "engine/program/summary_table.hpp"

namespace segue::program {
namespace {

/// Two months of one neighbourhood: 100 people at first, 110 at the end; three replicates, the last of which is missing.
Results two_months() {
    Results results;
    results.axes = {{"replicate", "Replicate", "1", {}, {0, 1, 2}, {}, {}},
                    {"neighbourhood", "Neighbourhood", "1", {"town"}, {}, {}, {}},
                    {"month", "Month", "days since 1970-01-01", {}, {20544, 20574}, {20544, 20574, 20574, 20605}, {}},
                    {"role", "Role", "1", {"gp", "practice_nurse"}, {}, {}, {}},
                    {"mode", "Mode", "1", {"face_to_face", "telephone"}, {}, {}, {}},
                    {"bin", "Days", "d", {}, {0, 1, 2, 8, 15}, {}, {}}};
    const auto add = [&](const char* name, const char* statistic, std::vector<std::string> own,
                         std::vector<std::int64_t> one) {
        std::vector<std::string> dimensions{"replicate", "neighbourhood", "month"};
        dimensions.insert(dimensions.end(), own.begin(), own.end());
        std::vector<std::int64_t> values = one;
        values.insert(values.end(), one.begin(), one.end());
        values.insert(values.end(), one.size(), 0);
        results.variables.push_back(
            {name, dimensions, "1", name, {{"measure", name}, {"statistic", statistic}}, std::move(values)});
    };
    add("population", "sum", {}, {105, 110});
    add("births", "count", {}, {2, 1});
    add("deaths", "count", {}, {1, 1});
    add("joins", "count", {}, {5, 8});
    add("leaves", "count", {}, {1, 3});
    add("contacts", "count", {"role", "mode"}, {10, 5, 4, 1, 10, 5, 4, 1});
    add("lead_time_days", "histogram", {"bin"}, {4, 2, 2, 1, 1, 6, 2, 0, 1, 1});
    add("did_not_attend", "count", {}, {1, 3});
    results.variables.push_back(
        {"replicate_status", {"replicate"}, "1", "status", {}, std::vector<std::int32_t>{0, 0, 1}});
    results.provenance.texts = {{"scenario_name", "town/gp-led"}};
    return results;
}

TEST(Figures, AreMeansOverCompleteReplicates) {
    const Results results = two_months();
    const Figures figures{results, "town.h5"};
    EXPECT_EQ(figures.view().replicates(), 2U);
    EXPECT_EQ(figures.view().total("births"), 3.0);
}

TEST(Figures, KnowWhoWasThereAtTheStartFromWhoCameAndWent) {
    const Results results = two_months();
    const Figures figures{results, "town.h5"};
    EXPECT_EQ(figures.people_at_start(), 100.0);
    EXPECT_EQ(figures.people_at_end(), 110.0);
}

TEST(Figures, CountPersonYearsBetweenTheEndsOfPeriods) {
    const Results results = two_months();
    const double days = 102.5 * 30 + 107.5 * 31;
    EXPECT_DOUBLE_EQ(Figures(results, "town.h5").person_years().value(), days / 365.25);
}

TEST(Figures, ReadSharesAndDaysFromTheBins) {
    const Results results = two_months();
    const Figures figures{results, "town.h5"};
    EXPECT_DOUBLE_EQ(figures.share("contacts", {"mode", "telephone"}).value(), 12.0 / 40);
    EXPECT_DOUBLE_EQ(figures.share_from("lead_time_days", 15).value(), 2.0 / 20);
    EXPECT_EQ(figures.median_days("lead_time_days"), "0");
    EXPECT_DOUBLE_EQ(figures.missed_share().value(), 4.0 / 44);
}

/// Twelve weeks in which each adds this many people to those who wait in books.
Results with_books(Results results, std::int64_t a_week) {
    Axis weeks{"week", "Week", "days since 1970-01-01", {}, {}, {}, {}};
    std::vector<std::int64_t> days;
    for (std::int64_t week = 0; week < 12; ++week) {
        weeks.numbers.push_back(20544 + 7 * week);
        weeks.bounds.insert(weeks.bounds.end(), {20544 + 7 * week, 20551 + 7 * week});
        days.insert(days.end(), {7 * (100 + a_week * week), 70});
    }
    const std::vector<std::int64_t> one = days;
    for (int other = 0; other < 2; ++other) days.insert(days.end(), one.begin(), one.end());
    results.axes.push_back(std::move(weeks));
    results.axes.push_back({"waiting_list", "List", "1", {"books", "hospital"}, {}, {}, {}});
    results.variables.push_back(
        {"waiting_days", {"replicate", "neighbourhood", "week", "waiting_list"}, "d", "days", {}, std::move(days)});
    return results;
}

TEST(Figures, ReadDaysFromOneEndOfTheSpan) {
    const Results results = two_months();
    const Figures figures{results, "town.h5"};
    EXPECT_DOUBLE_EQ(figures.share_from("lead_time_days", 1, Stretch::first_quarter).value(), 6.0 / 10);
    EXPECT_DOUBLE_EQ(figures.share_from("lead_time_days", 1, Stretch::last_quarter).value(), 4.0 / 10);
}

TEST(SummaryTable, OffersNoMeanOverTimeOfDelaysWhereBooksGrow) {
    const Results still = with_books(two_months(), 0);
    const std::string of_still = summary_table({Figures{still, "town.h5"}});
    EXPECT_EQ(of_still.find("first quarter"), std::string::npos) << of_still;
    const Results growing = with_books(two_months(), 5);
    const std::string text = summary_table({Figures{growing, "town.h5"}});
    EXPECT_NE(text.find("— / — / —"), std::string::npos) << text;
    EXPECT_NE(text.find("40 / 1 / 10.0"), std::string::npos) << text;
    EXPECT_NE(text.find("60 / 0 / 10.0"), std::string::npos) << text;
    const std::string json = summary_json({Figures{growing, "town.h5"}});
    EXPECT_NE(json.find("\"lead_time_days_median\": null"), std::string::npos) << json;
}

TEST(Figures, SayNothingOfABinThatIsNotThere) {
    const Results results = two_months();
    EXPECT_FALSE(Figures(results, "town.h5").share_from("lead_time_days", 14));
}

TEST(Figures, SayNothingOfWhatTheFileDoesNotHold) {
    const Results results = two_months();
    const Figures figures{results, "town.h5"};
    EXPECT_FALSE(figures.per_thousand("ae_attendances"));
    EXPECT_FALSE(figures.per_thousand("contacts", {{"role", "astronaut"}}));
    EXPECT_FALSE(figures.per_thousand("births", {{"role", "gp"}}));
    EXPECT_FALSE(figures.staff_cost_per_year());
}

TEST(Figures, SayNothingOfAnOutputThatMeasuresSomethingElseUnderTheName) {
    Results results = two_months();
    for (Variable& variable : results.variables) {
        if (variable.name == "births") variable.attributes[0].second = "deaths";
    }
    EXPECT_FALSE(Figures(results, "town.h5").view().total("births"));
}

TEST(Figures, PriceTheStaffInPostByTheScenarioInTheFile) {
    Results results = two_months();
    results.variables.push_back({"wte_in_post", {"month", "role"}, "1", "WTE", {}, std::vector<double>{2, 0, 2, 0}});
    results.provenance.set("scenario_toml", "format = 1\n[roles.gp]\ncost_gbp_per_wte_year = 300000.0\n");
    const Axis* roles = results.axis("role");
    ASSERT_NE(roles, nullptr);
    // Every role must be on the axis, or the sum would lack somebody.
    EXPECT_FALSE(Figures(results, "town.h5").staff_cost_per_year());
    std::vector<std::string> all_roles;
    for (const Role role : all<Role>()) all_roles.emplace_back(name_of(role));
    for (Axis& axis : results.axes) {
        if (axis.name == "role") axis.labels = all_roles;
    }
    std::vector<double> wte(2 * all_roles.size(), 0.0);
    wte[0] = 2;
    wte[all_roles.size()] = 3;
    results.variables.back().values = wte;
    const double mean = (2.0 * 30 + 3.0 * 31) / 61;
    EXPECT_NEAR(Figures(results, "town.h5").staff_cost_per_year().value(), mean * 300'000, 1e-6);
}

TEST(Summary, HasAColumnAFileNamedAfterItsScenario) {
    const Results results = two_months();
    Results other = two_months();
    other.provenance.set("scenario_name", "town/primary-care-home");
    const std::string text = summary_table({Figures{results, "a.h5"}, Figures{other, "b.h5"}});
    EXPECT_NE(text.find("town/gp-led"), std::string::npos);
    EXPECT_NE(text.find("town/primary-care-home"), std::string::npos);
    EXPECT_NE(text.find("mean of 2 replicates"), std::string::npos);
    EXPECT_NE(text.find("100 / 110"), std::string::npos);
}

TEST(Summary, NamesWhatWasSetBelowTheScenario) {
    const Results results = two_months();
    Results other = two_months();
    other.provenance.set("overrides", "team.roles.gp.wte=15.29\nb=2\nc=3\nd=4\ne=5");
    const std::string text = summary_table({Figures{results, "a.h5"}, Figures{other, "b.h5"}});
    EXPECT_NE(text.find("team.roles.gp.wte=15.29"), std::string::npos) << text;
    EXPECT_NE(text.find("and 2 more"), std::string::npos) << text;
    EXPECT_EQ(text.find("d=4"), std::string::npos) << text;
    EXPECT_EQ(summary_table({Figures{results, "a.h5"}}).find("set:"), std::string::npos);
}

TEST(Summary, TellsNamesakesApartByTheirFiles) {
    const Results results = two_months();
    const std::string text = summary_table({Figures{results, "x/a.h5"}, Figures{results, "x/b.h5"}});
    EXPECT_NE(text.find("a.h5"), std::string::npos);
    EXPECT_NE(text.find("b.h5"), std::string::npos);
}

}  // namespace
}  // namespace segue::program
