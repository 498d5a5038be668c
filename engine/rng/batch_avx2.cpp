#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace segue::avx2 {
namespace {

using Wide = std::uint64_t __attribute__((vector_size(32)));
constexpr std::size_t abreast = 2;

Wide low_product(Wide a, Wide b) noexcept {
    return reinterpret_cast<Wide>(_mm256_mul_epu32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
}

}  // namespace
}  // namespace segue::avx2

#define SEGUE_ISA avx2
#include "engine/rng/batch_kernel.inl"
