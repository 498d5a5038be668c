/// \file
/// What life's sources share about passing states.
#pragma once
#include "engine/model/today.hpp"
#include "engine/population/dying.hpp"

namespace segue::life {

/// Stands for a birthday where others name the kind of life event.
inline constexpr std::uint32_t a_birthday = 255;

/// The decline that somebody stands in, or `sudden` for none.
[[nodiscard]] inline Dying decline_of(const People& people, std::uint32_t row) noexcept {
    for (const Dying way : {Dying::short_decline, Dying::stepwise_decline, Dying::slow_decline}) {
        if (people.is(PersonRow{row}, passing_of(way))) return way;
    }
    return Dying::sudden;
}

}  // namespace segue::life
