/// \file
/// Numbers that know their unit. Same unit: add, scale, compare. Another unit: a named function.
#pragma once
#include <compare>
#include <string_view>

namespace segue {

template <class Unit>
class Quantity {
public:
    using unit = Unit;
    constexpr Quantity() noexcept = default;
    constexpr explicit Quantity(double value) noexcept : value_{value} {}
    [[nodiscard]] constexpr double value() const noexcept { return value_; }

    friend constexpr auto operator<=>(Quantity, Quantity) = default;
    friend constexpr Quantity operator+(Quantity a, Quantity b) noexcept { return Quantity{a.value_ + b.value_}; }
    friend constexpr Quantity operator-(Quantity a, Quantity b) noexcept { return Quantity{a.value_ - b.value_}; }
    friend constexpr Quantity operator*(Quantity a, double b) noexcept { return Quantity{a.value_ * b}; }
    friend constexpr Quantity operator*(double a, Quantity b) noexcept { return Quantity{a * b.value_}; }
    friend constexpr Quantity operator/(Quantity a, double b) noexcept { return Quantity{a.value_ / b}; }
    friend constexpr double operator/(Quantity a, Quantity b) noexcept { return a.value_ / b.value_; }

private:
    double value_{0};
};

struct DayUnit {
    static constexpr std::string_view symbol = "d";
};
struct YearUnit {
    static constexpr std::string_view symbol = "a";
};
struct MinuteUnit {
    static constexpr std::string_view symbol = "min";
};
struct PerYearUnit {
    static constexpr std::string_view symbol = "1/a";
};
struct PerThousandYearUnit {
    static constexpr std::string_view symbol = "1/(1000 a)";
};
struct PoundUnit {
    static constexpr std::string_view symbol = "GBP";
};
struct WteUnit {
    static constexpr std::string_view symbol = "WTE";
};

using Days = Quantity<DayUnit>;                          ///< [d]
using Years = Quantity<YearUnit>;                        ///< [a], of 365.25 d
using Minutes = Quantity<MinuteUnit>;                    ///< [min]
using PerYear = Quantity<PerYearUnit>;                   ///< [1/a]
using PerThousandYears = Quantity<PerThousandYearUnit>;  ///< per 1,000 person-years
using Pounds = Quantity<PoundUnit>;                      ///< [GBP]
using Wte = Quantity<WteUnit>;                           ///< whole-time equivalents

inline constexpr double days_per_year = 365.25;  ///< only for converting rates; a year of a run ends on its own date

[[nodiscard]] constexpr Days days(Years span) noexcept { return Days{span.value() * days_per_year}; }
[[nodiscard]] constexpr Years years(Days span) noexcept { return Years{span.value() / days_per_year}; }
[[nodiscard]] constexpr PerYear per_year(PerThousandYears rate) noexcept { return PerYear{rate.value() / 1000}; }

/// Expected events within `span` at a constant rate. [1]
[[nodiscard]] constexpr double expected(PerYear rate, Days span) noexcept {
    return rate.value() * span.value() / days_per_year;
}

/// Money and time are added as integers, so that sums are exact: pence, and tenths of a minute.
using Pence = long long;
using MinuteTenths = long long;
[[nodiscard]] constexpr Pence pence(Pounds amount) noexcept {
    return static_cast<Pence>(amount.value() * 100 + (amount.value() < 0 ? -0.5 : 0.5));
}
[[nodiscard]] constexpr MinuteTenths tenths(Minutes span) noexcept {
    return static_cast<MinuteTenths>(span.value() * 10 + 0.5);
}

}  // namespace segue
