#include "engine/model/prescribing/uptake/uptake_model.hpp"

#include <algorithm>

#include "engine/core/math.hpp"
#include "engine/population/normal_table.hpp"

namespace segue::prescribing {

Community::Ties Community::ties_of(std::uint32_t row) const noexcept {
    Ties ties;
    if (network == nullptr) return ties;
    network->each_tie(*people, row, [&](std::uint32_t other) {
        ++ties.all;
        if (other < has_used->size() && (*has_used)[other] != 0) ++ties.users;
    });
    return ties;
}

void UptakeModel::choose(const Decision& decision, const Community& community, std::span<double> chances) const {
    std::fill(chances.begin(), chances.end(),
              chance(decision, community) / static_cast<double>(std::max<std::size_t>(chances.size(), 1)));
}

double logistic(double logit) noexcept { return 1 / (1 + math::exp(-logit)); }

double normal_deviate(std::uint32_t word) noexcept { return static_cast<double>(NormalTable::shared().deviate(word)); }

}  // namespace segue::prescribing
