/// \file
/// The words of an enumeration as a list, for choices, labels and messages.
#pragma once
#include <string>
#include <vector>

#include "engine/core/enum_array.hpp"

namespace segue {

/// Every member's word, in order: `words<Role>()`.
template <class E>
[[nodiscard]] std::vector<std::string> words() {
    const auto all_names = names(E{});
    return {all_names.begin(), all_names.end()};
}

}  // namespace segue
