/// \file
/// Numbers as people read them.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace segue::program {

/// "1,234,567.8": thousands apart, so many decimals.
[[nodiscard]] std::string grouped(double number, int decimals = 0);

/// "1 value", "1,204 values".
[[nodiscard]] std::string counted(std::size_t number, std::string_view noun);

/// Fewer people than this, but for none, are not told in a table: a small number may tell who they are.
inline constexpr double fewest_told = 5;
[[nodiscard]] constexpr bool is_too_few(double people) noexcept { return people > 0 && people < fewest_told; }

/// People counted: "1,204", or "<5".
[[nodiscard]] std::string people_text(double people);

/// "820 bytes", "5.2 MB": powers of 1,000.
[[nodiscard]] std::string bytes_text(double bytes);

/// "4.1 s", "3 min 20 s", "2 h 5 min".
[[nodiscard]] std::string duration(double seconds);

/// "practice_nurse" as "practice nurse", "all_nhs" as "all NHS".
[[nodiscard]] std::string spaced(std::string_view word);

}  // namespace segue::program
