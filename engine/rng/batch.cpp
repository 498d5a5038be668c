#include "engine/rng/batch.hpp"

#include "engine/rng/batch_kernels.hpp"

namespace segue {

void philox_batch(Isa isa, Twin twin, std::span<const std::uint64_t> entities, std::uint32_t purpose_and_block,
                  std::uint32_t when, const WordColumns& out) noexcept {
    if (entities.empty()) return;
    const auto kernel = isa == Isa::avx512 ? avx512::philox_batch
                        : isa == Isa::avx2 ? avx2::philox_batch
                                           : scalar::philox_batch;
    kernel(twin.seed, twin.replicate, entities.data(), entities.size(), purpose_and_block, when, out.words);
}

}  // namespace segue
