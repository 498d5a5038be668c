// The canonical text of a scenario, and its hash.
#include <algorithm>

#include <fmt/format.h>

#include "engine/core/sha256.hpp"
#include "engine/scenario/content.hpp"
#include "engine/scenario/named_arrays.hpp"

namespace segue {
namespace {

/// A list of many items takes a line for each, so that no line grows past what is read back.
template <class T>
std::string spelled_list(const std::vector<T>& items) {
    if (items.size() <= 8) return to_string(Value{items});
    std::string text = "[";
    for (const T& item : items) text += fmt::format("\n  {},", to_string(Value{item}));
    return text + "\n]";
}

std::string spelled(const Value& value) {
    if (const auto* numbers = std::get_if<std::vector<double>>(&value)) return spelled_list(*numbers);
    if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) return spelled_list(*texts);
    return to_string(value);
}

bool is_bare(std::string_view key) {
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

std::string quoted_part(const std::string& part) { return is_bare(part) ? part : to_string(Value{part}); }

std::string quoted_key(const KeyParts& parts) {
    std::string key;
    for (const std::string& part : parts) {
        if (!key.empty()) key += '.';
        key += quoted_part(part);
    }
    return key;
}

class Writer {
public:
    Writer(const ScenarioFacts& facts, Resolved extent) : facts_{facts}, extent_{extent} {}

    std::string text() {
        text_ = "format = 1\n";
        write_single_rows();
        write_families();
        write_data();
        for (const SegmentEntry& segment : facts_.segments) {
            open_entry(ArrayName::segment, segment.name);
            line("when", segment.when);
        }
        for (const PracticeEntry& practice : facts_.practices) {
            open_entry(ArrayName::practice, practice.name);
            line("share", practice.share);
        }
        for (const NeighbourhoodEntry& neighbourhood : facts_.neighbourhoods) {
            open_entry(ArrayName::neighbourhood, neighbourhood.name);
            if (neighbourhood.size) line("size", *neighbourhood.size);
        }
        for (const OutputEntry& output : facts_.outputs) write(output);
        for (const ChangeEntry& change : facts_.changes) write(change);
        for (const ClinicianEntry& clinician : facts_.clinicians) write(clinician);
        for (const ActivityEntry& activity : facts_.activities) write(activity);
        return std::move(text_);
    }

private:
    void line(const std::string& key, const Value& value) {
        text_ += fmt::format("{} = {}\n", quoted_part(key), spelled(value));
    }
    void open_entry(ArrayName array, const std::string& name) {
        text_ += fmt::format("\n[[{}]]\n", name_of(array));
        line("name", name);
    }

    /// Writes a parameter under the heading of its table, opened when it is another than the last.
    void write_parameter(const std::string& key) {
        if (extent_ == Resolved::for_hash && (key == "run.replicates" || key.starts_with("calibration."))) return;
        KeyParts parts = split_key(key);
        const std::string name = parts.back();
        parts.pop_back();
        const std::string heading = quoted_key(parts);
        if (heading != heading_) text_ += fmt::format("\n[{}]\n", heading);
        heading_ = heading;
        line(name, facts_.entries.find(key)->second.value);
    }

    void write_single_rows() {
        std::vector<std::pair<KeyParts, std::string>> keys;
        for (const Declaration& row : facts_.index->catalogue().rows()) {
            KeyParts table = split_key(row.key);
            table.pop_back();
            keys.emplace_back(std::move(table), row.key);
        }
        std::sort(keys.begin(), keys.end());
        for (const auto& [table, key] : keys) write_parameter(key);
    }

    /// Names stay in the order in which they were made: they are read in that order.
    void write_families() {
        for (const auto& [prefix, made] : facts_.made) {
            std::vector<std::string> rows;
            for (const Declaration& row : facts_.index->family(prefix)->rows) rows.push_back(row.key);
            std::sort(rows.begin(), rows.end());
            for (const KeyParts& stars : made) {
                for (const std::string& row : rows) write_parameter(with_names(row, stars));
            }
        }
    }

    static std::string with_names(const std::string& row, const KeyParts& stars) {
        KeyParts parts = split_key(row);
        auto star = stars.begin();
        for (std::string& part : parts) {
            if (part == "*") part = *star++;
        }
        return join_key(parts);
    }

    void write_data() {
        if (facts_.tables.empty()) return;
        text_ += "\n[data]\n";
        for (const auto& [name, table] : facts_.tables) line(name, name + ".csv");
    }

    void write(const OutputEntry& output) {
        open_entry(ArrayName::output, output.name);
        line("measure", output.measure);
        line("by", output.by);
        line("every", std::string{name_of(output.every)});
        if (output.statistic) line("statistic", std::string{name_of(*output.statistic)});
        line("edges", output.edges);
        line("top_share", output.top_share);
    }

    void write(const ChangeEntry& change) {
        open_entry(ArrayName::change, change.name);
        line("on", change.on);
        line("where", change.where);
        text_ += "[change.set]\n";
        for (const auto& [key, value] : change.set) line(key, value);
    }

    void write(const ClinicianEntry& clinician) {
        open_entry(ArrayName::clinician, clinician.name);
        line("role", std::string{name_of(clinician.role)});
        if (!clinician.practice.empty()) line("practice", clinician.practice);
        line("wte", clinician.wte);
        line("days", day_names(clinician));
        if (clinician.start) line("start", *clinician.start);
        if (clinician.leaving) line("leaving", *clinician.leaving);
        line("where", clinician.where);
    }

    void write(const ActivityEntry& activity) {
        open_entry(ArrayName::activity, activity.name);
        for (const auto& [field, value] : fields_of(activity)) line(field, value);
    }

    const ScenarioFacts& facts_;
    Resolved extent_;
    std::string text_;
    std::string heading_;
};

}  // namespace

std::string resolved_text(const ScenarioFacts& facts, Resolved extent) { return Writer{facts, extent}.text(); }

std::string hash_of(const ScenarioFacts& facts) {
    Sha256 sha;
    const std::string text = resolved_text(facts, Resolved::for_hash);
    sha.text(text);
    for (const auto& [name, table] : facts.tables) {
        sha.text(name);
        sha.text(table->bytes());
    }
    return sha.hex();
}

}  // namespace segue
