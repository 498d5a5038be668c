#include "engine/scenario/layers.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/scenario/document.hpp"
#include "engine/scenario/gate.hpp"
#include "engine/scenario/table_columns.hpp"
#include "engine/scenario/toml.hpp"
#include "engine/scenario/values.hpp"

namespace segue {
namespace {

constexpr std::size_t most_files = 64;

/// One name for each file, however it is reached.
std::string identity(const std::string& path) {
    std::error_code error;
    const auto canonical = std::filesystem::weakly_canonical(path, error);
    return error ? path : canonical.string();
}

class FileReader {
public:
    FileReader(const std::string& root, const KeyIndex& index, Problems& problems)
        : root_{root}, index_{index}, problems_{problems} {}

    /// Whether the file, and all that it extends, could be read.
    bool read(const std::string& path, const Place& asked_at, const std::string& subject) {
        const std::string id = identity(path);
        if (std::find(open_.begin(), open_.end(), id) != open_.end()) {
            problems_
                .add(asked_at, fmt::format("{} extends itself, by way of {} file{}", subject, open_.size(),
                                           open_.size() == 1 ? "" : "s"))
                .expected("a base that does not come back to this file");
            return false;
        }
        if (!done_.insert(id).second) return true;
        if (done_.size() > most_files) {
            problems_.add(asked_at, "too many files are extended").expected(fmt::format("at most {}", most_files));
            return false;
        }
        const auto bytes = read_regular_file(path, most_toml_bytes, asked_at, subject, problems_);
        if (!bytes) return false;
        const auto document = parse_toml_bytes(path, *bytes, problems_);
        if (!document) return false;
        open_.push_back(id);
        read_document(path, *document);
        open_.pop_back();
        return !layers_.back().lacks_a_base;
    }

    std::vector<Layer> layers() && { return std::move(layers_); }

private:
    void read_document(const std::string& path, const TomlTable& document) {
        const Head head = read_head(document, path, problems_);
        Layer layer;
        for (const auto& [relative, place] : head.extends) {
            const auto base = resolve_path(root_, path, relative, place, problems_);
            if (!base || !read(*base, place, fmt::format("\"{}\"", relative))) layer.lacks_a_base = true;
        }
        layer.kind = open_.size() == 1 ? Origin::Layer::file : Origin::Layer::base;
        layer.file = path;
        DocumentReader{index_, root_, head.configuration, layer, problems_}.read(document);
        layers_.push_back(std::move(layer));
    }

    const std::string& root_;
    const KeyIndex& index_;
    Problems& problems_;
    std::vector<std::string> open_;  ///< files being read, the loaded one first
    std::set<std::string> done_;
    std::vector<Layer> layers_;
};

/// Parts of an override's key: dots part them, except inside double quotes.
KeyParts split_override(std::string_view text) {
    KeyParts parts(1);
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == '.' && !quoted) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

/// Where key and value part: the first `=` outside quotes.
std::size_t equals_sign(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (text[i] == '=' && !quoted) return i;
    }
    return std::string_view::npos;
}

void move_to(const Place& place, TomlNode& node) {
    node.place = place;
    if (auto* list = std::get_if<TomlList>(&node.value)) {
        for (TomlNode& item : *list) move_to(place, item);
    }
    if (auto* table = std::get_if<TomlTable>(&node.value)) {
        for (TomlField& field : *table) {
            field.place = place;
            move_to(place, field.node);
        }
    }
}

/// A value in TOML's spelling; what is none is a bare word, taken as text.
TomlNode override_value(const Place& place, std::string_view text) {
    Problems ignored;
    const auto document = parse_toml_bytes({}, fmt::format("value = {}", text), ignored);
    TomlNode node{place, std::string{text}};
    if (document && document->size() == 1 && document->front().key == "value") node = document->front().node;
    move_to(place, node);
    return node;
}

class OverrideReader {
public:
    /// \param option what messages call the place: "--set", "--seed"
    OverrideReader(const KeyIndex& index, const std::string& root, const std::string& option, Layer& layer,
                   Problems& problems)
        : reader_{index, root, false, layer, problems}, place_{option, 0, 0}, problems_{problems} {}

