#include "bench/reference/diary.hpp"

namespace segue::reference {

Members members(const NeighbourhoodState& state) {
    const People& people = state.people;
    Members registered;
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (people.present[row] == 0) continue;
        registered.emplace(people.key[row], Member{RateBasis::of(people, row), people.level_rank[row],
                                                   people.practice[row], people.household[row]});
    }
    for (const Changed& changed : state.today.changed) {
        const auto found = registered.find(people.key[changed.row]);
        if (found == registered.end()) continue;
        found->second.who = changed.was;
        found->second.changes_tonight = true;
    }
    return registered;
}

Morning morning(const Members& before, const Members& now) {
    Morning found;
    for (const auto& [key, member] : now) {
        const auto then = before.find(key);
        if (then != before.end() && then->second.changes_tonight) {
            found.changed_late.emplace(key, member);
        } else if (then == before.end() || !(then->second == member)) {
            found.changed.emplace(key, member);
        }
    }
    for (const auto& [key, member] : before) {
        if (!now.contains(key)) found.gone.push_back(key);
    }
    return found;
}

std::set<std::uint64_t> in_a_bed(const NeighbourhoodState& state) {
    std::set<std::uint64_t> people;
    for (std::uint32_t row = 0; row < state.people.rows(); ++row) {
        if (state.is_in_a_bed(row)) people.insert(state.people.key[row]);
    }
    return people;
}

}  // namespace segue::reference
