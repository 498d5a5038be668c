/// \file
/// A village: 3,000 people, two practices, and a fourteenth part of the staff of the average neighbourhood.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/day/neighbourhood.hpp"
#include "engine/day/world.hpp"
#include "engine/results/results.hpp"

namespace segue::test {

/// What a test says of its village: everything else is as in england-average/gp-led.
struct Village {
    std::string text;                    ///< TOML of a file that extends the village's own
    std::vector<std::string> overrides;  ///< "key.path=value"
};

[[nodiscard]] Village village();
/// `more` is TOML, tables and all; a table may be opened once.
[[nodiscard]] Village with(Village village, std::string_view more);
[[nodiscard]] Village with_value(Village village, std::string override_text);
/// Two of them, `west` and `east`, of 2,000 people each.
[[nodiscard]] Village two_villages();
/// GPs in post in each village. [WTE]
inline constexpr double village_gps = 1.323;
/// A session a week (0.1 WTE) more of a GP than `gps`, in one of two villages or in the only one, from before the warm-up on.
[[nodiscard]] Village one_more_gp_session(Village village, std::string_view where = {}, double gps = village_gps);
/// Nothing that care does makes more demand.
[[nodiscard]] Village without_feedbacks(Village village);

[[nodiscard]] std::unique_ptr<const day::World> world(const Village& village);
[[nodiscard]] Results run(const Village& village, int threads = 1, std::int64_t replicate = 0);

/// A neighbourhood as it stands at the end of its span, with every record since the first day of the warm-up.
[[nodiscard]] std::unique_ptr<day::Neighbourhood> lived_through(const day::World& world, std::uint32_t row = 0,
                                                                Twin twin = {1, 0});

/// Which cells: those with this label along this dimension.
using Where = std::vector<std::pair<std::string, std::string>>;
/// The values of a variable in those cells, in their order.
[[nodiscard]] std::vector<double> cells(const Results& results, const std::string& variable, const Where& where = {});
[[nodiscard]] double total(const Results& results, const std::string& variable, const Where& where = {});

}  // namespace segue::test
