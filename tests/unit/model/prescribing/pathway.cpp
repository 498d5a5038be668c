// The pathway of social prescribing: who is offered it, the two queues, places and effects.
#include "engine/model/prescribing/pathway.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/referrals.hpp"
#include "tests/support/statistics.hpp"

namespace segue::prescribing {
namespace {

using test::everybody_passes;
using test::Referrals;
using test::Referring;

/// One contact, a week after it is arranged, is all there is to a case.
const std::string one_contact =
    "contacts_from = 1\ncontacts_to = 1\nfirst_contact_in_days = 7\nstops_coming_share = 0\n";

/// As many people at one time as `cases`, a week each.
Referring seeing(int cases, const std::string& policy = "") {
    Referring what;
    what.wte = cases;
    what.policy = one_contact + policy + "cases_per_wte_year = " + std::to_string(365.25 / 7) + "\n";
    return what;
}

/// `fixed` at every stage, with the shares that differ from 1.
std::string all_fixed_but(const std::string& shares) {
    std::string all_shares = "[uptake.fixed]\n" + shares;
    for (const char* stage : {"offer", "accept", "attend", "start", "complete"}) {
        if (shares.find(stage) == std::string::npos) all_shares += std::string{stage} + "_share = 1\n";
    }
    return everybody_passes.substr(0, everybody_passes.find("[uptake.fixed]")) + all_shares;
}

std::string gives_up(double per_week) {
    std::string text = all_fixed_but("");
    text.replace(text.find("attend = ['fixed']"), 18, "attend = ['capacity']");
    return text + "[uptake.capacity]\nattend_share = 1\ngives_up_per_week = " + std::to_string(per_week) + "\n";
}

std::string activity(const std::string& fields, const std::string& name = "choir") {
    return "[[activity]]\nname = '" + name + "'\n" + fields;
}

std::vector<std::uint32_t> rows(const std::vector<Event>& events) {
    std::vector<std::uint32_t> found;
    for (const Event& event : events) found.push_back(event.row);
    return found;
}

Day day_of(const Event& event) { return test::first_day() + event.day; }

/// Sees so many people a day, nobody twice, for so many days. Who is next is remembered in `next`.
void see_daily(Referrals& here, int people, int days, std::uint32_t& next) {
    for (int day = 0; day < days; ++day) {
        for (int i = 0; i < people; ++i) here.see(next++);
        here.live();
    }
}

// ---- Offers ----------------------------------------------------------------------------------------------------------

TEST(Pathway, OffersAtContactsAboutTheNeedsThatAreNamedAlone) {
    Referrals here{Referring{}};
    here.see(0);
    here.see(1, 1, Referrals::skin);
    here.live();
    EXPECT_EQ(rows(here.at(ReferralStage::offered)), std::vector<std::uint32_t>{0});
}

TEST(Pathway, OffersNothingWhereTheConfigurationHasNone) {
    Referrals here{{.offered = false, .policy = "self_referral_ratio = 1\n"}};
    here.see_everybody();
    here.pathway.self_refer(here.state, 0, 1, Referrals::social_need);
    here.live(3);
    EXPECT_TRUE(here.state.events.events().empty());
}

TEST(Pathway, OffersAndAcceptsInTheSharesThatAreAsked) {
    // Binomial, 20,000 people; false alarms 1e-6 each.
    Referrals here{{.more = all_fixed_but("offer_share = 0.3\naccept_share = 0.88\n"), .people = 20'000}};
    here.see_everybody();
    here.live();
    const double offered = here.count(ReferralStage::offered);
    const double accepted = here.count(ReferralStage::accepted);
    EXPECT_NEAR(offered / 20'000, 0.3, test::deviate_limit() * std::sqrt(0.21 / 20'000));
    EXPECT_NEAR(accepted / offered, 0.88, test::deviate_limit() * std::sqrt(0.88 * 0.12 / offered));
    EXPECT_EQ(offered, accepted + here.count(ReferralEnd::declined));
    EXPECT_EQ(here.pathway.totals().offered, here.pathway.totals().declined + here.pathway.totals().accepted);
}

TEST(Pathway, OffersNobodyAnotherUntilTheTimeIsOver) {
    Referrals here{
        {.policy = "offered_again_after_days = 100\n", .more = all_fixed_but("accept_share = 0\n"), .people = 1}};
    for (std::uint32_t day = 0; day < 350; ++day) {
        here.see(0, day);
        here.live();
    }
    std::vector<int> days;
    for (const Event& event : here.at(ReferralStage::offered)) days.push_back(event.day);
    EXPECT_EQ(days, (std::vector<int>{0, 100, 200, 300}));
}

TEST(Pathway, OffersNobodyASecondWhileOneIsOpen) {
    // Without a link worker the first stays on the list for good.
    Referrals here{{.wte = 0, .policy = "offered_again_after_days = 10\n", .people = 1}};
    for (std::uint32_t day = 0; day < 100; ++day) {
        here.see(0, day);
        here.live();
    }
    EXPECT_EQ(here.count(ReferralStage::offered), 1);
    here.goes(0);
    EXPECT_EQ(here.pathway.open(), 0);
    EXPECT_EQ(here.pathway.waiting_for_link_worker(), 0);
}

TEST(Pathway, LetsPeopleComeByThemselvesInTheRatioThatIsAsked) {
    // 0.5 x 0.4 of 20,000: binomial, false alarms 1e-6.
    Referrals here{
        {.policy = "self_referral_ratio = 0.5\n", .more = all_fixed_but("offer_share = 0.4\n"), .people = 20'000}};
    here.state.set_in_a_bed(7, true);
    for (std::uint32_t row = 0; row < 20'000; ++row) {
        here.pathway.self_refer(here.state, row, 1, Referrals::social_need);
        here.pathway.self_refer(here.state, row, 2, Referrals::skin);
    }
    const std::vector<Event> offered = here.at(ReferralStage::offered);
    EXPECT_NEAR(static_cast<double>(offered.size()) / 20'000, 0.2, test::deviate_limit() * std::sqrt(0.16 / 20'000));
    for (const Event& event : offered) {
        EXPECT_EQ(event.mode, static_cast<std::uint8_t>(ReferralRoute::self));
        EXPECT_NE(event.row, 7U);
    }
}

// ---- The link workers' list ------------------------------------------------------------------------------------------

TEST(Pathway, TakesOnAsManyAsLittlesLawGivesTheCap) {
    // 225 cases a year and 12 weeks each on average are 52 at a time: first contact after 7 d, and 77 d of intervals.
    Referring what;
    what.wte = 1;
    what.policy =
        "first_contact_in_days = 7\ncontacts_from = 12\ncontacts_to = 12\nbetween_contacts_days = 7\n"
        "stops_coming_share = 0\n";
    Referrals here{what};
    EXPECT_DOUBLE_EQ(here.evidence().mean_days_in_caseload(), 84);
    EXPECT_EQ(here.pathway.caseload_cap(), 52);
    here.see_everybody();
    for (int day = 0; day < 366; ++day) {
        here.live();
        ASSERT_EQ(here.pathway.caseload(), day == 0 ? 0 : 52);
    }
    EXPECT_EQ(here.count(ReferralStage::assigned), 5 * 52);  // on the day after, and each 84 days later
}

TEST(Pathway, CountsThoseWhoStopComingInTheMeanOfDays) {
    // Two to three contacts, of whom a quarter stop after each: 0.75 intervals, or 0.75 + 0.5625; the mean is 1.03125.
    Referring what;
    what.policy =
        "first_contact_in_days = 3\ncontacts_from = 2\ncontacts_to = 3\nbetween_contacts_days = 10\n"
        "stops_coming_share = 0.25\n";
    EXPECT_DOUBLE_EQ(Referrals{what}.evidence().mean_days_in_caseload(), 3 + 10.3125);
}

TEST(Pathway, TakesOnAsManyAYearAsAreAsked) {
    // As the evidence has it, with more people than can be seen: 225 a WTE in the second year. Stays vary by about
    // 20 days; 450 starts, six standard errors of a renewal count with a coefficient of variation of 0.7: 90.
    Referring what;
    what.people = 5000;
    Referrals here{what};
    here.see_everybody();
    here.live(366);
    const int in_first_year = here.count(ReferralStage::assigned);
    here.live(365);
    EXPECT_NEAR(here.count(ReferralStage::assigned) - in_first_year, 450, 90);
}

TEST(Pathway, TakesFirstWhoeverCameFirst) {
    Referrals here{seeing(2)};
    std::uint32_t next = 0;
    see_daily(here, 3, 10, next);
    here.live(150);
    const std::vector<std::uint32_t> assigned = rows(here.at(ReferralStage::assigned));
    ASSERT_EQ(assigned.size(), 30U);
    for (std::size_t i = 1; i < assigned.size(); ++i) EXPECT_LE(assigned[i - 1] / 3, assigned[i] / 3);
    EXPECT_FALSE(std::is_sorted(assigned.begin(), assigned.end())) << "equals go by a draw, not by row";
}

TEST(Pathway, TakesFirstWhoeverIsWorstWhereAsked) {
    Referring what = seeing(1, "queue_order = 'lowest_wellbeing'\n");
    what.people = 20;
    Referrals here{what};
    for (std::uint32_t row = 0; row < 20; ++row)
        here.state.people.wellbeing_milli[row] = static_cast<std::int16_t>(row * 7919 % 20 * 100);
    here.see_everybody();
    here.live(200);
    const std::vector<std::uint32_t> assigned = rows(here.at(ReferralStage::assigned));
    ASSERT_EQ(assigned.size(), 20U);
    for (std::size_t i = 0; i < 20; ++i)
        EXPECT_EQ(here.state.people.wellbeing_milli[assigned[i]], static_cast<int>(i) * 100);
}

TEST(Pathway, TakesFirstTheShortCasesWhereAsked) {
    Referring what;
    what.wte = 1;
    what.people = 60;
    what.policy =
        "queue_order = 'short_cases_first'\ncontacts_from = 1\ncontacts_to = 5\nstops_coming_share = 0\n"
        "cases_per_wte_year = 30\n";
    Referrals here{what};
    here.see_everybody();
    here.live(1000);
    std::vector<int> contacts(60, 0);
    for (const Event& event : here.state.events.events())
        contacts[event.row] += event.kind == EventKind::contact ? 1 : 0;
    std::vector<int> in_order;
    for (const std::uint32_t row : rows(here.at(ReferralStage::assigned))) in_order.push_back(contacts[row]);
    in_order.resize(40);  // the last ones are still being seen
    EXPECT_TRUE(std::is_sorted(in_order.begin(), in_order.end()));
    EXPECT_LT(in_order.front(), in_order.back());
}

TEST(Pathway, LetsAListWithoutEndGrowByWhatExceedsIt) {
    // 3 a day against 14 a week: 7 more each week, exactly.
    Referrals here{seeing(14)};
    std::uint32_t next = 0;
    see_daily(here, 3, 70, next);
    std::int64_t before = here.pathway.waiting_for_link_worker();
    for (int week = 0; week < 20; ++week) {
        see_daily(here, 3, 7, next);
        EXPECT_EQ(here.pathway.waiting_for_link_worker(), before + 7);
        before = here.pathway.waiting_for_link_worker();
    }
}

TEST(Pathway, SettlesWhereAsManyGiveUpAsCannotBeSeen) {
    // Fluid limit of a line with a cap whose people give up (Whitt 2006, doi:10.1287/opre.1050.0238): 20 a day come, 10 a
    // day can be seen, so half give up; theta is 0.1 a week, so (20 - 10) / (0.1 / 7) = 700 wait, and whoever is seen
    // has waited ln(2) / (0.1 / 7) = 48.5 d. The list varies by about sqrt(700) and forgets in 70 d, so that the mean of
    // 600 days has a standard error of 26 sqrt(2 x 70 / 600) = 13: six of them, and a day's arrivals for whole days.
    Referring what = seeing(70);
    what.more = gives_up(0.1);
    what.people = 20'000;
    Referrals here{what};
    std::uint32_t next = 0;
    see_daily(here, 20, 400, next);
    const int assigned_before = here.count(ReferralStage::assigned);
    const int gave_up_before = here.count(ReferralEnd::gave_up_waiting);
    double waiting = 0;
    for (int day = 0; day < 600; ++day) {
        see_daily(here, 20, 1, next);
        waiting += static_cast<double>(here.pathway.waiting_for_link_worker());
    }
    const int assigned = here.count(ReferralStage::assigned) - assigned_before;
    const int gave_up = here.count(ReferralEnd::gave_up_waiting) - gave_up_before;
    EXPECT_NEAR(waiting / 600, 700, 6 * 13 + 20);
    EXPECT_NEAR(static_cast<double>(gave_up) / (assigned + gave_up), 0.5, 0.02);
    double days = 0;
    int seen = 0;
    for (const Event& event : here.at(ReferralStage::assigned)) {
        if (event.day < 400) continue;
        days += event.delay;
        ++seen;
    }
    EXPECT_NEAR(days / seen, 48.5, 6);
}

TEST(Pathway, ObeysLittlesLawAndLosesNobody) {
    Referring what;
    what.wte = 0.5;
    what.more = gives_up(0.1) + activity("places = 4\nweeks = 6\n") +
                activity("places = 3\nstarts_every_weeks = 3\n", "allotment");
    what.policy = "offered_again_after_days = 60\ngives_up_place_per_week = 0.1\n";
    what.people = 500;
    Referrals here{what};
    for (std::uint32_t day = 0; day < 500; ++day) {
        for (std::uint32_t i = 0; i < 3; ++i) {
            const std::uint32_t row = (day * 3 + i) * 7 % 500;
            if (here.state.people.present[row] != 0) here.see(row, day);
        }
        if (day % 5 == 0 && here.state.people.present[day] != 0) here.goes(day);
        here.live();
        const PathwayTotals& totals = here.pathway.totals();
        ASSERT_EQ(totals.offered, totals.declined + totals.accepted);
        ASSERT_EQ(totals.accepted, totals.ended + here.pathway.open());
        ASSERT_EQ(totals.joined_list, totals.left_list + here.pathway.waiting_for_link_worker());
        ASSERT_EQ(totals.waiting_at_day_ends, totals.days_waited_by_left + here.pathway.days_so_far(here.yesterday()));
        ASSERT_LE(here.pathway.caseload(), here.pathway.caseload_cap());
        ASSERT_LE(totals.most_over_places, 0);
    }
    for (const ReferralEnd why : {ReferralEnd::gave_up_waiting, ReferralEnd::stopped_coming, ReferralEnd::completed,
                                  ReferralEnd::gave_up_waiting_for_place, ReferralEnd::left_list})
        EXPECT_GT(here.count(why), 0) << name_of(why);
}

TEST(Pathway, FreesTheCaseloadOfWhoeverGoes) {
    Referrals here{seeing(1)};
    here.see(0);
    here.live();
    here.see(1);
    here.live(2);
    ASSERT_EQ(rows(here.at(ReferralStage::assigned)), std::vector<std::uint32_t>{0});
    here.goes(0);
    EXPECT_EQ(here.pathway.caseload(), 0);
    EXPECT_EQ(rows(here.ended(ReferralEnd::left_list)), std::vector<std::uint32_t>{0});
    here.live();
    EXPECT_EQ(rows(here.at(ReferralStage::assigned)), (std::vector<std::uint32_t>{0, 1}));
    here.live(20);
    EXPECT_EQ(rows(here.at(ReferralStage::first_contact)), std::vector<std::uint32_t>{1});
}

TEST(Pathway, OffersFewerWhileTheListIsLongAndMoreOnceSomebodyIsEmployed) {
    Referring what;
    what.wte = 0.2;
    what.people = 20'000;
    what.more = gives_up(0.05) + "wait_deters_per_week = 0.05\noffer_share = 1\n";
    what.more.replace(what.more.find("offer = ['fixed']"), 17, "offer = ['capacity']");
    Referrals here{what};
    std::uint32_t next = 0;
    const auto offered_in = [&](int days) {
        const int before = here.count(ReferralStage::offered);
        see_daily(here, 10, days, next);
        return here.count(ReferralStage::offered) - before;
    };
    EXPECT_EQ(offered_in(1), 10);
    offered_in(364);
    const int deterred = offered_in(60);
    EXPECT_LT(deterred, 300);  // of 600
    here.employ(20);
    offered_in(300);
    EXPECT_GT(offered_in(60), 590);
    here.employ(0);
    EXPECT_EQ(offered_in(30), 10);  // yesterday's wait was none; from then on nobody is there
}

// ---- Contacts --------------------------------------------------------------------------------------------------------

TEST(Pathway, SpendsLinkWorkersMinutesOnEachContact) {
    Referring what;
    what.policy =
        "contacts_from = 4\ncontacts_to = 4\nstops_coming_share = 0\nfirst_contact_min = 35\nlater_contact_min = 20\n";
    what.people = 10;
    Referrals here{what};
    here.see_everybody();
    here.live(120);
    EXPECT_EQ(here.state.tally.contacts_served, 40);
    EXPECT_EQ(here.state.minutes.spent()[MinuteUse::contacts], 10 * (350 + 3 * 200));
    EXPECT_EQ(here.state.tally.minutes_recorded[MinuteUse::contacts], 10 * (350 + 3 * 200));
}

TEST(Pathway, PutsOffContactsForWhichThereAreNoMinutesAndSeesThoseFirstLater) {
    // Two are due on each of four days, and there are minutes for one a day.
    Referring what = seeing(100);
    what.minutes_a_day = 350;
    Referrals here{what};
    std::uint32_t next = 0;
    see_daily(here, 2, 4, next);
    here.live(20);
    const std::vector<Event> seen = here.at(ReferralStage::first_contact);
    ASSERT_EQ(seen.size(), 8U);
    for (std::size_t i = 0; i < 8; ++i) {
        EXPECT_EQ(seen[i].row / 2, i / 2);
        EXPECT_EQ(seen[i].day, 8 + i);
    }
}

TEST(Pathway, SeesNobodyWithoutMinutesOrInABed) {
    Referring what = seeing(100);
    what.minutes_a_day = 0;
    Referrals none{what};
    none.see_everybody();
    none.live(60);
    EXPECT_EQ(none.count(ReferralStage::first_contact), 0);
    Referrals here{seeing(100)};
    here.see(0);
    here.live();
    here.state.set_in_a_bed(0, true);
    here.live(30);
    EXPECT_EQ(here.count(ReferralStage::first_contact), 0);
    here.state.set_in_a_bed(0, false);
    here.live(8);
    EXPECT_EQ(here.count(ReferralStage::first_contact), 1);
}

TEST(Pathway, EndsForThoseWhoDoNotComeToTheFirstContact) {
    // Binomial, 2,000 people of whom a fifth do not come; false alarms 1e-6. The minutes are spent all the same.
    Referring what = seeing(1000);
    what.more = all_fixed_but("attend_share = 0.8\n");
    Referrals here{what};
    here.see_everybody();
    here.live(25);
    const double missed = here.count(ReferralEnd::missed_first_contact);
    EXPECT_NEAR(missed / 2000, 0.2, test::deviate_limit() * std::sqrt(0.16 / 2000));
    EXPECT_EQ(missed + here.count(ReferralStage::first_contact), 2000);
    EXPECT_EQ(here.state.minutes.spent()[MinuteUse::contacts], 2000 * 350);
}

TEST(Pathway, LosesTheShareThatStopsComingAfterEachContact) {
    // (1 - 0.29)^2 of those seen once are seen three times: 0.504. Binomial, 5,000 people; false alarms 1e-6.
    Referring what;
    what.wte = 300;
    what.people = 5000;
    Referrals here{what};
    here.see_everybody();
    here.live(400);
    std::vector<int> contacts(5000, 0);
    for (const Event& event : here.state.events.events())
        contacts[event.row] += event.kind == EventKind::contact ? 1 : 0;
    const auto three = std::count_if(contacts.begin(), contacts.end(), [](int n) { return n >= 3; });
    EXPECT_EQ(std::count(contacts.begin(), contacts.end(), 0), 0);
    EXPECT_NEAR(static_cast<double>(three) / 5000, 0.71 * 0.71, test::deviate_limit() * std::sqrt(0.25 / 5000));
    EXPECT_EQ(*std::max_element(contacts.begin(), contacts.end()), 12);
}

// ---- Activities ------------------------------------------------------------------------------------------------------

/// A referral whose second contact makes a plan, and nobody stops coming.
Referring planning(const std::string& activities, std::uint32_t people = 200) {
    Referring what;
    what.wte = 100;
    what.policy = "contacts_from = 2\ncontacts_to = 2\nstops_coming_share = 0\ngives_up_place_per_week = 0\n";
    what.more = everybody_passes + activities;
    what.people = people;
    return what;
}

TEST(Pathway, NeverUsesMorePlacesThanThereAre) {
    Referrals here{planning(activity("places = 3\nweeks = 2\n"))};
    here.see_everybody();
    std::int64_t most = 0;
    for (int day = 0; day < 300; ++day) {
        here.live();
        most = std::max(most, here.pathway.places_used(0));
        ASSERT_LE(here.pathway.places_used(0), 3);
    }
    EXPECT_EQ(most, 3);
    // 14 days each, then on the next weekday that is no bank holiday: at least 3 every 15 or so days.
    EXPECT_GE(here.count(ReferralEnd::completed), 50);
    EXPECT_EQ(here.pathway.totals().most_over_places, 0);
}

TEST(Pathway, StartsPeopleOnTheDaysOfTheirCohortAlone) {
    Referrals here{planning(activity("places = 20\nweeks = 3\nstarts_every_weeks = 4\n"))};
    here.see_everybody();
    here.live(400);
    std::set<int> days;
    for (const Event& event : here.at(ReferralStage::activity_started)) {
        EXPECT_EQ(weekday(day_of(event)), Weekday::monday);
        days.insert(event.day);
    }
    ASSERT_GT(days.size(), 5U);
    for (const int day : days) EXPECT_EQ((day - *days.begin()) % 28, 0);
}

TEST(Pathway, StartsNobodyAtWeekendsOrOnBankHolidays) {
    Referrals here{planning(activity("places = 1\nweeks = 1\n"))};
    here.see_everybody();
    here.live(300);
    for (const Event& event : here.at(ReferralStage::activity_started)) {
        EXPECT_LT(index(weekday(day_of(event))), 5U);
        EXPECT_FALSE(is_bank_holiday(day_of(event)));
    }
    EXPECT_GT(here.count(ReferralStage::activity_started), 20);
}

TEST(Pathway, EndsWaitingWhenTheFundingEnds) {
    Referrals here{planning(activity("places = 2\nweeks = 12\nfunded_until = 2026-05-04\n"))};
    here.see_everybody();
    here.live(32);
    EXPECT_EQ(here.count(ReferralStage::activity_started), 2);
    EXPECT_GT(here.pathway.waiting_for_activity(), 100);
    here.live(10);
    EXPECT_EQ(here.pathway.waiting_for_activity(), 0);
    EXPECT_EQ(here.pathway.places_used(0), 2);  // who is in it stays
    here.live(100);
    EXPECT_EQ(here.count(ReferralStage::activity_started), 2);
    EXPECT_EQ(here.count(ReferralEnd::completed), 2);
    EXPECT_EQ(here.count(ReferralEnd::nothing_suitable), 198);
}

TEST(Pathway, FreesThePlaceOfWhoeverGoes) {
    Referrals here{planning(activity("places = 1\nweeks = 50\n"), 2)};
    here.see_everybody();
    here.live(40);
    const std::vector<std::uint32_t> first = rows(here.at(ReferralStage::activity_started));
    ASSERT_EQ(first.size(), 1U);
    here.goes(first.front());
    EXPECT_EQ(here.pathway.places_used(0), 0);
    here.live(5);
    EXPECT_EQ(rows(here.at(ReferralStage::activity_started)),
              (std::vector<std::uint32_t>{first.front(), 1 - first.front()}));
}

TEST(Pathway, ForgetsWhoeverWaitsForAPlaceAndGoes) {
    Referrals here{planning(activity("places = 1\nweeks = 50\n"), 3)};
    here.see_everybody();
    here.live(40);
    ASSERT_EQ(here.pathway.waiting_for_activity(), 2);
    for (std::uint32_t row = 0; row < 3; ++row) here.goes(row);
    EXPECT_EQ(here.pathway.waiting_for_activity(), 0);
    EXPECT_EQ(here.pathway.places_used(0), 0);
    EXPECT_EQ(here.pathway.open(), 0);
    here.live(10);
    EXPECT_EQ(here.count(ReferralStage::activity_started), 1);
}

TEST(Pathway, OffersActivitiesToThoseWhomTheySuit) {
    Referrals here{planning(activity("when = 'age >= 50'\n"))};
    here.see_everybody();
    here.live(40);
    EXPECT_EQ(here.count(ReferralStage::plan), 200);
    EXPECT_EQ(here.count(ReferralStage::activity_offered), 0);
    EXPECT_EQ(here.count(ReferralEnd::nothing_suitable), 200);
}

TEST(Pathway, CompletesTheShareThatIsAskedAndPaysForEachPlace) {
    // Binomial, 2,000 people; false alarms 1e-6. Whoever drops out does so before the end.
    Referring what = planning(activity("places = 5000\nweeks = 8\ncost_gbp = 25\n"), 2000);
    what.more = all_fixed_but("complete_share = 0.49\n") + activity("places = 5000\nweeks = 8\ncost_gbp = 25\n");
    Referrals here{what};
    here.see_everybody();
    here.live(120);
    ASSERT_EQ(here.count(ReferralStage::activity_started), 2000);
    ASSERT_EQ(here.state.today.places_paid_for.size(), 2000U);
    EXPECT_EQ(here.state.today.places_paid_for.front().cost, 2500);
    EXPECT_NEAR(here.count(ReferralEnd::completed) / 2000.0, 0.49, test::deviate_limit() * std::sqrt(0.25 / 2000));
    EXPECT_EQ(here.count(ReferralEnd::completed) + here.count(ReferralEnd::dropped_out), 2000);
    std::vector<int> started(2000);
    for (const Event& event : here.at(ReferralStage::activity_started)) started[event.row] = event.day;
    for (const Event& event : here.ended(ReferralEnd::dropped_out)) EXPECT_LT(event.day - started[event.row], 56);
    for (const Event& event : here.ended(ReferralEnd::completed)) EXPECT_EQ(event.day - started[event.row], 56);
}

// ---- The same luck ---------------------------------------------------------------------------------------------------

/// A year of people who are seen now and then, some of whom go.
std::set<std::vector<std::int64_t>> lived(const Referring& what, std::initializer_list<EventKind> kinds) {
    Referrals here{what};
    const auto row_of = [&](std::uint32_t slot) { return what.rows_reversed ? what.people - 1 - slot : slot; };
    for (std::uint32_t day = 0; day < 360; ++day) {
        std::vector<std::uint32_t> rows_seen;
        for (std::uint32_t i = 0; i < 6; ++i) rows_seen.push_back(row_of((day * 6 + i) * 11 % what.people));
        if (what.rows_reversed) std::reverse(rows_seen.begin(), rows_seen.end());
        for (const std::uint32_t row : rows_seen) {
            if (here.state.people.present[row] != 0) here.see(row, day);
        }
        if (day % 9 == 0 && here.state.people.present[row_of(day)] != 0) here.goes(row_of(day));
        here.live();
    }
    std::set<std::vector<std::int64_t>> found;
    for (const Event& event : here.state.events.events()) {
        if (std::find(kinds.begin(), kinds.end(), event.kind) == kinds.end()) continue;
        found.insert({event.day, static_cast<std::int64_t>(here.state.people.key[event.row]),
                      static_cast<std::int64_t>(index(event.kind)), event.what, event.mode, event.role, event.lead,
                      event.delay});
    }
    return found;
}

std::set<std::vector<std::int64_t>> offers_and_acceptances(const Referring& what) {
    std::set<std::vector<std::int64_t>> kept;
    for (const auto& one : lived(what, {EventKind::referral_stage})) {
        if (one[3] <= static_cast<std::int64_t>(index(ReferralStage::accepted))) kept.insert(one);
    }
    return kept;
}

TEST(Pathway, OffersAndAcceptsTheSameWithMoreLinkWorkersWhereSharesAreFixed) {
    Referring what;
    what.wte = 0.5;
    what.people = 1000;
    what.more = all_fixed_but("offer_share = 0.3\naccept_share = 0.8\n");
    const auto few = offers_and_acceptances(what);
    what.wte = 5;
    EXPECT_EQ(offers_and_acceptances(what), few);
    EXPECT_GT(few.size(), 400U);
}

TEST(Pathway, IsTheSameWhateverTheOrderOfRows) {
    // Every model that learns or looks at ties, few minutes, and places that run out.
    Referring what;
    what.wte = 0.5;
    what.people = 1000;
    what.minutes_a_day = 900;
    what.policy = "offered_again_after_days = 90\n";
    what.more =
        "[uptake]\noffer = ['referrers', 'threshold', 'knowledge']\naccept = ['diffusion', 'motivation']\n"
        "[uptake.referrers]\nmean_logit = 3\n[uptake.threshold]\noffer_above_share = "
        "1\n[uptake.knowledge]\noffer_share = 1\n"
        "at_start = 0.5\n" +
        activity("places = 3\nweeks = 5\n") + activity("places = 2\nstarts_every_weeks = 3\n", "allotment");
    const auto kinds = {EventKind::referral_stage, EventKind::referral_ended, EventKind::activity_step,
                        EventKind::contact};
    const auto forwards = lived(what, kinds);
    what.rows_reversed = true;
    EXPECT_EQ(lived(what, kinds), forwards);
    EXPECT_GT(forwards.size(), 500U);
}

// ---- Effects ---------------------------------------------------------------------------------------------------------

Referring with_effect(const std::string& treated) {
    Referring what;
    what.wte = 100;
    what.people = 1;
    what.policy = "evidence = 'some'\ncontacts_from = 6\ncontacts_to = 6\nstops_coming_share = 0\n";
    what.more = everybody_passes + "[prescribing.effects.some]\nneed_ratio = 0.5\ntreated = '" + treated + "'\n";
    return what;
}

int contacts_until_treated(Referrals& here) {
    here.see(0);
    for (int day = 0; day < 100 && !here.state.treated.is_treated(0); ++day) here.live();
    EXPECT_TRUE(here.state.treated.is_treated(0));
    return static_cast<int>(here.state.tally.contacts_served);
}

TEST(Pathway, BeginsTheEffectOnThoseWhoAreReferredAtOnce) {
    Referrals here{with_effect("referred")};
    EXPECT_EQ(contacts_until_treated(here), 0);
}

TEST(Pathway, BeginsTheEffectOnTheEngagedAtTheirThirdContactOrFirstActivity) {
    Referrals by_contacts{with_effect("engaged")};
    EXPECT_EQ(contacts_until_treated(by_contacts), 3);
    Referring what = with_effect("engaged");
    what.more += activity("");
    Referrals by_activity{what};
    EXPECT_EQ(contacts_until_treated(by_activity), 2);
}

TEST(Pathway, BeginsTheEffectOnceAReferral) {
    // Three contacts on days that are known, and an activity whose first cohort starts later: it grows from the former.
    Referring what = with_effect("engaged");
    what.more += "full_after_days = 1000\n" + activity("starts_every_weeks = 26\n");
    Referrals here{what};
    contacts_until_treated(here);
    const Day began = here.yesterday();
    for (int day = 0; day < 200 && here.count(ReferralStage::activity_started) == 0; ++day) here.live();
    ASSERT_EQ(here.count(ReferralStage::activity_started), 1);
    here.live(10);
    EXPECT_DOUBLE_EQ(here.state.treated.strength(0, here.yesterday()), (here.yesterday() - began) / 1000.0);
}

TEST(Pathway, ChangesNothingInAnybodyWhereTheEvidenceIsNull) {
    Referring what = with_effect("engaged");
    what.policy += "evidence = 'null'\n";
    what.policy.erase(0, what.policy.find('\n') + 1);
    Referrals here{what};
    here.see(0);
    here.live(100);
    EXPECT_GT(here.count(ReferralStage::plan), 0);
    EXPECT_FALSE(here.state.treated.is_treated(0));
    EXPECT_EQ(here.state.treated.need_ratio(0, here.yesterday()), 1);
}

}  // namespace
}  // namespace segue::prescribing
