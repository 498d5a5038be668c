/// \file
/// A figure, as targets and validation name it: what a run counts, added, subtracted, multiplied and divided.
///
///   appointments[role=gp] / person_years
///   1000 * ae_attendances[age_band=85-89|90+] / person_years[age_band=85-89|90+]
///   appointment_lead_days[bin=0] / appointment_lead_days
///
///   figure  sum of products of terms, numbers and figures in parentheses
///   term    a measure (record/measures.hpp) or person_years; in brackets, the cells that count: a dimension, `=`, and
///           labels with `|` between them. `bin` is a histogram's, by its lower edge
///   Holds   a flow is its total over the span, a stock its mean; person_years is mean population times years
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/errors.hpp"

namespace segue::calibration {

/// The labels of one dimension that count.
struct Choice {
    std::string dimension;
    std::vector<std::string> labels;
    friend bool operator==(const Choice&, const Choice&) = default;
};

/// What a run counts, in some cells or all.
struct Term {
    std::string name;
    std::vector<Choice> choices;
    Place place;
};
[[nodiscard]] bool same_cells(const Term& a, const Term& b);

class Figure {
public:
    /// Reads a figure; `place` is that of its first character. What cannot be read is a problem at its own column.
    [[nodiscard]] static std::optional<Figure> parse(std::string text, const Place& place, Problems& problems);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] const Place& place() const noexcept { return place_; }
    [[nodiscard]] const std::vector<Term>& terms() const noexcept { return terms_; }

    /// The figure, given its terms. Not a number where it divides nothing by nothing.
    [[nodiscard]] double value(const std::function<double(const Term&)>& of) const;

private:
    friend class FigureParser;
    enum class Step : std::uint8_t { number, term, add, subtract, multiply, divide };
    /// In the order in which a stack works them off.
    struct Instruction {
        Step step;
        double number{0};
        std::size_t term{0};
    };
    std::string text_;
    Place place_;
    std::vector<Term> terms_;
    std::vector<Instruction> program_;
};

}  // namespace segue::calibration
