// What every x86-64 has: two lanes.
#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace segue::scalar {
namespace {

using Wide = std::uint64_t __attribute__((vector_size(16)));
constexpr std::size_t abreast = 3;

Wide low_product(Wide a, Wide b) noexcept {
    return reinterpret_cast<Wide>(_mm_mul_epu32(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
}

}  // namespace
}  // namespace segue::scalar

#define SEGUE_ISA scalar
#include "engine/rng/batch_kernel.inl"
