#include "engine/model/prescribing/network.hpp"

#include <algorithm>
#include <numeric>

namespace segue::prescribing {
namespace {

/// Rows of those who are registered, dealt into `bins` by `bin_of` and within each by `order_of`: linear in people where
/// bins are about as many.
template <class BinOf, class OrderOf>
std::vector<std::uint32_t> dealt(const People& people, std::size_t bins, BinOf bin_of, OrderOf order_of) {
    std::vector<std::uint32_t> first(bins + 1, 0);
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (people.present[row] != 0) ++first[bin_of(row) + 1];
    }
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<std::uint32_t> place{first};
    std::vector<std::uint32_t> rows(first.back());
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (people.present[row] != 0) rows[place[bin_of(row)]++] = row;
    }
    for (std::size_t bin = 0; bin < bins; ++bin) {
        std::sort(rows.begin() + first[bin], rows.begin() + first[bin + 1],
                  [&](std::uint32_t a, std::uint32_t b) { return order_of(a) < order_of(b); });
    }
    return rows;
}

/// Quarters of a year since one that is the same whoever is there, so that nobody's going moves the others' borders.
std::int32_t quarter_of_birth(std::int32_t birth_day) noexcept {
    constexpr std::int32_t days = 91;
    return (birth_day - (birth_day < 0 ? days - 1 : 0)) / days;
}

/// People who are alike stand together: by practice, deprivation and quarter of birth.
std::vector<std::uint32_t> ring_of_alike(const People& people) {
    if (people.rows() == 0) return {};
    const auto [oldest, youngest] = std::minmax_element(people.birth_day.begin(), people.birth_day.end());
    const std::int32_t first = quarter_of_birth(*oldest);
    const auto births = static_cast<std::size_t>(quarter_of_birth(*youngest) - first + 1);
    const std::size_t practices = *std::max_element(people.practice.begin(), people.practice.end()) + std::size_t{1};
    const auto bin_of = [&](std::uint32_t row) {
        const auto birth = static_cast<std::size_t>(quarter_of_birth(people.birth_day[row]) - first);
        const auto quintile = static_cast<std::size_t>(quintile_of(people.cell[row]) - 1);
        return (people.practice[row] * std::size_t{deprivation_quintiles} + quintile) * births + birth;
    };
    return dealt(people, practices * deprivation_quintiles * births, bin_of,
                 [&](std::uint32_t row) { return people.key[row]; });
}

/// Where somebody stands among all for ties that go across: the same whoever else comes or goes.
std::uint32_t standing(Twin twin, std::uint64_t key) noexcept {
    constexpr std::uint32_t own_place = 0xFFFF'FFFFU;
    return Draws{twin, PersonKey{key}, Purpose::uptake_tie, own_place}.words()[0];
}

}  // namespace

void Network::tie_round_the_ring(const People& people, std::vector<Pair>& pairs) const {
    const std::vector<std::uint32_t> ring = ring_of_alike(people);
    const std::size_t size = ring.size();
    if (size < 2) return;
    std::vector<std::uint32_t> stands(people.rows());
    for (const std::uint32_t row : ring) stands[row] = standing(twin_, people.key[row]);
    const auto bin_of = [&](std::uint32_t row) {
        return static_cast<std::size_t>(std::uint64_t{stands[row]} * size >> 32U);
    };
    const std::vector<std::uint32_t> across = dealt(people, size, bin_of, [&](std::uint32_t row) {
        return std::pair{stands[row], people.key[row]};
    });
    const Chance rewired{parameters_.rewired_share};
    const auto forward = static_cast<std::size_t>(parameters_.ties / 2);
    for (std::size_t place = 0; place < size; ++place) {
        for (std::size_t step = 1; step <= forward; ++step) {
            const std::uint32_t from = ring[place];
            std::uint32_t to = ring[(place + step) % size];
            const Words luck =
                Draws{twin_, PersonKey{people.key[from]}, Purpose::uptake_tie, static_cast<std::uint32_t>(step)}
                    .words();
            if (rewired.happens(luck[0])) {
                // The next who stands after a point that is the tie's own.
                const auto next =
                    std::lower_bound(across.begin(), across.end(), luck[1],
                                     [&](std::uint32_t row, std::uint32_t word) { return stands[row] < word; });
                to = next == across.end() ? across.front() : *next;
            }
            if (to != from) pairs.push_back({from, to});
        }
    }
}

void Network::tie_households(const People& people, std::vector<Pair>& pairs) {
    std::uint32_t homes = 0;
    const auto home_of = [&](std::uint32_t row) {
        const std::uint32_t home = people.household[row];
        return home == no_household || is_care_home(home) ? no_household : home;
    };
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (people.present[row] != 0 && home_of(row) != no_household) homes = std::max(homes, home_of(row) + 1);
    }
    const auto bin_of = [&](std::uint32_t row) { return std::size_t{std::min(home_of(row), homes)}; };
    const std::vector<std::uint32_t> rows =
        dealt(people, homes + std::size_t{1}, bin_of, [&](std::uint32_t row) { return people.key[row]; });
    for (std::size_t a = 0; a < rows.size() && bin_of(rows[a]) < homes; ++a) {
        for (std::size_t b = a + 1; b < rows.size() && bin_of(rows[b]) == bin_of(rows[a]); ++b)
            pairs.push_back({rows[a], rows[b]});
    }
}

void Network::tie(const People& people) {
    std::vector<Pair> pairs;
    tie_round_the_ring(people, pairs);
    if (parameters_.households) tie_households(people, pairs);
    first_.assign(people.rows() + 1, 0);
    for (const Pair& pair : pairs) {
        ++first_[pair.from + std::size_t{1}];
        ++first_[pair.to + std::size_t{1}];
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    ends_.resize(first_.back());
    std::vector<std::uint32_t> place{first_};
    for (const Pair& pair : pairs) {
        ends_[place[pair.from]++] = pair.to;
        ends_[place[pair.to]++] = pair.from;
    }
    merge_double_ties();
    generation_ = people.generation;
}

void Network::merge_double_ties() {
    std::uint32_t kept = 0;
    for (std::size_t row = 0; row + 1 < first_.size(); ++row) {
        const auto begin = ends_.begin() + first_[row];
        const auto end = ends_.begin() + first_[row + 1];
        std::sort(begin, end);
        first_[row] = kept;
        kept =
            static_cast<std::uint32_t>(std::move(begin, std::unique(begin, end), ends_.begin() + kept) - ends_.begin());
    }
    first_.back() = kept;
    ends_.resize(kept);
}

}  // namespace segue::prescribing
