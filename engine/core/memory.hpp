/// \file
/// Memory that columns and buffers hold, as they have grown.
#pragma once
#include <cstddef>
#include <vector>

namespace segue {

/// What vectors have allocated, used or not. [bytes]
template <class... T>
[[nodiscard]] std::size_t bytes_of(const std::vector<T>&... vectors) noexcept {
    return ((vectors.capacity() * sizeof(T)) + ... + std::size_t{0});
}

/// Makes room for one more: by an eighth rather than twofold, for columns that are long and seldom grow.
template <class T>
void make_room(std::vector<T>& vector) {
    if (vector.size() == vector.capacity()) vector.reserve(vector.size() + vector.size() / 8 + 16);
}

/// Makes a column reach up to `size` rows, new ones with `value`: with a little room rather than twice what it had.
template <class T>
void grow_to(std::vector<T>& column, std::size_t size, const T& value) {
    if (size <= column.size()) return;
    if (size > column.capacity()) column.reserve(size + size / 64);
    column.resize(size, value);
}

}  // namespace segue
