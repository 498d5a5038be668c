#include "engine/core/calendar.hpp"

#include <bitset>
#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace segue {
namespace {

std::chrono::year_month_day civil(const Date& date) noexcept {
    return {std::chrono::year{date.year}, std::chrono::month{static_cast<unsigned>(date.month)},
            std::chrono::day{static_cast<unsigned>(date.day)}};
}

std::optional<int> number(std::string_view text) noexcept {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
    return value;
}

/// A weekend holiday moves to the next weekday that is not a holiday of its own.
bool is_christmas_holiday(const Date& date, Weekday day) noexcept {
    if (date.month != 12) return false;
    const bool weekday = day <= Weekday::friday;
    if ((date.day == 25 || date.day == 26) && weekday) return true;
    return (date.day == 27 && (day == Weekday::monday || day == Weekday::tuesday)) ||
           (date.day == 28 && (day == Weekday::monday || day == Weekday::tuesday));
}

bool is_bank_holiday_by_rule(Day day) noexcept {
    const Weekday name = weekday(day);
    if (name >= Weekday::saturday) return false;
    const Date date = to_date(day);
    if (name == Weekday::monday) {
        if (date.month == 5 && (date.day <= 7 || date.day >= 25)) return true;
        if (date.month == 8 && date.day >= 25) return true;
        if (date.month == 1 && date.day <= 3) return true;
    }
    if (date.month == 1 && date.day == 1) return true;
    if (is_christmas_holiday(date, name)) return true;
    if ((name != Weekday::friday && name != Weekday::monday) || date.month < 3 || date.month > 4) return false;
    const Day easter = easter_sunday(date.year);
    return day == easter - 2 || day == easter + 1;
}

/// Bank holidays of the days in which runs usually take place, worked out once: every request asks for some.
class UsualBankHolidays {
public:
    UsualBankHolidays() {
        for (std::size_t day = 0; day < days; ++day)
            is_one_[day] = is_bank_holiday_by_rule(first_ + static_cast<std::int32_t>(day));
    }
    [[nodiscard]] bool of(Day day) const noexcept {
        const auto place = static_cast<std::uint32_t>(day - first_);  // a day before the first lies past the last, too
        return place < days ? is_one_[place] : is_bank_holiday_by_rule(day);
    }

private:
    static constexpr std::size_t days = 36'525;
    Day first_ = to_day({2000, 1, 1});
    std::bitset<days> is_one_;
};

}  // namespace

Day to_day(const Date& date) noexcept {
    return Day{static_cast<std::int32_t>(std::chrono::sys_days{civil(date)}.time_since_epoch().count())};
}

Date to_date(Day day) noexcept {
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day.number()}}};
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
            static_cast<int>(static_cast<unsigned>(date.day()))};
}

bool is_valid(const Date& date) noexcept { return date.year >= 1800 && date.year <= 2300 && civil(date).ok(); }

std::optional<Date> parse_date(std::string_view text) noexcept {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = number(text.substr(0, 4));
    const auto month = number(text.substr(5, 2));
    const auto day = number(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const Date date{*year, *month, *day};
    return is_valid(date) ? std::optional{date} : std::nullopt;
}

std::string to_string(const Date& date) { return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day); }

Day same_date(Day day, int years) noexcept {
    Date date = to_date(day);
    date.year += years;
    if (!civil(date).ok()) date.day = 28;
    return to_day(date);
}

int age_years(Day birth, Day day) noexcept {
    const Date born = to_date(birth);
    const Date today = to_date(day);
    const bool before_birthday = std::pair{today.month, today.day} < std::pair{born.month, born.day};
    return today.year - born.year - (before_birthday ? 1 : 0);
}

Day birthday(Day birth, int age) noexcept {
    Date date = to_date(birth);
    date.year += age;
    if (!civil(date).ok()) {
        date.month = 3;
        date.day = 1;
    }
    return to_day(date);
}

Day easter_sunday(int year) noexcept {
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return to_day({year, n / 31, n % 31 + 1});
}

bool is_bank_holiday(Day day) noexcept {
    static const UsualBankHolidays usual;
    return usual.of(day);
}

}  // namespace segue
