/// \file
/// A folder of scenarios of the test's own: a copy of the shipped ones, and files beside them. Gone with the object.
#pragma once
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

#include "engine/core/errors.hpp"

namespace segue::test {

class ScenarioFolder {
public:
    /// \param shipped the folders of scenarios/ to copy
    explicit ScenarioFolder(std::initializer_list<const char*> shipped = {"data"}) {
        std::string pattern = (std::filesystem::temp_directory_path() / "segue-test-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw IoError{pattern, "cannot be made"};
        root_ = pattern;
        for (const char* name : shipped) std::filesystem::copy(std::filesystem::path{"scenarios"} / name, root_ / name);
    }
    ScenarioFolder(const ScenarioFolder&) = delete;
    ScenarioFolder& operator=(const ScenarioFolder&) = delete;
    ~ScenarioFolder() { std::filesystem::remove_all(root_); }

    /// Writes a file such as "village/site.toml", and gives its path.
    std::string write(const std::string& name, std::string_view text) const {
        const std::filesystem::path path = root_ / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream{path, std::ios::binary} << text;
        return path.string();
    }

private:
    std::filesystem::path root_;
};

}  // namespace segue::test
