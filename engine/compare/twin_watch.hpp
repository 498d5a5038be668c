/// \file
/// The people of one neighbourhood in several arms, watched month by month: where each parts from their twin in the first
/// arm, and what they had in the span.
///
///   In     each arm's records of a month, warm-up included; who is on each list when the span begins
///   Out    people by the cause of their first difference; people and sums by better, same and worse
///   Holds  memory grows with people, not with months; every person of the span has one cause or none
#pragma once
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine/compare/divergence.hpp"
#include "engine/compare/personal_measures.hpp"
#include "engine/core/enum_array.hpp"
#include "engine/day/neighbourhood.hpp"

namespace segue::compare {

/// What came of the twins of one arm and the first.
struct TwinCounts {
    TwinCounts(std::size_t segments);
    void add(const TwinCounts& other);
    [[nodiscard]] std::size_t cell(std::size_t measure, std::size_t segment, int quintile,
                                   Change change) const noexcept;

    std::int64_t people{0};                     ///< who were on the list in the span, in either arm
    EnumArray<Cause, std::int64_t> by_cause{};  ///< of them, those who differ
    /// Of those who were on it in both arms; [measure][segment][quintile][change].
    std::vector<std::int64_t> people_by_change;
    std::vector<std::int64_t> sum_by_change;  ///< the arm's less the first's
    std::size_t segments;
};

class TwinWatch {
public:
    TwinWatch(std::size_t arms, Day span_first);

    /// Takes down who is on the list of an arm, at the close of the day before the span.
    void open_span(std::size_t arm, const People& people);
    /// Compares the records of a month, of each arm in the order of days.
    void compare(const std::vector<std::vector<day::KeptEvent>>& records);
    /// The twins of the first arm and another.
    [[nodiscard]] TwinCounts counts(std::size_t arm, std::size_t segments) const;

private:
    static constexpr std::uint8_t alike = 0xFF;
    static constexpr std::uint32_t no_slot = 0xFFFF'FFFFU;
    /// Somebody in one arm.
    struct Self {
        bool in_span{false};
        std::uint8_t cause{alike};  ///< of the first difference from the first arm
    };
    /// The records that are looked at, by person: those of slot s stand before ends[s], after those of the slot before.
    struct ByPerson {
        std::vector<std::uint32_t> slots;  ///< of each record of the month; no_slot: not looked at
        std::vector<std::uint32_t> ends;
        std::vector<const day::KeptEvent*> records;
        [[nodiscard]] Life of(std::size_t slot) const {
            const std::uint32_t begin = slot == 0 ? 0 : ends[slot - 1];
            return Life{records}.subspan(begin, ends[slot] - begin);
        }
    };
    [[nodiscard]] std::uint32_t slot_of(std::size_t arm, std::uint32_t row, std::uint64_t key);
    [[nodiscard]] std::uint32_t new_slot(std::uint64_t key);
    void place(std::uint32_t slot, std::uint8_t segment, DemographicCell cell) noexcept;
    void add_up(std::size_t arm, std::uint32_t slot, const day::KeptEvent& kept);
    [[nodiscard]] bool is_watched(std::size_t arm, std::uint32_t slot) const noexcept;
    void look_up(std::size_t arm, const std::vector<day::KeptEvent>& records);
    void sort_by_person(std::size_t arm, const std::vector<day::KeptEvent>& records);
    [[nodiscard]] Self& self(std::size_t arm, std::uint32_t slot) noexcept { return selves_[slot * arms_ + arm]; }
    [[nodiscard]] const Self& self(std::size_t arm, std::uint32_t slot) const noexcept {
        return selves_[slot * arms_ + arm];
    }

    std::size_t arms_;
    Day span_first_;
    std::unordered_map<std::uint64_t, std::uint32_t> slots_;
    std::vector<std::vector<std::uint32_t>> slot_of_row_;  ///< by arm: who was last seen in a row
    std::vector<ByPerson> months_;                         ///< by arm
    // By slot.
    std::vector<std::uint64_t> keys_;
    std::vector<std::uint8_t> segments_;   ///< when the span began, or when they were first seen in it
    std::vector<std::uint8_t> quintiles_;  ///< 0: not yet placed
    std::vector<Self> selves_;             ///< by arm within a slot
    std::vector<std::int32_t> sums_;       ///< [slot][arm][measure]
};

}  // namespace segue::compare
