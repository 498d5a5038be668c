/// \file
/// Every kind of need, compiled for the loop: chances as thresholds, times as rates, what each role can do.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/enum_array.hpp"
#include "engine/core/errors.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/model/need_parameters.hpp"
#include "engine/rng/draws.hpp"
#include "engine/rng/shares.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue {

/// What a request is booked for.
struct BookingPurpose {
    std::string name;
    bool urgent{false};
    Days wanted_from{0};
    Days wanted_to{0};
    double weight{1};  ///< on its share in every kind
};

/// What one role can do for one kind of need.
struct RoleFit {
    bool suits{false};
    Chance resolves;
    MinuteTenths minutes{0};  ///< of a face-to-face contact
};

struct NeedKind {
    std::string name;
    NeedParameters parameters;
    EnumArray<Role, RoleFit> roles;
    Chance presents;
    Chance straight_to_ae;
    Shares purposes;  ///< over those of Kinds
    Chance worsens_to_ae;
    Chance follow_up;
    Chance returns;
    Chance outpatient;
    Chance admission;
    Chance ae_admission;
    Chance prescribes;
    Chance telephone;            ///< of one word: below this by telephone,
    Chance telephone_or_online;  ///< else below this by video or online,
    Chance up_to_home;           ///< else below this at home,
    Chance up_to_group;          ///< else below this in a group
    double heals_per_day{0};
    double worsens_per_day{0};
    double gives_up_per_day{0};
};

struct Kinds {
    std::vector<NeedKind> kinds;
    std::vector<BookingPurpose> purposes;  ///< the first is that of kinds which name none: today, not urgent
    [[nodiscard]] const NeedKind& operator[](std::size_t need) const noexcept { return kinds[need]; }
    [[nodiscard]] std::size_t size() const noexcept { return kinds.size(); }
};

/// How a contact for this kind takes place with somebody who lives there, by one word.
[[nodiscard]] Mode mode_of_contact(const NeedKind& kind, Residence residence, std::uint32_t word) noexcept;

/// Reads every kind of need of a scenario; reports streams used twice, kinds that no role can meet, and purposes that do not
/// add up or are none.
[[nodiscard]] Kinds read_kinds(const Scenario& scenario, Problems& problems);

/// A whole day drawn evenly between two, both possible. [d]
[[nodiscard]] std::int32_t day_between(Days from, Days to, std::uint32_t word) noexcept;

}  // namespace segue
