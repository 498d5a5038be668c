#include "engine/model/needs/onset.hpp"

#include <algorithm>

#include "engine/rng/batch.hpp"

namespace segue::needs {
namespace {
constexpr std::uint32_t none = 0xFFFF'FFFFU;
constexpr std::size_t people_a_block = 256;
constexpr std::uint32_t days_between = 28;  // at most, from an onset to the need that waiting for treatment adds

/// Cheap and safe: a count above 0 needs a uniform below the mean (1 - exp(-x) < x).
bool may_have_any(std::uint32_t word, float mean) noexcept { return static_cast<float>(word) < mean * 0x1.00001p32F; }

}  // namespace

template <class Level>
inline void RateTables::work_out(const RateBasis& who, Level level, std::size_t first, std::size_t count,
                                 float* out) const noexcept {
    const auto row_of = [&](const std::vector<float>& table, std::size_t row) {
        return table.data() + row * streams_ + first;
    };
    const float* cell = row_of(by_cell_, who.cell);
    const float* frailty = row_of(by_frailty_, who.frailty_residence);
    const float* segment = row_of(by_segment_, who.segment);
    for (std::size_t i = 0; i < count; ++i) out[i] = cell[i] * frailty[i] * segment[i];
    const auto for_each_in = [&](std::uint32_t set, const std::vector<float>& table, auto take) {
        for (; set != 0; set &= set - 1) take(row_of(table, static_cast<std::size_t>(__builtin_ctz(set))));
    };
    const auto add = [&](const float* added) {
        for (std::size_t i = 0; i < count; ++i) out[i] += added[i];
    };
    for_each_in(who.conditions, by_condition_, add);
    for_each_in(who.traits, by_trait_, add);
    for_each_in(who.passing, by_passing_, add);
    for (std::size_t i = 0; i < count; ++i) out[i] *= level(group_[first + i]);
    for_each_in(who.passing, passing_ratio_, [&](const float* ratio) {
        for (std::size_t i = 0; i < count; ++i) out[i] *= ratio[i];
    });
}

void RateTables::rates(const RateBasis& who, const LevelRanks& ranks, Rates& out) const noexcept {
    std::array<float, count_of<NeedGroup>> levels;
    for (std::size_t g = 0; g < levels.size(); ++g) levels[g] = static_cast<float>(levels_[g].level(ranks[g]));
    work_out(
        who, [&levels](std::size_t group) { return levels[group]; }, 0, streams_, out.data());
}

float RateTables::rate(const RateBasis& who, const LevelRanks& ranks, std::size_t stream) const noexcept {
    float rate = 0;
    const auto level = [&](std::size_t group) { return static_cast<float>(levels_[group].level(ranks[group])); };
    work_out(who, level, stream, 1, &rate);
    return rate;
}

void OnsetStream::open_quarter_if_new(NeighbourhoodState& state) {
    const Date date = to_date(state.today.day);
    const int of_year = (date.month - 1) / 3;
    if (date.year * 4 + of_year == quarter_.number) return;
    const Day first = to_day({date.year, of_year * 3 + 1, 1});
    const Day after = of_year == 3 ? to_day({date.year + 1, 1, 1}) : to_day({date.year, of_year * 3 + 4, 1});
    quarter_ = {date.year * 4 + of_year, first, after - first};
    std::fill(last_past_.begin(), last_past_.end(), none);
    pasts_.clear();
    // The new tiles are drawn at today's rates: whatever was noted since the last day is in them.
    state.today.changed.clear();

    const People& people = state.people;
    const std::size_t blocks = tables_->streams() / 4;
    words_.resize(blocks * 4 * people_a_block);
    for (std::size_t start = 0; start < people.rows(); start += people_a_block) {
        const std::size_t n = std::min(people_a_block, people.rows() - start);
        for (std::size_t block = 0; block < blocks; ++block) {
            std::uint32_t* out = words_.data() + block * 4 * people_a_block;
            philox_batch(state.isa, state.twin, {people.key.data() + start, n},
                         purpose_and_block(Purpose::onset_count, static_cast<std::uint32_t>(block)),
                         static_cast<std::uint32_t>(quarter_.number),
                         {{out, out + people_a_block, out + 2 * people_a_block, out + 3 * people_a_block}});
        }
        for (std::size_t i = 0; i < n; ++i) {
            if (people.present[start + i] != 0) {
                draw_tile(state, static_cast<std::uint32_t>(start + i), words_.data() + i, people_a_block,
                          state.today.day);
            }
        }
    }
}

void OnsetStream::draw_tile(NeighbourhoodState& state, std::uint32_t row, const std::uint32_t* words,
                            std::size_t stride, Day from) {
    RateTables::Rates bounds;
    tables_->rates(RateBasis::of(state.people, row), state.people.level_rank[row], bounds);
    const auto days = static_cast<float>(quarter_.days);
    const std::size_t streams = tables_->streams();
    StreamWords own;
    for (std::size_t stream = 0; stream < streams; ++stream) own[stream] = words[stream * stride];
    // Without a branch, so that streams are tried several at a time: few have any.
    std::array<bool, RateTables::most_streams> may;
    for (std::size_t stream = 0; stream < streams; ++stream) {
        bounds[stream] *= tables_->season_bound(quarter_.of_year(), stream);
        may[stream] = may_have_any(own[stream], bounds[stream] * days);
    }
    for (std::size_t stream = 0; stream < streams; ++stream) {
        if (!may[stream]) continue;
        const int count = poisson_count(static_cast<double>(bounds[stream]) * quarter_.days, own[stream]);
        add(state, {row, stream, count, 0, bounds[stream], false, from});
    }
}

void OnsetStream::add(NeighbourhoodState& state, const Candidates& made) {
    const Day today = state.today.day;
    const PersonKey person{state.people.key[made.row]};
    const auto stream = static_cast<std::uint32_t>(made.stream);
    // A tile spans its whole quarter, and days that are past fall away, so that an entrant's later days do not
    // depend on when the tile was drawn. A strip spans what is left of the quarter after today.
    const Day first = made.strip ? made.from : quarter_.first;
    const auto days = static_cast<std::uint32_t>(quarter_.first + quarter_.days - first);
    for (int ordinal = 0; ordinal < made.count; ++ordinal) {
        const auto nth = static_cast<std::uint32_t>(std::min(ordinal, OnsetCandidate::while_waiting - 1));
        const Words words =
            made.strip
                ? Draws{state.twin, person, Purpose::onset_strip_day, static_cast<std::uint32_t>(today.number())}.words(
                      stream << 8U | nth)
                : Draws{state.twin, person, Purpose::onset_day, static_cast<std::uint32_t>(quarter_.number) << 8U | nth}
                      .words(stream);
        Day day = first + static_cast<std::int32_t>(below(days, words[0]));
        if (tables_->is_on_round(made.stream)) day = round_day(state.people.household[made.row], day);
        if (day < made.from) continue;
        state.onset_candidates.add(day, {.row = made.row & 0xFF'FFFFU,
                                         .generation = state.people.generation[made.row],
                                         .threshold = made.floor + made.height * static_cast<float>(uniform(words[1])),
                                         .stream = stream & 0x7FU,
                                         .strip = made.strip,
                                         .ordinal = static_cast<std::uint8_t>(nth)});
    }
}

void OnsetStream::add_while_waiting(NeighbourhoodState& state, OnsetCandidate arisen) const {
    const Chance more = tables_->more_while_waiting(arisen.stream);
    if (more.probability() == 0) return;
    const Day today = state.today.day;
    const std::uint32_t key = request_key(today, arisen.stream, arisen.strip, arisen.ordinal);
    const Words luck =
        Draws{state.twin, PersonKey{state.people.key[arisen.row]}, Purpose::need_while_waiting, key}.words();
    if (!more.happens(luck[0])) return;
    arisen.ordinal |= OnsetCandidate::while_waiting;
    Day day = today + 1 + static_cast<std::int32_t>(below(days_between, luck[1]));
    if (tables_->is_on_round(arisen.stream)) day = round_day(state.people.household[arisen.row], day);
    state.onset_candidates.add(day, arisen);
}

void OnsetStream::keep_past(const Changed& changed) {
    make_room(pasts_);
    pasts_.push_back({changed.was, last_past_[changed.row]});
    last_past_[changed.row] = static_cast<std::uint32_t>(pasts_.size() - 1);
}

void OnsetStream::highest_so_far(const People& people, std::uint32_t row, RateTables::Rates& highest) const noexcept {
    highest.fill(0);
    RateTables::Rates rates;
    for (std::uint32_t place = last_past_[row]; place != none; place = pasts_[place].before) {
        tables_->rates(pasts_[place].basis, people.level_rank[row], rates);
        for (std::size_t i = 0; i < tables_->streams(); ++i) highest[i] = std::max(highest[i], rates[i]);
    }
}

void OnsetStream::add_strips(NeighbourhoodState& state, std::uint32_t row, const StreamWords& words, Day from) {
    const std::int32_t left = quarter_.first + quarter_.days - from;
    if (left <= 0) return;
    // Where rates fell, nothing: the tile's candidates reach up to what they were, and count again should they rise.
    RateTables::Rates before;
    RateTables::Rates now;
    highest_so_far(state.people, row, before);
    tables_->rates(RateBasis::of(state.people, row), state.people.level_rank[row], now);
    for (std::size_t stream = 0; stream < tables_->streams(); ++stream) {
        if (now[stream] <= before[stream]) continue;
        const float season = tables_->season_bound(quarter_.of_year(), stream);
        const float floor = before[stream] * season;
        const float height = now[stream] * season - floor;
        if (!may_have_any(words[stream], height * static_cast<float>(left))) continue;
        const int count = poisson_count(static_cast<double>(height) * left, words[stream]);
        add(state, {row, stream, count, floor, height, true, from});
    }
}

void OnsetStream::follow_changes(NeighbourhoodState& state) {
    const Day today = state.today.day;
    grow_to(last_past_, state.people.rows(), none);
    for (const Changed& changed : state.today.changed) {
        const std::uint32_t row = changed.row;
        if (state.people.generation[row] != changed.generation) continue;
        const bool entered = changed.when == Changed::When::entered;
        const Draws luck{state.twin, PersonKey{state.people.key[row]},
                         entered ? Purpose::onset_count : Purpose::onset_strip_count,
                         static_cast<std::uint32_t>(entered ? quarter_.number : today.number())};
        StreamWords words;
        for (std::size_t block = 0; block * 4 < tables_->streams(); ++block) {
            const Words four = luck.words(static_cast<std::uint32_t>(block));
            std::copy(four.begin(), four.end(), words.begin() + static_cast<std::ptrdiff_t>(block * 4));
        }
        if (entered) {
            last_past_[row] = none;
            draw_tile(state, row, words.data(), 1, today + 1);
        } else {
            keep_past(changed);
            add_strips(state, row, words, changed.when == Changed::When::late ? today : today + 1);
        }
    }
    state.today.changed.clear();
}

}  // namespace segue::needs
