/// \file
/// Which instructions the batch kernels may use. Every choice gives the same bits; tests force each.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "engine/core/enum_array.hpp"

namespace segue {

enum class Isa : std::uint8_t { scalar, avx2, avx512, count_ };
[[nodiscard]] constexpr auto names(Isa) { return std::array<std::string_view, 3>{"scalar", "avx2", "avx512"}; }

/// The widest that this processor has.
[[nodiscard]] Isa best_isa() noexcept;
[[nodiscard]] bool is_available(Isa isa) noexcept;

}  // namespace segue
