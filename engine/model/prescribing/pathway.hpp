/// \file
/// The pathway of social prescribing: offered, accepted, assigned to a link worker, seen, a plan, an activity. Two queues in
/// series: for a place in the link workers' caseload, and for one in the activity.
///
///   In     today.contacts, needs that arose, today.link_worker_due, today.activities_due
///   Out    stages and ends of referrals; link workers' contacts and their minutes; places to be paid for; whose effects
///          begin
///   Order  the link workers' list as queue_order says, then a keyed draw; their contacts by the day on which each was due,
///          then the same draw; an activity's queue by who has waited longest
///   Draws  by the need that the referral came of: Purpose::uptake_offer, uptake_case, uptake_contact; uptake_place
///   Holds  offered = declined + accepted; accepted = ended + open; Little's law over the link workers' list
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "engine/model/prescribing/activities.hpp"
#include "engine/model/prescribing/evidence.hpp"
#include "engine/model/prescribing/network.hpp"
#include "engine/model/prescribing/uptake/stack.hpp"
#include "engine/model/today.hpp"

namespace segue::prescribing {

/// What the pathway has done since the run began, for the self-checks.
struct PathwayTotals {
    std::int64_t offered{0};
    std::int64_t declined{0};
    std::int64_t accepted{0};
    std::int64_t ended{0};
    std::int64_t joined_list{0};
    std::int64_t left_list{0};
    std::int64_t waiting_at_day_ends{0};
    std::int64_t days_waited_by_left{0};
    std::int64_t most_over_places{0};  ///< places in use beyond those that there are, at the worst
};

class Pathway {
public:
    Pathway(const Scenario& scenario, const Evidence& evidence, const Terms& terms, std::uint32_t neighbourhood,
            Day first_day);

    void change_terms(const Terms& terms) noexcept { terms_ = &terms; }
    /// Whoever died or left the list leaves the pathway too.
    void forget(NeighbourhoodState& state, std::uint32_t row);
    /// Somebody in whom a need arose may go to a link worker by themselves.
    void self_refer(NeighbourhoodState& state, std::uint32_t row, std::uint32_t key, std::uint8_t need);
    /// Link workers' day: who gave up waiting, whom they see, whom they take on; and the day in the activities.
    void work(NeighbourhoodState& state);
    /// Offers at today's contacts.
    void offer(NeighbourhoodState& state);
    /// What happened today becomes what others know tomorrow.
    /// \param events of the day
    void close_day(const NeighbourhoodState& state, std::span<const Event> events);

