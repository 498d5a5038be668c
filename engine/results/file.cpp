#include "engine/results/file.hpp"

#include <filesystem>

#include "engine/core/contracts.hpp"
#include "engine/core/errors.hpp"
#include "engine/results/digest.hpp"
#include "engine/results/durable.hpp"
#include "engine/results/image.hpp"
#include "engine/results/soundness.hpp"
#include "engine/results/walk.hpp"

namespace segue {

std::string write(const Results& results, const std::string& path) {
    if (const auto complaint = unsound(results)) throw ContractError{"these results cannot be written: " + *complaint};
    std::string sum = digest(results);
    const Bytes image = to_image(results, sum);
    // Whoever reads the image compares what it finds with the sums that were made here from memory.
    write_durably(path, image, [](std::span<const std::byte> on_disk) { static_cast<void>(from_image(on_disk)); });
    return sum;
}

Results read(const std::string& path) {
    const Bytes image = read_whole(path);
    walk(path, image);
    try {
        return from_image(image);
    } catch (const std::runtime_error& error) {
        throw IoError{path, error.what()};
    }
}

std::string write_failed(const Results& results, const std::string& path) {
    std::filesystem::path failed{path};
    failed.replace_extension(".failed" + failed.extension().string());
    write(results, failed.string());
    return failed.string();
}

}  // namespace segue
