/// \file
/// A scenario as the engine sees it: checked, complete, and never edited again.
///
///   In     TOML files (base, file), `--set` overrides, CSV tables, a catalogue of declarations
///   Out    an immutable Scenario, or every problem at once
///   Holds  base < file < --set < dated changes as the run reaches them
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/errors.hpp"
#include "engine/core/vocabulary.hpp"
#include "engine/parameters/declaration.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/table.hpp"

namespace segue {

/// One `[[segment]]`: who belongs, in the rule language of population/rules.hpp. With a table, `when` is empty.
struct SegmentEntry {
    std::string name;
    std::string when;
    Place place;  ///< of the `when` text
};

/// One `[[practice]]`.
struct PracticeEntry {
    std::string name;
    double share{1};  ///< of the list, relative to the other practices' shares
};

/// One `[[neighbourhood]]`; without any there is one, named after the scenario's folder.
struct NeighbourhoodEntry {
    std::string name;
    std::optional<std::int64_t> size;  ///< people; absent: population.size
};

enum class Period : std::uint8_t { day, week, month, year, count_ };
[[nodiscard]] constexpr auto names(Period) { return std::array<std::string_view, 4>{"day", "week", "month", "year"}; }
enum class Statistic : std::uint8_t { count, sum, histogram, share_of_top, count_ };
[[nodiscard]] constexpr auto names(Statistic) {
    return std::array<std::string_view, 4>{"count", "sum", "histogram", "share_of_top"};
}

/// One `[[output]]`. Which measures and dimensions exist is the record room's to say; it reports at `place`.
struct OutputEntry {
    std::string name;
    std::string measure;
    std::vector<std::string> by;
    Period every{Period::month};
    std::optional<Statistic> statistic;  ///< absent: the measure's own
    std::vector<double> edges;           ///< histogram: lower edges of its bins
    double top_share{0.1};               ///< share_of_top: which share of people
    Place place;
};

/// One `[[change]]`: policy parameters set on a date, in some neighbourhoods or all.
struct ChangeEntry {
    std::string name;
    Date on;
    std::vector<std::string> where;  ///< names of neighbourhoods; empty: all
    std::vector<std::pair<std::string, Value>> set;
    Place place;
};

/// One `[[clinician]]`: a named member of staff.
struct ClinicianEntry {
    std::string name;
    Role role{Role::gp};
    std::string practice;  ///< whose book it is; empty: none is written
    double wte{1};
    std::vector<Weekday> days;       ///< at work; empty: every day that the books are open
    std::optional<Date> start;       ///< first day at work
    std::optional<Date> leaving;     ///< first day on which they have left
    std::vector<std::string> where;  ///< names of neighbourhoods; empty: all
    Place place;
};

/// What people do in a community activity.
enum class ActivityKind : std::uint8_t { physical, arts, nature, advice, employment, social, health, count_ };
[[nodiscard]] constexpr auto names(ActivityKind) {
    return std::array<std::string_view, 7>{"physical", "arts", "nature", "advice", "employment", "social", "health"};
}

/// One `[[activity]]`: what a link worker can refer somebody on to.
struct ActivityEntry {
    std::string name;
    ActivityKind kind{ActivityKind::social};
    std::string when;                    ///< rule: whom it is for
    std::int64_t places{0};              ///< at one time
    std::int64_t weeks{0};               ///< that somebody is in it
    std::int64_t starts_every_weeks{0};  ///< 0: any weekday
    Pounds price;                        ///< a week, paid by the person
    Pounds cost;                         ///< of a place that is taken up
    double distance_km{0};               ///< mean over people
    std::optional<Date> open_from;       ///< first day on which anybody starts
    std::optional<Date> funded_until;    ///< first day on which nobody starts
    Place place;                         ///< of the `when` text
};

/// What the only practice of a scenario is called that names none.
inline constexpr std::string_view only_practice = "practice";

/// Where a value came from, for `explain`, warnings and the resolved copy.
struct Origin {
    enum class Layer : std::uint8_t { declared, table, calibrated, base, file, override_, change, count_ };
    Layer layer{Layer::declared};
    Place place;       ///< of a default, the first line that names its table, or else the scenario's file
    std::string note;  ///< what a table's row says of it: its source, certainty or remark
};
[[nodiscard]] constexpr auto names(Origin::Layer) {
    return std::array<std::string_view, 7>{"default", "table", "calibrated", "base", "file", "--set", "change"};
}

struct ChangedPart;

class Scenario {
public:
    /// All parameters of a struct, converted. Keyed tables take the names that stand for the stars of its prefix.
    template <class S>
    [[nodiscard]] S read(const std::vector<std::string>& star_names = {}) const {
        S values;
        std::apply([&](auto&&... row) { (fill(values, row, star_names), ...); }, S::declarations());
        return values;
    }

    /// Names that a keyed table holds, in the order they were first written: names_in("needs.*").
    /// For the second star give the first name: names_in("needs.*.roles.*", {"minor_acute"}).
    [[nodiscard]] std::vector<std::string> names_in(std::string_view prefix,
                                                    const std::vector<std::string>& star_names = {}) const;

