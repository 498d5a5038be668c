// Reads the tables of ratios, additions and seasons into RateTables.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "engine/core/words.hpp"
#include "engine/model/needs/level_parameters.hpp"
#include "engine/model/needs/onset.hpp"
#include "engine/population/passing_parameters.hpp"

namespace segue::needs {
namespace {

struct AgeRange {
    int first{0};
    int last{200};
};

/// "0-4", "85+", "7".
std::optional<AgeRange> age_range(std::string_view text) {
    const auto number = [](std::string_view digits) -> std::optional<int> {
        int value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
        return value;
    };
    if (!text.empty() && text.back() == '+') {
        const auto first = number(text.substr(0, text.size() - 1));
        return first ? std::optional{AgeRange{*first, 200}} : std::nullopt;
    }
    const auto dash = text.find('-');
    const auto first = number(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : number(text.substr(dash + 1));
    if (!first || !last || *last < *first) return std::nullopt;
    return AgeRange{*first, *last};
}

/// Share of a band's single years that lie inside a range; the open last band counts as its first ten years.
double share_inside(AgeBand band, AgeRange range) {
    int inside = 0;
    int all_years = 0;
    for (int age = 0; age < 100; ++age) {
        if (age_band(age) != band) continue;
        ++all_years;
        if (age >= range.first && age <= range.last) ++inside;
    }
    return static_cast<double>(inside) / all_years;
}

std::string listed(const std::vector<std::string>& words) { return fmt::format("one of {}", fmt::join(words, ", ")); }

}  // namespace

/// One pass over `need_rates`, and one over `seasons`.
class RateTableReader {
public:
    RateTableReader(RateTables& made, const Scenario& scenario, const Kinds& kinds, Problems& problems)
        : made_{made}, scenario_{scenario}, kinds_{kinds}, problems_{problems} {}

    void read() {
        size();
        levels();
        if (scenario_.has_table("need_rates")) rates(scenario_.table("need_rates"));
        spells();
        seasons();
    }

private:
    void size() {
        int highest = 0;
        for (const NeedKind& kind : kinds_.kinds) highest = std::max(highest, kind.parameters.stream);
        made_.streams_ = (static_cast<std::size_t>(std::min(highest, 63)) / 4 + 1) * 4;
        const std::size_t n = made_.streams_;
        segments_ = std::max<std::size_t>(scenario_.segments().size(), 1);
        made_.by_cell_.assign(demographic_cells * n, 0);
        made_.by_frailty_.assign(16 * n, 1);
        made_.by_segment_.assign(segments_ * n, 1);
        made_.by_condition_.assign(count_of<Condition> * n, 0);
        made_.by_trait_.assign(count_of<Trait> * n, 0);
        made_.by_passing_.assign(count_of<Passing> * n, 0);
        made_.passing_ratio_.assign(count_of<Passing> * n, 1);
        for (std::size_t need = 0; need < kinds_.size(); ++need) {
            const NeedParameters& p = kinds_[need].parameters;
            if (p.stream < 0) continue;
            const auto stream = static_cast<std::size_t>(p.stream);
            made_.kind_[stream] = static_cast<std::uint8_t>(need);
            made_.on_round_[stream] = p.on_round;
            made_.seen_in_practice_[stream] = p.appointment;
            made_.group_[stream] = static_cast<std::uint8_t>(index(p.group));
            const auto per_day = static_cast<float>(p.onset.value() / days_per_year);
            for (std::size_t cell = 0; cell < demographic_cells; ++cell) made_.by_cell_[cell * n + stream] = per_day;
            need_of_[kinds_[need].name] = need;
        }
    }

    void levels() {
        const auto variances = scenario_.read<LevelParameters>();
        for (const double variance : {variances.acute, variances.long_term, variances.mental, variances.social}) {
            made_.levels_.emplace_back(variance);
        }
    }

    void rates(const Table& table) {
        const auto need_column = *table.column("need");
        const auto effect_column = *table.column("effect");
        const auto attribute_column = *table.column("attribute");
        const auto value_column = *table.column("value");
        const auto rate_column = *table.column("rate");
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const auto need = need_of_.find(std::string{table.text(row, need_column)});
            if (need == need_of_.end()) continue;  // a scenario may drop a kind and keep the table
            const double rate = table.number(row, rate_column, problems_);
            if (rate < 0) {
                problems_.add(table.place(row, rate_column), fmt::format("the rate is {}", rate)).expected("0 or more");
                continue;
            }
            const std::size_t stream = static_cast<std::size_t>(kinds_[need->second].parameters.stream);
            const std::string_view effect = table.text(row, effect_column);
            if (effect == "times") {
                times(table, row, attribute_column, value_column, rate_column, stream, rate);
            } else if (effect == "adds") {
                adds(table, row, attribute_column, value_column, stream, rate);
            } else {
                problems_.add(table.place(row, effect_column), fmt::format("effect is \"{}\"", effect))
                    .expected("times or adds");
            }
        }
    }

