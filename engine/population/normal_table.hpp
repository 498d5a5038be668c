/// \file
/// The standard normal by table: for drawing people by the ten thousand, where a cell's width does not matter.
#pragma once
#include <array>
#include <cstdint>

namespace segue {

/// 4,096 cells of equal chance, each standing for its own mean; and the distribution function by straight lines.
class NormalTable {
public:
    static constexpr int cells = 4096;
    [[nodiscard]] static const NormalTable& shared();

    /// A normal deviate from a uniform word, in single precision.
    [[nodiscard]] float deviate(std::uint32_t word) const noexcept { return means_[word >> 20U]; }
    /// The rank of a deviate among 65,536 of equal chance.
    [[nodiscard]] std::uint16_t rank(float deviate) const noexcept {
        float place = (deviate + reach) * (steps / (2 * reach));
        place = place < 0 ? 0 : place > steps - 1 ? steps - 1 : place;
        const auto step = static_cast<std::uint32_t>(place);
        const float within = place - static_cast<float>(step);
        const float share = ranks_[step] + within * (ranks_[step + 1] - ranks_[step]);
        return static_cast<std::uint16_t>(share < 65535.0F ? share : 65535.0F);
    }

private:
    static constexpr float reach = 6;
    static constexpr int steps = 2048;
    NormalTable();

    std::array<float, cells> means_{};
    std::array<float, steps + 1> ranks_{};  ///< 65,536 Phi
};

}  // namespace segue
