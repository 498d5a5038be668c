#include "engine/population/birth_dates.hpp"

namespace segue {

Day latest_birth(Day today, int age) noexcept {
    Day birth = same_date(today, -age);
    // Born on 29 February, one turns an age on 1 March of other years: the day is found, not guessed.
    while (age > 0 && age_years(birth + 1, today) >= age) birth = birth + 1;
    while (age_years(birth, today) < age) birth = birth - 1;
    return birth;
}

BirthDates::BirthDates(Day today) noexcept : today_{today} {
    for (int age = 0; age <= age_count; ++age) latest_[static_cast<std::size_t>(age)] = latest_birth(today, age);
}

int BirthDates::age(Day birth) const noexcept {
    if (birth > today_ || birth <= latest_.back()) return age_years(birth, today_);
    // 400 years have 146,097 days; counting in years of that mean length is one birthday out at the most.
    int years = (today_ - birth) * 400 / 146'097;
    if (birth > latest(years)) --years;
    if (birth <= latest(years + 1)) ++years;
    return years;
}

}  // namespace segue
