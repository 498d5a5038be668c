// The book's rules and minutes, from the configuration.
#include <numeric>
#include <utility>

#include "engine/model/book/book.hpp"

namespace segue::book {
namespace {

/// Minutes of one whole-time equivalent's average open day that are not for people.
double administration_minutes_per_day(const RoleParameters& role) noexcept {
    return role.hours_per_day * 60 * (1 - role.absence_share) * (1 - role.direct_care_share);
}

}  // namespace

Terms::Terms(const Scenario& scenario, std::vector<double> practice_shares, Problems& problems)
    : shares{std::move(practice_shares)},
      book{read_book(scenario, problems)},
      attendance{scenario.read<AttendanceParameters>()},
      feedbacks{scenario.read<FeedbackParameters>()},
      induced_demand{scenario.read<InducedDemandParameters>()},
      unsuitable_minutes{tenths(scenario.read<ContactParameters>().unsuitable)} {
    lines.practices = shares.size();
    for (const Role role : all<Role>()) {
        const std::string name{name_of(role)};
        lines.owners[role] = scenario.read<TeamRoleParameters>({name}).book;
        wte[role] = wte_in_post(scenario, role);
        in_post[role] = wte[role] > 0;
        const double full_day = wte[role] * administration_minutes_per_day(scenario.read<RoleParameters>({name}));
        for (const Weekday day : all<Weekday>())
            administration[role][index(day)] = tenths(Minutes{full_day * book.weekday_share[index(day)]});
    }
    seat(desks_of(scenario, lines, shares, problems));
    usual_role = scenario.read<ContinuityParameters>().role;
    const auto wishes = scenario.read<ContinuityWishes>();
    const auto wish = [this](NeedGroup group, double share, Days waits) {
        prefers_usual[group] = Chance{share};
        waits_for_usual_days[group] = static_cast<std::int32_t>(waits.value());
    };
    wish(NeedGroup::acute, wishes.acute_share, wishes.acute_waits);
    wish(NeedGroup::long_term, wishes.long_term_share, wishes.long_term_waits);
    wish(NeedGroup::mental, wishes.mental_share, wishes.mental_waits);
    wish(NeedGroup::social, wishes.social_share, wishes.social_waits);
    for (const Mode mode : all<Mode>()) {
        mode_ratio[mode] = scenario.read<ModeParameters>({std::string{name_of(mode)}}).minutes_ratio;
    }
    const double scale = attendance.scale;
    missed = {Chance{attendance.missed_same_day * scale}, Chance{attendance.missed_next_day * scale},
              Chance{attendance.missed_within_week * scale}, Chance{attendance.missed_later * scale}};
}

void Terms::seat(std::vector<Desk> all_desks) {
    desks = std::move(all_desks);
    first_desk.assign(lines.size() + 1, 0);
    for (const Desk& desk : desks) ++first_desk[desk.line + std::size_t{1}];
    std::partial_sum(first_desk.begin(), first_desk.end(), first_desk.begin());
}

bool Terms::has_minutes(std::size_t line) const noexcept {
    for (std::size_t desk = first_desk[line]; desk < first_desk[line + 1]; ++desk) {
        for (const MinuteTenths minutes_of_day : desks[desk].minutes) {
            if (minutes_of_day > 0) return true;
        }
    }
    return false;
}

MinuteTenths Terms::minutes_at(std::size_t desk, Day day) const noexcept {
    return is_open(day) ? desks[desk].minutes[index(weekday(day))] : 0;
}

MinuteTenths Terms::minutes(std::size_t line, Day day) const noexcept {
    MinuteTenths sum = 0;
    for (std::size_t desk = first_desk[line]; desk < first_desk[line + 1]; ++desk) sum += minutes_at(desk, day);
    return sum;
}

}  // namespace segue::book
