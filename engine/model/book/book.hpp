/// \file
/// Appointment books of one neighbourhood: who waits for which role, and whom today's minutes reach.
///
///   In     requests that know their role; minutes per role, some of which calls and triage may have taken
///   Out    contacts made or missed; people who gave up, healed, or got worse while waiting
///   Where  the usual clinician, for those who prefer them, waiting some days for them; else whoever has most time left
///   Order  urgent up to the carve-out, then booked, then routine, then urgent again; within each the longest wait,
///          then a keyed draw: never row, id or thread
///   Draws  by request and attempt: Purpose::while_waiting (heals, worsens, gives up, tie), contact (attends, ..., mode),
///          after_contact (whether the worsened go to A&E), continuity (prefers the usual clinician, tie of desks);
///          usual_clinician by person and clinician
///   Holds  joined = served + left + waiting, every day; minutes spent never exceed minutes offered; Little's law
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/model/contact_parameters.hpp"
#include "engine/model/continuity_parameters.hpp"
#include "engine/model/kinds.hpp"
#include "engine/model/minutes.hpp"
#include "engine/model/rota.hpp"
#include "engine/model/team_parameters.hpp"
#include "engine/model/today.hpp"

namespace segue::book {

/// The book as a configuration sets it: minutes of a full day for every line, and the rules.
struct Terms {
    /// Nobody in post, no practice: to be filled in by hand.
    Terms() = default;
    /// \param practice_shares of the list, adding up to 1
    Terms(const Scenario& scenario, std::vector<double> practice_shares, Problems& problems);

    /// Puts the desks of all lines in place; they come in the order of lines.
    void seat(std::vector<Desk> all_desks);
    [[nodiscard]] bool has_minutes(std::size_t line) const noexcept;
    /// Minutes that a desk has on a day: none when the books are closed.
    [[nodiscard]] MinuteTenths minutes_at(std::size_t desk, Day day) const noexcept;
    /// The same of a whole line.
    [[nodiscard]] MinuteTenths minutes(std::size_t line, Day day) const noexcept;
    [[nodiscard]] bool is_open(Day day) const noexcept { return book.is_open(day); }

    std::vector<double> shares;
    EnumArray<Role, double> wte;
    EnumArray<Role, bool> in_post;
    Lines lines;
    std::vector<Desk> desks;                ///< in the order of lines
    std::vector<std::uint32_t> first_desk;  ///< of each line, and one past the last
    EnumArray<Role, WeekMinutes> administration;
    Role usual_role{Role::gp};  ///< of which everybody has a usual clinician
    EnumArray<NeedGroup, Chance> prefers_usual;
    EnumArray<NeedGroup, std::int32_t> waits_for_usual_days;
    BookParameters book;
    AttendanceParameters attendance;
    FeedbackParameters feedbacks;
    InducedDemandParameters induced_demand;
    MinuteTenths unsuitable_minutes{50};
    EnumArray<Mode, double> mode_ratio;
    std::array<Chance, 4> missed;  ///< same day, next day, within a week, later
};

/// What one line has done since the run began, for the self-checks.
struct LineTotals {
    std::int64_t joined{0};
    std::int64_t left{0};
    std::int64_t waiting_at_day_ends{0};  ///< people, summed over day ends
    std::int64_t days_waited_by_left{0};
};

class Book {
public:
    Book(const Kinds& kinds, const Terms& terms);

    /// Puts new terms in force from now on.
    void change_terms(const Terms& terms);
    /// Those who stand in lines that new terms have closed ask again today; call once those who died or left are gone.
    void move_people(NeighbourhoodState& state);
    /// Everybody in today.joining takes a place; whether and when each would leave unserved is decided now.
    void join(NeighbourhoodState& state);
    /// Puts those who wait for routine contacts in the order of how long ago they asked, when a backlog has joined them.
    void order_by_wait(NeighbourhoodState& state);
    /// Those whose healing, worsening or patience comes due today leave their lines.
    void leave_lines(NeighbourhoodState& state);
    /// Somebody who died or left the list is taken out of every line; their needs stay unmet.
    void forget(NeighbourhoodState& state, std::uint32_t row);
    /// Staff come to work: puts today's minutes, and what a line kept for those who did not fit in, into the till.
    void open_day(NeighbourhoodState& state);
    /// Gives away what today's till has left, in the order above, and appends to today.contacts.
    void serve(NeighbourhoodState& state);
    /// Urgent requests that today did not reach leave their lines for today.told_nothing, if the books were open.
    void let_go_of_urgent(NeighbourhoodState& state);
    /// Counts who waits at the day's end.
    void close_day();

