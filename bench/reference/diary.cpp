#include "bench/reference/diary.hpp"

#include <tuple>

namespace segue::reference {

bool operator==(const Member& a, const Member& b) noexcept {
    const auto all_of = [](const Member& m) {
        return std::tie(m.who.cell, m.who.conditions, m.who.frailty_residence, m.who.segment, m.who.traits,
                        m.who.passing, m.who.level_rank, m.practice);
    };
    return all_of(a) == all_of(b);
}

Members members(const People& people) {
    Members registered;
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (people.present[row] == 0) continue;
        registered.emplace(people.key[row], Member{needs::OnsetStream::inputs(people, row), people.practice[row]});
    }
    return registered;
}

Morning morning(const Members& before, const Members& now) {
    Morning found;
    for (const auto& [key, member] : now) {
        const auto then = before.find(key);
        if (then == before.end() || !(then->second == member)) found.changed.emplace(key, member);
    }
    for (const auto& [key, member] : before) {
        if (!now.contains(key)) found.gone.push_back(key);
    }
    return found;
}

}  // namespace segue::reference
