/// \file
/// The layers of a scenario as they were written, each checked by itself: the files from the base upwards, the cells of
/// tables, the overrides.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/scenario/key_index.hpp"
#include "engine/scenario/named_arrays.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue {

/// A parameter that a layer sets.
struct SetKey {
    std::string key;
    KeyMatch match;
    std::optional<Value> value;  ///< absent: it was refused, and the problem is told
    Place place;
    std::string note;  ///< of a table's row: its source, certainty or remark
};

/// A CSV that a layer names under [data].
struct TablePath {
    std::string table;
    std::string path;  ///< ready to open
    Place place;
};

struct Layer {
    Origin::Layer kind{Origin::Layer::file};
    std::string file;
    bool lacks_a_base{false};  ///< it extends a file that could not be read
    std::vector<SetKey> settings;
    std::vector<TablePath> tables;
    NamedEntries entries;
};

/// The files from the lowest to the loaded one. A file that several extend counts once, where it is first reached.
[[nodiscard]] std::vector<Layer> read_files(const std::string& path, const std::string& root, const KeyIndex& index,
                                            Problems& problems);

/// The `--set` texts and options of the run as one layer; paths of tables are relative to `loaded_file`.
[[nodiscard]] Layer read_overrides(const LoadOptions& options, const std::string& loaded_file, const std::string& root,
                                   const KeyIndex& index, Problems& problems);

/// The cells of a table whose rows are values of a keyed table.
[[nodiscard]] std::vector<SetKey> read_cells(const Table& table, const TableFamily& family, const KeyIndex& index,
                                             Problems& problems);

/// The rows of a table that gives parameters their values by full key; policy, which configurations choose, is refused.
[[nodiscard]] std::vector<SetKey> read_values(const Table& table, const KeyIndex& index, Problems& problems);

/// Reports that a key does not exist, with the nearest one.
void report_unknown(const KeyIndex& index, const KeyParts& parts, const Place& place, Problems& problems);

}  // namespace segue