    /// The value of a full key without stars. A name of a closed table that nobody wrote has the declared defaults.
    /// Throws a ContractError for a key that does not exist.
    [[nodiscard]] const Value& value(std::string_view key) const;
    [[nodiscard]] const Origin& origin(std::string_view key) const;
    [[nodiscard]] const Declaration& declaration(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> keys() const;  ///< every full key that a file, table or default made, sorted

    [[nodiscard]] const std::vector<SegmentEntry>& segments() const noexcept;
    [[nodiscard]] const std::vector<PracticeEntry>& practices() const noexcept;
    [[nodiscard]] const std::vector<NeighbourhoodEntry>& neighbourhoods() const noexcept;
    [[nodiscard]] const std::vector<OutputEntry>& outputs() const noexcept;
    [[nodiscard]] const std::vector<ChangeEntry>& changes() const noexcept;  ///< by date, then order of the file

    /// As `as_of` leaves them, those in post alone.
    [[nodiscard]] const std::vector<ClinicianEntry>& clinicians() const noexcept;
    [[nodiscard]] const std::vector<ActivityEntry>& activities() const noexcept;

    /// Dates on which something changes, clinicians coming and leaving included, in this neighbourhood, ascending, each once.
    [[nodiscard]] std::vector<Date> change_dates(std::string_view neighbourhood) const;
    /// The scenario as it stands in this neighbourhood once every change up to and on `date` is in force.
    [[nodiscard]] Scenario as_of(const Date& date, std::string_view neighbourhood) const;

    [[nodiscard]] bool has_table(std::string_view name) const;
    [[nodiscard]] const Table& table(std::string_view name) const;  ///< a CSV named under [data]
    [[nodiscard]] std::vector<std::string> table_names() const;

    /// What it may say.
    [[nodiscard]] const Catalogue& catalogue() const noexcept;

    /// Every scenario file that went into it, the lowest layer first.
    [[nodiscard]] const std::vector<std::string>& files() const noexcept;
    [[nodiscard]] const std::string& path() const noexcept;    ///< of the file that was loaded
    [[nodiscard]] const std::string& folder() const noexcept;  ///< its folder's name: "st-austell"
    [[nodiscard]] const std::string& name() const noexcept;    ///< its stem: "gp-led"

    /// Canonical TOML that reads back as the same scenario, every parameter written out.
    [[nodiscard]] std::string resolved_toml() const;
    /// SHA-256, in hex, of the resolved scenario (less run.replicates and the names of files) and its data tables.
    [[nodiscard]] const std::string& hash() const noexcept;

    class Content;  // defined in content.hpp, for the loader
    explicit Scenario(std::shared_ptr<const Content> content) noexcept : content_{std::move(content)} {}

    friend Scenario with_parts(const Scenario& base, const Scenario& other, std::span<const ChangedPart* const> parts);

private:
    template <class S, class T>
    void fill(S& values, const Parameter<S, T>& row, const std::vector<std::string>& star_names) const {
        values.*(row.member) =
            Convert<T>::from(value(full_key(std::string{S::prefix} + "." + row.declaration.key, star_names)));
    }
    [[nodiscard]] static std::string full_key(std::string key, const std::vector<std::string>& star_names);

    std::shared_ptr<const Content> content_;
};

/// A parameter that has an option of its own: {"--seed", "run.seed=7"}.
struct OptionSetting {
    std::string option;  ///< what messages call it
    std::string text;    ///< "key.path=value"
};

struct LoadOptions {
    std::vector<std::string> overrides;     ///< "key.path=value", as --set gives them; later wins
    std::vector<OptionSetting> settings{};  ///< laid over the overrides
    bool without_calibrated{false};         ///< leaves out what a calibration found, as a calibration itself must
};

/// Reads and checks a scenario. Throws a ScenarioError with every problem. Warnings are added to `warnings`.
[[nodiscard]] Scenario load(const std::string& path, const Catalogue& catalogue, const LoadOptions& options,
                            Problems& warnings);

/// What came of reading a scenario, its problems and warnings in the order of the files.
struct Reading {
    Problems problems;
    Problems warnings;
    /// With problems, there only where each is of one value or entry alone, and good for finding what else is wrong, never
    /// for a run: the low end of what may be written stands for every value that was refused or is missing.
    std::optional<Scenario> scenario;
    /// With problems, the same with the high end: what is wrong in both hangs on none of those values.
    std::optional<Scenario> other{};
};
[[nodiscard]] Reading read_scenario(const std::string& path, const Catalogue& catalogue, const LoadOptions& options);

/// The problems in the order of `files`, and within a file of the lines.
[[nodiscard]] Problems in_file_order(const Problems& problems, const std::vector<std::string>& files);

/// What the file extends, as a scenario of its own, without overrides; none when it extends nothing. Throws as `load`.
[[nodiscard]] std::optional<Scenario> load_base(const std::string& path, const Catalogue& catalogue);

}  // namespace segue
