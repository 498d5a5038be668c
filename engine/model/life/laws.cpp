#include "engine/model/life/laws.hpp"

#include <algorithm>

namespace segue::life {

Laws::Laws(const Scenario& scenario, Problems& problems) {
    const auto parameters = scenario.read<PopulationParameters>();
    if (parameters.file.empty()) size_ = parameters.size;
    population_ = read_population(scenario, problems);
    if (population_ == nullptr) return;  // what is missing has been noted
    synthesis_ = std::make_unique<const Synthesis>(*population_);
    person_file_ = read_scenario_person_file(scenario, *population_, problems);
    if (person_file_) size_ = static_cast<std::int64_t>(person_file_->people.size());
}

std::uint8_t Laws::segment_of(const People& people, std::uint32_t row, Day today) const noexcept {
    if (table() != nullptr) return people.segment[row];
    const int age = age_years(Day{people.birth_day[row]}, today);
    return population_->segmentation.segment_of(rule_subject(people, PersonRow{row}, age));
}

int Laws::youngest_of_table() const noexcept {
    const ByAge<double>& ages = table()->start_ages();
    const auto first = std::find_if(ages.begin(), ages.end(), [](double people) { return people > 0; });
    return static_cast<int>(first - ages.begin());
}

}  // namespace segue::life
