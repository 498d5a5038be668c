#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace segue::avx512 {
namespace {

using Wide = std::uint64_t __attribute__((vector_size(64)));
constexpr std::size_t abreast = 4;

// Masked by all ones, the same product: GCC 12 takes the plain one's unused operand for uninitialised.
Wide low_product(Wide a, Wide b) noexcept {
    return reinterpret_cast<Wide>(
        _mm512_maskz_mul_epu32(0xFF, reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
}

}  // namespace
}  // namespace segue::avx512

#define SEGUE_ISA avx512
#include "engine/rng/batch_kernel.inl"
