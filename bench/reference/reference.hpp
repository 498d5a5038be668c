/// \file
/// The day once more, as plainly as it can be written: people in a map, everything due in a map of days, one vector of
/// those who wait, sorted each morning. No columns, batches, slots or records. It makes the same draws, by the same
/// keys, and so must give the same numbers as the engine, every day.
///
///   In     a world with one neighbourhood and no dated changes; each day's Morning
///   Out    counts since the start
///   Shares with the engine: rate tables, kinds of need, terms of the book, laws of the front door, routes, samplers. Not shared: the loop.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "bench/reference/counts.hpp"
#include "bench/reference/diary.hpp"
#include "engine/day/world.hpp"
#include "engine/rng/draws.hpp"

namespace segue::reference {

class Neighbourhood {
public:
    Neighbourhood(const day::World& world, Twin twin, const Members& first_list);

    /// Takes the next day, after what its morning brought.
    void advance(const Morning& morning);
    [[nodiscard]] const Counts& counts() const noexcept { return counts_; }

private:
    struct Person {
        Member self;
        needs::RateTables::Rates bounds;     ///< the highest of each rate in this quarter
        std::optional<std::size_t> usual{};  ///< desk of their own clinician, once they have asked for the role
    };
    /// A need that may arise: it does if its threshold lies below the rate of its day.
    struct Candidate {
        std::uint64_t person;
        std::size_t stream;
        std::uint32_t key;
        float threshold;
        NeedOrigin origin;
    };
    enum class WayOut : std::uint8_t { none, heals, worsens, gives_up };
    struct Need {
        std::uint64_t person{0};
        std::uint32_t key{0};
        std::uint8_t kind{0};
        Role role{Role::gp};
        Priority priority{Priority::routine};
        RequestOrigin origin{RequestOrigin::onset};
        Channel channel{Channel::direct};
        Day asked;
        Day wanted;
        std::uint16_t attempts{0};
        int follow_ups{0};
        std::size_t route_place{0};
        // While it waits in a line.
        std::size_t line{0};
        Day joined;
        std::uint32_t tie{0};
        bool prefers_usual{false};
        WayOut way{WayOut::none};
        Day leaves;
        bool served{false};
    };
    /// A line's minutes of today.
    struct Till {
        MinuteTenths morning{0};
        EnumArray<MinuteUse, MinuteTenths> spent;  ///< on calls and triage
    };
    struct Contact {
        Need need;
        Mode mode;
        Seen seen;
        MinuteTenths minutes;
        Words luck;
    };

    void open_quarter();
    void live(const Morning& morning);
    void draw_tile(std::uint64_t key, Person& person, Day from);
    void draw_strips(std::uint64_t key, Person& person, Day from);
    void needs_arise();
    void may_bring_another(const Candidate& arisen);
    void receive(const Candidate& candidate);
    void ask_as_promised();
    void leave_lines();
    void open_tills();
    void answer();
    void meet(Need need);
    void take(Need need);
    void let_in(Need need);
    void turn_away(Need need, Rebuff rebuff);
    void visit(Need need, UrgentService service);
    void ask_on(Need need, Day day, RequestOrigin origin, std::uint32_t word);
    void tell_nothing_today();
    [[nodiscard]] bool pays(std::size_t line, MinuteUse use, MinuteTenths minutes, double most_share);
    [[nodiscard]] bool is_triaged(const Need& need) const;
    [[nodiscard]] bool has_online_access(const Need& need) const;
    [[nodiscard]] Chance navigation_error(const Need& need) const;
    void navigate();
    void join(Need need);
    void serve();
    [[nodiscard]] MinuteTenths serve(std::size_t line, Priority priority, MinuteTenths minutes);
    [[nodiscard]] Contact contact(const Need& need) const;
    void choose_usual(Need& need);
    [[nodiscard]] MinuteTenths left(std::size_t desk) const;
    /// The desk at which somebody is seen today; none when it is full, or while they wait for their own clinician.
    [[nodiscard]] std::optional<std::size_t> desk_for(const Need& need, MinuteTenths minutes, bool& waits) const;
    void conclude(const Contact& contact);
    void ask_again(Need need, RequestOrigin origin, std::int32_t in_days, Priority priority);
    void arrive_at_ae(const Need& need);
    void admit(const Need& need);

    [[nodiscard]] Words draw(std::uint64_t person, Purpose purpose, std::uint32_t when, std::uint32_t block) const;
    [[nodiscard]] Words draw(const Need& need, Purpose purpose) const {
        return draw(need.person, purpose, need.key, need.attempts);
    }
    [[nodiscard]] bool is_in_a_bed(std::uint64_t person) const { return in_a_bed_.count(person) > 0; }
    [[nodiscard]] const book::Terms& terms() const noexcept { return configuration_.terms; }
    [[nodiscard]] const front_door::Laws& door() const noexcept { return configuration_.front_door.laws(); }
    [[nodiscard]] const NeedKind& kind_of(const Need& need) const noexcept { return world_.kinds()[need.kind]; }

    const day::World& world_;
    const day::Configuration& configuration_;
    Twin twin_;
    Chance navigation_error_;
    std::vector<Role> in_post_;
    Day today_;
    int quarter_{-1};  ///< year x 4 + quarter
    Day quarter_first_;
    Day quarter_after_;
    std::map<std::uint64_t, Person> people_;
    std::map<Day, std::vector<Candidate>> candidates_;
    std::map<Day, std::vector<Need>> promised_;
    std::vector<Need> waiting_;
    std::vector<Need> asking_;
    std::vector<Contact> contacts_;
    std::map<std::size_t, MinuteTenths> carried_;        ///< by desk
    std::map<std::size_t, Till> tills_;                  ///< by line
    std::map<std::uint8_t, std::int64_t> taken_online_;  ///< today, by practice
    std::map<std::size_t, MinuteTenths> left_;           ///< today, by desk
    std::set<std::uint64_t> in_a_bed_;                   ///< this morning
    std::set<std::uint64_t> admitted_;                   ///< today, into a bed of tonight
    bool did_not_fit_{false};
    Counts counts_;
};

}  // namespace segue::reference