    void times(const Table& table, std::size_t row, std::size_t attribute_column, std::size_t value_column,
               std::size_t rate_column, std::size_t stream, double rate) {
        const std::string_view attribute = table.text(row, attribute_column);
        const std::string value{table.text(row, value_column)};
        const Place place = table.place(row, value_column);
        const std::size_t n = made_.streams_;
        if (attribute == "age_band") {
            const auto range = age_range(value);
            if (!range) {
                problems_.add(place, fmt::format("age band \"{}\"", value))
                    .expected("a range such as 0-4, 85+ or 16-64");
                return;
            }
            scale_cells(stream, [&](DemographicCell cell) {
                const double share = share_inside(band_of(cell), *range);
                return share * rate + (1 - share);
            });
        } else if (attribute == "sex") {
            if (const auto sex = from_name<Sex>(value)) {
                scale_cells(stream, [&](DemographicCell cell) { return sex_of(cell) == *sex ? rate : 1.0; });
            } else {
                unknown(place, attribute, value, words<Sex>());
            }
        } else if (attribute == "deprivation") {
            const bool valid = value.size() == 1 && value[0] >= '1' && value[0] <= '5';
            if (valid) {
                scale_cells(stream,
                            [&](DemographicCell cell) { return quintile_of(cell) == value[0] - '0' ? rate : 1.0; });
            } else {
                unknown(place, attribute, value, {"1", "2", "3", "4", "5"});
            }
        } else if (attribute == "frailty") {
            if (const auto frailty = from_name<Frailty>(value)) {
                for (std::size_t i = 0; i < 4; ++i)
                    made_.by_frailty_[(index(*frailty) * 4 + i) * n + stream] *= static_cast<float>(rate);
            } else {
                unknown(place, attribute, value, words<Frailty>());
            }
        } else if (attribute == "residence") {
            if (const auto residence = from_name<Residence>(value)) {
                for (std::size_t i = 0; i < 4; ++i)
                    made_.by_frailty_[(i * 4 + index(*residence)) * n + stream] *= static_cast<float>(rate);
            } else {
                unknown(place, attribute, value, words<Residence>());
            }
        } else if (attribute == "passing") {
            if (const auto state = from_name<Passing>(value); state == Passing::awaiting_hospital) {
                times_while_waiting(table.place(row, rate_column), stream, rate);
            } else if (state) {
                made_.passing_ratio_[index(*state) * n + stream] *= static_cast<float>(rate);
            } else {
                unknown(place, attribute, value, words<Passing>());
            }
        } else if (attribute == "segment") {
            // A segment that this scenario does not have is none of its business: the table serves several.
            for (std::size_t i = 0; i < scenario_.segments().size(); ++i) {
                if (scenario_.segments()[i].name == value)
                    made_.by_segment_[i * n + stream] *= static_cast<float>(rate);
            }
        } else {
            unknown(table.place(row, attribute_column), "attribute of a ratio", std::string{attribute},
                    {"age_band", "sex", "deprivation", "frailty", "residence", "passing", "segment"});
        }
    }

    void times_while_waiting(const Place& place, std::size_t stream, double ratio) {
        if (ratio >= 1 && ratio <= 2) {
            made_.more_while_waiting_[stream] = Chance{ratio - 1};
            return;
        }
        problems_.add(place, fmt::format("who waits for treatment has {} times the needs", ratio))
            .expected("1 to 2: what is above 1 is the chance that a need brings another");
    }

    void adds(const Table& table, std::size_t row, std::size_t attribute_column, std::size_t value_column,
              std::size_t stream, double rate) {
        const std::string_view attribute = table.text(row, attribute_column);
        const std::string value{table.text(row, value_column)};
        const auto per_day = static_cast<float>(rate / days_per_year);
        if (attribute == "condition") {
            if (const auto condition = from_name<Condition>(value)) {
                made_.by_condition_[index(*condition) * made_.streams_ + stream] += per_day;
            } else {
                unknown(table.place(row, value_column), attribute, value, words<Condition>());
            }
        } else if (attribute == "trait") {
            if (const auto trait = from_name<Trait>(value)) {
                made_.by_trait_[index(*trait) * made_.streams_ + stream] += per_day;
            } else {
                unknown(table.place(row, value_column), attribute, value, words<Trait>());
            }
        } else if (attribute == "passing") {
            const auto state = from_name<Passing>(value);
            if (state == Passing::awaiting_hospital) {
                problems_
                    .add(table.place(row, value_column),
                         "waiting for treatment multiplies needs and adds none of its own: who waits depends on care, "
                         "and onsets do not")
                    .expected("a row that says \"times\"");
            } else if (state) {
                made_.by_passing_[index(*state) * made_.streams_ + stream] += per_day;
            } else {
                unknown(table.place(row, value_column), attribute, value, words<Passing>());
            }
        } else {
            unknown(table.place(row, attribute_column), "attribute of an addition", std::string{attribute},
                    {"condition", "trait", "passing"});
        }
    }

