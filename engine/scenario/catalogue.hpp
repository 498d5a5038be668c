/// \file
/// Every parameter that a scenario may set, gathered from the rooms that declare them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/parameters/declaration.hpp"
#include "engine/scenario/run_parameters.hpp"

namespace segue {

/// A keyed table: which names may stand for each star of its prefix.
struct TableFamily {
    std::string prefix;                           ///< "team.roles.*", "needs.*.roles.*"
    std::vector<std::vector<std::string>> names;  ///< for each star; empty: any name, made by writing it
    std::vector<Declaration> rows;                ///< keys with stars
};

/// A CSV whose rows are values of a keyed table: its first columns give the names of the stars, the others are
/// fields. It is the lowest layer, so a scenario file may set any of its cells again.
struct LayerTable {
    std::string data_name;  ///< the key under [data] that names the file: "needs"
    std::string prefix;     ///< "needs.*"
};

/// A CSV that a room reads for itself.
struct DataTable {
    std::string data_name;
    std::string meaning;
    std::vector<std::string> columns;  ///< that it must have
    bool required{false};              ///< in every scenario
};

/// A CSV each of whose rows gives one parameter, by its full key, another value: what a calibration found. It lies above
/// every other table and below every file. Rows without a key are there to be read by people.
struct ValueTable {
    std::string data_name;  ///< the key under [data] that names the file: "calibrated"
    std::string meaning;
};

/// The rows of `[run]` are in every catalogue; the rooms add theirs.
class Catalogue {
public:
    Catalogue() { add<RunParameters>(); }

    /// A struct that was added before counts once.
    template <class S>
    void add() {
        std::vector<Declaration> made = declarations_of<S>();
        for (const Declaration& row : rows_) {
            if (row.key == made.front().key) return;
        }
        for (Declaration& row : made) rows_.push_back(std::move(row));
    }
    /// `names` has one list for each star of the prefix of S; an empty list lets a scenario make names.
    template <class S>
    void add_table(std::vector<std::vector<std::string>> names) {
        families_.push_back({std::string{S::prefix}, std::move(names), declarations_of<S>()});
    }
    void add_layer_table(std::string data_name, std::string prefix) {
        layer_tables_.push_back({std::move(data_name), std::move(prefix)});
    }
    void add_value_table(ValueTable table) { value_tables_.push_back(std::move(table)); }
    void add_data_table(DataTable table) { data_tables_.push_back(std::move(table)); }

    [[nodiscard]] const std::vector<Declaration>& rows() const noexcept { return rows_; }
    [[nodiscard]] const std::vector<TableFamily>& families() const noexcept { return families_; }
    [[nodiscard]] const std::vector<LayerTable>& layer_tables() const noexcept { return layer_tables_; }
    [[nodiscard]] const std::vector<ValueTable>& value_tables() const noexcept { return value_tables_; }
    [[nodiscard]] const std::vector<DataTable>& data_tables() const noexcept { return data_tables_; }

private:
    std::vector<Declaration> rows_;
    std::vector<TableFamily> families_;
    std::vector<LayerTable> layer_tables_;
    std::vector<ValueTable> value_tables_;
    std::vector<DataTable> data_tables_;
};

}  // namespace segue
