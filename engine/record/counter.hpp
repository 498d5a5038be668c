/// \file
/// Counts records and stocks into the declared outputs, in whole numbers. One pass over a day's records, at its end.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/model/event.hpp"
#include "engine/model/treated.hpp"
#include "engine/population/people.hpp"
#include "engine/record/output_plan.hpp"

namespace segue {

/// Values by output, each [period][dimensions ...][bin], in the measure's whole units.
using Counts = std::vector<std::vector<std::int64_t>>;

/// What is held at a day's end.
struct Holdings {
    const People& people;
    EnumArray<Role, std::int64_t> waiting;
    EnumArray<Role, std::int64_t> wte_thousandths;
    std::int64_t in_a_bed{0};
    EnumArray<WaitStage, std::int64_t> hospital_waiting{};
    struct Prescribing {
        std::int64_t caseload{0};
        std::int64_t waiting_for_link_worker{0};
        std::int64_t waiting_for_activity{0};
        std::vector<std::int64_t> places_used{};  ///< by activity
    } prescribing{};
    const TreatedPeople* treated{nullptr};  ///< null: nobody is
};

class Counter {
public:
    explicit Counter(const OutputPlan& plan);

    /// Counts every record of the buffer; records before the span's first day are passed over.
    void count(const EventBuffer& buffer);
    /// Counts stocks whose period closes today.
    void close_day(Day today, const Holdings& holdings);
    /// Ends the periods of share_of_top that close today; call after `count`.
    void close_shares(Day today);

    [[nodiscard]] bool closes_a_stock(Day today) const noexcept;

    [[nodiscard]] const Counts& counts() const noexcept { return counts_; }
    [[nodiscard]] Counts release() noexcept { return std::move(counts_); }

private:
    /// Where one dimension is in a record, and how far apart its members lie.
    struct ByteStride {
        std::size_t offset;  ///< of the byte in Event
        std::uint32_t stride;
    };
    struct Route {
        std::size_t output;
        Period every;
        Field field;
        Statistic statistic;
        std::vector<std::uint32_t> by_cell;     ///< place by demographic cell
        std::vector<std::uint32_t> by_frailty;  ///< place by frailty and residence; empty when neither is a dimension
        std::vector<ByteStride> bytes;
        std::optional<std::uint8_t> only_what;  ///< of the kind's records
        std::vector<bool> counts_pair;          ///< which pairs of need and role count; empty: all
        std::uint32_t scope_stride{0};          ///< 0 when scope is no dimension
        std::uint32_t period_stride;
        std::vector<double> edges;
    };
    struct PersonCounts {
        std::size_t output;
        std::vector<std::uint32_t> by_row;
        std::vector<std::uint32_t> gone;  ///< counts of people whose row has been given up
        std::vector<std::uint32_t> touched;
    };
    void add_route(std::size_t output);
    /// Sets aside the counts of those who died or left on the day that has been counted.
    void give_up_rows();
    [[nodiscard]] bool closes_today(std::size_t output, Day today) const noexcept;
    void count_one(const Route& route, const Event& event, std::size_t period);
    void count_people(const Output& output, std::vector<std::int64_t>& values, std::size_t period, Day today,
                      const Holdings& holdings);
    static void count_places(const Route& route, std::vector<std::int64_t>& values, std::size_t period,
                             const Holdings& holdings);
    [[nodiscard]] static bool concerns(const Route& route, const Event& event);
    [[nodiscard]] static std::uint32_t place_of(const Route& route, const Event& event) noexcept;

    const OutputPlan* plan_;
    Counts counts_;
    std::vector<Route> routes_;
    EnumArray<EventKind, std::vector<std::size_t>> routes_of_;
    std::vector<Route> stock_routes_;
    std::vector<PersonCounts> person_counts_;
    std::vector<std::uint32_t> left_today_;
    std::vector<std::size_t> person_counts_of_;  ///< by output
};

}  // namespace segue
