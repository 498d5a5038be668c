/// \file
/// Philox for many people at once: the same numbers as `philox`, several people to a vector, built for three
/// instruction sets and chosen here.
#pragma once
#include <cstdint>
#include <span>

#include "engine/core/isa.hpp"
#include "engine/rng/draws.hpp"

namespace segue {

/// Four words for each entity: words[w][i] is word w of entity i.
struct WordColumns {
    std::uint32_t* words[4];
};

/// Fills `out` for every entity, at one purpose, block and time.
void philox_batch(Isa isa, Twin twin, std::span<const std::uint64_t> entities, std::uint32_t purpose_and_block,
                  std::uint32_t when, const WordColumns& out) noexcept;

}  // namespace segue
