/// \file
/// What writer and reader of a results file share: its types, and the names that its layout owns.
#pragma once
#include <cstddef>
#include <cstdint>

#include "engine/results/hdf5.hpp"

namespace segue {

inline constexpr const char* position_attribute = "position";  ///< of a text among the texts of provenance

/// UTF-8 text of `bytes` bytes, its end marked by a NUL.
[[nodiscard]] Hdf5Handle text_type(std::size_t bytes);
[[nodiscard]] inline Hdf5Handle any_length_text_type() { return text_type(H5T_VARIABLE); }

[[nodiscard]] inline hid_t stored_type(std::int32_t) { return H5T_STD_I32LE; }
[[nodiscard]] inline hid_t stored_type(std::int64_t) { return H5T_STD_I64LE; }
[[nodiscard]] inline hid_t stored_type(double) { return H5T_IEEE_F64LE; }
[[nodiscard]] inline hid_t memory_type(std::int32_t) { return H5T_NATIVE_INT32; }
[[nodiscard]] inline hid_t memory_type(std::int64_t) { return H5T_NATIVE_INT64; }
[[nodiscard]] inline hid_t memory_type(double) { return H5T_NATIVE_DOUBLE; }

/// A file in memory only, with the superblock and object headers of HDF5 1.8, which carry checksums.
[[nodiscard]] Hdf5Handle memory_access();

}  // namespace segue
