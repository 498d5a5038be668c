// The book's rules and minutes, from the configuration.
#include <cmath>
#include <utility>

#include "engine/model/book/book.hpp"

namespace segue::book {
namespace {

/// Minutes of direct care that one whole-time equivalent gives on an average open day.
double minutes_per_day(const RoleParameters& role) noexcept {
    return role.hours_per_day * 60 * (1 - role.absence_share) * role.direct_care_share;
}

}  // namespace

Terms::Terms(const Scenario& scenario, std::vector<double> practice_shares)
    : shares{std::move(practice_shares)},
      book{scenario.read<BookParameters>()},
      attendance{scenario.read<AttendanceParameters>()},
      feedbacks{scenario.read<FeedbackParameters>()},
      unsuitable_minutes{tenths(scenario.read<ContactParameters>().unsuitable)} {
    lines.practices = shares.size();
    full_day.assign(lines.size(), 0);
    for (const Role role : all<Role>()) {
        const std::string name{name_of(role)};
        const auto post = scenario.read<TeamRoleParameters>({name});
        const double minutes = post.wte.value() * minutes_per_day(scenario.read<RoleParameters>({name}));
        wte[role] = post.wte.value();
        in_post[role] = post.wte.value() > 0;
        lines.owners[role] = post.book;
        if (post.book == BookOwner::hub) {
            full_day[lines.of_owner(shares.size(), role)] = tenths(Minutes{minutes});
        } else {
            for (std::size_t practice = 0; practice < shares.size(); ++practice) {
                full_day[lines.of_owner(practice, role)] = tenths(Minutes{minutes * shares[practice]});
            }
        }
    }
    for (const Mode mode : all<Mode>()) {
        mode_ratio[mode] = scenario.read<ModeParameters>({std::string{name_of(mode)}}).minutes_ratio;
    }
    const double scale = attendance.scale;
    missed = {Chance{attendance.missed_same_day * scale}, Chance{attendance.missed_next_day * scale},
              Chance{attendance.missed_within_week * scale}, Chance{attendance.missed_later * scale}};
}

MinuteTenths Terms::minutes(std::uint16_t line_number, Day day) const noexcept {
    if (!is_open(day)) return 0;
    return static_cast<MinuteTenths>(
        std::floor(static_cast<double>(full_day[line_number]) * book.weekday_share[index(weekday(day))]));
}

}  // namespace segue::book
