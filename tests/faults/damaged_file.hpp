/// \file
/// Copies of a results file, each with one place damaged.
#pragma once
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "engine/core/errors.hpp"
#include "engine/results/digest.hpp"
#include "engine/results/file.hpp"
#include "tests/unit/results/sample.hpp"

namespace segue::test {

/// A file that is metadata for the greater part: that is where HDF5 has no checksums over what it believes.
inline Results mostly_metadata() {
    Results results = sample({0, 1});
    results.provenance.texts = {{"seed", "7"}, {"data/needs.csv", "name,rate"}};
    return results;
}

/// Damages one byte in each of `copies` at places drawn from `seed`: one bit flipped, or the byte made 0xFF. Each copy is
/// refused in one line, or reads as exactly what was written (the byte lay in space that nothing uses).
inline void damage_and_read(int copies, unsigned seed) {
    const Folder folder{"segue-damage"};
    const std::string path = folder.file("north.h5");
    const std::string sum = write(mostly_metadata(), path);
    const std::string whole = slurp(path);
    std::mt19937 places{seed};
    int refused = 0;
    for (int copy = 0; copy < copies; ++copy) {
        std::string damaged = whole;
        char& byte = damaged[places() % damaged.size()];
        byte = copy % 2 == 0 ? static_cast<char>(byte ^ (1 << places() % 8)) : '\xFF';
        spill(path, damaged);
        try {
            const Results back = read(path);
            ASSERT_EQ(digest(back), sum) << "copy " << copy;
            ASSERT_EQ(seal(back), seal(mostly_metadata())) << "copy " << copy;
        } catch (const IoError& error) {
            ++refused;
            ASSERT_EQ(std::string{error.what()}.find('\n'), std::string::npos) << error.what();
        }
    }
    EXPECT_GT(refused, copies / 10) << "nothing that mattered was damaged";
}

}  // namespace segue::test
