#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>

#include "engine/core/errors.hpp"
#include "engine/results/merge.hpp"
#include "tests/faults/interrupted_run.hpp"

namespace segue {
namespace {

using test::Folder;
using test::sample;

/// A file system of a few hundred kilobytes in a folder of its own.
class SmallDisk {
public:
    explicit SmallDisk(const std::string& path) : path_{path} {
        mounted_ = ::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=600k") == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (mounted_) ::umount2(path_.c_str(), MNT_DETACH);
    }
    [[nodiscard]] bool mounted() const noexcept { return mounted_; }
    void make_room() { ASSERT_EQ(::mount("tmpfs", path_.c_str(), "tmpfs", MS_REMOUNT, "size=20m"), 0); }

private:
    std::string path_;
    bool mounted_{false};
};

/// Writes replicates one a part until the disk refuses; returns what it said.
std::string write_until_full(run::Parts& parts, std::int64_t number) {
    try {
        for (const std::int64_t replicate : test::replicates(number)) parts.write(sample({replicate}));
    } catch (const IoError& error) {
        return error.what();
    }
    return "never full";
}

TEST(DiskFull, KeepsFinishedReplicatesAndGoesOnOnceThereIsRoom) {
    const Folder folder{"segue-disk"};
    SmallDisk disk{folder.path()};
    if (!disk.mounted()) GTEST_SKIP() << "mounting a small disk takes root";
    const std::string path = folder.file("north.h5");
    {
        run::Parts parts{path, test::identity, true, false};
        const std::string said = write_until_full(parts, 20);
        EXPECT_TRUE(said.ends_with(": cannot write: No space left on device")) << said;
        EXPECT_GE(parts.done().size(), 2);
    }
    for (const auto& entry : std::filesystem::directory_iterator{path + ".parts"}) {
        if (entry.path().filename() == "lock") continue;
        EXPECT_EQ(entry.path().extension(), ".h5") << "half a part is left";
        EXPECT_NO_THROW(static_cast<void>(read(entry.path().string())));
    }
    disk.make_room();
    EXPECT_EQ(test::go_on(path, 20), digest(sample(test::replicates(20))));
}

TEST(DiskFull, LeavesTheOlderFileWhenTheNewOneDoesNotFit) {
    const Folder folder{"segue-disk"};
    const SmallDisk disk{folder.path()};
    if (!disk.mounted()) GTEST_SKIP() << "mounting a small disk takes root";
    const std::string path = folder.file("north.h5");
    write(sample({0}), path);
    Results large = sample({0, 1});
    large.provenance.set("log", std::string(2'000'000, 'x'));
    EXPECT_THROW(write(large, path), IoError);
    EXPECT_EQ(digest(read(path)), digest(sample({0})));
    EXPECT_EQ(folder.names(), std::vector<std::string>{"north.h5"});
}

/// In a child, for the limit would hold for the rest of this process: no file above 200 kB.
int child_with_small_files(const std::string& path) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{200'000, 200'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    run::Parts parts{path, test::identity, true, false};
    parts.write(sample({0}));
    Results large = sample({1});
    large.provenance.set("log", std::string(300'000, 'x'));
    try {
        parts.write(large);
    } catch (const IoError& error) {
        return std::string{error.what()}.ends_with(": cannot write: File too large") ? 0 : 2;
    }
    return 1;
}

TEST(FileTooLarge, KeepsWhatWasFinishedBefore) {
    const Folder folder{"segue-limit"};
    const std::string path = folder.file("north.h5");
    const pid_t child = ::fork();
    if (child == 0) ::_exit(child_with_small_files(path));
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
    run::Parts parts{path, test::identity, true, false};
    EXPECT_EQ(parts.done(), std::vector<std::int64_t>{0});
    EXPECT_EQ(parts.set_aside(), std::vector<std::string>{});
    parts.write(sample({1}));
    EXPECT_EQ(parts.finish(), digest(sample({0, 1})));
}

}  // namespace
}  // namespace segue
