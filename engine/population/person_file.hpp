/// \file
/// A file of registered people: CSV, plain or gzipped.
///
///   In     id, birth_date, sex, deprivation; and where given practice, household, residence, frailty, conditions
///          (separated by ;), segment
///   Out    what is known of each person; the file's name, size and SHA-256, never the file
///   Holds  no message shows anything that stands in a row, or in the first line, which may be a row
///          people keep their luck: keys are hashes of ids, so neither order nor company matters
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "engine/core/errors.hpp"
#include "engine/population/synthesis.hpp"

namespace segue {

struct PersonFile {
    std::vector<KnownPerson> people;  ///< in the order of their keys
    std::string name;                 ///< without its folder
    std::uint64_t size_bytes{0};
    std::string sha256;  ///< of the file as it lies on disk, in hex
};

/// Words that the scenario gives their meaning.
struct PersonFileTerms {
    std::vector<std::string> practices;
    std::vector<std::string> segments;
    Day start;  ///< nobody is born after it
};

/// As the file lies on disk, compressed or not.
inline constexpr std::size_t most_person_file_bytes = 2'000'000'000;

/// Reads a regular file from disk. One that cannot be read is a problem at `asked_at`, where it was named; what is wrong
/// inside is a problem by row and column.
[[nodiscard]] PersonFile read_person_file(const std::string& path, const PersonFileTerms& terms, const Place& asked_at,
                                          Problems& problems);

/// The same from its bytes.
[[nodiscard]] PersonFile parse_person_file(const std::string& path, std::string_view bytes,
                                           const PersonFileTerms& terms, Problems& problems);

/// The key of somebody whose id in the file is `id`: the first 64 bits of its SHA-256.
[[nodiscard]] PersonKey person_file_key(std::string_view id);

}  // namespace segue
