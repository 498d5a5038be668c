/// \file
/// One of several by one word, each with its share of the chance.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/rng/draws.hpp"

namespace segue {

/// Shares laid end to end as integer thresholds. A word that lies beyond them all, because they add up to a little less
/// than 1, falls to the last that has a share.
class Shares {
public:
    Shares() = default;
    /// \param shares that add up to 1
    explicit Shares(const std::vector<double>& shares) {
        double sum = 0;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            sum += shares[i];
            below_.emplace_back(sum);
            if (shares[i] > 0) last_ = i;
        }
    }
    /// Which of them, by its place. [1]
    [[nodiscard]] std::size_t of(std::uint32_t word) const noexcept {
        for (std::size_t i = 0; i < last_; ++i) {
            if (below_[i].happens(word)) return i;
        }
        return last_;
    }

private:
    std::vector<Chance> below_;
    std::size_t last_{0};
};

}  // namespace segue
