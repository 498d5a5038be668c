/// \file
/// Segments that a yearly table moves people between, with death where the table has it.
///
///   In     people by age and segment at the start; yearly chances by age band; events a year and how they spread
///   Out    where somebody stands a year on; rates of a daily chain with the same yearly chances, where there is one
///   Law    yearly_draw: on a birthday the year's destination is drawn from the row of the age just ended or begun, and the
///          day of the move evenly within the year: exact for any table.
///          daily_generator: the logarithm of each band's matrix, negative rates set to 0. Refused, naming the band and the
///          error, when a year of it is further than 0.001 from the table in any cell; most real tables are.
///   Holds  thresholds are exact to 2^-32; a row that does not add up to 1 within 0.0001 is a problem
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/core/errors.hpp"
#include "engine/population/population_parameters.hpp"
#include "engine/population/population_tables.hpp"

namespace segue {

/// What adds people to the table's population or takes them away, apart from death.
enum class TableEvent : std::uint8_t { entering, joining, leaving, count_ };
[[nodiscard]] constexpr auto names(TableEvent) {
    return std::array<std::string_view, 3>{"entering", "joining", "leaving"};
}

struct TableSegmentSources {
    const Table& start;          ///< age_years, segment, people
    const Table& moves;          ///< age_band_years, from_segment, to_segment ("death" for dying), probability
    const Table& event_rates;    ///< event, age_years, segment, rate_per_person
    const Table& event_numbers;  ///< year, event, people
};

class TableSegments {
public:
    static constexpr std::uint8_t died = 0xFF;

    /// `segments`: names in their order, as the scenario lists them.
    TableSegments(const std::vector<std::string>& segments, const TableSegmentSources& sources, SegmentMethod method,
                  Problems& problems);

    [[nodiscard]] std::size_t size() const noexcept { return segments_; }
    [[nodiscard]] bool has_death() const noexcept { return has_death_; }
    [[nodiscard]] SegmentMethod method() const noexcept { return method_; }

    /// Where somebody of `age` who is in `segment` stands a year later: a segment, or `died`.
    [[nodiscard]] std::uint8_t destination(int age, std::uint8_t segment, std::uint32_t word) const noexcept;
    [[nodiscard]] double probability(int age, std::uint8_t segment, std::uint8_t to) const noexcept;

    /// daily_generator: rate of moving on, death included [1/a], and where to.
    [[nodiscard]] double moving_rate(int age, std::uint8_t segment) const noexcept;
    [[nodiscard]] std::uint8_t next(int age, std::uint8_t segment, std::uint32_t word) const noexcept;

    /// People at the start by age, all segments, as shares of all.
    [[nodiscard]] const ByAge<double>& start_ages() const noexcept { return start_ages_; }
    [[nodiscard]] double start_people() const noexcept { return start_people_; }
    [[nodiscard]] std::uint8_t start_segment(int age, std::uint32_t word) const noexcept;

    /// Events in a calendar year; beyond the table, its nearest year.
    [[nodiscard]] double events(TableEvent event, int year) const noexcept;
    /// How an event spreads: in proportion to this rate times the people of that age and segment.
    [[nodiscard]] double event_rate(TableEvent event, int age, std::uint8_t segment) const noexcept;

private:
    /// Cumulated chances of one row, death last.
    using Row = std::vector<std::uint64_t>;
    struct Band {
        AgeRange ages;
        std::vector<std::vector<double>> yearly;  ///< from, to (death last)
        std::vector<Row> thresholds;
        std::vector<double> moving_rate;
        std::vector<Row> next;
    };
    void read_moves(const std::vector<std::string>& segments, const Table& table, Problems& problems);
    void finish_band(Band& band, const std::vector<std::string>& segments, const TableReader& reader);
    void make_generator(Band& band, const TableReader& reader);
    void read_start(const std::vector<std::string>& segments, const Table& table, Problems& problems);
    void read_events(const std::vector<std::string>& segments, const TableSegmentSources& sources, Problems& problems);
    [[nodiscard]] const Band& band(int age) const noexcept { return bands_[band_of_age_[age_index(age)]]; }
    [[nodiscard]] static std::uint8_t pick(const Row& row, std::uint32_t word, std::size_t segments) noexcept;

    std::size_t segments_;
    SegmentMethod method_;
    bool has_death_{false};
    std::vector<Band> bands_;
    ByAge<std::uint8_t> band_of_age_{};
    ByAge<double> start_ages_{};
    double start_people_{0};
    std::vector<Row> start_;                                  ///< by age: cumulated shares of segments
    EnumArray<TableEvent, std::vector<double>> event_rates_;  ///< by age and segment
    EnumArray<TableEvent, std::map<int, double>> event_numbers_;
};

}  // namespace segue
