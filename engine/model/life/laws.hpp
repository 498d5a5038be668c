/// \file
/// The laws of life in one scenario, made once and shared by all of its neighbourhoods.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/errors.hpp"
#include "engine/population/people.hpp"
#include "engine/population/person_file.hpp"
#include "engine/population/population.hpp"
#include "engine/population/synthesis.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue::life {

class Laws {
public:
    /// With problems there may be no laws: ask `are_sound` before anything else but the size.
    Laws(const Scenario& scenario, Problems& problems);

    [[nodiscard]] bool are_sound() const noexcept { return population_ != nullptr; }
    [[nodiscard]] const PopulationLaws& population() const noexcept { return *population_; }
    [[nodiscard]] const Synthesis& synthesis() const noexcept { return *synthesis_; }
    [[nodiscard]] const TableSegments* table() const noexcept { return population_->table_segments.get(); }
    /// The person file, or nothing when people are made up.
    [[nodiscard]] const std::optional<PersonFile>& person_file() const noexcept { return person_file_; }

    /// Where a rule puts somebody today; with a table, where they are.
    [[nodiscard]] std::uint8_t segment_of(const People& people, std::uint32_t row, Day today) const noexcept;
    [[nodiscard]] std::vector<std::string> segment_names() const { return population_->segmentation.names(); }
    /// People on each list that names no size of its own; none where the file that would say cannot be read.
    [[nodiscard]] const std::optional<std::int64_t>& size() const noexcept { return size_; }
    /// The youngest that anybody is in the table's population. [a]
    [[nodiscard]] int youngest_of_table() const noexcept;
    /// Memory of the tables. [bytes]
    [[nodiscard]] static constexpr std::size_t bytes() noexcept { return std::size_t{24} << 20U; }

private:
    std::unique_ptr<const PopulationLaws> population_;
    std::unique_ptr<const Synthesis> synthesis_;
    std::optional<PersonFile> person_file_;
    std::optional<std::int64_t> size_;
};

}  // namespace segue::life
