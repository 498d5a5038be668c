/// \file
/// One neighbourhood through a run, in one thread.
#pragma once
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "engine/day/self_checks.hpp"
#include "engine/day/world.hpp"
#include "engine/model/today.hpp"
#include "engine/record/counter.hpp"

namespace segue::day {

/// A record that is kept, with whom it is about by key: rows change hands.
struct KeptEvent {
    std::uint64_t person;  ///< 0: nobody
    Day day;
    Event event;
};

/// What comes out of one neighbourhood in one replicate.
struct Outcome {
    Counts counts;
    std::vector<KeptEvent> kept_events;  ///< of the span, when asked for
    std::vector<SelfCheck> checks;
    double person_years{0};  ///< simulated, warm-up included
    double results_person_years{0};
    std::int64_t events{0};      ///< records made, warm-up included
    double loop_cpu_seconds{0};  ///< of the days' loop and of counting
    double synthesis_cpu_seconds{0};
    EnumArray<WaitingList, std::vector<std::int64_t>>
        waiting_days;  ///< by week of the span: waiting at each day's close
};

/// Where a neighbourhood's memory is. [bytes]
struct Memory {
    std::size_t people{0};  ///< columns
    std::size_t calendar{0};
    std::size_t requests{0};  ///< open needs
    std::size_t lines{0};
    std::size_t clocks{0};  ///< of referrals
    std::size_t prescribing{0};
    std::size_t onsets{0};   ///< bounds of changed people, words of a block
    std::size_t today{0};    ///< worklists
    std::size_t records{0};  ///< a day's, streamed through
    std::size_t outputs{0};  ///< the same however many people there are
    /// What the days' loop keeps for each person: all but records and outputs.
    [[nodiscard]] std::size_t resident() const noexcept {
        return people + calendar + requests + lines + clocks + prescribing + onsets + today;
    }
};

class Neighbourhood {
public:
    Neighbourhood(const World& world, NeighbourhoodRow row, Twin twin, Isa isa);

    /// Runs to the end of the span. `keep_going` is asked month by month; when it says no, the run stops and the
    /// outcome must not be used.
    /// \param cpu_clock seconds of this thread, or nothing: the library reads no clock of its own
    [[nodiscard]] Outcome run(const std::function<bool(std::int64_t person_days)>& keep_going,
                              const std::function<double()>& cpu_clock = {});

    /// From now on keeps the records of the span, for the outcome.
    void keep_events() noexcept { keep_events_from(world_->span().first); }
    /// The same, of every day from `first` on.
    void keep_events_from(Day first) noexcept { keeps_events_from_ = first; }
    /// Puts the records that were kept since last asked into `records`, in the order of days, and goes on in its memory.
    void hand_over_kept_events(std::vector<KeptEvent>& records) noexcept {
        records.clear();
        records.swap(kept_events_);
    }

    /// Takes the days that are left of the month, the warm-up or the span, whichever ends first, and counts each.
    void run_month();
    [[nodiscard]] bool is_over() const noexcept { return next_ > world_->span().last; }
    /// What came out of it; once, when it is over.
    [[nodiscard]] Outcome finish();

    /// Takes one day. Days follow one another from the warm-up's start.
    void advance();
    [[nodiscard]] Day tomorrow() const noexcept { return next_; }
    /// Simulated so far, warm-up included.
    [[nodiscard]] std::int64_t person_days() const noexcept { return person_days_; }
    [[nodiscard]] Day today() const noexcept { return state_.today.day; }
    [[nodiscard]] const NeighbourhoodState& state() const noexcept { return state_; }
    [[nodiscard]] const book::Book& book() const noexcept { return book_; }
    [[nodiscard]] const Counter& counter() const noexcept { return counter_; }
    [[nodiscard]] Audit audit() const;
    [[nodiscard]] Memory memory() const noexcept;

private:
    friend struct Steps;
    [[nodiscard]] const Configuration& configuration() const noexcept { return *plan_->configurations[configuration_]; }
    void count_records();
    void close_holdings();
    void keep_todays_events();
    void place_backlogs();
    void count_waiting();

    const World* world_;
    const NeighbourhoodPlan* plan_;
    NeighbourhoodState state_;
    std::size_t configuration_{0};
    life::Life life_;
    needs::OnsetStream onsets_;
    book::Book book_;
    hospital::Hospital hospital_;
    hospital::PlannedCare planned_care_;
    prescribing::Pathway pathway_;
    money::Ledger ledger_;
    Counter counter_;
    Day next_;
    std::int64_t person_days_{0};
    std::int64_t person_days_before_results_{0};
    std::int64_t events_{0};
    EnumArray<WaitingList, std::vector<std::int64_t>> waiting_days_;  ///< by week of the span
    std::optional<Day> keeps_events_from_;
    std::size_t kept_of_buffer_{0};  ///< records of the buffer that have been kept already
    std::vector<KeptEvent> kept_events_;
    Pence charged_in_records_{0};
};

/// Judges a neighbourhood that is over by what `spoil` makes of its audit: for tests of the self-checks.
void judge_spoiled(const Neighbourhood& neighbourhood, const std::function<void(Audit&)>& spoil, Outcome& outcome);

}  // namespace segue::day
