#include "engine/compare/twin_watch.hpp"

#include <algorithm>

namespace segue::compare {

TwinCounts::TwinCounts(std::size_t its_segments) : segments{its_segments} {
    people_by_change.assign(personal_measures().size() * segments * deprivation_quintiles * count_of<Change>, 0);
    sum_by_change = people_by_change;
}

std::size_t TwinCounts::cell(std::size_t measure, std::size_t segment, int quintile, Change change) const noexcept {
    const auto fifth = static_cast<std::size_t>(quintile - 1);
    return ((measure * segments + segment) * deprivation_quintiles + fifth) * count_of<Change> + index(change);
}

void TwinCounts::add(const TwinCounts& other) {
    people += other.people;
    for (const Cause cause : all<Cause>()) by_cause[cause] += other.by_cause[cause];
    for (std::size_t i = 0; i < people_by_change.size(); ++i) {
        people_by_change[i] += other.people_by_change[i];
        sum_by_change[i] += other.sum_by_change[i];
    }
}

TwinWatch::TwinWatch(std::size_t arms, Day span_first)
    : arms_{arms}, span_first_{span_first}, slot_of_row_(arms), months_(arms) {}

std::uint32_t TwinWatch::new_slot(std::uint64_t key) {
    const auto slot = static_cast<std::uint32_t>(keys_.size());
    keys_.push_back(key);
    segments_.push_back(0);
    quintiles_.push_back(0);
    selves_.resize(selves_.size() + arms_);
    sums_.resize(sums_.size() + arms_ * personal_measures().size());
    return slot;
}

std::uint32_t TwinWatch::slot_of(std::size_t arm, std::uint32_t row, std::uint64_t key) {
    auto& rows = slot_of_row_[arm];
    if (row >= rows.size()) rows.resize(row + std::size_t{1}, no_slot);
    // Most records are of whoever was in the row the last time.
    if (rows[row] != no_slot && keys_[rows[row]] == key) return rows[row];
    const auto known = slots_.find(key);
    rows[row] = known != slots_.end() ? known->second : slots_.emplace(key, new_slot(key)).first->second;
    return rows[row];
}

void TwinWatch::place(std::uint32_t slot, std::uint8_t segment, DemographicCell cell) noexcept {
    if (quintiles_[slot] != 0) return;
    segments_[slot] = segment;
    quintiles_[slot] = static_cast<std::uint8_t>(quintile_of(cell));
}

void TwinWatch::open_span(std::size_t arm, const People& people) {
    for (std::uint32_t row = 0; row < people.key.size(); ++row) {
        if (people.present[row] == 0) continue;
        const std::uint32_t slot = slot_of(arm, row, people.key[row]);
        self(arm, slot).in_span = true;
        place(slot, people.segment[row], people.cell[row]);
    }
}

void TwinWatch::add_up(std::size_t arm, std::uint32_t slot, const day::KeptEvent& kept) {
    if (kept.day < span_first_) return;
    self(arm, slot).in_span = true;
    place(slot, kept.event.segment, kept.event.cell);
    const auto measures = personal_measures();
    std::int32_t* sums = &sums_[(slot * arms_ + arm) * measures.size()];
    for (std::size_t m = 0; m < measures.size(); ++m) sums[m] += amount(measures[m], kept.event);
}

bool TwinWatch::is_watched(std::size_t arm, std::uint32_t slot) const noexcept {
    if (arm > 0) return self(arm, slot).cause == alike;
    for (std::size_t other = 1; other < arms_; ++other) {
        if (self(other, slot).cause == alike) return true;
    }
    return false;
}

void TwinWatch::look_up(std::size_t arm, const std::vector<day::KeptEvent>& records) {
    std::vector<std::uint32_t>& slots = months_[arm].slots;
    slots.clear();
    for (const day::KeptEvent& kept : records) {
        slots.push_back(is_looked_at(kept.event) ? slot_of(arm, kept.event.row, kept.person) : no_slot);
        if (slots.back() != no_slot) add_up(arm, slots.back(), kept);
    }
}

/// Those who are still like their twin: nobody else is looked at again. Counts, then puts each record in its place.
void TwinWatch::sort_by_person(std::size_t arm, const std::vector<day::KeptEvent>& records) {
    ByPerson& month = months_[arm];
    std::vector<std::uint32_t>& ends = month.ends;
    ends.assign(keys_.size() + 1, 0);
    for (std::uint32_t& slot : month.slots) {
        if (slot != no_slot && !is_watched(arm, slot)) slot = no_slot;
        if (slot != no_slot) ++ends[slot + 1];
    }
    for (std::size_t slot = 1; slot < ends.size(); ++slot) ends[slot] += ends[slot - 1];
    month.records.resize(ends.back());
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (month.slots[i] != no_slot) month.records[ends[month.slots[i]]++] = &records[i];
    }
}

void TwinWatch::compare(const std::vector<std::vector<day::KeptEvent>>& records) {
    for (std::size_t arm = 0; arm < arms_; ++arm) look_up(arm, records[arm]);
    for (std::size_t arm = 0; arm < arms_; ++arm) sort_by_person(arm, records[arm]);
    for (std::size_t arm = 1; arm < arms_; ++arm) {
        for (std::uint32_t slot = 0; slot < keys_.size(); ++slot) {
            if (self(arm, slot).cause != alike) continue;
            const auto cause = first_cause(months_[0].of(slot), months_[arm].of(slot));
            if (cause) self(arm, slot).cause = static_cast<std::uint8_t>(*cause);
        }
    }
}

TwinCounts TwinWatch::counts(std::size_t arm, std::size_t segments) const {
    TwinCounts made{segments};
    const auto measures = personal_measures();
    for (std::uint32_t slot = 0; slot < keys_.size(); ++slot) {
        const bool in_first = self(0, slot).in_span;
        const bool in_arm = self(arm, slot).in_span;
        if (!in_first && !in_arm) continue;
        ++made.people;
        if (self(arm, slot).cause != alike) ++made.by_cause[static_cast<Cause>(self(arm, slot).cause)];
        if (!in_first || !in_arm) continue;
        const std::int32_t* before = &sums_[slot * arms_ * measures.size()];
        const std::int32_t* after = before + arm * measures.size();
        for (std::size_t m = 0; m < measures.size(); ++m) {
            const std::int64_t change = std::int64_t{after[m]} - before[m];
            const std::size_t cell = made.cell(m, segments_[slot], quintiles_[slot], change_of(measures[m], change));
            ++made.people_by_change[cell];
            made.sum_by_change[cell] += change;
        }
    }
    return made;
}

}  // namespace segue::compare
