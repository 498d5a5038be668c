// Any bytes as a TOML file: a tree, or problems; never both, never neither.
#include "engine/scenario/toml.hpp"
#include "tests/fuzz/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace segue;
    Problems problems;
    const auto table = parse_toml_bytes("fuzz.toml", fuzz::text_of(data, size), problems);
    fuzz::promise(table.has_value() != problems.has_errors(), "a tree or problems");
    fuzz::promise_readable(problems);
    return 0;
}
