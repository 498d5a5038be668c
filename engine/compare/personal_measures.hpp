/// \file
/// What is counted for each person, so that twins can be set beside one another: who gains and who loses.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "engine/core/vocabulary.hpp"
#include "engine/model/event.hpp"
#include "engine/record/measures.hpp"

namespace segue::compare {

struct PersonalMeasure {
    std::string_view name;
    std::string_view unit;
    std::string_view meaning;
    EventKind kind;              ///< the records that count
    Field field{Field::one};     ///< and what of each is added up
    std::optional<Role> role{};  ///< only those of this role
    bool more_is_better{false};  ///< else less is
};

[[nodiscard]] std::span<const PersonalMeasure> personal_measures() noexcept;

/// What one record adds. Whole numbers of the measure's unit.
[[nodiscard]] std::int32_t amount(const PersonalMeasure& measure, const Event& event) noexcept;

/// How somebody's sum in one arm compares with their twin's in the first.
enum class Change : std::uint8_t { better, same, worse, count_ };
[[nodiscard]] constexpr auto names(Change) { return std::array<std::string_view, 3>{"better", "same", "worse"}; }

/// \param difference the arm's less the first's
[[nodiscard]] Change change_of(const PersonalMeasure& measure, std::int64_t difference) noexcept;

}  // namespace segue::compare
