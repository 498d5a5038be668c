// The one kernel, included by a source file for each instruction set. Rounds are outermost over a block, which
// lets the compiler keep whole vectors of the same word together.
#include <algorithm>
#include <cstddef>

#include "engine/rng/batch_kernels.hpp"

namespace segue::SEGUE_ISA {

void philox_batch(std::uint32_t key0, std::uint32_t key1, const std::uint64_t* entities, std::size_t count,
                  std::uint32_t purpose_and_block, std::uint32_t when, std::uint32_t* const* out) noexcept {
    constexpr std::size_t lanes = 64;
    constexpr std::uint32_t m0 = 0xD2511F53U;
    constexpr std::uint32_t m1 = 0xCD9E8D57U;
    constexpr std::uint32_t w0 = 0x9E3779B9U;
    constexpr std::uint32_t w1 = 0xBB67AE85U;
    for (std::size_t start = 0; start < count; start += lanes) {
        const std::size_t n = std::min(lanes, count - start);
        alignas(64) std::uint32_t x0[lanes];
        alignas(64) std::uint32_t x1[lanes];
        alignas(64) std::uint32_t x2[lanes];
        alignas(64) std::uint32_t x3[lanes];
        for (std::size_t i = 0; i < lanes; ++i) {
            const std::uint64_t entity = entities[start + std::min(i, n - 1)];
            x0[i] = static_cast<std::uint32_t>(entity);
            x1[i] = static_cast<std::uint32_t>(entity >> 32U);
            x2[i] = purpose_and_block;
            x3[i] = when;
        }
        std::uint32_t k0 = key0;
        std::uint32_t k1 = key1;
        for (int round = 0; round < 10; ++round) {
            for (std::size_t i = 0; i < lanes; ++i) {
                const std::uint64_t p0 = std::uint64_t{m0} * x0[i];
                const std::uint64_t p1 = std::uint64_t{m1} * x2[i];
                x0[i] = static_cast<std::uint32_t>(p1 >> 32U) ^ x1[i] ^ k0;
                x2[i] = static_cast<std::uint32_t>(p0 >> 32U) ^ x3[i] ^ k1;
                x1[i] = static_cast<std::uint32_t>(p1);
                x3[i] = static_cast<std::uint32_t>(p0);
            }
            k0 += w0;
            k1 += w1;
        }
        std::copy_n(x0, n, out[0] + start);
        std::copy_n(x1, n, out[1] + start);
        std::copy_n(x2, n, out[2] + start);
        std::copy_n(x3, n, out[3] + start);
    }
}

}  // namespace segue::SEGUE_ISA
