#include "engine/population/normal_table.hpp"

#include "engine/core/math.hpp"

namespace segue {

const NormalTable& NormalTable::shared() {
    static const NormalTable table;
    return table;
}

NormalTable::NormalTable() {
    constexpr double inverse_root_2_pi = 0.39894228040143267794;
    double below = 0;
    for (int cell = 0; cell < cells; ++cell) {
        double above = 0;
        if (cell + 1 < cells) {
            const double edge = math::normal_quantile((cell + 1.0) / cells);
            above = inverse_root_2_pi * math::exp(-edge * edge / 2);
        }
        means_[static_cast<std::size_t>(cell)] = static_cast<float>(cells * (below - above));
        below = above;
    }
    for (int step = 0; step <= steps; ++step) {
        const double x = -double{reach} + step * 2 * double{reach} / steps;
        ranks_[static_cast<std::size_t>(step)] = static_cast<float>(0x1p16 * math::normal_cdf(x));
    }
}

}  // namespace segue