    /// Rates outside a spell of high need are the lower, so that a person's mean over time is what the tables say.
    void spells() {
        const auto passing = scenario_.read<PassingParameters>();
        if (passing.spells.value() <= 0) return;
        const auto outside = static_cast<float>(1 / passing.mean_spell_ratio());
        for (auto* rates : {&made_.by_cell_, &made_.by_condition_, &made_.by_trait_, &made_.by_passing_}) {
            for (float& rate : *rates) rate *= outside;
        }
        for (std::size_t stream = 0; stream < made_.streams_; ++stream) {
            made_.passing_ratio_[index(Passing::high_need) * made_.streams_ + stream] *=
                static_cast<float>(passing.spell_ratio);
        }
    }

    void seasons() {
        std::map<std::string, std::array<double, 12>> profiles;
        std::map<std::string, unsigned> months_of;
        profiles["flat"].fill(1);
        if (scenario_.has_table("seasons")) {
            const Table& table = scenario_.table("seasons");
            for (std::size_t row = 0; row < table.rows(); ++row) {
                const std::int64_t month = table.integer(row, *table.column("month"), problems_);
                const double factor = table.number(row, *table.column("factor"), problems_);
                if (month < 1 || month > 12 || factor < 0) {
                    problems_.add(table.place(row, 0), fmt::format("month {} has factor {}", month, factor))
                        .expected("a month from 1 to 12 and a factor of 0 or more");
                    continue;
                }
                const std::string name{table.text(row, *table.column("season"))};
                profiles[name][static_cast<std::size_t>(month - 1)] = factor;
                months_of[name] |= 1U << static_cast<unsigned>(month - 1);
            }
        }
        for (const auto& [name, months] : months_of) {
            if (months == 0xFFFU) continue;
            problems_
                .add({scenario_.table("seasons").path(), 0, 0},
                     fmt::format("season \"{}\" has no factor for some month", name))
                .expected("a row for each of the months 1 to 12");
        }
        for (const NeedKind& kind : kinds_.kinds) {
            if (kind.parameters.stream < 0) continue;
            const auto profile = profiles.find(kind.parameters.season);
            if (profile == profiles.end()) {
                std::vector<std::string> known;
                for (const auto& [name, factors] : profiles) known.push_back(name);
                unknown(scenario_.origin(fmt::format("needs.{}.season", kind.name)).place, "season",
                        kind.parameters.season, known);
                continue;
            }
            const auto stream = static_cast<std::size_t>(kind.parameters.stream);
            for (std::size_t month = 0; month < 12; ++month) {
                made_.season_[month][stream] = static_cast<float>(profile->second[month] * kind.parameters.onset_scale);
                float& bound = made_.bound_[month / 3][stream];
                bound = std::max(bound, made_.season_[month][stream]);
            }
        }
    }

    template <class Factor>
    void scale_cells(std::size_t stream, Factor factor) {
        for (std::size_t cell = 0; cell < demographic_cells; ++cell) {
            made_.by_cell_[cell * made_.streams_ + stream] *=
                static_cast<float>(factor(static_cast<DemographicCell>(cell)));
        }
    }

    void unknown(Place place, std::string_view attribute, const std::string& value,
                 const std::vector<std::string>& known) {
        const std::string near = nearest(value, known);
        auto problem = problems_.add(std::move(place), fmt::format("{} \"{}\" is unknown", attribute, value));
        problem.expected(listed(known));
        if (!near.empty()) problem.advice(fmt::format("did you mean \"{}\"?", near));
    }

    RateTables& made_;
    const Scenario& scenario_;
    const Kinds& kinds_;
    Problems& problems_;
    std::size_t segments_{1};
    std::map<std::string, std::size_t> need_of_;
};

RateTables::RateTables(const Scenario& scenario, const Kinds& kinds, Problems& problems) {
    RateTableReader{*this, scenario, kinds, problems}.read();
}

}  // namespace segue::needs