    void read(const std::string& text) {
        Problems faults;
        if (!is_clean_text(place_.file, text, most_toml_line_bytes, faults)) {
            problems_.add(place_, faults.all().front().what).expected(faults.all().front().expected);
            return;
        }
        const std::size_t equals = equals_sign(text);
        if (equals == std::string::npos || equals == 0) {
            problems_.add(place_, fmt::format("\"{}\" sets nothing", shortened(text))).expected("key.path=value");
            return;
        }
        const KeyParts key = split_override(std::string_view{text}.substr(0, equals));
        if (key.size() > most_key_parts) {
            problems_.add(place_, fmt::format("{} has too many parts", shortened(join_key(key))))
                .expected(fmt::format("at most {}", most_key_parts));
            return;
        }
        const TomlNode value = override_value(place_, std::string_view{text}.substr(equals + 1));
        if (const auto array = from_name<ArrayName>(key.front())) {
            read_entry(*array, key, value);
        } else {
            reader_.read_key(key, place_, value);
        }
    }

private:
    void read_entry(ArrayName array, const KeyParts& key, const TomlNode& value) {
        if (key.size() < 3) {
            problems_.add(place_, fmt::format("{} names no field", shortened(join_key(key))))
                .expected(fmt::format("{}.NAME.FIELD=value", name_of(array)));
            return;
        }
        TomlTable fields{{"name", place_, {place_, key[1]}}};
        if (key.size() == 3) {
            fields.push_back({key[2], place_, value});
        } else {
            const KeyParts rest{key.begin() + 3, key.end()};
            TomlTable inner{{join_key(rest), place_, value}};
            fields.push_back({key[2], place_, {place_, std::move(inner)}});
        }
        reader_.read_entry(array, place_, fields, array != ArrayName::output);
    }

    DocumentReader reader_;
    Place place_;
    Problems& problems_;
};

bool is_note_column(const std::string& column) {
    return column == "source" || column == "note" || column == "certainty";
}

/// Reads the rows of a keyed table from a CSV.
class CellReader {
public:
    CellReader(const Table& table, const TableFamily& family, const KeyIndex& index, Problems& problems)
        : table_{table}, family_{family}, index_{index}, problems_{problems}, prefix_{split_key(family.prefix)} {
        star_count_ = static_cast<std::size_t>(std::count(prefix_.begin(), prefix_.end(), "*"));
    }

    std::vector<SetKey> read() {
        if (table_.columns().empty() || !columns_are_known()) return {};
        for (std::size_t row = 0; row < table_.rows(); ++row) read_row(row);
        return std::move(settings_);
    }

private:
    [[nodiscard]] const Declaration* field(const std::string& column) const {
        for (const Declaration& row : family_.rows) {
            if (row.key == family_.prefix + "." + column) return &row;
        }
        return nullptr;
    }

    bool columns_are_known() {
        const Place header{table_.path(), static_cast<int>(table_.notes().size()) + 1, 1};
        if (table_.columns().size() <= star_count_) {
            problems_.add(header, fmt::format("the table has {} columns", table_.columns().size()))
                .expected(fmt::format("{} of names, then fields of {}", star_count_, family_.prefix));
            return false;
        }
        bool known = true;
        for (std::size_t i = star_count_; i < table_.columns().size(); ++i) {
            const std::string& column = table_.columns()[i];
            if (field(column) != nullptr || is_note_column(column)) continue;
            auto entry = problems_.add(
                header, fmt::format("the column {} is no field of {}", shortened(column), family_.prefix));
            const std::string near = nearest(column, field_names());
            if (!near.empty()) entry.advice(fmt::format("did you mean {}?", near));
            known = false;
        }
        return known;
    }

    std::vector<std::string> field_names() const {
        std::vector<std::string> names;
        for (const Declaration& row : family_.rows) names.push_back(row.key.substr(family_.prefix.size() + 1));
        return names;
    }

    void read_row(std::size_t row) {
        KeyParts key = prefix_;
        std::size_t column = 0;
        for (std::string& part : key) {
            if (part == "*") part = std::string{table_.text(row, column++)};
        }
        const KeyStanding standing = index_.standing(key);
        const Place place = table_.place(row, 0);
        if (standing == KeyStanding::unknown_name || standing == KeyStanding::unknown) {
            report_unknown(index_, key, place, problems_);
            return;
        }
        if (!seen_.insert(key).second) {
            problems_.add(place, fmt::format("{} comes twice", join_key(key))).expected("one row for each name");
            return;
        }
        const std::string note = note_of(row);
        const std::size_t settings_before = settings_.size();
        for (; column < table_.columns().size(); ++column) read_cell(row, column, key, note);
        if (settings_.size() == settings_before) make_by_default(key, place, note);
    }

    void read_cell(std::size_t row, std::size_t column, const KeyParts& key, const std::string& note) {
        const Declaration* declared = field(table_.columns()[column]);
        const std::string_view text = table_.text(row, column);
        if (declared == nullptr || text.empty()) return;
        KeyParts full = key;
        for (std::string& part : split_key(table_.columns()[column])) full.push_back(std::move(part));
        const std::string name = join_key(full);
        const TomlNode node = cell_node(*declared, text, table_.place(row, column));
        auto value = checked_value(*declared, name, node, problems_);
        auto match = index_.find(full);
        if (match) settings_.push_back({name, std::move(*match), std::move(value), node.place, note});
    }

