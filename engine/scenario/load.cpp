// From layers to a scenario: tables first, then files, then overrides; then what only the whole can show.
#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "engine/core/contracts.hpp"
#include "engine/scenario/content.hpp"
#include "engine/scenario/gate.hpp"
#include "engine/scenario/layers.hpp"
#include "engine/scenario/table_columns.hpp"
#include "engine/scenario/values.hpp"

namespace segue {
namespace {

std::string where_text(const Place& place) {
    return place.line > 0 ? fmt::format("{}:{}", place.file, place.line) : place.file;
}

std::vector<std::string> files_of(const std::vector<Layer>& layers) {
    std::vector<std::string> files;
    for (const Layer& layer : layers) files.push_back(layer.file);
    return files;
}

class Assembler {
public:
    Assembler(std::shared_ptr<const KeyIndex> index, const std::string& path, bool without_calibrated, StandIn end)
        : without_calibrated_{without_calibrated}, end_{end} {
        std::error_code error;
        const auto absolute = std::filesystem::absolute(path, error).lexically_normal();
        facts_.index = std::move(index);
        facts_.path = path;
        facts_.name = absolute.stem().string();
        facts_.folder = absolute.parent_path().filename().string();
    }

    ScenarioFacts assemble(const std::vector<Layer>& layers, Problems& warnings) {
        read_tables(layers);
        apply_tables();
        for (const Layer& layer : layers) apply(layer);
        apply_changes();
        add_defaults();
        finish_arrays();
        for (const Layer& layer : layers) {
            if (layer.kind != Origin::Layer::override_) facts_.files.push_back(layer.file);
        }
        warnings.merge(warnings_);
        return std::move(facts_);
    }

    [[nodiscard]] Problems& problems() noexcept { return problems_; }
    /// Whether every table that gives parameters their values was sound but for some of these values.
    [[nodiscard]] bool whole() const noexcept { return whole_; }

private:
    void read_tables(const std::vector<Layer>& layers) {
        std::map<std::string, TablePath> paths;
        for (const Layer& layer : layers) {
            for (const TablePath& path : layer.tables) paths[path.table] = path;
        }
        if (without_calibrated_) {
            for (const ValueTable& table : facts_.index->catalogue().value_tables()) paths.erase(table.data_name);
        }
        for (const auto& [name, path] : paths) read_table_at(path);
        for (const DataTable& table : facts_.index->catalogue().data_tables()) {
            if (table.required && paths.count(table.data_name) == 0) {
                problems_.add({facts_.path, 0, 0}, fmt::format("data.{} must be given", table.data_name))
                    .expected(fmt::format("the path of a CSV file: {}", table.meaning));
            }
        }
    }

    void read_table_at(const TablePath& path) {
        const std::size_t sound = problems_.all().size();
        const std::string subject = fmt::format("\"{}\"", path.path);
        auto bytes = read_regular_file(path.path, most_table_bytes, path.place, subject, problems_);
        std::shared_ptr<const Table> table;
        if (bytes) {
            table = std::make_shared<const Table>(read_table(path.table, path.path, std::move(*bytes), problems_));
            check_columns(*table);
        }
        const bool is_sound = problems_.all().size() == sound;
        if (gives_parameters(path.table)) {
            whole_ = whole_ && is_sound;
        } else if (!is_sound) {
            return;  // whoever would read it does without
        }
        if (table != nullptr) facts_.tables[path.table] = std::move(table);
    }

    [[nodiscard]] bool gives_parameters(const std::string& name) const {
        const Catalogue& catalogue = facts_.index->catalogue();
        const auto is_it = [&](const auto& declared) { return declared.data_name == name; };
        return std::any_of(catalogue.layer_tables().begin(), catalogue.layer_tables().end(), is_it) ||
               std::any_of(catalogue.value_tables().begin(), catalogue.value_tables().end(), is_it);
    }

