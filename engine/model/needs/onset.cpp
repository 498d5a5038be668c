#include "engine/model/needs/onset.hpp"

#include <algorithm>

#include "engine/rng/batch.hpp"

namespace segue::needs {
namespace {
constexpr std::uint32_t unchanged = 0xFFFF'FFFFU;
constexpr std::size_t people_a_block = 256;

std::uint32_t as_bits(float value) noexcept { return __builtin_bit_cast(std::uint32_t, value); }

/// Cheap and safe: a count above 0 needs a uniform below the mean (1 - exp(-x) < x).
bool may_have_any(std::uint32_t word, float mean) noexcept { return static_cast<float>(word) < mean * 0x1.00001p32F; }

}  // namespace

void RateTables::rates(const RateInputs& who, Rates& out) const noexcept {
    const std::size_t n = streams_;
    const float* cell = by_cell_.data() + who.cell * n;
    const float* frailty = by_frailty_.data() + who.frailty_residence * n;
    const float* segment = by_segment_.data() + who.segment * n;
    for (std::size_t i = 0; i < n; ++i) out[i] = cell[i] * frailty[i] * segment[i];
    for (std::uint32_t left = who.conditions; left != 0; left &= left - 1) {
        const float* added = by_condition_.data() + static_cast<std::size_t>(__builtin_ctz(left)) * n;
        for (std::size_t i = 0; i < n; ++i) out[i] += added[i];
    }
    for (std::uint32_t left = who.traits; left != 0; left &= left - 1) {
        const float* added = by_trait_.data() + static_cast<std::size_t>(__builtin_ctz(left)) * n;
        for (std::size_t i = 0; i < n; ++i) out[i] += added[i];
    }
    for (std::uint32_t left = who.passing; left != 0; left &= left - 1) {
        const float* added = by_passing_.data() + static_cast<std::size_t>(__builtin_ctz(left)) * n;
        for (std::size_t i = 0; i < n; ++i) out[i] += added[i];
    }
    std::array<float, count_of<NeedGroup>> level;
    for (std::size_t g = 0; g < level.size(); ++g) level[g] = static_cast<float>(levels_[g].level(who.level_rank[g]));
    for (std::size_t i = 0; i < n; ++i) out[i] *= level[group_[i]];
    for (std::uint32_t left = who.passing; left != 0; left &= left - 1) {
        const float* ratio = passing_ratio_.data() + static_cast<std::size_t>(__builtin_ctz(left)) * n;
        for (std::size_t i = 0; i < n; ++i) out[i] *= ratio[i];
    }
}

float RateTables::rate(const RateInputs& who, std::size_t stream) const noexcept {
    const std::size_t n = streams_;
    float rate = by_cell_[who.cell * n + stream] * by_frailty_[who.frailty_residence * n + stream] *
                 by_segment_[who.segment * n + stream];
    for (std::uint32_t left = who.conditions; left != 0; left &= left - 1) {
        rate += by_condition_[static_cast<std::size_t>(__builtin_ctz(left)) * n + stream];
    }
    for (std::uint32_t left = who.traits; left != 0; left &= left - 1) {
        rate += by_trait_[static_cast<std::size_t>(__builtin_ctz(left)) * n + stream];
    }
    for (std::uint32_t left = who.passing; left != 0; left &= left - 1) {
        rate += by_passing_[static_cast<std::size_t>(__builtin_ctz(left)) * n + stream];
    }
    const std::size_t group = group_[stream];
    rate *= static_cast<float>(levels_[group].level(who.level_rank[group]));
    for (std::uint32_t left = who.passing; left != 0; left &= left - 1) {
        rate *= passing_ratio_[static_cast<std::size_t>(__builtin_ctz(left)) * n + stream];
    }
    return rate;
}

void OnsetStream::open_quarter_if_new(NeighbourhoodState& state) {
    const Date date = to_date(state.today.day);
    const int of_year = (date.month - 1) / 3;
    if (date.year * 4 + of_year == quarter_.number) return;
    const Day first = to_day({date.year, of_year * 3 + 1, 1});
    const Day after = of_year == 3 ? to_day({date.year + 1, 1, 1}) : to_day({date.year, of_year * 3 + 4, 1});
    quarter_ = {date.year * 4 + of_year, first, after - first};
    for (const std::uint32_t row : changed_rows_) bounds_of_[row] = unchanged;
    changed_rows_.clear();
    bounds_.clear();
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
    RateTables::Rates rates;
    tables_->rates(inputs(state.people, row), rates);
    const auto days = static_cast<float>(quarter_.days);
    for (std::size_t stream = 0; stream < tables_->streams(); ++stream) {
        const float bound = rates[stream] * tables_->season_bound(quarter_.of_year(), stream);
        const std::uint32_t word = words[stream * stride];
        if (!may_have_any(word, bound * days)) continue;
        const int count = poisson_count(static_cast<double>(bound) * quarter_.days, word);
        add(state, {row, stream, count, 0, bound, false, from});
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
        const auto nth = static_cast<std::uint32_t>(std::min(ordinal, 255));
        const Words words =
            made.strip
                ? Draws{state.twin, person, Purpose::onset_strip_day, static_cast<std::uint32_t>(today.number())}.words(
                      stream << 8U | nth)
                : Draws{state.twin, person, Purpose::onset_day, static_cast<std::uint32_t>(quarter_.number) << 8U | nth}
                      .words(stream);
        const Day day = first + static_cast<std::int32_t>(below(days, words[0]));
        if (day < made.from) continue;
        CalendarEntry entry;
        entry.row = made.row;
        entry.generation = state.people.generation[made.row];
        entry.due = Due::onset;
        entry.a = request_key(day, stream, made.strip, nth);
        entry.b = as_bits(made.floor + made.height * static_cast<float>(uniform(words[1])));
        entry.c = static_cast<std::uint8_t>(stream);
        if (day == today) {
            state.today.onsets_due.push_back(entry);
        } else {
            state.calendar.add(day, entry);
        }
    }
}

void OnsetStream::follow_changes(NeighbourhoodState& state) {
    const Day today = state.today.day;
    while (bounds_of_.size() < state.people.rows()) {
        make_room(bounds_of_);
        bounds_of_.push_back(unchanged);
    }
    RateTables::Rates before;
    RateTables::Rates now;
    for (const Changed& changed : state.today.changed) {
        const std::uint32_t row = changed.row;
        if (state.people.generation[row] != changed.generation) continue;
        const bool entered = changed.when == Changed::When::entered;
        const Day from = changed.when == Changed::When::late ? today : today + 1;
        const std::int32_t left = quarter_.first + quarter_.days - from;
        const Draws luck{state.twin, PersonKey{state.people.key[row]},
                         entered ? Purpose::onset_count : Purpose::onset_strip_count,
                         static_cast<std::uint32_t>(entered ? quarter_.number : today.number())};
        std::array<std::uint32_t, RateTables::most_streams> words;
        for (std::size_t block = 0; block * 4 < tables_->streams(); ++block) {
            const Words four = luck.words(static_cast<std::uint32_t>(block));
            std::copy(four.begin(), four.end(), words.begin() + static_cast<std::ptrdiff_t>(block * 4));
        }
        if (entered) {
            bounds_of_[row] = unchanged;
            draw_tile(state, row, words.data(), 1, today + 1);
            continue;
        }
        tables_->rates(inputs(state.people, row), now);
        if (bounds_of_[row] == unchanged) {
            RateInputs then = inputs(state.people, row);
            then.cell = changed.cell;
            then.conditions = changed.conditions;
            then.frailty_residence = changed.frailty_residence;
            then.segment = changed.segment;
            then.traits = changed.traits;
            then.passing = changed.passing;
            // Kept when rates fell too: the tile's candidates reach up to what they were, and count again should they rise.
            bounds_of_[row] = static_cast<std::uint32_t>(changed_rows_.size());
            changed_rows_.push_back(row);
            tables_->rates(then, before);
            bounds_.insert(bounds_.end(), before.begin(),
                           before.begin() + static_cast<std::ptrdiff_t>(tables_->streams()));
        }
        float* bounds = bounds_.data() + bounds_of_[row] * tables_->streams();
        for (std::size_t stream = 0; stream < tables_->streams(); ++stream) {
            if (now[stream] <= bounds[stream]) continue;
            const float season = tables_->season_bound(quarter_.of_year(), stream);
            const float floor = bounds[stream] * season;
            const float height = now[stream] * season - floor;
            bounds[stream] = now[stream];
            if (left <= 0 || !may_have_any(words[stream], height * static_cast<float>(left))) continue;
            const int count = poisson_count(static_cast<double>(height) * left, words[stream]);
            add(state, {row, stream, count, floor, height, true, from});
        }
    }
    state.today.changed.clear();
}

}  // namespace segue::needs
