/// \file
/// Results of some replicates put together, taken apart, and filled up with places for those that are missing.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/results/results.hpp"

namespace segue {

/// One Results of every piece's replicates, in ascending order of their numbers. What does not lie along `replicate` must
/// be equal in all. The attributes of the file and provenance are those of the piece with the lowest number, whatever the
/// order of the pieces. Throws a std::invalid_argument that names the difference when pieces do not fit, or the
/// replicate that two of them hold, or that there is no piece.
[[nodiscard]] Results merge(const std::vector<Results>& pieces);

/// The same results for these replicates alone, in this order. Throws a std::invalid_argument when one is not there.
[[nodiscard]] Results select(const Results& results, std::span<const std::int64_t> replicates);

/// The results with a place for each of `replicates`, in this order. One that the results lack is told by 1 in
/// replicate_status (made where the results have none), its counts are 0 and its doubles NaN. Throws a
/// std::invalid_argument when the results hold a replicate that is not among `replicates`.
[[nodiscard]] Results with_missing(const Results& results, std::span<const std::int64_t> replicates);

/// The numbers along `replicate`; none where the results have no such axis.
[[nodiscard]] std::vector<std::int64_t> replicates_of(const Results& results);

}  // namespace segue
