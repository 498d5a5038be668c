// Any bytes as a CSV table: rows of as many cells as there are columns, each of which knows its place.
#include "engine/scenario/table.hpp"
#include "tests/fuzz/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace segue;
    Problems problems;
    const Table table = read_table("fuzz", "fuzz.csv", std::string{fuzz::text_of(data, size)}, problems);
    fuzz::promise_readable(problems);
    for (std::size_t row = 0; row < table.rows(); ++row) {
        for (std::size_t column = 0; column < table.columns().size(); ++column) {
            Problems of_cell;
            static_cast<void>(table.number(row, column, of_cell));
            static_cast<void>(table.integer(row, column, of_cell));
            fuzz::promise_readable(of_cell);
            fuzz::promise(table.place(row, column).line > 0, "a cell has a place");
        }
    }
    return 0;
}