    /// Overtime that each role has worked today. [0.1 min]
    [[nodiscard]] const EnumArray<Role, MinuteTenths>& overtime() const noexcept { return overtime_; }
    /// Time of the contacts that today's requests ask of each role. [0.1 min]
    [[nodiscard]] const EnumArray<Role, MinuteTenths>& asked_for() const noexcept { return asked_for_; }
    /// Somebody's usual clinician, as a place among the desks of their line; none before they first ask.
    [[nodiscard]] std::optional<std::size_t> usual_of(std::uint32_t row) const noexcept;
    [[nodiscard]] std::int64_t waiting(Role role) const noexcept;
    [[nodiscard]] std::int64_t waiting() const noexcept;
    [[nodiscard]] std::int64_t waiting_in(std::size_t line) const noexcept;
    /// The least that any line had left at the end of any day. [0.1 min]
    [[nodiscard]] MinuteTenths least_minutes_left() const noexcept { return least_left_; }
    [[nodiscard]] const std::vector<LineTotals>& totals() const noexcept { return totals_; }
    [[nodiscard]] std::size_t bytes() const noexcept;  ///< that the lines hold
    /// Days so far of everybody who still waits in a line, the day's end included. [d]
    [[nodiscard]] std::int64_t days_so_far(const NeighbourhoodState& state, std::size_t line, Day today) const;

private:
    /// One line's people of one priority, oldest first. Places of those who left are kept until the head passes them.
    struct Queue {
        std::vector<RequestSlot> slots;
        std::size_t head{0};
        std::uint32_t base{0};  ///< position of slots[0]
        std::int64_t count{0};
    };
    using Line = EnumArray<Priority, Queue>;
    /// From the wanted day to the contact.
    struct Delay {
        std::int64_t days{0};
        std::int64_t contacts{0};
    };
    /// Where a request may be seen today.
    struct Seat {
        enum class Kind : std::uint8_t { found, waits_for_usual, no_room };
        Kind kind;
        std::size_t desk;
    };
    struct Arrival {
        std::uint32_t order;  ///< line and priority
        std::int32_t asked;   ///< the longer ago, the earlier
        std::uint32_t tie;
        RequestSlot slot;
    };
    void take_place(NeighbourhoodState& state, RequestSlot slot);
    /// Whether, how and when somebody who joins a line today would leave it unserved.
    void foresee_leaving(const NeighbourhoodState& state, Request& request, const Words& luck) const noexcept;
    void look_again(NeighbourhoodState& state, RequestSlot slot);
    void leave(NeighbourhoodState& state, RequestSlot slot);
    void remove(NeighbourhoodState& state, RequestSlot slot);
    static void drop_places(Queue& queue);
    [[nodiscard]] MinuteTenths serve_queue(NeighbourhoodState& state, std::size_t line, Priority priority,
                                           MinuteTenths minutes);
    [[nodiscard]] Contact contact(const NeighbourhoodState& state, RequestSlot slot) const;
    void serve_line(NeighbourhoodState& state, std::size_t line);
    /// What a request's contact will take, as expected over its modes. [0.1 min]
    [[nodiscard]] MinuteTenths expected_minutes(const NeighbourhoodState& state, const Request& request) const noexcept;
    void choose_usual(const NeighbourhoodState& state, Request& request);
    [[nodiscard]] bool waits_for_usual(const NeighbourhoodState& state, const Request& request) const noexcept;
    [[nodiscard]] Seat seat_for(const NeighbourhoodState& state, const Request& request, MinuteTenths minutes) const;
    void tell_how_easy_access_was(NeighbourhoodState& state);
    static void record_move(NeighbourhoodState& state, const Request& request);
    void count_moved(NeighbourhoodState& state, std::size_t line);
    void keep_who_stays(const NeighbourhoodState& state);
    void record_minutes(NeighbourhoodState& state, EventKind kind, Role role, MinuteTenths minutes) const;

    const Kinds* kinds_;
    const Terms* terms_;
    const Terms* terms_before_{nullptr};  ///< until people are moved
    const Terms* terms_cut_{nullptr};     ///< those that the last change ended
    Day cut_on_;
    std::vector<Line> lines_;
    std::vector<LineTotals> totals_;
    std::vector<Arrival> arrivals_;
    MinuteTenths least_left_{0};
    std::vector<MinuteTenths> carried_;      ///< by desk: left over because the next contact did not fit into the day
    std::vector<std::uint8_t> usual_;        ///< by person row: place of their clinician among the desks of their line
    std::vector<MinuteTenths> overtime_at_;  ///< by desk of the line that is being served
    bool next_did_not_fit_{false};           ///< today, at the line that is being served
    EnumArray<Role, MinuteTenths> asked_for_;  ///< today
    std::vector<Delay> delays_;                ///< by practice, this week, of the role with usual clinicians
    EnumArray<Role, MinuteTenths> overtime_;   ///< used today
};

}  // namespace segue::book
