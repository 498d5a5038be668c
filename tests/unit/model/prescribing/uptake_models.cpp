// Each model of uptake against its equation.
#include "engine/model/prescribing/uptake/models.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/referrals.hpp"
#include "tests/support/statistics.hpp"

namespace segue::prescribing {
namespace {

/// A model, and the people whom it decides on.
class Asked {
public:
    Asked(const ModelEntry& entry, const std::string& parameters, std::uint32_t people = 1)
        : scenario_{test::referral_scenario("[uptake." + std::string{entry.name} + "]\n" + parameters)},
          model_{entry.make(scenario_)},
          state_{test::people_alike(people)} {
        community.twin = state_.twin;
        community.people = &state_.people;
        community.has_used = &has_used_;
        community.today = test::first_day();
    }
    Asked(const Asked&) = delete;

    [[nodiscard]] People& people() noexcept { return state_.people; }
    [[nodiscard]] UptakeModel& model() noexcept { return *model_; }
    [[nodiscard]] double chance(UptakeStage stage, std::uint32_t row = 0, std::uint32_t clinician = 0) const {
        return model_->chance({.stage = stage, .row = row, .clinician = clinician}, community);
    }
    [[nodiscard]] std::vector<double> choices(const std::vector<Option>& options, std::uint32_t row = 0) const {
        std::vector<double> chances(options.size());
        model_->choose({.stage = UptakeStage::start, .row = row, .options = options}, community, chances);
        return chances;
    }
    /// Ties the first person to all the others and nobody else, `users` of whom have used it.
    void tie_first_to_all(std::size_t users) {
        for (std::uint32_t row = 0; row < state_.people.rows(); ++row) state_.people.household[row] = 1;
        network_.tie(state_.people);
        community.network = &network_;
        has_used_.assign(state_.people.rows(), 0);
        std::fill_n(has_used_.begin() + 1, users, 1);
    }

