/// \file
/// Community activities: who suits them, their places, and who waits for one.
///
///   Order  places go to whoever has waited longest
///   Holds  places in use are never more than there are; joined = left + waiting
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/errors.hpp"
#include "engine/core/memory.hpp"
#include "engine/core/quantity.hpp"
#include "engine/population/rules.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue::prescribing {

/// One `[[activity]]`, compiled.
struct Activity {
    std::string name;
    std::uint32_t key{0};  ///< of draws about it: made of its name alone
    ActivityKind kind{ActivityKind::social};
    Rule suits;
    std::int64_t places{0};
    std::int32_t days{0};  ///< that somebody is in it
    std::int32_t starts_every_weeks{0};
    double price_gbp{0};  ///< a week
    Pence cost{0};        ///< of a place that is taken up
    double distance_km{0};
    std::optional<Day> open_from;
    std::optional<Day> funded_until;

    [[nodiscard]] bool takes_people(Day day) const noexcept {
        return (!open_from || day >= *open_from) && (!funded_until || day < *funded_until);
    }
    /// Whether people can start on a day: weekdays, or every so many Mondays.
    [[nodiscard]] bool starts_on(Day day) const noexcept;
};

/// Reads every activity; reports rules that cannot be read.
[[nodiscard]] std::vector<Activity> read_activities(const Scenario& scenario, Problems& problems);

/// A place in a queue, if the referral that took it still waits there.
struct Waiter {
    std::uint32_t slot;
    std::uint32_t serial;
};

/// Places and queues of every activity of one neighbourhood.
class ActivityPlaces {
public:
    explicit ActivityPlaces(std::size_t activities) : used_(activities, 0), queues_(activities) {}

    [[nodiscard]] std::int64_t used(std::size_t activity) const noexcept { return used_[activity]; }
    void join(std::size_t activity, Waiter waiter) {
        drop_those_before_head(queues_[activity]);
        make_room(queues_[activity].waiters);
        queues_[activity].waiters.push_back(waiter);
    }
    void take(std::size_t activity) noexcept { ++used_[activity]; }
    void give_back(std::size_t activity) noexcept { --used_[activity]; }
    /// The next in the queue for whom `still_waits` holds; nothing when nobody does.
    template <class StillWaits>
    [[nodiscard]] std::optional<Waiter> next(std::size_t activity, StillWaits still_waits) {
        Queue& queue = queues_[activity];
        while (queue.head < queue.waiters.size()) {
            const Waiter waiter = queue.waiters[queue.head++];
            if (still_waits(waiter)) return waiter;
        }
        return std::nullopt;
    }
    [[nodiscard]] std::size_t bytes() const noexcept;

private:
    struct Queue {
        std::vector<Waiter> waiters;
        std::size_t head{0};
    };
    static void drop_those_before_head(Queue& queue);

    std::vector<std::int64_t> used_;
    std::vector<Queue> queues_;
};

}  // namespace segue::prescribing
