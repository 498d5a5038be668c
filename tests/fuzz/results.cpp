// A results file with some bytes changed and its end cut off: what reads back is what was written, or one line says why
// not. The reader lets a child try first, whose coverage the fuzzer cannot see: each new complaint counts instead.
#include <array>
#include <functional>

#include "engine/results/digest.hpp"
#include "engine/results/file.hpp"
#include "engine/results/image.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/unit/results/sample.hpp"

// libFuzzer takes what counts up in a section of this name for coverage.
__attribute__((section("__libfuzzer_extra_counters"))) static std::array<std::uint8_t, 4096> complaints;

namespace segue::fuzz {
namespace {

constexpr std::size_t edit_bytes = 4;  // three of a place, one of what is put there

/// The edits in turn; an odd byte after them is how much of the file is left, in 256ths.
std::string damaged(std::string file, std::string_view orders) {
    const auto byte = [&](std::size_t at) -> std::size_t { return static_cast<std::uint8_t>(orders[at]); };
    std::size_t at = 0;
    for (; at + edit_bytes <= orders.size(); at += edit_bytes) {
        const std::size_t place = byte(at) | byte(at + 1) << 8U | byte(at + 2) << 16U;
        file[place % file.size()] = orders[at + 3];
    }
    if (at + 1 == orders.size()) file.resize(file.size() * byte(at) / 256);
    return file;
}

Results few_values() {
    Results results = test::sample({0, 1});
    results.provenance.texts = {{"seed", "7"}, {"data/needs.csv", "name,rate"}};
    return results;
}

void read_damaged(std::string_view orders) {
    static const test::Folder folder{"segue-fuzz"};
    static const Results written = few_values();
    static const std::string path = folder.file("fuzz.h5");
    static const std::string whole = (segue::write(written, path), test::slurp(path));
    test::spill(path, damaged(whole, orders));
    try {
        const Results back = segue::read(path);
        promise(digest(back) == digest(written), "what reads back is what was written");
        promise(seal(back) == seal(written), "and its provenance too");
    } catch (const IoError& error) {
        const std::string said = error.what();
        promise(said.find('\n') == std::string::npos, "a message is one line");
        ++complaints[std::hash<std::string>{}(said) % complaints.size()];
    }
}

}  // namespace
}  // namespace segue::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    segue::fuzz::read_damaged(segue::fuzz::text_of(data, size));
    return 0;
}