    /// A row whose cells are all empty makes its name all the same.
    void make_by_default(const KeyParts& key, const Place& place, const std::string& note) {
        KeyParts full = key;
        const Declaration& first = family_.rows.front();
        for (std::string& part : split_key(first.key.substr(family_.prefix.size() + 1)))
            full.push_back(std::move(part));
        auto match = index_.find(full);
        if (match && is_allowed(first, first.default_value)) {
            settings_.push_back({join_key(full), std::move(*match), first.default_value, place, note});
        }
    }

    std::string note_of(std::size_t row) const {
        std::string note;
        for (std::size_t i = star_count_; i < table_.columns().size(); ++i) {
            const std::string& column = table_.columns()[i];
            const std::string_view text = table_.text(row, i);
            if (field(column) != nullptr || text.empty()) continue;
            if (!note.empty()) note += "; ";
            note += column == "certainty" ? fmt::format("certainty {}", text) : std::string{text};
        }
        return note;
    }

    const Table& table_;
    const TableFamily& family_;
    const KeyIndex& index_;
    Problems& problems_;
    KeyParts prefix_;
    std::size_t star_count_;
    std::set<KeyParts> seen_;
    std::vector<SetKey> settings_;
};

/// What a row says of where its value comes from.
std::string value_note(const Table& table, std::size_t row) {
    const auto text = [&](std::string_view name) {
        const auto column = table.column(name);
        return column ? std::string{table.text(row, *column)} : std::string{};
    };
    std::string note = text("source");
    if (!text("low").empty()) note += fmt::format("; 95% interval {} to {}", text("low"), text("high"));
    if (!text("certainty").empty()) note += fmt::format("; certainty {}", text("certainty"));
    return note;
}

}  // namespace

std::vector<SetKey> read_values(const Table& table, const KeyIndex& index, Problems& problems) {
    std::vector<SetKey> settings;
    if (!has_columns(table, {"key", "value"}, problems)) return settings;
    const auto key_column = table.column("key");
    const auto value_column = table.column("value");
    std::set<std::string_view> seen;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const std::string key{table.text(row, *key_column)};
        if (key.empty()) continue;
        const Place place = table.place(row, *key_column);
        auto match = index.find(split_key(key));
        if (!match) {
            report_unknown(index, split_key(key), place, problems);
        } else if (match->row->kind == Kind::policy) {
            problems.add(place, fmt::format("{} is policy, and a calibration found it", key))
                .expected("parameters of evidence, which no configuration chooses");
        } else if (!seen.insert(table.text(row, *key_column)).second) {
            problems.add(place, fmt::format("{} comes twice", key)).expected("one row for each key");
        } else {
            const TomlNode node =
                cell_node(*match->row, table.text(row, *value_column), table.place(row, *value_column));
            auto value = checked_value(*match->row, key, node, problems);
            settings.push_back({key, std::move(*match), std::move(value), node.place, value_note(table, row)});
        }
    }
    return settings;
}

std::vector<Layer> read_files(const std::string& path, const std::string& root, const KeyIndex& index,
                              Problems& problems) {
    FileReader reader{root, index, problems};
    reader.read(path, {path, 0, 0}, "");
    return std::move(reader).layers();
}

Layer read_overrides(const LoadOptions& options, const std::string& loaded_file, const std::string& root,
                     const KeyIndex& index, Problems& problems) {
    Layer layer;
    layer.kind = Origin::Layer::override_;
    layer.file = loaded_file;
    // Later texts win over earlier ones: each is laid over the others, not beside them.
    const auto lay_over = [&](const std::string& option, const std::string& text) {
        Layer one;
        one.file = loaded_file;
        OverrideReader{index, root, option, one, problems}.read(text);
        std::move(one.settings.begin(), one.settings.end(), std::back_inserter(layer.settings));
        std::move(one.tables.begin(), one.tables.end(), std::back_inserter(layer.tables));
        for (const ArrayName array : all<ArrayName>()) {
            std::move(one.entries[array].begin(), one.entries[array].end(), std::back_inserter(layer.entries[array]));
        }
    };
    for (const std::string& text : options.overrides) lay_over("--set", text);
    for (const auto& [option, text] : options.settings) lay_over(option, text);
    return layer;
}

std::vector<SetKey> read_cells(const Table& table, const TableFamily& family, const KeyIndex& index,
                               Problems& problems) {
    return CellReader{table, family, index, problems}.read();
}

}  // namespace segue
