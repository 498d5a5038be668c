/// \file
/// What a Scenario holds. Only the loader makes one.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/scenario/key_index.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue {

struct ScenarioEntry {
    Value value;
    Origin origin;
    const Declaration* row;  ///< in the index
};

/// Everything that is known once the layers are merged.
struct ScenarioFacts {
    std::shared_ptr<const KeyIndex> index;
    std::map<std::string, ScenarioEntry, std::less<>> entries;       ///< by full key
    std::map<std::string, std::vector<KeyParts>, std::less<>> made;  ///< names for the stars, by prefix of the table
    std::vector<SegmentEntry> segments;
    std::vector<PracticeEntry> practices;
    std::vector<NeighbourhoodEntry> neighbourhoods;
    std::vector<OutputEntry> outputs;
    std::vector<ChangeEntry> changes;
    std::vector<ClinicianEntry> clinicians;
    std::vector<ActivityEntry> activities;
    std::map<std::string, std::shared_ptr<const Table>, std::less<>> tables;
    std::vector<std::string> files;
    std::string path;
    std::string folder;
    std::string name;
};

class Scenario::Content {
public:
    explicit Content(ScenarioFacts facts) : facts_{std::move(facts)} {}
    [[nodiscard]] const ScenarioFacts& facts() const noexcept { return facts_; }
    /// Worked out when first asked for: the changes of a run make many scenarios whose hash nobody wants.
    [[nodiscard]] const std::string& hash() const;

private:
    ScenarioFacts facts_;
    mutable std::once_flag once_;
    mutable std::string hash_;
};

/// Canonical TOML. Paths of tables are the tables' names; `for_hash` leaves out what does not change any one replicate.
enum class Resolved : std::uint8_t { whole, for_hash };
[[nodiscard]] std::string resolved_text(const ScenarioFacts& facts, Resolved extent);

/// SHA-256 in hex of the resolved text for the hash, then name, size and bytes of each table.
[[nodiscard]] std::string hash_of(const ScenarioFacts& facts);

}  // namespace segue
