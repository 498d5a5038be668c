#include "engine/program/resources.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace segue::program {
namespace {

namespace fs = std::filesystem;

class ControlGroup : public testing::Test {
protected:
    ControlGroup() : root_{fs::temp_directory_path() / ("segue-groups-" + std::to_string(::getpid()))} {
        fs::create_directories(root_);
    }
    ~ControlGroup() override { fs::remove_all(root_); }
    ControlGroup(const ControlGroup&) = delete;
    ControlGroup& operator=(const ControlGroup&) = delete;

    void file(const std::string& path, const std::string& text) const {
        const fs::path place = root_ / path;
        fs::create_directories(place.parent_path());
        std::ofstream{place} << text;
    }
    [[nodiscard]] GroupLimits limits(const std::string& membership) const {
        return group_limits(root_.string(), membership);
    }

private:
    fs::path root_;
};

TEST_F(ControlGroup, OfVersion2SetsTheShareOfCpusAndTheMemory) {
    file("job/cpu.max", "150000 100000\n");
    file("job/memory.max", "1000000\n");
    EXPECT_EQ(limits("0::/job\n").cpus, 1.5);
    EXPECT_EQ(limits("0::/job\n").memory_bytes, 1e6);
}

TEST_F(ControlGroup, IsBoundByTheTightestGroupAboveIt) {
    file("a/cpu.max", "200000 100000\n");
    file("a/b/cpu.max", "400000 100000\n");
    EXPECT_EQ(limits("0::/a/b\n").cpus, 2.0);
}

TEST_F(ControlGroup, SetsNoLimitByTheWordMax) {
    file("job/cpu.max", "max 100000\n");
    file("job/memory.max", "max\n");
    EXPECT_FALSE(limits("0::/job\n").cpus);
    EXPECT_FALSE(limits("0::/job\n").memory_bytes);
}

TEST_F(ControlGroup, OfVersion1HasAFolderForEachController) {
    file("cpu/job/cpu.cfs_quota_us", "300000\n");
    file("cpu/job/cpu.cfs_period_us", "100000\n");
    file("memory/job/memory.limit_in_bytes", "2000000\n");
    const GroupLimits found = limits("4:memory:/job\n3:cpu,cpuacct:/job\n");
    EXPECT_EQ(found.cpus, 3.0);
    EXPECT_EQ(found.memory_bytes, 2e6);
}

TEST_F(ControlGroup, OfVersion1WithoutALimitHasAQuotaBelowZero) {
    file("cpu/job/cpu.cfs_quota_us", "-1\n");
    file("cpu/job/cpu.cfs_period_us", "100000\n");
    EXPECT_FALSE(limits("3:cpu,cpuacct:/job\n").cpus);
}

TEST(Cpus, AreNoMoreThanSlurmAllotted) {
    ASSERT_EQ(::setenv("SLURM_CPUS_PER_TASK", "1", 1), 0);
    EXPECT_EQ(usable_cpus(), 1);
    ASSERT_EQ(::unsetenv("SLURM_CPUS_PER_TASK"), 0);
    EXPECT_GE(usable_cpus(), 1);
}

TEST(Machine, KeepsNoFolderOfTheCommandLine) {
    const auto told = machine({"/opt/segue/bin/segue", "run", "/home/someone/town.toml"});
    EXPECT_EQ(told.front(), (std::pair<std::string, std::string>{"command", "segue run town.toml"}));
    EXPECT_EQ(without_folders("data.life_table=../mine/table.csv"), "data.life_table=table.csv");
    EXPECT_EQ(without_folders("needs.minor_acute.onset_per_year=0.5 1/a"), "needs.minor_acute.onset_per_year=0.5 1/a");
}

}  // namespace
}  // namespace segue::program
