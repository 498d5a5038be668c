/// \file
/// Who knows whom, for uptake models that need it: households, and a small world of ties between people alike.
///
///   In     people's households, practices, deprivation and birthdays
///   Out    each person's ties, both ways
///   Order  none by row: people stand round a ring by practice, deprivation and quarter of birth, then by their key
///   Draws  Purpose::uptake_tie by person and tie: whether it goes across the ring, and to whom
///   Holds  time and memory linear in people (a search by halves for each tie that goes across); somebody's coming or
///          going moves only the ties next to them
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/core/memory.hpp"
#include "engine/parameters/declaration.hpp"
#include "engine/population/people.hpp"
#include "engine/rng/draws.hpp"

namespace segue::prescribing {

/// Ties between people who do not live together (Watts and Strogatz 1998, doi:10.1038/30918).
struct NetworkParameters {
    int ties{8};
    double rewired_share{0.1};
    bool households{true};

    static constexpr std::string_view prefix = "uptake.network";
    static auto declarations() {
        using N = NetworkParameters;
        const Source none{"assumption; no data on who talks to whom about social prescribing"};
        const auto row = [&](auto member, const char* name, const char* meaning, Range range, Uncertain doubt) {
            return parameter(member, name, meaning, range, doubt, none, Certainty::C, Kind::evidence);
        };
        return std::tuple{
            row(&N::ties, "ties", "Ties of each person on average, to people like them unless rewired; even", {0, 100},
                Uncertain::uniform(4, 14)),
            row(&N::rewired_share, "rewired_share",
                "Share of those ties that go to anybody in the neighbourhood instead", {0, 1},
                Uncertain::uniform(0.01, 0.5)),
            row(&N::households, "households", "Whether people of one home are tied to one another", {0, 0},
                Uncertain::known())};
    }
};

class Network {
public:
    Network(const NetworkParameters& parameters, Twin twin) : parameters_{parameters}, twin_{twin} {}

    /// Ties everybody who is registered, anew.
    void tie(const People& people);
    /// Gives `visit` the row of each whom somebody is tied to and who is still there; nobody for whoever came since.
    template <class Visit>
    void each_tie(const People& people, std::uint32_t row, Visit visit) const {
        if (!is_as_tied(people, row)) return;
        for (std::uint32_t i = first_[row]; i < first_[row + 1]; ++i) {
            if (is_as_tied(people, ends_[i])) visit(ends_[i]);
        }
    }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_of(first_, ends_, generation_); }

private:
    struct Pair {
        std::uint32_t from;
        std::uint32_t to;
    };
    void tie_round_the_ring(const People& people, std::vector<Pair>& pairs) const;
    static void tie_households(const People& people, std::vector<Pair>& pairs);
    /// Whether a row's person is the one who was tied: a row is given to another once its person has gone.
    [[nodiscard]] bool is_as_tied(const People& people, std::uint32_t row) const noexcept {
        return row < generation_.size() && people.present[row] != 0 && people.generation[row] == generation_[row];
    }
    /// Those who are tied twice, as neighbours of one home are, count once.
    void merge_double_ties();

    NetworkParameters parameters_;
    Twin twin_;
    std::vector<std::uint32_t> first_;  ///< of each row's ties in `ends_`, and one past the last
    std::vector<std::uint32_t> ends_;
    std::vector<std::uint8_t> generation_;  ///< of each row's person
};

}  // namespace segue::prescribing