    [[nodiscard]] std::int64_t caseload() const noexcept { return in_caseload_; }
    [[nodiscard]] std::int64_t waiting_for_link_worker() const noexcept { return waiting_; }
    [[nodiscard]] std::int64_t waiting_for_activity() const noexcept { return waiting_for_place_; }
    [[nodiscard]] std::int64_t places_used(std::size_t activity) const noexcept { return places_.used(activity); }
    [[nodiscard]] std::int64_t open() const noexcept;
    [[nodiscard]] const PathwayTotals& totals() const noexcept { return totals_; }
    /// Days so far of everybody on the link workers' list, the day's end included. [d]
    [[nodiscard]] std::int64_t days_so_far(Day today) const noexcept;
    /// Most people whom link workers see at one time.
    [[nodiscard]] std::int64_t caseload_cap() const noexcept;
    [[nodiscard]] std::size_t bytes() const noexcept;

private:
    using Slot = std::uint32_t;
    /// One referral, from its acceptance to its end.
    struct Case {
        std::uint32_t key{0};              ///< *when* of its draws: the need that it came of
        std::uint32_t serial{0};           ///< tells stale entries and places of its way with the link worker
        std::uint32_t activity_serial{0};  ///< and of its way in the activity
        std::uint32_t clinician{0};
        std::uint32_t tie{0};  ///< who comes first among equals: the lower
        Day accepted;
        Day due;     ///< the next contact
        Day chosen;  ///< the activity
        std::uint8_t need{0};
        ReferralRoute route{ReferralRoute::contact};
        ReferralStage stage{ReferralStage::accepted};
        ReferralEnd outcome{ReferralEnd::stopped_coming};  ///< unless something else comes of it
        std::uint8_t contacts{0};
        std::uint8_t contacts_wanted{0};
        std::uint8_t activity{0};
        bool on_list : 1 {false};
        bool in_caseload : 1 {false};
        bool waits_for_place : 1 {false};
        bool in_activity : 1 {false};
        bool will_complete : 1 {false};
        bool has_treated : 1 {false};  ///< its effect has begun
    };
    /// A place on the link workers' list.
    struct Place {
        std::int64_t order;
        std::uint32_t tie;
        std::uint64_t person;
        Slot slot;
        std::uint32_t serial;
        /// Called later.
        friend bool operator>(const Place& a, const Place& b) noexcept {
            return std::tie(a.order, a.tie, a.person) > std::tie(b.order, b.tie, b.person);
        }
    };
    /// An opportunity to offer a referral.
    struct Opportunity {
        std::uint32_t row;
        std::uint32_t key;
        std::uint8_t need;
        ReferralRoute route;
        Role role;  ///< of whoever offers
        std::uint32_t clinician;
        std::uint32_t luck;
    };
    [[nodiscard]] Community community(const NeighbourhoodState& state) const noexcept;
    [[nodiscard]] Words draw(const NeighbourhoodState& state, Slot slot, Purpose purpose, std::uint32_t block) const;
    /// Whether somebody has no referral open and has been offered none lately.
    [[nodiscard]] bool is_open_to_offers(std::uint32_t row, Day today) const noexcept;
    void note_offer(const NeighbourhoodState& state, std::uint32_t row);
    void consider(NeighbourhoodState& state, const Opportunity& chance);
    Event& record(NeighbourhoodState& state, Slot slot, ReferralStage stage);
    void open_case(NeighbourhoodState& state, const Opportunity& chance, const Words& luck);
    void join_list(NeighbourhoodState& state, Slot slot, std::uint32_t patience_luck);
    void leave_list(NeighbourhoodState& state, Slot slot);
    void take_from_list(NeighbourhoodState& state);
    void put_due_in_order(const NeighbourhoodState& state, std::vector<CalendarEntry>& due) const;
    void meet(NeighbourhoodState& state, Slot slot);
    void plan_contact(NeighbourhoodState& state, Slot slot, double in_days);
    void call_on(NeighbourhoodState& state, Slot slot, Day day);
    [[nodiscard]] bool spends_minutes(NeighbourhoodState& state, Slot slot, Mode mode, MinuteTenths minutes,
                                      bool attended);
    void make_a_plan(NeighbourhoodState& state, Slot slot);
    void leave_caseload(NeighbourhoodState& state, Slot slot);
    void start_activities(NeighbourhoodState& state);
    void start(NeighbourhoodState& state, Slot slot);
    void activity_due(NeighbourhoodState& state, Slot slot);
    void leave_queue(NeighbourhoodState& state, Slot slot, ReferralEnd outcome);
    void step(NeighbourhoodState& state, Slot slot, ActivityStep what);
    /// Begins the effect on somebody, where it is on those who are treated so.
    void treat(NeighbourhoodState& state, Slot slot, Treated as);
    void end(NeighbourhoodState& state, Slot slot, ReferralEnd why);
    void end_if_over(NeighbourhoodState& state, Slot slot);
    /// Ties people anew when a quarter begins, where a model asks who knows whom.
    void tie_people(const NeighbourhoodState& state);
    [[nodiscard]] std::vector<Option> options(const NeighbourhoodState& state, Slot slot) const;
    [[nodiscard]] bool is_current(Slot slot, std::uint32_t serial) const noexcept {
        return row_of_[slot] != nobody && cases_[slot].serial == serial;
    }

    const Evidence* evidence_;
    const Terms* terms_;
    std::uint32_t neighbourhood_;
    Stack stack_;
    NetworkParameters network_parameters_;
    std::optional<Network> network_;
    std::vector<Case> cases_;
    std::vector<std::uint32_t> row_of_;  ///< by slot; nobody: free
    std::vector<Slot> case_of_;          ///< by row; nobody: none open
    std::vector<Slot> free_;
    std::vector<Place> list_;  ///< heap
    ActivityPlaces places_;
    std::vector<std::uint16_t> offered_on_;  ///< by row: days from the first of the run, 0xFFFF: never
    std::vector<std::uint8_t> has_used_;     ///< by row, as the last day closed
    std::vector<News> news_;                 ///< of today
    std::vector<double> chances_;
    Day first_day_;
    int quarter_tied_{-1};
    double expected_wait_weeks_{0};  ///< as yesterday closed
    std::int64_t waiting_{0};
    std::int64_t in_caseload_{0};
    std::int64_t waiting_for_place_{0};
    PathwayTotals totals_;
};

}  // namespace segue::prescribing
