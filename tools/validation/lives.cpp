#include "tools/validation/lives.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "engine/core/calendar.hpp"

namespace segue::validation {
namespace {

constexpr int adult = 18;
constexpr int old_age = 65;

bool is_gp_contact(const Event& event) {
    return event.kind == EventKind::contact && static_cast<Role>(event.role) == Role::gp;
}

/// Days of each person on which something happened, in order.
using Days = std::unordered_map<std::uint64_t, std::vector<Day>>;

/// Of the busiest tenth of those who had any, the share of all.
double share_of_top_tenth(const std::unordered_map<std::uint64_t, double>& of_people) {
    std::vector<double> counts;
    for (const auto& one : of_people) counts.push_back(one.second);
    std::sort(counts.begin(), counts.end(), std::greater<>{});
    const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
    const auto tenth = static_cast<std::ptrdiff_t>(counts.size() / 10);
    return all > 0 ? std::accumulate(counts.begin(), counts.begin() + tenth, 0.0) / all : 0;
}

class Lives {
public:
    Lives(const day::World& world, const day::Neighbourhood& neighbourhood, const std::vector<day::KeptEvent>& events)
        : world_{world}, people_{neighbourhood.state().people}, events_{events} {}

    std::map<std::string, double> terms() {
        read_events();
        multimorbidity();
        reattendance();
        last_days();
        weekdays();
        practices();
        persistence();
        terms_["gp_contacts_share_of_top_tenth"] = share_of_top_tenth(gp_contacts_);
        return std::move(terms_);
    }

private:
    void read_events() {
        for (const day::KeptEvent& kept : events_) {
            const Event& event = kept.event;
            if (is_gp_contact(event)) ++gp_contacts_[kept.person];
            if (event.kind == EventKind::ae_attendance) {
                ae_days_[kept.person].push_back(kept.day);
                ++ae_by_practice_[event.practice];
            }
            if (event.kind == EventKind::emergency_admission) {
                admissions_[kept.person].push_back(kept.day);
                nights_[kept.person].push_back(event.value);
            }
            if (event.kind == EventKind::death) death_day_.emplace(kept.person, kept.day);
            if (event.kind == EventKind::cost && kept.person != 0) {
                const bool first_half = kept.day - world_.span().first < half();
                (first_half ? cost_first_ : cost_second_)[kept.person] += event.value;
            }
            const bool booked = event.kind == EventKind::contact || event.kind == EventKind::missed;
            if (booked && world_.plan().labels().appointments[event.need * count_of<Role> + event.role])
                ++booked_on_[index(weekday(kept.day))];
            if (event.kind == EventKind::ae_attendance) ++ae_on_[index(weekday(kept.day))];
        }
    }
    [[nodiscard]] std::int32_t half() const { return (world_.span().last - world_.span().first + 1) / 2; }

    void multimorbidity() {
        double adults = 0;
        double many = 0;
        double contacts = 0;
        double contacts_of_many = 0;
        for (std::uint32_t row = 0; row < people_.rows(); ++row) {
            if (people_.present[row] == 0 || age_years(Day{people_.birth_day[row]}, world_.span().last) < adult)
                continue;
            const auto found = gp_contacts_.find(people_.key[row]);
            const double seen = found == gp_contacts_.end() ? 0 : found->second;
            const bool has_many = __builtin_popcount(people_.conditions[row]) >= 2;
            ++adults;
            contacts += seen;
            many += has_many ? 1 : 0;
            contacts_of_many += has_many ? seen : 0;
        }
        terms_["adults"] = adults;
        terms_["adults_with_two_conditions"] = many;
        terms_["gp_contacts_of_adults"] = contacts;
        terms_["gp_contacts_of_adults_with_two_conditions"] = contacts_of_many;
    }

    void reattendance() {
        double all = 0;
        double again = 0;
        for (const auto& [person, days] : ae_days_) {
            for (std::size_t i = 0; i < days.size(); ++i) {
                if (world_.span().last - days[i] < 7) continue;  // not yet seen for a week
                ++all;
                if (i + 1 < days.size() && days[i + 1] - days[i] <= 7) ++again;
            }
        }
        terms_["ae_attendances_seen_for_a_week"] = all;
        terms_["ae_attendances_again_within_a_week"] = again;
    }

    void last_days() {
        double deaths = 0;
        double admissions = 0;
        double after_any = 0;
        double after_three = 0;
        double nights = 0;
        for (const auto& [person, day] : death_day_) {
            if (day - world_.span().first < 90) continue;
            ++deaths;
            const auto found = admissions_.find(person);
            if (found == admissions_.end()) continue;
            int in_time = 0;
            for (std::size_t i = 0; i < found->second.size(); ++i) {
                const std::int32_t before = day - found->second[i];
                if (before >= 90) continue;
                ++in_time;
                nights += std::min(nights_[person][i], before);
            }
            admissions += in_time;
            after_any += in_time > 0 ? 1 : 0;
            after_three += in_time >= 3 ? 1 : 0;
        }
        terms_["deaths_seen_for_90_days"] = deaths;
        terms_["deaths_after_an_admission"] = after_any;
        terms_["deaths_after_three_admissions"] = after_three;
        terms_["admissions_in_last_90_days"] = admissions;
        terms_["bed_days_in_last_90_days"] = nights;
    }

