#include "engine/model/prescribing/uptake/models.hpp"

#include <algorithm>
#include <array>

namespace segue::prescribing {

std::span<const ModelEntry* const> uptake_models() noexcept {
    static constexpr std::array entries{&fixed_shares, &equity,     &capacity, &referrers, &threshold,
                                        &diffusion,    &motivation, &choice,   &knowledge};
    return entries;
}

const ModelEntry* find_uptake_model(std::string_view name) noexcept {
    const auto entries = uptake_models();
    const auto found =
        std::find_if(entries.begin(), entries.end(), [name](const ModelEntry* entry) { return entry->name == name; });
    return found == entries.end() ? nullptr : *found;
}

}  // namespace segue::prescribing
