/// \file
/// Where twins part: the first thing that happens otherwise to one and the same person in two arms, and what kind of
/// cause it is.
///
///   In     the records of one person in each arm, in the order in which they were made
///   Out    what differs first, as one of three causes
///   Holds  records that are equal but for where the person is stored are no difference, nor are they in another order
///          within a day; money is none: a price may change while a life does not
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "engine/day/neighbourhood.hpp"
#include "engine/model/event.hpp"

namespace segue::compare {

/// In the order in which one precedes another when several things differ on the first day that differs.
enum class Cause : std::uint8_t {
    own_decision,  ///< theirs or about them: another role or channel asked, sought or not, treated otherwise
    displaced,     ///< the same request is answered, served, given up or worsened at another time: others in the queue
    knock_on,      ///< anything else, though nothing of theirs differed before
    count_
};
[[nodiscard]] constexpr auto names(Cause) {
    return std::array<std::string_view, 3>{"own_decision", "displaced", "knock_on"};
}

/// "their own decision or treatment", for people.
[[nodiscard]] std::string_view in_words(Cause cause) noexcept;

/// The cause that a record tells when it is what first differs, and why; none for records that are not looked at.
struct CauseOfKind {
    EventKind kind;
    std::optional<Cause> cause;
    std::string_view reason;
};
[[nodiscard]] const CauseOfKind& cause_of(EventKind kind) noexcept;

/// Whether a record tells of a person's life.
[[nodiscard]] bool is_looked_at(const Event& event) noexcept;

/// The records of one person that are looked at.
using Life = std::span<const day::KeptEvent* const>;

/// The cause of the first difference between two lives; nothing where there is none.
///
/// Of the first day on which they differ, what both have is left out; the first of what is left in each tells. The same
/// thing on the same day done otherwise (another role, mode or channel, longer, another outcome) is somebody's decision.
[[nodiscard]] std::optional<Cause> first_cause(Life a, Life b);

}  // namespace segue::compare
