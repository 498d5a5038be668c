/// \file
/// An open need: who has it, what it is, whom it asks and since when. It stays in one slot from its onset until it
/// is met or counted as unmet; lists and the calendar hold slots.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/contracts.hpp"
#include "engine/core/memory.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/model/event.hpp"

namespace segue {

using RequestSlot = std::uint32_t;
inline constexpr RequestSlot no_request = 0xFFFF'FFFFU;

/// How a request may use a day's minutes: urgent ones have the carve-out; booked ones were promised the day.
enum class Priority : std::uint8_t { urgent, booked, routine, count_ };

struct Request {
    std::uint32_t row{0};
    std::uint32_t key{0};          ///< *when* of its draws: the onset's day, stream and ordinal
    std::uint32_t serial{0};       ///< how often its slot has been given out: tells a stale calendar entry
    RequestSlot next{no_request};  ///< of the same person
    Day asked;                     ///< booking
    Day wanted;                    ///< wished-for day
    Day joined;                    ///< the line it stands in
    Day leaves;                    ///< that line, unless it is served before
    std::uint32_t position{0};     ///< in that line
    std::uint16_t line{0xFFFF};
    std::uint8_t need{0};
    Role role{Role::gp};
    Priority priority{Priority::routine};
    RequestOrigin origin{RequestOrigin::onset};
    std::uint16_t attempts{0};    ///< requests and contacts so far: numbers its draws
    std::uint8_t follow_ups{0};   ///< planned follow-ups on the way here
    std::uint8_t route_place{0};  ///< place in its route of the role now asked
    bool in_line : 1 {false};
    bool prefers_usual : 1 {false};    ///< asks for the usual clinician
    std::uint8_t way_out : 2 {0};      ///< by which it then leaves
    Channel channel{Channel::direct};  ///< by which it came last

    /// One more: at the most that a draw can be numbered by, which takes a lifetime of daily attempts, it stays.
    void count_attempt() noexcept {
        if (attempts < 0xFFFF) ++attempts;
    }
};
static_assert(sizeof(Request) == 48);

/// *When* of a request's draws: onset day 17 bits | stream 6 | strip 1 | ordinal 8.
[[nodiscard]] constexpr std::uint32_t request_key(Day onset, std::uint32_t stream, bool strip,
                                                  std::uint32_t ordinal) noexcept {
    return (static_cast<std::uint32_t>(onset.number()) & 0x1'FFFFU) << 15U | (stream & 0x3FU) << 9U |
           (strip ? 1U : 0U) << 8U | (ordinal & 0xFFU);
}

/// The open needs of one neighbourhood, by slot and by person.
class Requests {
public:
    /// Opens a need for the person in `row`.
    RequestSlot open(std::uint32_t row);
    void close(RequestSlot slot);

    [[nodiscard]] Request& operator[](RequestSlot slot) noexcept { return requests_[slot]; }
    [[nodiscard]] const Request& operator[](RequestSlot slot) const noexcept { return requests_[slot]; }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_of(requests_, free_, first_); }
    [[nodiscard]] std::size_t open_count() const noexcept { return requests_.size() - free_.size(); }
    [[nodiscard]] RequestSlot first_of(std::uint32_t row) const noexcept {
        return row < first_.size() ? first_[row] : no_request;
    }
    /// True while the slot still holds the request that a calendar entry was made for.
    [[nodiscard]] bool is_current(RequestSlot slot, std::uint32_t serial) const noexcept {
        return requests_[slot].serial == serial;
    }

private:
    std::vector<Request> requests_;
    std::vector<RequestSlot> free_;
    std::vector<RequestSlot> first_;  ///< by person row
};

inline RequestSlot Requests::open(std::uint32_t row) {
    grow_to(first_, row + std::size_t{1}, no_request);
    RequestSlot slot = 0;
    if (free_.empty()) {
        slot = static_cast<RequestSlot>(requests_.size());
        make_room(requests_);
        requests_.emplace_back();
    } else {
        slot = free_.back();
        free_.pop_back();
    }
    const std::uint32_t serial = requests_[slot].serial + 1;
    requests_[slot] = Request{};
    requests_[slot].serial = serial;
    requests_[slot].row = row;
    requests_[slot].next = first_[row];
    first_[row] = slot;
    return slot;
}

inline void Requests::close(RequestSlot slot) {
    Request& request = requests_[slot];
    RequestSlot* link = &first_[request.row];
    while (*link != slot) {
        SEGUE_EXPECT(*link != no_request);
        link = &requests_[*link].next;
    }
    *link = request.next;
    ++request.serial;
    free_.push_back(slot);
}

}  // namespace segue
