/// \file
/// A board's own arithmetic: the yearly cohort model of its segments, in expected numbers, written here a second time from
/// the scenario's tables so that the engine, which moves people, can be held against it.
#pragma once
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <oneapi/tbb/parallel_for.h>

#include "engine/day/catalogue.hpp"
#include "engine/day/world.hpp"
#include "engine/run/run.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/village.hpp"

namespace segue::test {

constexpr std::size_t board_segments = 5;
constexpr std::size_t board_ages = 120;
constexpr int board_years = 19;
constexpr const char* board_scenario = "scenarios/north-somerset/board-model.toml";

/// Expected people by age and segment. Each year: who leaves leaves; the others move by the row of their age band and
/// segment, or die; everybody is a year older; entrants, then joiners, are added. Events are the year's totals, spread by
/// rate x people there when the year opens (Dynamic Population Model, NHS Bristol, North Somerset and South
/// Gloucestershire, https://github.com/nhs-bnssg-analytics/dpm @49e7b70).
class BoardArithmetic {
public:
    using Cells = std::array<std::array<double, board_segments>, board_ages>;

    explicit BoardArithmetic(const Scenario& scenario) {
        each_row(scenario.table("segment_start"), [&](const auto& text, const auto& number) {
            people_[age_of(text("age_years"))][segment(text("segment"))] += number("people");
        });
        each_row(scenario.table("segment_moves"), [&](const auto& text, const auto& number) {
            const std::string band = text("age_band_years");
            const std::size_t last = band.back() == '+' ? board_ages - 1 : age_of(band.substr(band.find('-') + 1));
            if (text("to_segment") == "death") return;  // who is in no segment has died
            for (std::size_t age = age_of(band); age <= last; ++age) {
                moves_[age][segment(text("from_segment"))][segment(text("to_segment"))] = number("probability");
            }
        });
        each_row(scenario.table("segment_event_rates"), [&](const auto& text, const auto& number) {
            rates_[text("event")][age_of(text("age_years"))][segment(text("segment"))] = number("rate_per_person");
        });
        each_row(scenario.table("segment_event_numbers"), [&](const auto& text, const auto& number) {
            numbers_[text("event")][static_cast<int>(number("year"))] = number("people");
        });
    }

    void step(int year) {
        const Cells entering = spread("entering", year);
        const Cells joining = spread("joining", year);
        const Cells leaving = spread("leaving", year);
        Cells next{};
        for (std::size_t age = 0; age < board_ages; ++age) {
            for (std::size_t from = 0; from < board_segments; ++from) {
                const double stayed = std::max(0.0, people_[age][from] - leaving[age][from]);
                for (std::size_t to = 0; to < board_segments; ++to) {
                    next[std::min(age + 1, board_ages - 1)][to] += stayed * moves_[age][from][to];
                }
            }
        }
        for (std::size_t age = 0; age < board_ages; ++age) {
            for (std::size_t to = 0; to < board_segments; ++to) next[age][to] += entering[age][to] + joining[age][to];
        }
        people_ = next;
    }
    [[nodiscard]] std::array<double, board_segments> by_segment() const {
        std::array<double, board_segments> sums{};
        for (const auto& age : people_) {
            for (std::size_t to = 0; to < board_segments; ++to) sums[to] += age[to];
        }
        return sums;
    }

private:
    static std::size_t age_of(const std::string& text) { return static_cast<std::size_t>(std::stoi(text)); }
    static std::size_t segment(const std::string& name) { return static_cast<std::size_t>(name[2] - '1'); }

    template <class Read>
    static void each_row(const Table& table, Read read) {
        Problems problems;
        for (std::size_t row = 0; row < table.rows(); ++row) {
            read([&](const char* column) { return std::string{table.text(row, *table.column(column))}; },
                 [&](const char* column) { return table.number(row, *table.column(column), problems); });
        }
        problems.raise_if_any();
    }
    [[nodiscard]] Cells spread(const std::string& event, int year) const {
        Cells cells = rates_.at(event);
        double sum = 0;
        for (std::size_t age = 0; age < board_ages; ++age) {
            for (std::size_t i = 0; i < board_segments; ++i) sum += cells[age][i] *= people_[age][i];
        }
        for (auto& age : cells) {
            for (double& people : age) people *= numbers_.at(event).at(year) / sum;
        }
        return cells;
    }

    Cells people_{};
    std::array<std::array<std::array<double, board_segments>, board_segments>, board_ages> moves_{};
    std::map<std::string, Cells> rates_;
    std::map<std::string, std::map<int, double>> numbers_;
};

/// The engine's people by segment at the end of every year, over some replicates, against the arithmetic: the mean lies
/// within so many standard errors and 1% of it. Standard errors are those of so many replicates, pooled over the years of a
/// segment relative to its size, since those of a few replicates alone are themselves uncertain. The 1% is for the order of
/// things within a year, which the arithmetic does not have.
inline void expect_the_boards_course(int replicates, double standard_errors) {
    Problems warnings;
    const day::World made{
        load(board_scenario, day::catalogue(),
             {{"output.by_year.measure=population", "output.by_year.by=[\"segment\"]", "output.by_year.every=year"}},
             warnings)};
    std::vector<std::array<Moments, board_segments>> years(board_years);
    std::vector<Results> runs(static_cast<std::size_t>(replicates));
    tbb::parallel_for(0, replicates, [&](int replicate) {
        runs[static_cast<std::size_t>(replicate)] = run::run_in_memory(made, replicate, 1, best_isa());
    });
    for (const Results& results : runs) {
        EXPECT_EQ(total(results, "replicate_status"), 0);
        const auto by_year = cells(results, "by_year");
        for (std::size_t i = 0; i < by_year.size(); ++i) years[i / board_segments][i % board_segments].add(by_year[i]);
    }
    BoardArithmetic board{made.scenario()};
    std::vector<std::array<double, board_segments>> expected;
    for (int year = 2025; year < 2025 + board_years; ++year) {
        board.step(year);
        expected.push_back(board.by_segment());
    }
    for (std::size_t segment = 0; segment < board_segments; ++segment) {
        double relative_variance = 0;
        for (std::size_t year = 0; year < years.size(); ++year) {
            relative_variance += years[year][segment].variance() / std::pow(expected[year][segment], 2) / board_years;
        }
        for (std::size_t year = 0; year < years.size(); ++year) {
            const double due = expected[year][segment];
            const double margin = standard_errors * due * std::sqrt(relative_variance / replicates) + 0.01 * due;
            EXPECT_NEAR(years[year][segment].mean(), due, margin) << "CS" << segment + 1 << " in " << 2025 + year;
        }
    }
}

}  // namespace segue::test
