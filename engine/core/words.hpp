/// \file
/// The words of an enumeration as a list, for choices, labels and messages.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/enum_array.hpp"

namespace segue {

/// Every member's word, in order: `words<Role>()`.
template <class E>
[[nodiscard]] std::vector<std::string> words() {
    const auto all_names = names(E{});
    return {all_names.begin(), all_names.end()};
}

/// A number made of a name alone (FNV-1a), so that draws about whatever bears it do not depend on its place in a file.
[[nodiscard]] constexpr std::uint32_t number_of_name(std::string_view name) noexcept {
    std::uint64_t hash = 0xCBF2'9CE4'8422'2325U;
    for (const char letter : name) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100'0000'01B3U;
    return static_cast<std::uint32_t>(hash >> 32U ^ hash);
}

}  // namespace segue
