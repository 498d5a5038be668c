/// \file
/// Arrays indexed by the field's own words. An enumeration joins in by ending with `count_` and by naming its
/// members in `names(E{})`.
#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace segue {

template <class E>
inline constexpr std::size_t count_of = static_cast<std::size_t>(E::count_);

template <class E>
[[nodiscard]] constexpr std::size_t index(E value) noexcept {
    return static_cast<std::size_t>(value);
}

/// Every member of an enumeration, in order: `for (Role role : all<Role>())`.
template <class E>
[[nodiscard]] constexpr auto all() noexcept {
    std::array<E, count_of<E>> members{};
    for (std::size_t i = 0; i < members.size(); ++i) members[i] = static_cast<E>(i);
    return members;
}

template <class E, class T>
class EnumArray {
public:
    [[nodiscard]] constexpr T& operator[](E member) noexcept { return values_[index(member)]; }
    [[nodiscard]] constexpr const T& operator[](E member) const noexcept { return values_[index(member)]; }
    [[nodiscard]] constexpr auto begin() noexcept { return values_.begin(); }
    [[nodiscard]] constexpr auto end() noexcept { return values_.end(); }
    [[nodiscard]] constexpr auto begin() const noexcept { return values_.begin(); }
    [[nodiscard]] constexpr auto end() const noexcept { return values_.end(); }
    [[nodiscard]] static constexpr std::size_t size() noexcept { return count_of<E>; }
    constexpr void fill(const T& value) { values_.fill(value); }
    friend bool operator==(const EnumArray&, const EnumArray&) = default;

private:
    std::array<T, count_of<E>> values_{};
};

/// The word for a member, as scenario files, results and messages spell it.
template <class E>
[[nodiscard]] constexpr std::string_view name_of(E member) noexcept {
    return names(E{})[index(member)];
}

template <class E>
[[nodiscard]] constexpr std::optional<E> from_name(std::string_view name) noexcept {
    for (std::size_t i = 0; i < count_of<E>; ++i) {
        if (names(E{})[i] == name) return static_cast<E>(i);
    }
    return std::nullopt;
}

}  // namespace segue
