/// \file
/// A run reduced to what can be lost: replicates, made one after another and written as parts, then one file.
#pragma once
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "engine/results/digest.hpp"
#include "engine/results/file.hpp"
#include "engine/run/shard_writer.hpp"
#include "tests/unit/results/sample.hpp"

namespace segue::test {

inline const run::RunIdentity identity{std::string(64, 'a'), 7, "0.1.0"};

inline std::vector<std::int64_t> replicates(std::int64_t number) {
    std::vector<std::int64_t> all(static_cast<std::size_t>(number));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

/// Begins or goes on, writes a part whenever it can, finishes. Returns the digest.
inline std::string go_on(const std::string& path, std::int64_t number) {
    run::Parts parts{path, identity, true, false};
    run::ShardWriter writer{parts, std::chrono::milliseconds{1}};
    for (const std::int64_t replicate : replicates(number)) {
        if (!parts.has(replicate)) writer.add(sample({replicate}));
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    writer.close();
    return parts.finish();
}

/// Kills `kills` runs at moments drawn from `seed`; after each, no file under the final name is other than whole, and
/// going on gives what an undisturbed run gives.
inline void kill_and_resume(int kills, unsigned seed) {
    constexpr std::int64_t number = 12;
    const std::string expected = digest(sample(replicates(number)));
    const Folder folder{"segue-kills"};
    const std::string path = folder.file("north.h5");
    std::mt19937 moments{seed};
    int unfinished = 0;
    for (int kill = 0; kill < kills; ++kill) {
        std::filesystem::remove(path);
        const pid_t writer = ::fork();
        if (writer == 0) {
            go_on(path, number);
            ::_exit(0);
        }
        std::this_thread::sleep_for(std::chrono::microseconds{moments() % 120'000});
        ::kill(writer, SIGKILL);
        ::waitpid(writer, nullptr, 0);
        if (std::filesystem::exists(path)) {
            ASSERT_EQ(digest(read(path)), expected) << "kill " << kill;
        } else {
            ++unfinished;
        }
        ASSERT_EQ(go_on(path, number), expected) << "kill " << kill;
        ASSERT_EQ(folder.names(), std::vector<std::string>{"north.h5"}) << "kill " << kill;
    }
    EXPECT_GT(unfinished, kills / 10) << "too many runs ended before they were killed: nothing was tested";
}

}  // namespace segue::test
