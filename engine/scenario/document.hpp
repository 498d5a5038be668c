/// \file
/// Reads one parsed TOML document into a layer: parameters by their keys, named arrays, paths of tables.
#pragma once
#include <string>
#include <vector>

#include "engine/scenario/layers.hpp"
#include "engine/scenario/toml.hpp"

namespace segue {

/// What the head of a file says.
struct Head {
    bool configuration{false};
    std::vector<std::pair<std::string, Place>> extends;
};

/// Checks `format`, `configuration` and `extends`.
[[nodiscard]] Head read_head(const TomlTable& document, const std::string& file, Problems& problems);

class DocumentReader {
public:
    /// Settings go to `layer`; paths are relative to `layer.file` and stay within `root`. In a configuration only
    /// policy parameters, [run], [[output]] and [[change]] pass.
    DocumentReader(const KeyIndex& index, std::string root, bool configuration, Layer& layer, Problems& problems);

    /// Everything but the head.
    void read(const TomlTable& document);
    /// One parameter or table of parameters, under its full key.
    void read_key(const KeyParts& key, const Place& place, const TomlNode& node);
    /// One entry of a named array.
    void read_entry(ArrayName array, const Place& place, const TomlTable& fields, bool must_exist);

private:
    void read_table(const KeyParts& key, const TomlTable& table);
    void read_parameter(const KeyParts& key, const Place& place, const TomlNode& node);
    void read_array(ArrayName array, const TomlField& field);
    void read_field(ArrayName array, NamedEntry& entry, const TomlField& field);
    void read_set(NamedEntry& entry, const KeyParts& key, const TomlField& field);
    void read_set_value(NamedEntry& entry, const KeyParts& key, const Place& place, const TomlNode& node);

    const KeyIndex& index_;
    std::string root_;
    bool configuration_;
    Layer& layer_;
    Problems& problems_;
};

}  // namespace segue
