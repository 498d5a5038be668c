/// \file
/// Chance is named, never ordered: a draw is a pure function of the twin, who, what for, and which time.
///
///   Layout, fixed for good: Philox4x32-10 (Random123) under the key (seed, replicate), at the counter
///   entity 64 | purpose 16 | block 16 | when 32.
#pragma once
#include <array>
#include <cstdint>

#include <Random123/philox.h>

#include "engine/core/contracts.hpp"
#include "engine/core/ids.hpp"
#include "engine/rng/purposes.hpp"

namespace segue {

/// What two matched runs share: the same seed and replicate give everybody the same luck.
struct Twin {
    std::uint32_t seed{1};
    std::uint32_t replicate{0};
    friend bool operator==(const Twin&, const Twin&) = default;
};

using Words = std::array<std::uint32_t, 4>;

[[nodiscard]] inline Words philox(Twin twin, std::uint64_t entity, std::uint32_t purpose_and_block,
                                  std::uint32_t when) noexcept {
    const r123::Philox4x32::ctr_type counter{
        {static_cast<std::uint32_t>(entity), static_cast<std::uint32_t>(entity >> 32U), purpose_and_block, when}};
    const r123::Philox4x32::key_type key{{twin.seed, twin.replicate}};
    const auto words = r123::Philox4x32{}(counter, key);
    return {words[0], words[1], words[2], words[3]};
}

[[nodiscard]] constexpr std::uint32_t purpose_and_block(Purpose purpose, std::uint32_t block) noexcept {
    return static_cast<std::uint32_t>(purpose) << 16U | (block & 0xFFFFU);
}

/// The draws of one entity for one purpose at one time. Holds no state: asking twice gives the same numbers.
class Draws {
public:
    Draws(Twin twin, std::uint64_t entity, Purpose purpose, std::uint32_t when) noexcept
        : twin_{twin}, entity_{entity}, purpose_{purpose}, when_{when} {}
    Draws(Twin twin, PersonKey person, Purpose purpose, std::uint32_t when) noexcept
        : Draws{twin, person.value(), purpose, when} {}

    /// Four 32-bit words; `block` numbers the fours of a sampler that needs several, below 65,536.
    [[nodiscard]] Words words(std::uint32_t block = 0) const {
        SEGUE_EXPECT(block <= 0xFFFFU);
        return philox(twin_, entity_, purpose_and_block(purpose_, block), when_);
    }

private:
    Twin twin_;
    std::uint64_t entity_;
    Purpose purpose_;
    std::uint32_t when_;
};

/// A uniform on [0, 1) from one word: the midpoint of its cell, so that 0 and 1 never come.
[[nodiscard]] constexpr double uniform(std::uint32_t word) noexcept { return (word + 0.5) * 0x1p-32; }

/// A chance as an integer threshold, rounded to 2^-32 here and nowhere else: built-in models and those of
/// others decide alike. `happens(word)` has exactly that probability.
class Chance {
public:
    constexpr Chance() noexcept = default;
    constexpr explicit Chance(double probability) noexcept
        : threshold_{!(probability > 0) ? 0  // so that no chance comes of not-a-number either
                     : probability >= 1 ? std::uint64_t{1} << 32U
                                        : static_cast<std::uint64_t>(probability * 0x1p32 + 0.5)} {}
    [[nodiscard]] constexpr bool happens(std::uint32_t word) const noexcept { return word < threshold_; }
    [[nodiscard]] constexpr double probability() const noexcept { return static_cast<double>(threshold_) * 0x1p-32; }

private:
    std::uint64_t threshold_{0};
};

/// A whole number on [0, n) from one word, by multiplication: uneven by less than n 2^-32. [1]
[[nodiscard]] constexpr std::uint32_t below(std::uint32_t n, std::uint32_t word) noexcept {
    return static_cast<std::uint32_t>(std::uint64_t{word} * n >> 32U);
}

}  // namespace segue
