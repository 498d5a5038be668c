/// \file
/// Who is on the list of a neighbourhood, as a scenario may say it.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/core/quantity.hpp"
#include "engine/parameters/declaration.hpp"

namespace segue {

/// What moves people between segments.
enum class SegmentBy : std::uint8_t { rules, table, count_ };
[[nodiscard]] constexpr auto names(SegmentBy) { return std::array<std::string_view, 2>{"rules", "table"}; }

/// How a yearly table moves people within the year: see TableSegments.
enum class SegmentMethod : std::uint8_t { yearly_draw, daily_generator, count_ };
[[nodiscard]] constexpr auto names(SegmentMethod) {
    return std::array<std::string_view, 2>{"yearly_draw", "daily_generator"};
}

struct PopulationParameters {
    std::int64_t size{40'000};
    std::string file{};
    std::vector<double> deprivation_mix{20.81, 20.83, 20.04, 19.37, 18.95};
    double aged_75_or_over{0};
    PerThousandYears joiners{70};
    PerThousandYears leavers{65};
    double level_correlation{0.5};
    double wellbeing_deviation{1.5};
    double care_home_places{30};
    SegmentBy segment_by{SegmentBy::rules};
    SegmentMethod segment_method{SegmentMethod::yearly_draw};

    static constexpr std::string_view prefix = "population";
    static auto declarations() {
        using P = PopulationParameters;
        return std::tuple{
            parameter(&P::size, "size",
                      "People registered at the start, in each neighbourhood that names no size of its own",
                      Range{1, 2'000'000}, Uncertain::known(),
                      Source{"Morciano and others 2020: 58% of networks hold 30,000-50,000, doi:10.3399/bjgp20X713441"},
                      Certainty::A, Kind::data),
            parameter(&P::file, "file", "CSV of registered people, plain or gzipped; empty: people are made up",
                      Range{0, 0}, Uncertain::known(), Source{"the user's own"}, Certainty::A, Kind::data),
            parameter(&P::deprivation_mix, "deprivation_mix_percent",
                      "People by fifth of deprivation of their home, most deprived first; scaled to 100", Range{0, 100},
                      Uncertain::known(),
                      Source{"registered list of England, April 2020, by IMD 2019: NHS Digital, read in "
                             "https://github.com/houseofcommonslibrary/local-health-data-from-QOF @496b8e7"},
                      Certainty::A, Kind::data),
            parameter(
                &P::aged_75_or_over, "aged_75_or_over_percent",
                "Share of the list aged 75 or over; younger and older people are then weighted by a constant factor a "
                "year of age; 0 keeps the table's ages",
                Range{0, 50}, Uncertain::known(), Source{"table list_by_age_sex: 8.9% in England"}, Certainty::B,
                Kind::data),
            parameter(
                &P::joiners, "joiners_per_1000_years",
                "People who join the list, births apart, for each 1,000 registered and year", Range{0, 1000},
                Uncertain::triangular(60, 70, 120),
                Source{"assumption above the 65.6 that cross an authority's boundary, ONS 2018-based projections"},
                Certainty::C, Kind::evidence),
            parameter(
                &P::leavers, "leavers_per_1000_years",
                "People who leave the list, deaths apart, for each 1,000 registered and year", Range{0, 1000},
                Uncertain::triangular(60, 65, 120),
                Source{"assumption above the 62.0 that cross an authority's boundary, ONS 2018-based projections"},
                Certainty::C, Kind::evidence),
            parameter(&P::level_correlation, "level_correlation",
                      "Correlation between the groups of need of a person's lasting level (Gaussian copula)",
                      Range{0, 0.95}, Uncertain::uniform(0.2, 0.8), Source{"assumption; no study found"}, Certainty::C,
                      Kind::evidence),
            parameter(&P::wellbeing_deviation, "wellbeing_deviation",
                      "Standard deviation over people of life satisfaction (0 to 10) at one age", Range{0, 5},
                      Uncertain::uniform(1.2, 1.9), Source{"assumption"}, Certainty::C, Kind::evidence),
            parameter(&P::care_home_places, "care_home_residents",
                      "People registered in each care home on average; every practice looks after homes of its own",
                      Range{1, 500}, Uncertain::triangular(15, 30, 60),
                      Source{"assumption; a practice and its homes are aligned, as the Enhanced Health in Care Homes "
                             "framework of NHS England asks"},
                      Certainty::C, Kind::evidence),
            parameter(&P::segment_by, "segment_by", "Whether rules or a yearly table decide a person's segment",
                      Range{0, 0}, Uncertain::known(), Source{"the user's own"}, Certainty::A, Kind::data),
            parameter(
                &P::segment_method, "segment_method",
                "With a table: the year's move drawn on the birthday, or a daily chance from the matrix logarithm",
                Range{0, 0}, Uncertain::known(), Source{"yearly_draw is exact for any table"}, Certainty::A,
                Kind::data)};
    }
};

}  // namespace segue
