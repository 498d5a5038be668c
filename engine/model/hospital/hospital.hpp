/// \file
/// A&E, emergency admission, the stay, and the way home.
///
///   In     today.ae_arrivals, today.admissions, today.discharges
///   Out    attendances, admissions, nights; people in a bed
///   Draws  by request and attempt: Purpose::hospital (admitted, short or long, night, length), left_unseen
///   Holds  admitted = discharged + in a bed, emergency and elective together; nobody is in two beds
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
    /// \param needs_return what those who left A&E unseen came for may come back
    Hospital(const HospitalParameters& parameters, bool needs_return);

    /// Counts those who go home today.
    void discharge(NeighbourhoodState& state);
    /// Somebody who died or left the list today leaves the bed today.
    void forget(NeighbourhoodState& state, std::uint32_t row);
    /// Sees everybody at A&E and admits those who need a bed, whoever sent them.
    void receive(NeighbourhoodState& state, const Kinds& kinds);
    /// Gives somebody a bed for `nights`, at least one.
    void keep(NeighbourhoodState& state, std::uint32_t row, std::int32_t nights, AdmissionKind kind);
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
    [[nodiscard]] std::int32_t nights(const Words& luck, bool short_stay, Frailty frailty) const noexcept;
    void leave_unseen(NeighbourhoodState& state, const HospitalArrival& arrival, const NeedKind& kind,
                      const Words& luck) const;

    Chance short_stay_;
    Chance night_;
    Chance left_unseen_;
    bool needs_return_;
    EnumArray<Frailty, double> leaves_per_night_;  ///< beyond the second
    std::vector<Stay> stays_;                      ///< of everybody in a bed now
    std::vector<Admission> admitted_;
    std::vector<std::uint32_t> attended_;
    std::int64_t admissions_{0};
    std::int64_t discharges_{0};
};

}  // namespace segue::hospital
