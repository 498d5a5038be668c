#include "engine/model/prescribing/activities.hpp"

#include <fmt/format.h>

#include "engine/core/calendar.hpp"
#include "engine/core/words.hpp"

namespace segue::prescribing {

bool Activity::starts_on(Day day) const noexcept {
    if (is_bank_holiday(day)) return false;
    if (starts_every_weeks == 0) return index(weekday(day)) < 5;
    return weekday(day) == Weekday::monday && day.number() / 7 % starts_every_weeks == 0;
}

std::vector<Activity> read_activities(const Scenario& scenario, Problems& problems) {
    constexpr std::size_t most = 255;  // records number them in a byte
    if (scenario.activities().size() > most) {
        problems
            .add(scenario.activities()[most].place,
                 fmt::format("there are {} activities", scenario.activities().size()))
            .expected(fmt::format("at most {}", most));
    }
    std::vector<Activity> activities;
    for (const ActivityEntry& entry : scenario.activities()) {
        Activity made;
        made.name = entry.name;
        made.key = number_of_name(entry.name);
        made.kind = entry.kind;
        made.suits = compile_rule(entry.when, entry.place, problems);
        made.places = entry.places;
        made.days = static_cast<std::int32_t>(entry.weeks * 7);
        made.starts_every_weeks = static_cast<std::int32_t>(entry.starts_every_weeks);
        made.price_gbp = entry.price.value();
        made.cost = pence(entry.cost);
        made.distance_km = entry.distance_km;
        if (entry.open_from) made.open_from = to_day(*entry.open_from);
        if (entry.funded_until) made.funded_until = to_day(*entry.funded_until);
        if (made.open_from && made.funded_until && *made.open_from >= *made.funded_until) {
            problems.add(entry.place, fmt::format("activity \"{}\" opens once its funding has ended", entry.name))
                .expected("open_from before funded_until");
        }
        activities.push_back(std::move(made));
    }
    return activities;
}

std::size_t ActivityPlaces::bytes() const noexcept {
    std::size_t bytes = bytes_of(used_);
    for (const Queue& queue : queues_) bytes += bytes_of(queue.waiters);
    return bytes;
}

void ActivityPlaces::drop_those_before_head(Queue& queue) {
    constexpr std::size_t worth_it = 64;
    if (queue.head < worth_it || queue.head * 2 < queue.waiters.size()) return;
    queue.waiters.erase(queue.waiters.begin(), queue.waiters.begin() + static_cast<std::ptrdiff_t>(queue.head));
    queue.head = 0;
}

}  // namespace segue::prescribing
