#include "engine/program/output_file.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "engine/program/console.hpp"
#include "engine/program/exit_code.hpp"

namespace segue::program {

void require_output_file(const std::string& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        throw BadInput{fmt::format("-o {}: a folder; expected a file name", path)};
    require_folder("-o", path);
}

}  // namespace segue::program
