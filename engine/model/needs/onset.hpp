/// \file
/// When needs arise: a candidate stream for each kind of need, in tiles of a calendar quarter.
///
///   In     who people are (cell, frailty, conditions, segment, traits, personal level)
///   Out    onsets, each on its day
///   Law    given a person's own rate, onsets are Poisson; the rate in force on the day decides
///   Draws  Purpose::onset_count by (person, quarter, stream), onset_day by (person, quarter, stream, ordinal)
///
/// A tile's candidates come at the bound: the person's rate at the quarter's highest month. Each carries a threshold,
/// even between 0 and the bound, and counts on its day if the threshold lies below the rate then in force. So a lower
/// rate only removes onsets, and a higher one adds a strip of its own: candidates between the old bound and the new,
/// drawn for the rest of the quarter when the rate rises. See docs/odd.md#onset.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/core/errors.hpp"
#include "engine/model/kinds.hpp"
#include "engine/model/today.hpp"
#include "engine/rng/quantiles.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue::needs {

using LevelRanks = std::array<std::uint16_t, count_of<NeedGroup>>;  ///< of 65,536, by group

/// Rates of every kind by stream number, as a product of ratios and a sum of additions:
///   rate = (onset x age, sex and deprivation x frailty and residence x segment + conditions + traits + passing states)
///          x level x ratios of passing states.
class RateTables {
public:
    static constexpr std::size_t most_streams = 64;
    using Rates = std::array<float, most_streams>;  ///< onsets a day, by stream

    /// Reads the ratios of `need_rates`, the profiles of `seasons`, and the variances of personal levels.
    RateTables(const Scenario& scenario, const Kinds& kinds, Problems& problems);

    /// Rates a day at a season of 1. Only the first `streams()` are set.
    void rates(const RateBasis& who, const LevelRanks& ranks, Rates& out) const noexcept;
    /// One stream of the same, to the same bit.
    [[nodiscard]] float rate(const RateBasis& who, const LevelRanks& ranks, std::size_t stream) const noexcept;
    [[nodiscard]] std::size_t streams() const noexcept { return streams_; }  ///< a multiple of 4
    /// The month's factor on a stream's rate; months count from 1.
    [[nodiscard]] float season(int month, std::size_t stream) const noexcept {
        return season_[static_cast<std::size_t>(month - 1)][stream];
    }
    /// The greatest of a quarter's three months; quarters count from 0.
    [[nodiscard]] float season_bound(int quarter, std::size_t stream) const noexcept {
        return bound_[static_cast<std::size_t>(quarter)][stream];
    }
    [[nodiscard]] std::uint8_t kind_of(std::size_t stream) const noexcept { return kind_[stream]; }
    /// Whether a stream's onsets wait for the day of the person's care home's round.
    [[nodiscard]] bool is_on_round(std::size_t stream) const noexcept { return on_round_[stream]; }
    /// Whether contacts about it count as appointments of general practice.
    [[nodiscard]] bool is_seen_in_practice(std::size_t stream) const noexcept { return seen_in_practice_[stream]; }
    /// Needs that waiting for treatment in hospital adds to each that arises meanwhile.
    [[nodiscard]] Chance more_while_waiting(std::size_t stream) const noexcept { return more_while_waiting_[stream]; }

private:
    /// The law for `count` streams from `first` on; `level(group)` is the person's.
    template <class Level>
    void work_out(const RateBasis& who, Level level, std::size_t first, std::size_t count, float* out) const noexcept;

    std::size_t streams_{0};
    std::vector<float> by_cell_;        ///< [cell][stream], the base rate included
    std::vector<float> by_frailty_;     ///< [frailty x 4 + residence][stream]
    std::vector<float> by_segment_;     ///< [segment][stream]
    std::vector<float> by_condition_;   ///< [condition][stream], added
    std::vector<float> by_trait_;       ///< [trait][stream], added
    std::vector<float> by_passing_;     ///< [passing state][stream], added
    std::vector<float> passing_ratio_;  ///< [passing state][stream]
    std::vector<GammaLevels> levels_;   ///< by group
    std::array<std::uint8_t, most_streams> group_{};
    std::array<std::uint8_t, most_streams> kind_{};
    std::array<bool, most_streams> on_round_{};
    std::array<bool, most_streams> seen_in_practice_{};
    std::array<Chance, most_streams> more_while_waiting_{};
    std::array<std::array<float, most_streams>, 12> season_{};
    std::array<std::array<float, most_streams>, 4> bound_{};