    void check_columns(const Table& table) {
        for (const DataTable& declared : facts_.index->catalogue().data_tables()) {
            if (declared.data_name == table.name()) static_cast<void>(has_columns(table, declared.columns, problems_));
        }
    }

    void apply_tables() {
        for (const LayerTable& declared : facts_.index->catalogue().layer_tables()) {
            const auto found = facts_.tables.find(declared.data_name);
            const TableFamily* family = facts_.index->family(declared.prefix);
            if (found == facts_.tables.end() || family == nullptr) continue;
            apply_table(
                [&](Problems& problems) { return read_cells(*found->second, *family, *facts_.index, problems); },
                Origin::Layer::table);
        }
        for (const ValueTable& declared : facts_.index->catalogue().value_tables()) {
            const auto found = facts_.tables.find(declared.data_name);
            if (found == facts_.tables.end()) continue;
            apply_table([&](Problems& problems) { return read_values(*found->second, *facts_.index, problems); },
                        Origin::Layer::calibrated);
        }
    }

    template <class Read>
    void apply_table(const Read& read, Origin::Layer layer) {
        Problems found;
        const std::vector<SetKey> settings = read(found);
        const auto refused = std::count_if(settings.begin(), settings.end(),
                                           [](const SetKey& setting) { return !setting.value.has_value(); });
        // A row that is none of the table's takes its values with it, and nothing can stand for those.
        whole_ = whole_ && found.all().size() == static_cast<std::size_t>(refused);
        for (const SetKey& setting : settings) apply(setting, layer);
        problems_.merge(found);
    }

    void apply(const Layer& layer) {
        for (const SetKey& setting : layer.settings) apply(setting, layer.kind);
        for (const ArrayName array : all<ArrayName>()) {
            merge_entries(array, arrays_[array], layer.entries[array], problems_, warnings_);
        }
    }

    void apply(const SetKey& setting, Origin::Layer layer) {
        make(setting.match, setting.place);
        const Value value = setting.value.value_or(stand_in(*setting.match.row, end_));
        const auto found = facts_.entries.find(setting.key);
        if (found == facts_.entries.end()) {
            if (layer == Origin::Layer::override_ && value == setting.match.row->default_value) {
                warnings_.warn(setting.place,
                               fmt::format("{} is {} by default: nothing changes", setting.key, to_string(value)));
            }
        } else if (found->second.value == value && layer != Origin::Layer::calibrated) {
            warnings_.warn(setting.place, fmt::format("{} is already {} ({}): nothing changes", setting.key,
                                                      to_string(value), where_text(found->second.origin.place)));
        }
        facts_.entries[setting.key] = {value, {layer, setting.place, setting.note}, setting.match.row};
    }

    /// Notes the names that a key makes, in its own table and in those that hold it: a role of a need makes the need.
    void make(const KeyMatch& match, const Place& place) {
        if (match.family == nullptr) return;
        const std::string& prefix = match.family->prefix;
        for (const TableFamily& family : facts_.index->catalogue().families()) {
            if (family.prefix != prefix && !prefix.starts_with(family.prefix + ".")) continue;
            const auto stars = static_cast<std::size_t>(std::count(family.prefix.begin(), family.prefix.end(), '*'));
            KeyParts names{match.stars.begin(), match.stars.begin() + static_cast<std::ptrdiff_t>(stars)};
            if (made_at_.try_emplace({family.prefix, names}, place).second)
                facts_.made[family.prefix].push_back(std::move(names));
        }
    }

    /// What changes will set exists from the start, so that whoever lists names at the start knows them all.
    void apply_changes() {
        for (NamedEntry& change : arrays_[ArrayName::change]) {
            for (auto& [key, written] : change.set) {
                const auto match = facts_.index->find(split_key(key));
                if (!match) continue;
                make(*match, written.place);
                if (written.refused) written.value = stand_in(*match->row, end_);
            }
        }
    }

