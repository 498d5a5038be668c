#include "engine/model/rota.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "engine/core/words.hpp"
#include "engine/model/continuity_parameters.hpp"

namespace segue {
namespace {

/// Minutes for people that one whole-time equivalent has on an average open day.
double minutes_per_day(const RoleParameters& role) noexcept {
    return role.hours_per_day * 60 * (1 - role.absence_share) * role.direct_care_share * role.baseline_load /
           role.pressure;
}

WeekMinutes week_of(MinuteTenths full_day, const std::vector<double>& weekday_share) {
    WeekMinutes week{};
    for (std::size_t day = 0; day < week.size(); ++day)
        week[day] = static_cast<MinuteTenths>(std::floor(static_cast<double>(full_day) * weekday_share[day]));
    return week;
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// How much of each weekday lies between two points of the endless week.
std::vector<double> covered(double from, double to, const std::vector<double>& weekday_share) {
    std::vector<double> overlap(weekday_share.size(), 0);
    const double week = sum(weekday_share);
    for (double start = std::floor(from / week) * week; start < to; start += week) {
        double begins = start;
        for (std::size_t day = 0; day < weekday_share.size(); ++day) {
            const double ends = begins + weekday_share[day];
            overlap[day] += std::max(0.0, std::min(to, ends) - std::max(from, begins));
            begins = ends;
        }
    }
    return overlap;
}

/// By name alone, with the top bit set: posts without a name have it clear.
std::uint32_t key_of(const std::string& name) noexcept { return number_of_name(name) | 0x8000'0000U; }

/// Everything that the desks of one role are made from.
struct Staffing {
    Role role;
    bool has_own_desks;
    double wte_per_post;
    double minutes_per_day;
    const std::vector<double>& weekday_share;
};

std::vector<Desk> posts(const Staffing& staffing, double wte, std::size_t owner) {
    const MinuteTenths full_day = tenths(Minutes{wte * staffing.minutes_per_day});
    std::vector<Desk> made;
    if (staffing.has_own_desks) {
        made = cut_into_posts(wte, staffing.wte_per_post, full_day, staffing.weekday_share);
    } else if (wte > 0) {
        made.push_back({0, 0, wte, week_of(full_day, staffing.weekday_share)});
    }
    for (std::size_t post = 0; post < made.size(); ++post)
        made[post].key = static_cast<std::uint32_t>(index(staffing.role) << 24U | owner << 16U | post);
    return made;
}

WeekMinutes week_of(const ClinicianEntry& one, const Staffing& staffing) {
    std::vector<double> at_work(staffing.weekday_share.size(), 0);
    for (std::size_t day = 0; day < at_work.size(); ++day) {
        const bool works = one.days.empty() ||
                           std::find(one.days.begin(), one.days.end(), static_cast<Weekday>(day)) != one.days.end();
        if (works) at_work[day] = staffing.weekday_share[day];
    }
    const double days = sum(at_work);
    if (days <= 0) return {};
    const double full_day = one.wte * staffing.minutes_per_day * sum(staffing.weekday_share) / days;
    return week_of(tenths(Minutes{full_day}), at_work);
}

class Roster {
public:
    Roster(const Scenario& scenario, const Lines& lines, Problems& problems)
        : lines_{lines}, problems_{problems}, desks_(lines.size()) {
        for (const PracticeEntry& practice : scenario.practices()) practices_.push_back(practice.name);
        if (practices_.empty()) practices_.emplace_back(only_practice);
    }

    void seat_posts(const Staffing& staffing, double wte, const std::vector<double>& practice_shares) {
        if (lines_.owners[staffing.role] == BookOwner::hub) {
            seat(lines_.practices, staffing.role, posts(staffing, wte, lines_.practices));
            return;
        }
        for (std::size_t practice = 0; practice < practice_shares.size(); ++practice)
            seat(practice, staffing.role, posts(staffing, wte * practice_shares[practice], practice));
    }

    void seat_named(const Staffing& staffing, const ClinicianEntry& one) {
        const auto owner = owner_of(one);
        if (!owner) return;
        Desk desk{0, key_of(one.name), one.wte, week_of(one, staffing)};
        if (std::all_of(desk.minutes.begin(), desk.minutes.end(), [](MinuteTenths m) { return m == 0; })) {
            problems_
                .add(one.place, fmt::format("clinician \"{}\" works on no day on which the books are open", one.name))
                .expected("days with a book.weekday_share above 0");
            return;
        }
        std::vector<Desk>& at_line = desks_[lines_.of_owner(*owner, one.role)];
        if (staffing.has_own_desks || at_line.empty()) {
            seat(*owner, one.role, {desk});
            return;
        }
        at_line.front().wte += desk.wte;
        for (std::size_t day = 0; day < desk.minutes.size(); ++day) at_line.front().minutes[day] += desk.minutes[day];
    }

    std::vector<Desk> all_desks() && {
        std::vector<Desk> all_of_them;
        for (std::vector<Desk>& at_line : desks_) all_of_them.insert(all_of_them.end(), at_line.begin(), at_line.end());
        return all_of_them;
    }

private:
    void seat(std::size_t owner, Role role, std::vector<Desk> made) {
        const std::uint16_t line = lines_.of_owner(owner, role);
        for (Desk& desk : made) {
            desk.line = line;
            desks_[line].push_back(desk);
        }
    }

    std::optional<std::size_t> owner_of(const ClinicianEntry& one) {
        const bool at_hub = lines_.owners[one.role] == BookOwner::hub;
        if (at_hub && one.practice.empty()) return lines_.practices;
        if (!at_hub && !one.practice.empty()) {
            const auto found = std::find(practices_.begin(), practices_.end(), one.practice);
            return static_cast<std::size_t>(found - practices_.begin());  // the loader knows every name
        }
        const std::string role{name_of(one.role)};
        if (at_hub) {
            problems_
                .add(one.place, fmt::format("clinician \"{}\" is in a practice, and team.roles.{}.book is \"hub\"",
                                            one.name, role))
                .expected("no practice")
                .advice(fmt::format("leave out the practice, or set team.roles.{}.book = \"practice\"", role));
        } else {
            problems_.add(one.place, fmt::format("clinician \"{}\" is in no practice", one.name))
                .expected(fmt::format("practice = one of {}", fmt::join(practices_, ", ")))
                .advice(fmt::format("name the practice, or set team.roles.{}.book = \"hub\"", role));
        }
        return std::nullopt;
    }

    const Lines& lines_;
    Problems& problems_;
    std::vector<std::string> practices_;
    std::vector<std::vector<Desk>> desks_;  ///< by line
};

bool is_named(const Scenario& scenario, Role role) {
    const auto& all_of_them = scenario.clinicians();
    return std::any_of(all_of_them.begin(), all_of_them.end(),
                       [role](const ClinicianEntry& one) { return one.role == role; });
}

/// Somebody who changes a WTE that named clinicians stand in for would look for a difference in vain.
void warn_of_idle_wte(const Scenario& scenario, Role role, Problems& problems) {
    const std::string key = fmt::format("team.roles.{}.wte", name_of(role));
    const Origin& origin = scenario.origin(key);
    if (origin.layer != Origin::Layer::override_ && origin.layer != Origin::Layer::change) return;
    problems
        .warn(origin.place, fmt::format("{} is {}, and the clinicians of that role are named: nothing changes", key,
                                        to_string(scenario.value(key))))
        .advice("change the clinicians' wte, start or leaving");
}

}  // namespace

BookParameters read_book(const Scenario& scenario, Problems& problems) {
    auto book = scenario.read<BookParameters>();
    const Place& place = scenario.origin("book.weekday_share").place;
    if (book.weekday_share.size() != count_of<Weekday>) {
        problems.add(place, fmt::format("book.weekday_share has {} items", book.weekday_share.size()))
            .expected("seven, Monday to Sunday");
        book.weekday_share = BookParameters{}.weekday_share;
    } else if (sum(book.weekday_share) <= 0) {
        problems.add(place, "book.weekday_share is 0 on every day, so the books never open")
            .expected("a share above 0 for some day");
        book.weekday_share = BookParameters{}.weekday_share;
    }
    return book;
}

double wte_in_post(const Scenario& scenario, Role role) {
    double wte = 0;
    for (const ClinicianEntry& one : scenario.clinicians()) wte += one.role == role ? one.wte : 0;
    if (is_named(scenario, role)) return wte;
    return scenario.read<TeamRoleParameters>({std::string{name_of(role)}}).wte.value();
}

std::vector<Desk> cut_into_posts(double wte, double wte_per_post, MinuteTenths full_day,
                                 const std::vector<double>& weekday_share) {
    if (wte <= 0) return {};
    const WeekMinutes week = week_of(full_day, weekday_share);
    const double heads = std::max(std::ceil(wte - 1e-9), std::nearbyint(wte / wte_per_post));
    const auto count = std::min(most_desks_of_a_line, static_cast<std::size_t>(std::max(heads, 1.0)));
    if (wte < 1 || count == 1 || sum(weekday_share) <= 0) return {{0, 0, wte, week}};
    const double own_week = wte / static_cast<double>(count) * sum(weekday_share);
    std::vector<std::vector<double>> shifts;
    std::vector<double> in_all(weekday_share.size(), 0);
    for (std::size_t post = 0; post < count; ++post) {
        const double from = own_week * static_cast<double>(post);
        shifts.push_back(covered(from, from + own_week, weekday_share));
        for (std::size_t day = 0; day < in_all.size(); ++day) in_all[day] += shifts.back()[day];
    }
    std::vector<Desk> desks(count, Desk{0, 0, wte / static_cast<double>(count), {}});
    for (std::size_t day = 0; day < in_all.size(); ++day) {
        double before = 0;
        MinuteTenths given = 0;
        for (std::size_t post = 0; post < count && in_all[day] > 0; ++post) {
            before += shifts[post][day];
            const MinuteTenths until =
                post + 1 == count ? week[day]
                                  : static_cast<MinuteTenths>(static_cast<double>(week[day]) * before / in_all[day]);
            desks[post].minutes[day] = until - given;
            given = until;
        }
    }
    return desks;
}

std::vector<Desk> desks_of(const Scenario& scenario, const Lines& lines, const std::vector<double>& practice_shares,
                           Problems& problems) {
    const auto continuity = scenario.read<ContinuityParameters>();
    const BookParameters book = read_book(scenario, problems);
    Roster roster{scenario, lines, problems};
    for (const Role role : all<Role>()) {
        const auto working = scenario.read<RoleParameters>({std::string{name_of(role)}});
        const Staffing staffing{role, role == continuity.role, continuity.wte_per_post.value(),
                                minutes_per_day(working), book.weekday_share};
        if (is_named(scenario, role)) {
            warn_of_idle_wte(scenario, role, problems);
            for (const ClinicianEntry& one : scenario.clinicians()) {
                if (one.role == role) roster.seat_named(staffing, one);
            }
        } else {
            roster.seat_posts(staffing, wte_in_post(scenario, role), practice_shares);
        }
    }
    return std::move(roster).all_desks();
}

}  // namespace segue