    Community community;

private:
    Scenario scenario_;
    std::unique_ptr<UptakeModel> model_;
    NeighbourhoodState state_;
    Network network_{{.ties = 0}, Twin{1, 0}};
    std::vector<std::uint8_t> has_used_;
};

double logit(double chance) { return std::log(chance / (1 - chance)); }

constexpr double precise = 1e-9;

// ---- M0 --------------------------------------------------------------------------------------------------------------

TEST(FixedShares, AreTheSameForEverybodyAlways) {
    Asked fixed{fixed_shares,
                "offer_share = 0.1\naccept_share = 0.2\nattend_share = 0.3\nstart_share = 0.4\ncomplete_share = 0.5\n",
                9};
    double share = 0.1;
    for (const UptakeStage stage : all<UptakeStage>()) {
        EXPECT_EQ(fixed.chance(stage), share) << name_of(stage);
        fixed.community.expected_wait_weeks += 30;
        fixed.community.today = fixed.community.today + 400;
        fixed.tie_first_to_all(5);
        EXPECT_EQ(fixed.chance(stage, 7, 12), share) << name_of(stage);
        share += 0.1;
        share = std::round(share * 10) / 10;
    }
}

// ---- M1 --------------------------------------------------------------------------------------------------------------

/// The first person, changed, against the second, both young men of the middle fifth.
double odds_ratio(Asked& asked, UptakeStage stage) {
    return std::exp(logit(asked.chance(stage, 0)) - logit(asked.chance(stage, 1)));
}

TEST(Equity, HasTheOddsRatiosThatAreAsked) {
    const std::string at_offer = "share_at_offer = 1\n";
    struct Case {
        const char* what;
        double ratio;
        std::function<void(People&)> change;
    };
    const auto cell = [](People& people, Sex sex, int quintile) {
        people.cell[0] = demographic_cell(band_of(people.cell[0]), sex, quintile);
    };
    const auto trait = [](Trait which) {
        return [which](People& people) { people.traits[0] = static_cast<std::uint8_t>(1U << index(which)); };
    };
    const auto conditions = [](std::initializer_list<Condition> which) {
        return [list = std::vector<Condition>{which}](People& people) {
            for (const Condition one : list) people.conditions[0] |= 1U << index(one);
        };
    };
    const std::vector<Case> cases{
        {"female", 1.42, [&](People& people) { cell(people, Sex::female, 3); }},
        {"deprived", 1.89, [&](People& people) { cell(people, Sex::male, 2); }},
        {"less deprived", 1, [&](People& people) { cell(people, Sex::male, 5); }},
        {"smoking", 1.71, trait(Trait::smoking)},
        {"obesity", 1.19, trait(Trait::obesity)},
        {"lonely", 2.20, trait(Trait::loneliness)},
        {"depression", 2.52, conditions({Condition::depression})},
        {"depression and anxiety", 2.52 * 1.45, conditions({Condition::depression, Condition::anxiety})},
        {"two conditions", 1.45, conditions({Condition::asthma, Condition::diabetes})},
        {"age 60", std::pow(1.02, 10),
         [](People& people) {
             people.birth_day[0] = to_day({1966, 1, 1}).number();
         }},
        {"age 50", 1, [](People& people) {
             people.birth_day[0] = to_day({1976, 1, 1}).number();
         }}};
    for (const Case& one : cases) {
        Asked asked{equity, at_offer, 2};
        for (std::uint32_t row = 0; row < 2; ++row)
            asked.people().cell[row] = demographic_cell(band_of(asked.people().cell[row]), Sex::male, 3);
        one.change(asked.people());
        EXPECT_NEAR(odds_ratio(asked, UptakeStage::offer), one.ratio, precise) << one.what;
        for (const UptakeStage later : {UptakeStage::attend, UptakeStage::start, UptakeStage::complete})
            EXPECT_EQ(asked.chance(later, 0), asked.chance(later, 1)) << one.what;
    }
}

TEST(Equity, LetsAShareOfEachRatioActAtTheOffer) {
    Asked asked{equity, "share_at_offer = 0.25\n", 2};
    asked.people().cell[0] = demographic_cell(AgeBand::from_45, Sex::female, 1);
    asked.people().cell[1] = demographic_cell(AgeBand::from_45, Sex::male, 3);
    EXPECT_NEAR(odds_ratio(asked, UptakeStage::offer), std::pow(1.42 * 1.89, 0.25), precise);
}

TEST(Equity, AcceptsBySexAndAge) {
    Asked asked{equity, "", 2};
    asked.people().cell[0] = demographic_cell(AgeBand::from_45, Sex::female, 1);
    asked.people().cell[1] = demographic_cell(AgeBand::from_45, Sex::male, 3);
    EXPECT_NEAR(odds_ratio(asked, UptakeStage::accept), 1.27, precise);
    asked.people().birth_day[0] = to_day({1940, 1, 1}).number();  // 86, against 46
    EXPECT_NEAR(odds_ratio(asked, UptakeStage::accept), 1.27 * std::pow(0.95, 4), precise);
}

TEST(Equity, HasAnEffectOfThePlaceThatAllOfItShare) {
    // 4,000 places: the standard deviation of 0.5 within 6 standard errors, 6 x 0.5 / sqrt(8,000); false alarms 2e-9.
    Asked asked{equity, "attend_intercept = 1\n", 3};
    test::Moments places;
    for (std::uint32_t place = 0; place < 4000; ++place) {
        asked.community.neighbourhood = place;
        EXPECT_EQ(asked.chance(UptakeStage::attend, 0), asked.chance(UptakeStage::attend, 2));
        places.add(logit(asked.chance(UptakeStage::attend)) - 1);
    }
    EXPECT_NEAR(places.mean(), 0, 6 * 0.5 / std::sqrt(4000));
    EXPECT_NEAR(std::sqrt(places.variance()), 0.5, 6 * 0.5 / std::sqrt(8000));
}

TEST(Equity, LeavesLoadTimeAndPeersAlone) {
    Asked asked{equity, "", 6};
    const double before = asked.chance(UptakeStage::offer);
    asked.community.expected_wait_weeks = 50;
    asked.community.today = asked.community.today + 90;
    asked.tie_first_to_all(5);
    EXPECT_EQ(asked.chance(UptakeStage::offer), before);
}

// ---- M2 --------------------------------------------------------------------------------------------------------------

TEST(Capacity, OffersLessTheLongerTheWait) {
    Asked asked{capacity,
                "offer_share = 0.3\nwait_deters_per_week = 0.04\ngives_up_per_week = 0.07\nattend_share = 0.9\n"};
    for (const double weeks : {0.0, 1.0, 10.0, 52.0}) {
        asked.community.expected_wait_weeks = weeks;
        EXPECT_NEAR(asked.chance(UptakeStage::offer), 0.3 * std::exp(-0.04 * weeks), precise);
        EXPECT_EQ(asked.chance(UptakeStage::attend), 0.9);
    }
    EXPECT_EQ(asked.model().gives_up_per_week({}, asked.community), 0.07);
}

// ---- M3 --------------------------------------------------------------------------------------------------------------

TEST(Referrers, DifferByTheDeviationThatIsAsked) {
    // 5,000 clinicians: six standard errors; false alarms 2e-9. Twin by twin, each keeps what is theirs.
    Asked asked{referrers, "mean_logit = -1\ndeviation = 0.8\n"};
    test::Moments clinicians;
    for (std::uint32_t one = 0; one < 5000; ++one) clinicians.add(logit(asked.chance(UptakeStage::offer, 0, one)));
    EXPECT_NEAR(clinicians.mean(), -1, 6 * 0.8 / std::sqrt(5000));
    EXPECT_NEAR(std::sqrt(clinicians.variance()), 0.8, 6 * 0.8 / std::sqrt(10'000));
    EXPECT_EQ(asked.chance(UptakeStage::offer, 0, 77),
              Asked(referrers, "mean_logit = -1\ndeviation = 0.8\n").chance(UptakeStage::offer, 0, 77));
}

TEST(Referrers, NobodyStandsBehindASelfReferral) {
    Asked asked{referrers, "mean_logit = -1\ndeviation = 0.8\n"};
    const Decision alone{.stage = UptakeStage::offer, .route = ReferralRoute::self};
    EXPECT_NEAR(logit(asked.model().chance(alone, asked.community)), -1, precise);
}

/// Lives a month of which clinician 5 hears that `seen` of `referred` were seen.
void hear(Asked& asked, int referred, int seen, ReferralRoute route = ReferralRoute::contact) {
    std::vector<News> news(static_cast<std::size_t>(referred), {0, 5, route, ReferralStage::accepted});
    news.resize(news.size() + static_cast<std::size_t>(seen), {0, 5, route, ReferralStage::first_contact});
    asked.model().learn(asked.community, news, {});
    const int month = to_date(asked.community.today).month;
    do {
        asked.community.today = asked.community.today + 1;
        if (to_date(asked.community.today + 1).month != month) asked.model().learn(asked.community, {}, {});
    } while (to_date(asked.community.today + 1).month == month);
    asked.community.today = asked.community.today + 1;
}

TEST(Referrers, LearnByTheClosedForm) {
    // b after n months of the same feedback f: e (f - f0) (1 - d^n) / (1 - d).
    Asked asked{referrers, "keeps_per_month = 0.9\nlearns = 0.2\nexpected_feedback_share = 0.4\n"};
    const double own = logit(asked.chance(UptakeStage::offer, 0, 5));
    const double of_another = asked.chance(UptakeStage::offer, 0, 6);
    for (int months = 1; months <= 24; ++months) {
        hear(asked, 4, 3);
        const double habit = 0.2 * (0.75 - 0.4) * (1 - std::pow(0.9, months)) / (1 - 0.9);
        EXPECT_NEAR(logit(asked.chance(UptakeStage::offer, 0, 5)) - own, habit, precise) << months;
    }
    EXPECT_EQ(asked.chance(UptakeStage::offer, 0, 6), of_another);
    hear(asked, 0, 0);  // no news: it fades alone
    EXPECT_NEAR(logit(asked.chance(UptakeStage::offer, 0, 5)) - own, 0.9 * 0.2 * 0.35 * (1 - std::pow(0.9, 24)) / 0.1,
                precise);
}

TEST(Referrers, LearnNoFurtherThanTheMostAndNothingFromSelfReferrals) {
    Asked asked{referrers, "keeps_per_month = 1\nlearns = 2\nexpected_feedback_share = 0.8\nmost_habit = 1.5\n"};
    const double own = logit(asked.chance(UptakeStage::offer, 0, 5));
    for (int month = 0; month < 3; ++month) hear(asked, 5, 0, ReferralRoute::self);
    EXPECT_NEAR(logit(asked.chance(UptakeStage::offer, 0, 5)), own, precise);
    for (int month = 0; month < 3; ++month) hear(asked, 5, 0);
    EXPECT_NEAR(logit(asked.chance(UptakeStage::offer, 0, 5)), own - 1.5, precise);
}

// ---- M4 --------------------------------------------------------------------------------------------------------------

TEST(Threshold, JumpsAtItsShareOfTies) {
    Asked asked{threshold,
                "ties_share = 0.4\nties_number = 100\noffer_above_share = 0.5\noffer_below_ratio = 0.2\n"
                "accept_above_share = 0.9\naccept_below_share = 0.6\n",
                11};
    for (std::size_t users = 0; users <= 10; ++users) {
        asked.tie_first_to_all(users);
        EXPECT_NEAR(asked.chance(UptakeStage::offer), users >= 4 ? 0.5 : 0.1, precise) << users;
        EXPECT_EQ(asked.chance(UptakeStage::accept), users >= 4 ? 0.9 : 0.6) << users;
    }
}

TEST(Threshold, JumpsAtItsNumberOfTies) {
    Asked asked{threshold, "ties_share = 1\nties_number = 3\naccept_above_share = 0.9\naccept_below_share = 0.6\n", 11};
    for (std::size_t users = 0; users <= 10; ++users) {
        asked.tie_first_to_all(users);
        EXPECT_EQ(asked.chance(UptakeStage::accept), users >= 3 ? 0.9 : 0.6) << users;
    }
}

TEST(Threshold, ConvincesNobodyWithoutAUser) {
    Asked asked{threshold, "ties_share = 0\nties_number = 1\naccept_above_share = 0.9\naccept_below_share = 0.6\n", 3};
    EXPECT_EQ(asked.chance(UptakeStage::accept), 0.6);  // no ties at all
    asked.tie_first_to_all(0);
    EXPECT_EQ(asked.chance(UptakeStage::accept), 0.6);
    asked.tie_first_to_all(1);
    EXPECT_EQ(asked.chance(UptakeStage::accept), 0.9);
}

// ---- M5 --------------------------------------------------------------------------------------------------------------

TEST(Diffusion, IsAStraightLineInTiesWhoHaveUsedItUpToOne) {
    Asked asked{diffusion,
                "offer_share = 0.1\nimitation_ratio = 12\naccept_share = 0.6\naccept_imitation_ratio = 0.5\n", 11};
    for (std::size_t users = 0; users <= 10; ++users) {
        asked.tie_first_to_all(users);
        const double share = static_cast<double>(users) / 10;
        EXPECT_NEAR(asked.chance(UptakeStage::offer), std::min(0.1 + 1.2 * share, 1.0), precise) << users;
        EXPECT_NEAR(asked.chance(UptakeStage::accept), 0.6 + 0.3 * share, precise) << users;
    }
}

TEST(Diffusion, IsBroadcastAloneWithoutTies) {
    EXPECT_EQ(Asked(diffusion, "offer_share = 0.1\n").chance(UptakeStage::offer), 0.1);
}

// ---- M6 --------------------------------------------------------------------------------------------------------------

const std::string all_can = "least_capability = -12\nleast_opportunity = -12\n";

std::string coding(const std::string& name) {
    return "coding = '" + name + "'\nsteepness = 1.5\naccept_threshold = -1\n";
}

constexpr std::uint32_t crowd = 10'000;

/// Motivation of everybody, read back from COM-B: logit P / k + m. [standard deviations]
std::vector<double> motivations() {
    const Asked asked{motivation, coding("com_b") + all_can, crowd};
    std::vector<double> found;
    for (std::uint32_t row = 0; row < crowd; ++row)
        found.push_back(logit(asked.chance(UptakeStage::accept, row)) / 1.5 - 1);
    return found;
}

/// Mean of capability and opportunity of everybody, read back from the health belief model.
std::vector<double> controls() {
    const Asked asked{motivation, coding("health_belief"), crowd};
    const std::vector<double> moves = motivations();
    std::vector<double> found;
    for (std::uint32_t row = 0; row < crowd; ++row)
        found.push_back(logit(asked.chance(UptakeStage::accept, row)) / 1.5 - 1 - moves[row]);
    return found;
}

void expect_normal(const std::vector<double>& values, double deviation) {
    // 10,000 people: six standard errors of mean and standard deviation; false alarms 4e-9 in all.
    test::Moments moments;
    for (const double one : values) moments.add(one);
    EXPECT_NEAR(moments.mean(), 0, 6 * deviation / std::sqrt(crowd));
    EXPECT_NEAR(std::sqrt(moments.variance()), deviation, 6 * deviation / std::sqrt(2 * crowd));
}

TEST(Motivation, IsASteepeningCurveOfMotivationInComB) {
    expect_normal(motivations(), 1);
    Asked asked{motivation, coding("com_b") + all_can, 2};
    const double before = logit(asked.chance(UptakeStage::accept));
    asked.people().traits[0] = 1U << index(Trait::loneliness);
    EXPECT_NEAR(logit(asked.chance(UptakeStage::accept)) - before, 1.5 * 0.5, precise);
}

TEST(Motivation, StopsThoseWhoCannotOrMayNotInComB) {
    // Two independent hurdles at -1 standard deviation: 1 - (1 - 0.15866)^2 = 0.29214 of people who have nothing against
    // them. Binomial, 10,000 people; false alarms 1e-6.
    const Asked asked{
        motivation, coding("com_b") + "least_capability = -1\nleast_opportunity = -1\nno_travel_hinders = 0\n", crowd};
    double stopped = 0;
    for (std::uint32_t row = 0; row < crowd; ++row) stopped += asked.chance(UptakeStage::accept, row) == 0 ? 1 : 0;
    EXPECT_NEAR(stopped / crowd, 0.29214, test::deviate_limit() * std::sqrt(0.292 * 0.708 / crowd));
}

TEST(Motivation, HelpWithOpportunityWorksForTheMotivatedAloneInComB) {
    // Those who cannot travel lose opportunity; help gives it back. Who gains, gains their curve of motivation.
    const std::string near_the_limit = "least_capability = -12\nleast_opportunity = 0\nno_travel_hinders = 0.5\n";
    Asked asked{motivation, coding("com_b") + near_the_limit, crowd};
    const std::vector<double> moves = motivations();
    std::vector<double> before(crowd);
    for (std::uint32_t row = 0; row < crowd; ++row) before[row] = asked.chance(UptakeStage::accept, row);
    int helped = 0;
    for (std::uint32_t row = 0; row < crowd; ++row) {
        asked.people().traits[row] = 1U << index(Trait::can_travel);
        const double gain = asked.chance(UptakeStage::accept, row) - before[row];
        if (gain == 0) continue;
        ++helped;
        EXPECT_NEAR(gain, 1 / (1 + std::exp(-1.5 * (moves[row] + 1))), 1e-7);
        if (moves[row] < -3) {
            EXPECT_LT(gain, 0.05);
        }
    }
    // 0 <= O < 0.5: 0.19146 of people.
    EXPECT_NEAR(static_cast<double>(helped) / crowd, 0.19146, test::deviate_limit() * std::sqrt(0.191 * 0.809 / crowd));
}

TEST(Motivation, AddsUpInPlannedBehaviour) {
    const std::vector<double> moves = motivations();
    const std::vector<double> control = controls();
    const auto asked = [](const std::string& weights) {
        return std::make_unique<Asked>(motivation, coding("planned_behaviour") + weights, crowd);
    };
    const auto attitude = asked("weight_attitude = 1\nweight_norm = 0\nweight_control = 0\n");
    const auto norm = asked("weight_attitude = 0\nweight_norm = 1\nweight_control = 0\n");
    const auto all_three = asked("weight_attitude = 0.5\nweight_norm = 0.2\nweight_control = 0.3\n");
    const auto s = [](double x) { return 1 / (1 + std::exp(-x)); };
    std::vector<double> norms;
    for (std::uint32_t row = 0; row < crowd; ++row) {
        const double through = s(1.5 * (control[row] + 2));
        ASSERT_NEAR(attitude->chance(UptakeStage::accept, row), s(1.5 * (0.545 * moves[row] + 1)) * through, 1e-7);
        norms.push_back((logit(norm->chance(UptakeStage::accept, row) / through) / 1.5 - 1) / 0.545);
        const double intention = 0.5 * moves[row] + 0.2 * norms[row] + 0.3 * control[row];
        ASSERT_NEAR(all_three->chance(UptakeStage::accept, row), s(1.5 * (0.545 * intention + 1)) * through, 1e-6);
    }
    expect_normal(norms, 1);
}

TEST(Motivation, SetsBenefitsAgainstBarriersInTheHealthBeliefModel) {
    // Barriers are minus the mean of two independent deviates, each half a unit lower here: nobody can travel.
    std::vector<double> freed = controls();
    for (double& one : freed) one += 0.25;
    expect_normal(freed, std::sqrt(0.5));
    Asked asked{motivation, coding("health_belief"), 1};
    const double before = logit(asked.chance(UptakeStage::accept));
    asked.people().set_frailty_residence(PersonRow{0}, Frailty::severe, Residence::housebound);
    EXPECT_NEAR(before - logit(asked.chance(UptakeStage::accept)), 1.5 * (3 * 0.4 + 0.8) / 2, precise);
}

TEST(Motivation, HasALimitOfItsOwnForEachStage) {
    const Asked asked{motivation,
                      "coding = 'com_b'\nsteepness = 2\nattend_threshold = -2\nstart_threshold = 0.5\n" + all_can};
    EXPECT_NEAR(logit(asked.chance(UptakeStage::attend)) - logit(asked.chance(UptakeStage::start)), 2 * 2.5, precise);
}

// ---- M7 --------------------------------------------------------------------------------------------------------------

/// Everybody alike, and what suits them counts for nothing.
std::string alike(double nest, const std::string& more = "") {
    return "opt_out = 0.3\nprice_per_gbp = -0.1\nprice_deviation = 0\ndistance_per_km = -0.2\nmatch = 0\nfull = -0.5\n"
           "taste_deviation = 0\nnest = " +
           std::to_string(nest) + "\n" + more;
}

/// Two of one kind and one of another.
class Town {
public:
    Town() {
        for (const ActivityKind kind : {ActivityKind::physical, ActivityKind::physical, ActivityKind::arts})
            activities.emplace_back().kind = kind;
        for (const Activity& one : activities) options.push_back({&one, true, 1});
        activities[1].price_gbp = 4;
        options[2].distance_km = 3;
    }
    Town(const Town&) = delete;
    std::vector<Activity> activities;
    std::vector<Option> options;
};

TEST(Choice, IsANestedLogit) {
    const Town town;
    for (const double nest : {1.0, 0.6, 0.05}) {
        const Asked asked{choice, alike(nest)};
        const double a = -0.2, b = -0.6, c = -0.6;
        const double physical = std::exp(a / nest) + std::exp(b / nest);
        const double all_of_them = std::exp(0.3) + std::pow(physical, nest) + std::exp(c);
        const std::vector<double> chances = asked.choices(town.options);
        EXPECT_NEAR(chances[0], std::exp(a / nest) / physical * std::pow(physical, nest) / all_of_them, precise)
            << nest;
        EXPECT_NEAR(chances[1], std::exp(b / nest) / physical * std::pow(physical, nest) / all_of_them, precise)
            << nest;
        EXPECT_NEAR(chances[2], std::exp(c) / all_of_them, precise) << nest;
        Decision wants{.stage = UptakeStage::start, .options = town.options};
        EXPECT_NEAR(Asked(choice, alike(nest)).model().chance(wants, asked.community), 1 - std::exp(0.3) / all_of_them,
                    precise);
    }
}

TEST(Choice, PriceDistanceAndFullnessPutPeopleOff) {
    const Asked asked{choice, alike(0.7)};
    Town town;
    const std::vector<double> before = asked.choices(town.options);
    const auto after_change = [&](const std::function<void(Town&)>& change) {
        Town other;
        change(other);
        return asked.choices(other.options)[0];
    };
    EXPECT_LT(after_change([](Town& t) { t.activities[0].price_gbp = 1; }), before[0]);
    EXPECT_LT(after_change([](Town& t) { t.options[0].distance_km = 2; }), before[0]);
    EXPECT_LT(after_change([](Town& t) { t.options[0].has_place = false; }), before[0]);
}

TEST(Choice, MoreOptOutWhenPlacesClose) {
    const Asked asked{choice, alike(0.7)};
    Town town;
    double wanted = 1;
    while (!town.options.empty()) {
        const std::vector<double> chances = asked.choices(town.options);
        const double some = std::accumulate(chances.begin(), chances.end(), 0.0);
        EXPECT_LT(some, wanted);
        wanted = some;
        town.options.pop_back();
    }
    EXPECT_TRUE(asked.choices(town.options).empty());
}

TEST(Choice, IsIndependentOfOthersWithinAKindAndAcrossKindsOnlyWithoutNests) {
    Town town;
    const std::vector<Option> without_first{town.options[1], town.options[2]};
    const std::vector<Option> without_last{town.options[0], town.options[1]};
    for (const double nest : {1.0, 0.5}) {
        const Asked asked{choice, alike(nest)};
        const std::vector<double> all_three = asked.choices(town.options);
        const std::vector<double> within = asked.choices(without_last);
        EXPECT_NEAR(within[0] / within[1], all_three[0] / all_three[1], precise);
        const std::vector<double> across = asked.choices(without_first);
        const double change = across[0] / across[1] / (all_three[1] / all_three[2]);
        if (nest == 1) {
            EXPECT_NEAR(change, 1, precise);
        } else {
            EXPECT_GT(change, 1.1);  // whoever wanted the first takes the second rather than the third
        }
    }
}

TEST(Choice, StaysAShareHoweverSteep) {
    const Town town;
    for (const char* opt_out : {"-12", "12"}) {
        const Asked asked{choice,
                          "nest = 0.05\ntaste_deviation = 10\nmatch = 10\nfull = -10\nprice_per_gbp = -10\nopt_out = " +
                              std::string{opt_out} + "\n",
                          200};
        for (std::uint32_t row = 0; row < 200; ++row) {
            double sum = 0;
            for (const double one : asked.choices(town.options, row)) {
                ASSERT_GE(one, 0);
                sum += one;
            }
            ASSERT_LE(sum, 1 + precise);
        }
    }
}

TEST(Choice, WantsWhatAnswersToSomething) {
    Asked asked{choice, "price_deviation = 0\ntaste_deviation = 0\nmatch = 1.2\nnest = 1\n", 2};
    asked.people().conditions[0] |= 1U << index(Condition::anxiety);  // the arts
    const Town town;
    const std::vector<double> anxious = asked.choices(town.options, 0);
    const std::vector<double> other = asked.choices(town.options, 1);
    EXPECT_NEAR(std::log(anxious[2] / anxious[0] / (other[2] / other[0])), 1.2, precise);
}

// ---- M8 --------------------------------------------------------------------------------------------------------------

constexpr double single = 1e-6;  // knowledge is kept in single precision

Event contact_with(std::uint32_t row, Role role) {
    Event event{};
    event.row = row;
    event.kind = EventKind::contact;
    event.role = static_cast<std::uint8_t>(role);
    return event;
}

double heard(double known, double dose) { return std::pow(known, dose * (1 - known) + known); }

TEST(Knowledge, IsHeardAndForgottenByTheFormulas) {
    Asked asked{knowledge, "offer_share = 0.5\nat_start = 0.02\nleft_a_day = 0.99\n", 4};
    EXPECT_NEAR(asked.chance(UptakeStage::offer), 0.5 * 0.02, precise);
    const std::vector<Event> contacts{contact_with(0, Role::gp), contact_with(1, Role::practice_nurse),
                                      contact_with(2, Role::pharmacist)};
    asked.model().learn(asked.community, {}, contacts);
    EXPECT_NEAR(asked.chance(UptakeStage::offer, 0), 0.5 * heard(0.02, 0.05), single);
    EXPECT_NEAR(asked.chance(UptakeStage::offer, 1), 0.5 * heard(0.02, 0.15), single);
    EXPECT_NEAR(asked.chance(UptakeStage::offer, 2), 0.5 * heard(0.02, 0.25), single);
    EXPECT_NEAR(asked.chance(UptakeStage::offer, 3), 0.5 * 0.02, precise);
    asked.community.today = asked.community.today + 100;
    const double left = heard(0.02, 0.05) * std::pow(0.99, 100);
    EXPECT_NEAR(asked.chance(UptakeStage::offer, 0), 0.5 * left, single);
    asked.model().learn(asked.community, {}, contacts);
    EXPECT_NEAR(asked.chance(UptakeStage::offer, 0), 0.5 * heard(left, 0.05), single);
    asked.community.today = asked.community.today + 5000;
    EXPECT_NEAR(asked.chance(UptakeStage::offer, 0), 0.5 * 0.02, precise);  // never below that of a stranger to it
}

TEST(Knowledge, IsForgottenWithWhoeverHadTheRow) {
    Asked asked{knowledge, "", 2};
    const double stranger = asked.chance(UptakeStage::offer, 1);
    asked.model().learn(asked.community, {}, std::vector{contact_with(0, Role::gp)});
    EXPECT_GT(asked.chance(UptakeStage::offer, 0), stranger);
    asked.model().forget(0);
    EXPECT_EQ(asked.chance(UptakeStage::offer, 0), stranger);
}

TEST(Knowledge, IsPassedOnToTheShareOfTiesThatIsAsked) {
    // One person with 4,000 ties: binomial, false alarms 1e-6. In both runs the same ones hear of it.
    const std::uint32_t ties = 4000;
    const auto told = [](const std::string& parameters) {
        Asked asked{knowledge, parameters + "peer_dose = 0.9\nat_start = 0.02\noffer_share = 1\n", ties + 1};
        asked.tie_first_to_all(0);
        asked.model().learn(asked.community, std::vector{News{0, 0, ReferralRoute::contact, ReferralStage::plan}}, {});
        EXPECT_NEAR(asked.chance(UptakeStage::offer, 1), 0.02, precise);
        asked.model().learn(asked.community,
                            std::vector{News{0, 0, ReferralRoute::contact, ReferralStage::first_contact}}, {});
        std::set<std::uint32_t> rows;
        for (std::uint32_t row = 1; row <= ties; ++row) {
            if (asked.chance(UptakeStage::offer, row) > 0.02) rows.insert(row);
        }
        EXPECT_NEAR(asked.chance(UptakeStage::offer, *rows.begin()), heard(0.02, 0.9), single);
        return rows;
    };
    const std::set<std::uint32_t> half = told("passes_on_share = 0.5\n");
    EXPECT_NEAR(static_cast<double>(half.size()) / ties, 0.5, test::deviate_limit() * std::sqrt(0.25 / ties));
    const std::set<std::uint32_t> fewer = told("passes_on_share = 0.2\n");
    EXPECT_TRUE(std::includes(half.begin(), half.end(), fewer.begin(), fewer.end()));
}

// ---- The list of models ----------------------------------------------------------------------------------------------

class EveryModel : public testing::TestWithParam<const ModelEntry*> {};

INSTANTIATE_TEST_SUITE_P(Uptake, EveryModel, testing::ValuesIn(uptake_models().begin(), uptake_models().end()),
                         [](const auto& tested) { return std::string{tested.param->name}; });

TEST_P(EveryModel, SaysWhatItIs) {
    const ModelEntry& entry = *GetParam();
    for (const std::string_view text : {entry.name, entry.number, entry.meaning, entry.equation, entry.tells})
        EXPECT_FALSE(text.empty());
    EXPECT_EQ(find_uptake_model(entry.name), &entry);
    for (const ModelEntry* other : uptake_models()) {
        if (other == &entry) continue;
        EXPECT_NE(other->name, entry.name);
        EXPECT_NE(other->number, entry.number);
    }
}

TEST_P(EveryModel, ClaimsAStageWithAParameterThatACalibrationMayFree) {
    const ModelEntry& entry = *GetParam();
    const std::vector<Declaration> rows = test::referral_catalogue().rows();
    int claimed = 0;
    for (const UptakeStage stage : all<UptakeStage>()) {
        if (!entry.claims(stage)) continue;
        ++claimed;
        const auto row = std::find_if(rows.begin(), rows.end(),
                                      [&](const Declaration& one) { return one.key == entry.free[stage]; });
        ASSERT_NE(row, rows.end()) << entry.free[stage];
        EXPECT_EQ(row->kind, Kind::calibrated) << row->key;
        EXPECT_LT(row->range.low, row->range.high) << row->key;
        EXPECT_FALSE(row->source.empty()) << row->key;
    }
    EXPECT_GT(claimed, 0);
}

TEST_P(EveryModel, GivesAChanceForAnybodyAtEachStageThatItClaims) {
    const ModelEntry& entry = *GetParam();
    const Town town;
    Asked asked{entry, "", 500};
    for (const UptakeStage stage : all<UptakeStage>()) {
        if (!entry.claims(stage)) continue;
        for (std::uint32_t row = 0; row < 500; ++row) {
            const Decision decision{.stage = stage, .row = row, .clinician = row, .options = town.options};
            const double chance = asked.model().chance(decision, asked.community);
            ASSERT_GE(chance, 0) << name_of(stage);
            ASSERT_LE(chance, 1) << name_of(stage);
            if (stage != UptakeStage::start) continue;
            const std::vector<double> chances = asked.choices(town.options, row);
            ASSERT_NEAR(std::accumulate(chances.begin(), chances.end(), 0.0), chance, precise);
        }
    }
}

// ---- Several models at one stage -------------------------------------------------------------------------------------

TEST(Stack, MultipliesTheChancesOfOneStage) {
    const Scenario scenario = test::referral_scenario(
        "[uptake]\naccept = ['fixed', 'diffusion']\n[uptake.fixed]\n"
        "accept_share = 0.8\n[uptake.diffusion]\naccept_share = 0.5\n");
    const Stack stack{scenario};
    NeighbourhoodState state = test::people_alike(1);
    const Community community{.twin = state.twin, .today = test::first_day(), .people = &state.people};
    EXPECT_NEAR(stack.chance({.stage = UptakeStage::accept}, community), 0.4, precise);
    EXPECT_TRUE(stack.needs_network());
}

TEST(Stack, LetsWhoeverChoosesDoSoWhereverTheListNamesIt) {
    const Town town;
    NeighbourhoodState state = test::people_alike(1);
    const Community community{.twin = state.twin, .today = test::first_day(), .people = &state.people};
    const auto chances = [&](const std::string& models) {
        const Stack stack{
            test::referral_scenario("[uptake]\nstart = " + models + "\n[uptake.fixed]\nstart_share = 0.5\n")};
        std::vector<double> found;
        stack.choose({.stage = UptakeStage::start, .options = town.options}, community, found);
        return found;
    };
    const std::vector<double> alone = chances("['choice']");
    EXPECT_EQ(chances("['fixed', 'choice']"), chances("['choice', 'fixed']"));
    for (std::size_t i = 0; i < alone.size(); ++i)
        EXPECT_NEAR(chances("['fixed', 'choice']")[i], alone[i] / 2, precise);
    EXPECT_EQ(chances("['fixed']"), (std::vector<double>{0.5 / 3, 0.5 / 3, 0.5 / 3}));
}

}  // namespace
}  // namespace segue::prescribing
