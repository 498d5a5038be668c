/// \file
/// A&E, emergency admission, the stay, and the way home.
///
///   In     today.ae_arrivals, today.admissions, today.discharges
///   Out    attendances, admissions, nights; people in a bed
///   Draws  Purpose::hospital by request and attempt (admitted, short or long, night, length)
///   Holds  admitted = discharged + in a bed, emergency and elective together
#pragma once
#include <vector>

#include "engine/model/hospital/hospital_parameters.hpp"
#include "engine/model/kinds.hpp"
#include "engine/model/today.hpp"

namespace segue::hospital {

/// One emergency admission, as money sees it.
struct Admission {
    std::uint32_t row;
    bool short_stay;
};

class Hospital {
public:
    explicit Hospital(const HospitalParameters& parameters);

    /// Counts those who go home today.
    void discharge(NeighbourhoodState& state);
    /// Somebody who died or left the list today leaves the bed today.
    void forget(NeighbourhoodState& state, std::uint32_t row);
    /// Sees everybody at A&E and admits those who need a bed, whoever sent them.
    void receive(NeighbourhoodState& state, const Kinds& kinds);
    /// Gives somebody a bed for `nights`, at least one.
    void keep(NeighbourhoodState& state, std::uint32_t row, std::int32_t nights, AdmissionKind kind);
    /// Whether the person in `row` is in a bed.
    [[nodiscard]] bool holds(std::uint32_t row) const noexcept;

    [[nodiscard]] const std::vector<Admission>& admitted_today() const noexcept { return admitted_; }
    [[nodiscard]] std::size_t attended_today() const noexcept { return attended_.size(); }
    [[nodiscard]] const std::vector<std::uint32_t>& attended_rows() const noexcept { return attended_; }
    [[nodiscard]] std::int64_t in_a_bed() const noexcept { return static_cast<std::int64_t>(stays_.size()); }
    [[nodiscard]] std::int64_t admissions() const noexcept { return admissions_; }
    [[nodiscard]] std::int64_t discharges() const noexcept { return discharges_; }

private:
    struct Stay {
        std::uint32_t row;
        Day since;
        AdmissionKind kind;
    };
    void end_stay(NeighbourhoodState& state, std::size_t stay);
    void admit(NeighbourhoodState& state, const HospitalArrival& arrival, const Words& luck);
    [[nodiscard]] std::int32_t nights(const Words& luck, bool short_stay) const noexcept;

    Chance short_stay_;
    Chance night_;
    double leaves_per_night_;
    std::vector<Stay> stays_;  ///< of everybody in a bed now
    std::vector<Admission> admitted_;
    std::vector<std::uint32_t> attended_;
    std::int64_t admissions_{0};
    std::int64_t discharges_{0};
};

}  // namespace segue::hospital
