/// \file
/// Ages on one day by a table of birthdays: for lists of people, where taking every date apart would cost more than
/// drawing the person.
#pragma once
#include <array>

#include "engine/core/calendar.hpp"
#include "engine/population/table_reader.hpp"

namespace segue {

/// The last day on which somebody who is `age` today can have been born.
[[nodiscard]] Day latest_birth(Day today, int age) noexcept;

class BirthDates {
public:
    explicit BirthDates(Day today) noexcept;

    /// As latest_birth of today. \param age 0 to age_count
    [[nodiscard]] Day latest(int age) const noexcept { return latest_[static_cast<std::size_t>(age)]; }
    /// Completed years, as age_years gives them for any day of birth.
    [[nodiscard]] int age(Day birth) const noexcept;

private:
    Day today_;
    std::array<Day, static_cast<std::size_t>(age_count) + 1> latest_;
};

}  // namespace segue
