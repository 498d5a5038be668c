#include "engine/scenario/table_columns.hpp"

#include <fmt/format.h>

namespace segue {

bool has_columns(const Table& table, const std::vector<std::string>& columns, Problems& problems) {
    if (table.columns().empty()) return false;
    const Place header{table.path(), static_cast<int>(table.notes().size()) + 1, 1};
    bool all_there = true;
    for (const std::string& column : columns) {
        if (table.column(column)) continue;
        const std::string near = nearest(column, table.columns());
        problems.add(header, fmt::format("the table has no column {}", column))
            .advice(near.empty() ? "" : fmt::format("is it {}?", near));
        all_there = false;
    }
    return all_there;
}

}  // namespace segue
