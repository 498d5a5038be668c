/// \file
/// Days and dates. A day is a whole number counted from 1 January 1970, so that it names the same date in every
/// run; England's bank holidays are worked out from their rules.
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace segue {

/// A date of the calendar, for scenario files and people.
struct Date {
    int year{1970};
    int month{1};
    int day{1};
    friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

/// A day of the simulation. [d since 1970-01-01]
class Day {
public:
    constexpr Day() noexcept = default;
    constexpr explicit Day(std::int32_t number) noexcept : number_{number} {}
    [[nodiscard]] constexpr std::int32_t number() const noexcept { return number_; }
    friend constexpr auto operator<=>(Day, Day) = default;
    friend constexpr Day operator+(Day day, std::int32_t n) noexcept { return Day{day.number_ + n}; }
    friend constexpr Day operator-(Day day, std::int32_t n) noexcept { return Day{day.number_ - n}; }
    friend constexpr std::int32_t operator-(Day a, Day b) noexcept { return a.number_ - b.number_; }
    constexpr Day& operator++() noexcept {
        ++number_;
        return *this;
    }

private:
    std::int32_t number_{0};
};

enum class Weekday : std::uint8_t { monday, tuesday, wednesday, thursday, friday, saturday, sunday, count_ };
[[nodiscard]] constexpr auto names(Weekday) {
    return std::array<std::string_view, 7>{"monday", "tuesday",  "wednesday", "thursday",
                                           "friday", "saturday", "sunday"};
}

[[nodiscard]] Day to_day(const Date& date) noexcept;
[[nodiscard]] Date to_date(Day day) noexcept;
[[nodiscard]] constexpr Weekday weekday(Day day) noexcept {
    const std::int32_t since_monday = (day.number() + 3) % 7;  // 1 January 1970 was a Thursday
    return static_cast<Weekday>(since_monday < 0 ? since_monday + 7 : since_monday);
}
[[nodiscard]] bool is_valid(const Date& date) noexcept;
[[nodiscard]] std::optional<Date> parse_date(std::string_view text) noexcept;  ///< "2026-04-01"
[[nodiscard]] std::string to_string(const Date& date);

/// The same date `years` later; 29 February becomes 28 February in a year without one.
[[nodiscard]] Day same_date(Day day, int years) noexcept;

/// Completed years of age on `day`; somebody born on 29 February has a birthday on 1 March of other years.
[[nodiscard]] int age_years(Day birth, Day day) noexcept;

/// The birthday on which somebody turns `age`.
[[nodiscard]] Day birthday(Day birth, int age) noexcept;

/// Bank holidays of England: New Year, Good Friday, Easter Monday, early May, spring, summer, Christmas and
/// Boxing Day, with substitute days for those that fall on a weekend. One-off royal holidays are not foreseen.
[[nodiscard]] bool is_bank_holiday(Day day) noexcept;

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm; Meeus, Astronomical Algorithms, ch. 8).
[[nodiscard]] Day easter_sunday(int year) noexcept;

}  // namespace segue
