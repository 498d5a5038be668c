/// \file
/// Backlogs: people who wait already when the results begin, as initial data with a profile of how long they have waited.
///
///   In     `[backlog.NAME]`: a stage of planned care, or a role's book
///   Out    clocks that have run, and requests that have waited, on the first day of the results
///   Draws  Purpose::backlog by person and backlog (order, bin of the profile, day within it)
///   Holds  people whom the warm-up left waiting count towards the number; nobody waits with a need that they cannot have
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "engine/core/errors.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/model/kinds.hpp"
#include "engine/model/needs/onset.hpp"
#include "engine/model/today.hpp"
#include "engine/parameters/declaration.hpp"
#include "engine/rng/shares.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue {

/// `[backlog.first_attendance]`, `[backlog.treatment]`, or `[backlog.ROLE]`.
struct BacklogParameters {
    std::int64_t people{0};
    std::string need;
    std::vector<double> waited_days{0, 28, 126, 365};
    std::vector<double> shares{0.3, 0.4, 0.3};

    static constexpr std::string_view prefix = "backlog.*";
    static auto declarations() {
        using B = BacklogParameters;
        const Source own{"the place's own"};
        return std::tuple{
            parameter(
                &B::people, "people",
                "People who wait there on the first day of the results, in each neighbourhood; those whom the warm-up "
                "left waiting count, and where they are more nobody is added",
                Range{0, 1e7}, Uncertain::known(), own, Certainty::C, Kind::data),
            parameter(&B::need, "need", "Kind of need that they have", Range{0, 0}, Uncertain::known(), own,
                      Certainty::C, Kind::data),
            parameter(&B::waited_days, "waited_days",
                      "Edges of the profile, days waited so far, rising; within two of them days are even",
                      Range{0, 3650}, Uncertain::known(), own, Certainty::C, Kind::data),
            parameter(&B::shares, "shares", "Share of these people between one edge and the next; they add up to 1",
                      Range{0, 1}, Uncertain::known(), own, Certainty::C, Kind::data)};
    }
};

}  // namespace segue

namespace segue::day {

/// The names that backlogs go by: stages of planned care, then roles.
[[nodiscard]] std::vector<std::string> backlog_names();

/// One that was read and holds together.
struct Backlog {
    std::variant<WaitStage, Role> where;
    std::uint32_t place{0};  ///< among all names: numbers its draws
    std::int64_t people{0};
    std::uint8_t need{0};
    std::size_t stream{0};  ///< of that need
    std::vector<double> waited_days;
    Shares shares;
    Place origin;  ///< of `people`, for messages
    [[nodiscard]] std::string name() const { return backlog_names()[place]; }
};

/// Every backlog with people. Reports kinds of need that are none or that the role cannot meet, and profiles that do not
/// hold together.
[[nodiscard]] std::vector<Backlog> read_backlogs(const Scenario& scenario, const Kinds& kinds, Problems& problems);

/// Somebody of a backlog.
struct Waiter {
    std::uint32_t row;
    std::uint32_t key;  ///< of the request or referral
    std::int32_t waited_days;
};

/// Refuses a backlog of more people than those on the list who can have its need.
void check_backlog(const Backlog& backlog, const needs::RateTables& rates, const NeighbourhoodState& state,
                   Problems& problems);

/// `people` of those registered, each with a chance in proportion to their own rate of the need; none where `people` is
/// not above 0. Throws a ScenarioError where so many cannot have it.
[[nodiscard]] std::vector<Waiter> draw_backlog(const Backlog& backlog, std::int64_t people,
                                               const needs::RateTables& rates, const NeighbourhoodState& state);

/// Opens somebody's need and puts it into today.joining, asked for when their wait began.
void join_from_backlog(NeighbourhoodState& state, const Backlog& backlog, const Waiter& one);

}  // namespace segue::day
