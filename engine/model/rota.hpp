/// \file
/// Who is in post and when they work: the desks of every line. A role whose clinicians matter to people has a desk for
/// each; any other role shares one.
///
///   In     the team's WTE, or the named clinicians; the weekday's shares; baseline load and pressure
///   Out    minutes of direct care by desk and weekday
///   Holds  a line's minutes on a weekday are those of its whole WTE, however its posts are cut
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/errors.hpp"
#include "engine/core/quantity.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/model/minutes.hpp"
#include "engine/model/team_parameters.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue {

/// Minutes of Monday to Sunday. [0.1 min]
using WeekMinutes = std::array<MinuteTenths, count_of<Weekday>>;

/// Where one clinician, or all of a role that share their work, see people.
struct Desk {
    std::uint16_t line{0};
    std::uint32_t key{0};  ///< of whoever sits there, for draws and across changes
    double wte{0};
    WeekMinutes minutes{};
};

/// Most clinicians of one line that are told apart.
inline constexpr std::size_t most_desks_of_a_line = 250;

/// When the books are open. A week that is none, or without a day, is told, and the declared one stands for it.
[[nodiscard]] BookParameters read_book(const Scenario& scenario, Problems& problems);

/// Whole-time equivalents in post: of the named clinicians where there are any, else the team's.
[[nodiscard]] double wte_in_post(const Scenario& scenario, Role role);

/// Cuts the minutes of a line whose full day is `full_day` and whose WTE is `wte` into posts of about `wte_per_post`.
/// Posts are laid end to end round the week, so that each works a run of days and every day has its share of them; less
/// than one WTE is one post that works every day.
[[nodiscard]] std::vector<Desk> cut_into_posts(double wte, double wte_per_post, MinuteTenths full_day,
                                               const std::vector<double>& weekday_share);

/// The desks of every line, in the order of lines. Reports clinicians in no practice's book and such as never work.
/// \param practice_shares of the list, adding up to 1
[[nodiscard]] std::vector<Desk> desks_of(const Scenario& scenario, const Lines& lines,
                                         const std::vector<double>& practice_shares, Problems& problems);

}  // namespace segue
