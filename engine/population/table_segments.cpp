#include "engine/population/table_segments.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/population/daily_generator.hpp"

namespace segue {
namespace {

constexpr double row_tolerance = 1e-4;
constexpr double generator_tolerance = 1e-3;

/// Thresholds of 2^-32 from chances, scaled so that they end at certainty.
std::vector<std::uint64_t> cumulate(const std::vector<double>& chances) {
    double total = 0;
    for (const double chance : chances) total += chance;
    std::vector<std::uint64_t> thresholds;
    double sum = 0;
    for (const double chance : chances) {
        sum += chance;
        thresholds.push_back(total > 0 ? static_cast<std::uint64_t>(std::nearbyint(sum / total * 0x1p32)) : 0);
    }
    return thresholds;
}

std::optional<std::size_t> place_of(const std::vector<std::string>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

std::optional<std::size_t> segment(const TableReader& reader, std::size_t row, std::size_t column,
                                   const std::vector<std::string>& names) {
    const auto found = place_of(names, reader.text(row, column));
    if (!found) reader.unknown_word(row, column, names);
    return found;
}

}  // namespace

TableSegments::TableSegments(const std::vector<std::string>& segments, const TableSegmentSources& sources,
                             SegmentMethod method, Problems& problems)
    : segments_{segments.size()}, method_{method} {
    read_moves(segments, sources.moves, problems);
    read_start(segments, sources.start, problems);
    read_events(segments, sources, problems);
}

void TableSegments::read_moves(const std::vector<std::string>& segments, const Table& table, Problems& problems) {
    const TableReader reader{table, {"age_band_years", "from_segment", "to_segment", "probability"}, problems};
    std::vector<std::string> destinations = segments;
    destinations.emplace_back("death");
    for (std::size_t row = 0; row < reader.rows(); ++row) {
        const auto ages = reader.ages(row, 0);
        const auto from = segment(reader, row, 1, segments);
        const auto to = segment(reader, row, 2, destinations);
        const double chance = reader.number(row, 3, 0, 1);
        if (!ages || !from || !to) continue;
        auto found = std::find_if(bands_.begin(), bands_.end(), [&](const Band& one) { return one.ages == *ages; });
        if (found == bands_.end()) {
            Band made;
            made.ages = *ages;
            made.yearly.assign(segments_, std::vector<double>(segments_ + 1, 0));
            found = bands_.insert(bands_.end(), std::move(made));
        }
        found->yearly[*from][*to] = chance;
        has_death_ = has_death_ || (*to == segments_ && chance > 0);
    }
    std::sort(bands_.begin(), bands_.end(), [](const Band& a, const Band& b) { return a.ages.from < b.ages.from; });
    for (std::size_t i = 0; i < bands_.size(); ++i) {
        finish_band(bands_[i], segments, reader);
        if (i > 0 && bands_[i].ages.from != bands_[i - 1].ages.to + 1) {
            reader.incomplete(fmt::format("has bands that leave a gap or overlap at age {}", bands_[i].ages.from));
        }
        // Below the first band its row stands in; above the last, the last.
        const int first = i == 0 ? 0 : bands_[i].ages.from;
        for (int age = first; age <= oldest_age; ++age) band_of_age_[age_index(age)] = static_cast<std::uint8_t>(i);
    }
    if (bands_.empty()) {
        // Nothing to stand on: a problem is noted already, and everybody stays.
        Band still{{0, oldest_age}, {}, {}, {}, {}};
        for (std::size_t from = 0; from < segments_; ++from) {
            still.yearly.emplace_back(segments_ + 1, 0);
            still.yearly[from][from] = 1;
        }
        bands_.push_back(std::move(still));
        finish_band(bands_.back(), segments, reader);
        reader.incomplete("has no moves");
    }
}

void TableSegments::finish_band(Band& band, const std::vector<std::string>& segments, const TableReader& reader) {
    for (std::size_t from = 0; from < segments_; ++from) {
        double total = 0;
        for (const double chance : band.yearly[from]) total += chance;
        if (std::abs(total - 1) > row_tolerance) {
            reader.incomplete(fmt::format("has chances of {} at ages {} to {} that add up to {}", segments[from],
                                          band.ages.from, band.ages.to, total));
        }
        if (total > 0) {
            for (double& chance : band.yearly[from]) chance /= total;
        }
        band.thresholds.push_back(cumulate(band.yearly[from]));
    }
    if (method_ == SegmentMethod::daily_generator) make_generator(band, reader);
}

void TableSegments::make_generator(Band& band, const TableReader& reader) {
    auto square = band.yearly;
    square.emplace_back(segments_ + 1, 0);
    square.back().back() = 1;
    const auto generator = daily_generator(square);
    if (!generator) {
        reader.incomplete(
            fmt::format("has no daily generator at ages {} to {}: its matrix has no real logarithm; "
                        "segment_method = \"yearly_draw\" fits any table",
                        band.ages.from, band.ages.to));
        return;
    }
    if (generator->error > generator_tolerance) {
        reader.incomplete(
            fmt::format("has no daily generator at ages {} to {}: a year of the nearest is off by {:.4f}, "
                        "at most {} is allowed; segment_method = \"yearly_draw\" fits any table",
                        band.ages.from, band.ages.to, generator->error, generator_tolerance));
        return;
    }
    for (std::size_t from = 0; from < segments_; ++from) {
        std::vector<double> onward = generator->rates[from];
        band.moving_rate.push_back(-onward[from]);
        onward[from] = 0;
        band.next.push_back(cumulate(onward));
    }
}

void TableSegments::read_start(const std::vector<std::string>& segments, const Table& table, Problems& problems) {
    const TableReader reader{table, {"age_years", "segment", "people"}, problems};
    std::vector<std::vector<double>> people(age_count, std::vector<double>(segments_, 0));
    for (std::size_t row = 0; row < reader.rows(); ++row) {
        const auto ages = reader.ages(row, 0);
        const auto which = segment(reader, row, 1, segments);
        const double count = reader.number(row, 2, 0, 1e9);
        if (!ages || !which) continue;
        const int years = ages->to - ages->from + 1;
        for (int age = ages->from; age <= ages->to; ++age) {
            people[age_index(age)][*which] += count / years;
            start_ages_[age_index(age)] += count / years;
        }
        start_people_ += count;
    }
    if (start_people_ <= 0) {
        reader.incomplete("has nobody in it");
        return;
    }
    for (std::size_t age = 0; age < people.size(); ++age) {
        start_.push_back(cumulate(people[age]));
        start_ages_[age] /= start_people_;
    }
}

void TableSegments::read_events(const std::vector<std::string>& segments, const TableSegmentSources& sources,
                                Problems& problems) {
    for (auto& rates : event_rates_) rates.assign(static_cast<std::size_t>(age_count) * segments_, 0);
    const TableReader rates{sources.event_rates, {"event", "age_years", "segment", "rate_per_person"}, problems};
    for (std::size_t row = 0; row < rates.rows(); ++row) {
        const auto event = rates.word<TableEvent>(row, 0);
        const auto ages = rates.ages(row, 1);
        const auto which = segment(rates, row, 2, segments);
        const double rate = rates.number(row, 3, 0, 1e6);
        if (!event || !ages || !which) continue;
        for (int age = ages->from; age <= ages->to; ++age)
            event_rates_[*event][age_index(age) * segments_ + *which] = rate;
    }
    const TableReader numbers{sources.event_numbers, {"year", "event", "people"}, problems};
    for (std::size_t row = 0; row < numbers.rows(); ++row) {
        const double year = numbers.number(row, 0, 1900, 2200);
        const auto event = numbers.word<TableEvent>(row, 1);
        const double people = numbers.number(row, 2, 0, 1e9);
        if (event) event_numbers_[*event][static_cast<int>(year)] = people;
    }
}

std::uint8_t TableSegments::pick(const Row& row, std::uint32_t word, std::size_t segments) noexcept {
    std::size_t place = 0;
    while (place + 1 < row.size() && word >= row[place]) ++place;
    return place == segments ? died : static_cast<std::uint8_t>(place);
}

std::uint8_t TableSegments::destination(int age, std::uint8_t segment, std::uint32_t word) const noexcept {
    return pick(band(age).thresholds[segment], word, segments_);
}

double TableSegments::probability(int age, std::uint8_t segment, std::uint8_t to) const noexcept {
    return band(age).yearly[segment][to == died ? segments_ : to];
}

double TableSegments::moving_rate(int age, std::uint8_t segment) const noexcept {
    const Band& here = band(age);
    return here.moving_rate.empty() ? 0 : here.moving_rate[segment];
}

std::uint8_t TableSegments::next(int age, std::uint8_t segment, std::uint32_t word) const noexcept {
    return pick(band(age).next[segment], word, segments_);
}

std::uint8_t TableSegments::start_segment(int age, std::uint32_t word) const noexcept {
    return pick(start_[age_index(age)], word, segments_);
}

double TableSegments::events(TableEvent event, int year) const noexcept {
    const auto& years = event_numbers_[event];
    if (years.empty()) return 0;
    const auto after = years.lower_bound(year);
    return after == years.end() ? years.rbegin()->second : after->second;
}

double TableSegments::event_rate(TableEvent event, int age, std::uint8_t segment) const noexcept {
    return event_rates_[event][age_index(age) * segments_ + segment];
}

}  // namespace segue
