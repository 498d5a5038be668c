// Any bytes as a person file, plain or gzipped: people with keys of their own in the order of those keys, or problems.
#include "engine/population/person_file.hpp"

#include <algorithm>

#include "tests/fuzz/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace segue;
    static const PersonFileTerms terms{{"north", "south"}, {"old", "ill", "well"}, to_day({2026, 4, 1})};
    Problems problems;
    const PersonFile file = parse_person_file("fuzz.csv", fuzz::text_of(data, size), terms, problems);
    fuzz::promise_readable(problems);
    fuzz::promise(problems.has_errors() || !file.people.empty(), "people or problems");
    if (problems.has_errors()) return 0;
    const auto out_of_order = [](const KnownPerson& a, const KnownPerson& b) { return !(a.key < b.key); };
    fuzz::promise(std::adjacent_find(file.people.begin(), file.people.end(), out_of_order) == file.people.end(),
                  "each key once, in order");
    fuzz::promise(std::all_of(file.people.begin(), file.people.end(),
                              [](const KnownPerson& one) { return one.birth <= terms.start; }),
                  "nobody is born after the start");
    return 0;
}
