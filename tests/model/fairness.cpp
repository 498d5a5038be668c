// Nobody waits longer for having a higher number.
#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/support/village.hpp"

namespace segue::test {
namespace {

struct Waited {
    double days{0};
    double contacts{0};
};

/// Days from the wanted day to the contact, by person, in the order of the list.
std::vector<Waited> waits(const day::Neighbourhood& lived, std::size_t people) {
    std::vector<Waited> by_person(people);
    for (const Event& event : lived.state().events.events()) {
        if (event.kind != EventKind::contact || event.row >= people) continue;
        by_person[event.row].days += event.delay;
        ++by_person[event.row].contacts;
    }
    return by_person;
}

// A person's excess is the days they waited beyond the mean wait of as many contacts. By chance alone the sums of ten
// equal parts of the list are ten normal deviates that add up to 0: chi-squared with 9 degrees of freedom, at a
// false-alarm rate of 1e-6. With GPs short, the mean wait is of days, so that an order by id would show at once.
TEST(Fairness, TheMeanWaitIsTheSameInEveryTenthOfTheList) {
    const auto made = world(with_value(village(), "team.roles.gp.wte=1.0"));
    const auto lived = lived_through(*made);
    const std::size_t people = 3000;
    const auto by_person = waits(*lived, people);
    Waited all_people;
    for (const Waited& one : by_person) {
        all_people.days += one.days;
        all_people.contacts += one.contacts;
    }
    const double mean_wait = all_people.days / all_people.contacts;
    EXPECT_GT(mean_wait, 0.5);
    Moments excess;
    std::vector<double> tenths(10, 0);
    for (std::size_t row = 0; row < people; ++row) {
        const double own = by_person[row].days - mean_wait * by_person[row].contacts;
        excess.add(own);
        tenths[row * 10 / people] += own;
    }
    double statistic = 0;
    for (const double sum : tenths) statistic += sum * sum / (static_cast<double>(people) / 10 * excess.variance());
    EXPECT_LT(statistic, chi_squared_limit(9));
}

}  // namespace
}  // namespace segue::test