    friend class RateTableReader;
};

/// One neighbourhood's candidates.
class OnsetStream {
public:
    explicit OnsetStream(const RateTables& tables) : tables_{&tables} {}

    /// Draws everybody's candidates when a new quarter begins, or on the first day of the run.
    void open_quarter_if_new(NeighbourhoodState& state);
    /// Gives changed people their strips, and those who entered their tile; then nobody is noted as changed.
    void follow_changes(NeighbourhoodState& state);
    /// Takes today's candidates, and calls `arises(row, key, need, origin)` for each whose threshold lies below the rate
    /// in force. Somebody who waits for treatment may have another need of the kind within four weeks of one that arose:
    /// such needs are no onsets, since who waits depends on care.
    template <class Arises>
    void onsets(NeighbourhoodState& state, Arises arises) const {
        const Day today = state.today.day;
        const int month = to_date(today).month;
        state.onset_candidates.take(today, [&](const OnsetCandidate& one) {
            if (!state.is_current(one)) return;
            const bool waits = state.people.is(PersonRow{one.row}, Passing::awaiting_hospital);
            const std::uint32_t key = request_key(today, one.stream, one.strip, one.ordinal);
            if (one.is_while_waiting()) {
                if (waits) arises(one.row, key, tables_->kind_of(one.stream), NeedOrigin::while_waiting);
                return;
            }
            const float rate =
                tables_->rate(RateBasis::of(state.people, one.row), state.people.level_rank[one.row], one.stream);
            if (one.threshold < rate * tables_->season(month, one.stream) * ratio_of_treated(state, one)) {
                if (waits) add_while_waiting(state, one);
                arises(one.row, key, tables_->kind_of(one.stream), NeedOrigin::onset);
            }
        });
    }

    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_of(last_past_, pasts_, words_); }

private:
    struct Quarter {
        int number{-1};  ///< year x 4 + quarter
        Day first;
        std::int32_t days{0};
        [[nodiscard]] int of_year() const noexcept { return number % 4; }
    };
    /// What somebody's rates depended on, until a change within the quarter. It takes less room than their rates.
    struct Past {
        RateBasis basis;
        std::uint32_t before;  ///< place in pasts_ of the same person's state before that, or none
    };
    /// Candidates of one kind for one person: `count` of them, on days from `from` on, with thresholds even between
    /// `floor` and `floor + height`.
    struct Candidates {
        std::uint32_t row;
        std::size_t stream;
        int count;
        float floor;
        float height;
        bool strip;
        Day from;
    };
    using StreamWords = std::array<std::uint32_t, RateTables::most_streams>;
    void draw_tile(NeighbourhoodState& state, std::uint32_t row, const std::uint32_t* words, std::size_t stride,
                   Day from);
    void add(NeighbourhoodState& state, const Candidates& candidates);
    void add_while_waiting(NeighbourhoodState& state, OnsetCandidate arisen) const;
    /// What social prescribing makes of the rate: it lowers those of kinds that general practice sees. [1]
    [[nodiscard]] float ratio_of_treated(const NeighbourhoodState& state, const OnsetCandidate& one) const noexcept {
        if (!state.treated.is_treated(one.row) || !tables_->is_seen_in_practice(one.stream)) return 1;
        return static_cast<float>(state.treated.need_ratio(one.row, state.today.day));
    }
    void add_strips(NeighbourhoodState& state, std::uint32_t row, const StreamWords& words, Day from);
    /// Notes what the person's rates depended on until today.
    void keep_past(const Changed& changed);
    /// The highest rates that the person has had in this quarter, today's change left out.
    void highest_so_far(const People& people, std::uint32_t row, RateTables::Rates& highest) const noexcept;

    const RateTables* tables_;
    Quarter quarter_;
    std::vector<std::uint32_t> last_past_;  ///< by row: place in pasts_ of the state before the latest change, or none
    std::vector<Past> pasts_;               ///< of this quarter
    std::vector<std::uint32_t> words_;      ///< a block's words, [block][word][person]
};

}  // namespace segue::needs