    void add_defaults() {
        for (const Declaration& row : facts_.index->catalogue().rows())
            add_default(row.key, row, {facts_.path, 0, 0}, {});
        for (const auto& [prefix, made] : facts_.made) {
            for (const KeyParts& names : made) {
                const Place& place = made_at_.at({prefix, names});
                for (const Declaration& row : facts_.index->family(prefix)->rows) {
                    KeyParts key = split_key(row.key);
                    auto name = names.begin();
                    for (std::string& part : key) {
                        if (part == "*") part = *name++;
                    }
                    add_default(join_key(key), row, place, {prefix, names});
                }
            }
        }
    }

    /// A default outside its own range stands for "must be given".
    void add_default(const std::string& key, const Declaration& row, const Place& place,
                     const std::pair<std::string, KeyParts>& made) {
        const auto [found, is_new] = facts_.entries.try_emplace(
            key, ScenarioEntry{row.default_value, {Origin::Layer::declared, place, {}}, &row});
        if (!is_new || is_allowed(row, row.default_value)) return;
        found->second.value = stand_in(row, end_);
        auto entry = problems_.add(place, fmt::format("{} must be given", key));
        entry.expected(expectation(row));
        const std::string near = near_name(made);
        if (!near.empty()) entry.advice(fmt::format("did you mean \"{}\"?", near));
    }

    /// A name that lacks what it needs is often another name misspelt.
    std::string near_name(const std::pair<std::string, KeyParts>& made) const {
        const auto found = facts_.made.find(made.first);
        if (found == facts_.made.end() || made.second.empty()) return {};
        std::vector<std::string> others;
        for (const KeyParts& names : found->second) {
            if (names != made.second) others.push_back(names.back());
        }
        return nearest(made.second.back(), others);
    }

    void finish_arrays() {
        facts_.neighbourhoods = neighbourhoods_of(arrays_[ArrayName::neighbourhood]);
        if (facts_.neighbourhoods.empty()) facts_.neighbourhoods.push_back({facts_.folder, std::nullopt});
        std::vector<std::string> neighbourhoods;
        for (const NeighbourhoodEntry& one : facts_.neighbourhoods) neighbourhoods.push_back(one.name);
        check_entries(arrays_, neighbourhoods, problems_);
        put_stand_ins(arrays_, end_);
        facts_.segments = segments_of(arrays_[ArrayName::segment]);
        facts_.practices = practices_of(arrays_[ArrayName::practice]);
        facts_.outputs = outputs_of(arrays_[ArrayName::output]);
        facts_.changes = changes_of(arrays_[ArrayName::change]);
        facts_.clinicians = clinicians_of(arrays_[ArrayName::clinician]);
        facts_.activities = activities_of(arrays_[ArrayName::activity]);
        warn_of_late_changes();
        warn_of_changes_of_one_day();
    }

    void warn_of_late_changes() {
        const auto& start = std::get<Date>(facts_.entries.at("run.start").value);
        const auto years = std::get<std::int64_t>(facts_.entries.at("run.years").value);
        const Date end = to_date(same_date(to_day(start), static_cast<int>(years)));
        for (const ChangeEntry& change : facts_.changes) {
            if (change.on < end) continue;
            warnings_.warn(change.place,
                           fmt::format("change \"{}\" is on {}, and the run ends before {}: nothing changes",
                                       change.name, to_string(change.on), to_string(end)));
        }
    }

    void warn_of_changes_of_one_day() {
        const auto& changes = facts_.changes;
        for (auto later = changes.begin(); later != changes.end(); ++later) {
            for (auto earlier = changes.begin(); earlier != later; ++earlier) {
                if (earlier->on == later->on && share_a_place(*earlier, *later)) warn_of_one_day(*earlier, *later);
            }
        }
    }

    static bool share_a_place(const ChangeEntry& a, const ChangeEntry& b) {
        return a.where.empty() || b.where.empty() ||
               std::find_first_of(a.where.begin(), a.where.end(), b.where.begin(), b.where.end()) != a.where.end();
    }