    void weekdays() {
        std::array<double, 7> open{};
        for (Day day = world_.span().first; day <= world_.span().last; ++day) {
            if (!is_bank_holiday(day)) ++open[index(weekday(day))];
        }
        double sum = 0;
        for (std::size_t day = 0; day < 5; ++day) sum += booked_on_[day] / open[day];
        terms_["appointments_of_an_open_monday"] = booked_on_[index(Weekday::monday)] / open[index(Weekday::monday)];
        terms_["appointments_of_an_open_friday"] = booked_on_[index(Weekday::friday)] / open[index(Weekday::friday)];
        terms_["appointments_of_an_open_weekday"] = sum / 5;
        terms_["appointments_at_weekends"] = booked_on_[index(Weekday::saturday)] + booked_on_[index(Weekday::sunday)];
        terms_["ae_attendances_on_mondays"] = ae_on_[index(Weekday::monday)];
    }

    void practices() {
        std::map<std::uint8_t, double> people;
        for (std::uint32_t row = 0; row < people_.rows(); ++row) people[people_.practice[row]] += people_.present[row];
        std::vector<double> rates;
        for (const auto& [practice, number] : people) {
            if (number > 0) rates.push_back(ae_by_practice_[practice] / number);
        }
        const double mean = std::accumulate(rates.begin(), rates.end(), 0.0) / static_cast<double>(rates.size());
        double spread = 0;
        for (const double rate : rates) spread += (rate - mean) * (rate - mean);
        terms_["ae_spread_between_practices"] =
            rates.size() > 1 ? std::sqrt(spread / static_cast<double>(rates.size() - 1)) / mean : 0;
    }

    /// Whether those of 65 and over who cost most in the first half of the span do so again in the second: the top
    /// twentieth of each.
    void persistence() {
        std::vector<std::pair<double, double>> costs;
        for (std::uint32_t row = 0; row < people_.rows(); ++row) {
            const std::uint64_t person = people_.key[row];
            if (people_.present[row] == 0 || age_years(Day{people_.birth_day[row]}, world_.span().last) < old_age)
                continue;
            costs.emplace_back(cost_first_[person], cost_second_[person]);
        }
        const auto twentieth = static_cast<std::ptrdiff_t>(costs.size() / 20);
        std::vector<double> second;
        for (const auto& one : costs) second.push_back(one.second);
        std::sort(second.begin(), second.end(), std::greater<>{});
        std::sort(costs.begin(), costs.end(), std::greater<>{});
        double again = 0;
        for (std::ptrdiff_t i = 0; i < twentieth; ++i)
            again += costs[static_cast<std::size_t>(i)].second >= second[static_cast<std::size_t>(twentieth)] ? 1 : 0;
        terms_["high_cost_people"] = static_cast<double>(twentieth);
        terms_["high_cost_people_again"] = again;
    }

    const day::World& world_;
    const People& people_;
    const std::vector<day::KeptEvent>& events_;
    std::map<std::string, double> terms_;
    std::unordered_map<std::uint64_t, double> gp_contacts_;
    std::unordered_map<std::uint64_t, double> cost_first_;
    std::unordered_map<std::uint64_t, double> cost_second_;
    std::unordered_map<std::uint64_t, Day> death_day_;
    std::unordered_map<std::uint64_t, std::vector<std::int32_t>> nights_;
    std::map<std::uint8_t, double> ae_by_practice_;
    std::array<double, 7> booked_on_{};
    std::array<double, 7> ae_on_{};
    Days ae_days_;
    Days admissions_;
};

}  // namespace

std::map<std::string, double> terms_of_lives(const day::World& world, const day::Neighbourhood& neighbourhood,
                                             const std::vector<day::KeptEvent>& events) {
    return Lives{world, neighbourhood, events}.terms();
}

const std::vector<std::string>& names_of_terms() {
    static const std::vector<std::string> all_names{"adults",
                                                    "adults_with_two_conditions",
                                                    "gp_contacts_of_adults",
                                                    "gp_contacts_of_adults_with_two_conditions",
                                                    "gp_contacts_share_of_top_tenth",
                                                    "ae_attendances_seen_for_a_week",
                                                    "ae_attendances_again_within_a_week",
                                                    "deaths_seen_for_90_days",
                                                    "deaths_after_an_admission",
                                                    "deaths_after_three_admissions",
                                                    "admissions_in_last_90_days",
                                                    "bed_days_in_last_90_days",
                                                    "appointments_of_an_open_monday",
                                                    "appointments_of_an_open_friday",
                                                    "appointments_of_an_open_weekday",
                                                    "appointments_at_weekends",
                                                    "ae_attendances_on_mondays",
                                                    "ae_spread_between_practices",
                                                    "high_cost_people",
                                                    "high_cost_people_again"};
    return all_names;
}

}  // namespace segue::validation
