/// \file
/// The batch kernel as each instruction set has it; `batch.cpp` chooses.
#pragma once
#include <cstddef>
#include <cstdint>

namespace segue {
namespace scalar {
void philox_batch(std::uint32_t key0, std::uint32_t key1, const std::uint64_t* entities, std::size_t count,
                  std::uint32_t purpose_and_block, std::uint32_t when, std::uint32_t* const* out) noexcept;
}
namespace avx2 {
void philox_batch(std::uint32_t key0, std::uint32_t key1, const std::uint64_t* entities, std::size_t count,
                  std::uint32_t purpose_and_block, std::uint32_t when, std::uint32_t* const* out) noexcept;
}
namespace avx512 {
void philox_batch(std::uint32_t key0, std::uint32_t key1, const std::uint64_t* entities, std::size_t count,
                  std::uint32_t purpose_and_block, std::uint32_t when, std::uint32_t* const* out) noexcept;
}
}  // namespace segue
