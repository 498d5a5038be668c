// The one kernel, included by a source file for each instruction set, which says before how wide its vectors of 64-bit
// lanes are (`Wide`), how many of them are worked on `abreast`, since a product takes several cycles and registers are
// few, and how the lower halves of their lanes are multiplied (`low_product`).
//
// Words lie in the lower halves. What the arithmetic leaves in the upper ones is never seen: products pass over it, and
// storing cuts it off. No templates of the library here: the linker might keep a wide one for everybody.
#include <cstddef>
#include <cstring>

#include "engine/rng/batch_kernels.hpp"

namespace segue::SEGUE_ISA {
namespace {

constexpr std::size_t lanes = sizeof(Wide) / sizeof(std::uint64_t);
constexpr std::size_t stride = lanes * abreast;
using Narrow = std::uint32_t __attribute__((vector_size(lanes * sizeof(std::uint32_t))));

/// The words of `stride` entities.
void stride_of_words(std::uint32_t key0, std::uint32_t key1, const std::uint64_t* entities,
                     std::uint32_t purpose_and_block, std::uint32_t when, std::uint32_t* const* out,
                     std::size_t at) noexcept {
    const Wide m0 = Wide{} + 0xD2511F53U;
    const Wide m1 = Wide{} + 0xCD9E8D57U;
    Wide x[4][abreast];
    for (std::size_t v = 0; v < abreast; ++v) {
        std::memcpy(&x[0][v], entities + v * lanes, sizeof(Wide));
        x[1][v] = x[0][v] >> 32U;
        x[2][v] = Wide{} + purpose_and_block;
        x[3][v] = Wide{} + when;
    }
    for (int round = 0; round < 10; ++round) {
        for (std::size_t v = 0; v < abreast; ++v) {
            const Wide p0 = low_product(x[0][v], m0);
            const Wide p1 = low_product(x[2][v], m1);
            x[0][v] = (p1 >> 32U) ^ x[1][v] ^ key0;
            x[2][v] = (p0 >> 32U) ^ x[3][v] ^ key1;
            x[1][v] = p1;
            x[3][v] = p0;
        }
        key0 += 0x9E3779B9U;
        key1 += 0xBB67AE85U;
    }
    for (std::size_t word = 0; word < 4; ++word) {
        for (std::size_t v = 0; v < abreast; ++v) {
            const Narrow narrow = __builtin_convertvector(x[word][v], Narrow);
            std::memcpy(out[word] + at + v * lanes, &narrow, sizeof(narrow));
        }
    }
}

}  // namespace

void philox_batch(std::uint32_t key0, std::uint32_t key1, const std::uint64_t* entities, std::size_t count,
                  std::uint32_t purpose_and_block, std::uint32_t when, std::uint32_t* const* out) noexcept {
    std::size_t at = 0;
    for (; at + stride <= count; at += stride)
        stride_of_words(key0, key1, entities + at, purpose_and_block, when, out, at);
    const std::size_t left = count - at;
    if (left == 0) return;
    std::uint64_t last[stride] = {};
    std::memcpy(last, entities + at, left * sizeof(std::uint64_t));
    std::uint32_t words[4][stride];
    std::uint32_t* const columns[4] = {words[0], words[1], words[2], words[3]};
    stride_of_words(key0, key1, last, purpose_and_block, when, columns, 0);
    for (std::size_t word = 0; word < 4; ++word) std::memcpy(out[word] + at, words[word], left * sizeof(std::uint32_t));
}

}  // namespace segue::SEGUE_ISA
