/// \file
/// What a request is booked for is data: purposes are named by `purposes.csv` or a `[purposes.NAME]` table, and each kind
/// of need says how its requests are shared out over them. No purpose is known to the code by name.
#pragma once
#include <string_view>
#include <tuple>

#include "engine/core/quantity.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue {

/// What one purpose asks of the book: `[purposes.NAME]`.
struct PurposeParameters {
    bool urgent{false};
    Days wanted_from{0};
    Days wanted_to{0};
    double weight{1};

    static constexpr std::string_view prefix = "purposes.*";
    static auto declarations() {
        using P = PurposeParameters;
        const Source table{"purposes.csv gives each purpose its own; this default is an assumption"};
        const auto row = [&](auto member, const char* name, const char* meaning, Range range) {
            return parameter(member, name, meaning, range, Uncertain::known(), table, Certainty::C, Kind::evidence);
        };
        return std::tuple{
            row(&P::urgent, "urgent", "Whether it is for today's problem, and may use the urgent carve-out", {0, 0}),
            row(&P::wanted_from, "wanted_from_days", "Earliest day that is wished for, counted from asking", {0, 365}),
            row(&P::wanted_to, "wanted_to_days", "Latest such day; the day is drawn evenly between", {0, 365}),
            parameter(&P::weight, "weight",
                      "Factor on its share in every kind of need, before a kind's shares are brought back to 1",
                      Range{0, 100}, Uncertain::known(), Source{"solved by segue calibrate"}, Certainty::C,
                      Kind::calibrated)};
    }
};

/// Share of one kind of need's requests that are for one purpose: `[needs.NEED.purposes.PURPOSE]`.
struct NeedPurposeParameters {
    double share{0};

    static constexpr std::string_view prefix = "needs.*.purposes.*";
    static auto declarations() {
        return std::tuple{parameter(&NeedPurposeParameters::share, "share",
                                    "Share of this kind's requests that are for this purpose; a kind's shares add up "
                                    "to 1",
                                    Range{0, 1}, Uncertain::known(),
                                    Source{"need_purposes.csv gives each pair its own"}, Certainty::C, Kind::evidence)};
    }
};

}  // namespace segue
