/// \file
/// What became of referrals in one run: who was reached, when, how long they waited, and whom they know.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/day/neighbourhood.hpp"
#include "engine/day/world.hpp"
#include "engine/scenario/uptake_parameters.hpp"

namespace segue::uptake {

/// By what people are told apart.
enum class Grouping : std::uint8_t { deprivation, age_band, sex, segment, count_ };
[[nodiscard]] constexpr auto names(Grouping) {
    return std::array<std::string_view, 4>{"deprivation", "age_band", "sex", "segment"};
}

/// What the groups are called: "1" to "5" for deprivation, 1 the most deprived.
[[nodiscard]] std::vector<std::string> group_labels(const day::World& world, Grouping grouping);

/// Counts of one replicate, all neighbourhoods together.
struct Followed {
    explicit Followed(const day::World& world);
    /// Nobody yet, in so many months and groups.
    Followed(std::size_t months, const EnumArray<Grouping, std::size_t>& groups);
    void add(const Followed& other);

    /// People by group, then month of the span.
    EnumArray<Reached, EnumArray<Grouping, std::vector<std::int64_t>>> by_group_and_month;
    EnumArray<Grouping, std::vector<std::int64_t>> people;  ///< on the list at the span's end
    EnumArray<Reached, std::vector<std::int64_t>> by_month;
    /// Whoever accepted in the span and a year or more before its end; of them, who was seen and who started within 365 days.
    EnumArray<Reached, std::int64_t> of_cohort;
    std::vector<std::int64_t> days_on_list;  ///< of those taken into a caseload: people by day
    std::int64_t gave_up{0};                 ///< waiting for a link worker
    double person_years{0};
    std::int64_t users{0};  ///< on the list at the end who have ever accepted
    std::int64_t ties{0};   ///< of everybody
    std::int64_t ties_of_users{0};
    std::int64_t ties_to_users{0};  ///< from anybody
    std::int64_t ties_between_users{0};

    [[nodiscard]] std::size_t months() const noexcept { return by_month[Reached::offered].size(); }
    /// People of a group in each month of the span.
    [[nodiscard]] std::span<const std::int64_t> by_month_of(Reached stage, Grouping grouping,
                                                            std::size_t group) const noexcept;
    /// People of a group over the span.
    [[nodiscard]] std::int64_t of_group(Reached stage, Grouping grouping, std::size_t group) const noexcept;
    [[nodiscard]] std::int64_t total(Reached stage) const noexcept;
    [[nodiscard]] double offered_per_person_year() const noexcept;
    [[nodiscard]] double accepted_share() const noexcept;
    /// Of those who accepted in time, who was seen or started within a year. [0 to 1]
    [[nodiscard]] double within_a_year(Reached stage) const noexcept;
    /// Days on the link workers' list that a share of those taken waited at most. [d]
    [[nodiscard]] double wait_quantile(double share) const noexcept;
    /// People reached in a group over people in it, per year. [1/a]
    [[nodiscard]] double rate(Reached stage, Grouping grouping, std::size_t group) const noexcept;
    /// Concentration index of those reached over deprivation, the most deprived first: -1 if only they are, 0 if all are
    /// alike, 1 if only the least deprived are (Kakwani, Wagstaff and van Doorslaer 1997, doi:10.1016/S0304-4076(96)01807-6).
    [[nodiscard]] double concentration_index(Reached stage) const noexcept;
    /// Chance that a tie of a user is a user, over the chance that anybody's is. [1]
    [[nodiscard]] double clustering() const noexcept;

    double span_years{1};
};

/// One neighbourhood in one replicate, to the end of the span. Throws a runtime_error where a self-check fails.
[[nodiscard]] Followed follow(const day::World& world, NeighbourhoodRow row, Twin twin, Isa isa);

}  // namespace segue::uptake