    void warn_of_one_day(const ChangeEntry& earlier, const ChangeEntry& later) {
        for (const auto& [key, value] : later.set) {
            const bool both = std::any_of(earlier.set.begin(), earlier.set.end(),
                                          [&, &name = key](const auto& one) { return one.first == name; });
            if (!both) continue;
            warnings_.warn(
                later.place,
                fmt::format("changes \"{}\" and \"{}\" both set {} on {}: \"{}\" comes later, and {} "
                            "is in force",
                            earlier.name, later.name, key, to_string(later.on), later.name, to_string(value)));
        }
    }

    bool without_calibrated_;
    StandIn end_;
    ScenarioFacts facts_;
    NamedEntries arrays_;
    std::map<std::pair<std::string, KeyParts>, Place> made_at_;
    Problems problems_;
    Problems warnings_;
    bool whole_{true};
};

Reading assembled(const std::shared_ptr<const KeyIndex>& index, const std::string& path,
                  const std::vector<Layer>& layers, bool without_calibrated, const Problems& faults) {
    Assembler assembler{index, path, without_calibrated, StandIn::low};
    assembler.problems().merge(faults);
    Reading reading;
    ScenarioFacts facts = assembler.assemble(layers, reading.warnings);
    const std::vector<std::string> files = files_of(layers);
    reading.problems = in_file_order(assembler.problems(), files);
    reading.warnings = in_file_order(reading.warnings, files);
    if (!assembler.whole()) return reading;
    reading.scenario.emplace(std::make_shared<const Scenario::Content>(std::move(facts)));
    if (!reading.problems.has_errors()) return reading;
    Problems ignored;
    Assembler other{index, path, without_calibrated, StandIn::high};
    reading.other.emplace(std::make_shared<const Scenario::Content>(other.assemble(layers, ignored)));
    return reading;
}

}  // namespace

Problems in_file_order(const Problems& problems, const std::vector<std::string>& files) {
    std::vector<Problem> sorted = problems.all();
    const auto rank = [&](const Problem& problem) {
        const auto file = std::find(files.begin(), files.end(), problem.place.file);
        return std::tuple{file - files.begin(), file == files.end() ? problem.place.file : std::string{},
                          problem.place.line, problem.place.column};
    };
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const Problem& a, const Problem& b) { return rank(a) < rank(b); });
    Problems ordered;
    for (Problem& problem : sorted) ordered.add(std::move(problem));
    return ordered;
}

Reading read_scenario(const std::string& path, const Catalogue& catalogue, const LoadOptions& options) {
    const auto index = std::make_shared<const KeyIndex>(catalogue);
    const std::string root = scenarios_root(path);
    Problems problems;
    std::vector<Layer> layers = read_files(path, root, *index, problems);
    const bool opened = !layers.empty() && layers.back().kind == Origin::Layer::file && !layers.back().lacks_a_base;
    // Without the file itself, or a base of it, what the whole lacks would only hide the cause.
    if (!opened) return {in_file_order(problems, files_of(layers)), {}, {}, {}};
    layers.push_back(read_overrides(options, path, root, *index, problems));
    return assembled(index, path, layers, options.without_calibrated, problems);
}

Scenario load(const std::string& path, const Catalogue& catalogue, const LoadOptions& options, Problems& warnings) {
    Reading reading = read_scenario(path, catalogue, options);
    reading.problems.raise_if_any();
    SEGUE_ENSURE(reading.scenario.has_value());
    warnings.merge(reading.warnings);
    return std::move(*reading.scenario);
}

std::optional<Scenario> load_base(const std::string& path, const Catalogue& catalogue) {
    const auto index = std::make_shared<const KeyIndex>(catalogue);
    Problems problems;
    std::vector<Layer> layers = read_files(path, scenarios_root(path), *index, problems);
    problems.raise_if_any();
    layers.pop_back();
    if (layers.empty()) return std::nullopt;
    Reading reading = assembled(index, layers.back().file, layers, false, problems);
    reading.problems.raise_if_any();
    return std::move(reading.scenario);
}

}  // namespace segue
