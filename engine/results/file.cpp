#include "engine/results/file.hpp"

#include <filesystem>

#include "engine/core/errors.hpp"
#include "engine/results/digest.hpp"
#include "engine/results/durable.hpp"
#include "engine/results/image.hpp"
#include "engine/results/walk.hpp"

namespace segue {

std::string write(const Results& results, const std::string& path) {
    const Bytes image = to_image(results);
    const std::string sum = digest(results);
    write_durably(path, image, [&](std::span<const std::byte> on_disk) {
        const Results back = from_image(on_disk);
        if (digest(back) != sum || seal(back) != seal(results)) {
            throw IoError{path, "cannot write: what was read back is not what was written"};
        }
    });
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
