#include "engine/run/parts.hpp"

#include <gtest/gtest.h>

#include "engine/core/errors.hpp"
#include "engine/results/digest.hpp"
#include "engine/results/file.hpp"
#include "engine/results/merge.hpp"
#include "engine/results/same.hpp"
#include "engine/run/shard_writer.hpp"
#include "tests/unit/results/sample.hpp"

namespace segue::run {
namespace {

using test::sample;
using Replicates = std::vector<std::int64_t>;

const RunIdentity this_run{std::string(64, 'a'), 7, "0.1.0"};

class PartsOfARun : public ::testing::Test {
protected:
    /// What a run is told that may not begin; "begun" when it may.
    std::string refusal(const RunIdentity& identity, bool resume, bool force) {
        try {
            const Parts parts{path, identity, resume, force};
            return "begun";
        } catch (const ScenarioError& error) {
            return error.what();
        }
    }
    /// A run that was interrupted after these replicates.
    void leave_parts(const std::vector<Replicates>& batches) {
        Parts parts{path, this_run, true, false};
        for (const Replicates& batch : batches) parts.write(sample(batch));
    }
    std::string first_part() {
        for (const auto& entry : std::filesystem::directory_iterator{folder.file("north.h5.parts")}) {
            if (entry.path().extension() == ".h5") return entry.path().string();
        }
        return {};
    }

    test::Folder folder{"segue-parts"};
    std::string path{folder.file("north.h5")};
};

TEST_F(PartsOfARun, BecomeOneFileAndTheFolderGoes) {
    Parts parts{path, this_run, false, false};
    parts.write(sample({2, 1}));
    parts.write(sample({0}));
    EXPECT_TRUE(parts.has(2));
    EXPECT_FALSE(parts.has(3));
    EXPECT_EQ(parts.finish(), digest(sample({0, 1, 2})));
    EXPECT_EQ(digest(read(path)), digest(sample({0, 1, 2})));
    EXPECT_EQ(folder.names(), std::vector<std::string>{"north.h5"});
}

TEST_F(PartsOfARun, AreTakenUpByTheSameRun) {
    leave_parts({{0}, {3, 1}});
    Parts parts{path, this_run, true, false};
    EXPECT_EQ(parts.done(), (Replicates{0, 1, 3}));
    parts.write(sample({2}));
    EXPECT_EQ(parts.finish(), digest(sample({0, 1, 2, 3})));
}

TEST_F(PartsOfARun, AreNotTakenUpUnasked) {
    leave_parts({{0}, {1}});
    EXPECT_EQ(refusal(this_run, false, false),
              path + ".parts: an unfinished run left 2 parts here; --resume goes on from there, --force begins again");
    Parts parts{path, this_run, false, true};
    EXPECT_EQ(parts.done(), Replicates{});
}

TEST_F(PartsOfARun, OfAnotherScenarioSeedOrVersionAreRefusedInWords) {
    leave_parts({{0}});
    const std::string part = first_part();
    EXPECT_EQ(refusal({std::string(64, 'b'), 7, "0.1.0"}, true, false),
              part + ": is of another scenario or other data; --force begins again without it");
    EXPECT_EQ(refusal({this_run.hash, 8, "0.1.0"}, true, false),
              part + ": is of seed 7; this run has seed 8; --force begins again without it");
    EXPECT_EQ(refusal({this_run.hash, 7, "0.2.0"}, true, false),
              part + ": is of Segue 0.1.0; this is 0.2.0; --force begins again without it");
    EXPECT_TRUE(std::filesystem::exists(part));
    EXPECT_EQ(refusal({this_run.hash, 8, "0.1.0"}, true, true), "begun");
    EXPECT_FALSE(std::filesystem::exists(part));
}

TEST_F(PartsOfARun, ThatAreDamagedAreSetAsideAndDoneAgain) {
    leave_parts({{0}, {1}});
    const std::string part = first_part();
    const std::string whole = test::slurp(part);
    test::spill(part, whole.substr(0, whole.size() - 1));
    Parts parts{path, this_run, true, false};
    ASSERT_EQ(parts.set_aside().size(), 1);
    EXPECT_EQ(parts.set_aside()[0], part + ": is truncated: the end of the file is missing");
    ASSERT_EQ(parts.done().size(), 1);
    parts.write(sample({1 - parts.done()[0]}));
    EXPECT_EQ(parts.finish(), digest(sample({0, 1})));
    EXPECT_EQ(folder.names(), std::vector<std::string>{"north.h5"});
}

TEST_F(PartsOfARun, ThatHoldOneReplicateTwiceCountItOnce) {
    Parts parts{path, this_run, false, false};
    parts.write(sample({0, 1}));
    parts.write(sample({1, 2}));
    EXPECT_EQ(parts.finish(), digest(sample({0, 1, 2})));
}

TEST_F(PartsOfARun, AreNeverMergedWithoutOneThatWasThere) {
    Parts parts{path, this_run, false, false};
    parts.write(sample({0}));
    parts.write(sample({1}));
    const std::string part = first_part();
    test::spill(part, "gone bad");
    EXPECT_THROW(parts.finish(), IoError);
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(PartsOfARun, BelongToOneRunAtATime) {
    const Parts parts{path, this_run, false, false};
    EXPECT_THROW((Parts{path, this_run, true, true}), IoError);
}

TEST_F(PartsOfARun, LeaveNothingBehindWhenThereAreNone) {
    { const Parts parts{path, this_run, false, false}; }
    EXPECT_EQ(folder.names(), std::vector<std::string>{});
}

TEST_F(PartsOfARun, LeftHalfWrittenByAKilledProcessAreCleared) {
    leave_parts({{0}});
    test::spill(folder.file("north.h5.parts/part-00000001-99-0.h5.99-0.writing"), "half");
    test::spill(folder.file("north.h5.99-0.writing"), "half");
    Parts parts{path, this_run, true, false};
    EXPECT_EQ(parts.done(), Replicates{0});
    parts.finish();
    EXPECT_EQ(folder.names(), std::vector<std::string>{"north.h5"});
}

TEST_F(PartsOfARun, KeepAFileOfAnotherScenarioUnlessForced) {
    write(sample({0}), path);
    EXPECT_EQ(refusal({std::string(64, 'b'), 7, "0.1.0"}, false, false),
              path + ": holds results of another scenario; --force replaces them; -o names another file");
    EXPECT_EQ(refusal({std::string(64, 'b'), 7, "0.1.0"}, false, true), "begun");
    test::spill(path, "notes of my own");
    for (const bool forced : {false, true}) {
        EXPECT_EQ(refusal(this_run, false, forced), path + ": is no results file; -o names another file");
    }
    EXPECT_EQ(test::slurp(path), "notes of my own");
}

TEST_F(PartsOfARun, KnowAFileOfTheSameRun) {
    {
        Parts parts{path, this_run, false, false};
        parts.write(sample({0, 1}));
        parts.finish();
    }
    const Parts parts{path, this_run, false, false};
    EXPECT_TRUE(parts.is_there(Replicates{0, 1}));
    EXPECT_FALSE(parts.is_there(Replicates{0, 1, 2}));
    EXPECT_EQ(parts.finished()->digest, digest(sample({0, 1})));
    const Parts other_seed{folder.file("other.h5"), {this_run.hash, 8, "0.1.0"}, false, false};
    EXPECT_FALSE(other_seed.is_there(Replicates{0}));
}

TEST_F(PartsOfARun, TakeTheirProvenanceFromTheFirstReplicateOrTheCaller) {
    Parts parts{path, this_run, false, false};
    parts.write(sample({1}));
    Results first = sample({0});
    first.provenance.set("machine", "first");
    parts.write(first);
    Provenance told;
    told.set("hash", this_run.hash);
    parts.finish(told);
    EXPECT_EQ(read(path).provenance, told);
}

TEST_F(PartsOfARun, GiveWayToAWholeThatTheCallerPutTogether) {
    Parts parts{path, this_run, false, false};
    parts.write(sample({0}));
    EXPECT_EQ(parts.pieces().size(), 1U);
    const std::string sum = parts.finish_with(sample({0, 1, 2}));
    EXPECT_EQ(sum, digest(sample({0, 1, 2})));
    EXPECT_EQ(digest(read(path)), sum);
    EXPECT_EQ(*read(path).provenance.text("hash"), this_run.hash);
    EXPECT_FALSE(std::filesystem::exists(path + ".parts"));
}

TEST_F(PartsOfARun, AreGatheredByTheWriter) {
    Parts parts{path, this_run, false, false};
    ShardWriter writer{parts, std::chrono::seconds{60}};
    Replicates all(50);
    std::iota(all.begin(), all.end(), 0);
    for (const std::int64_t replicate : all) writer.add(sample({replicate}));
    writer.close();
    const auto files = static_cast<std::size_t>(std::distance(
        std::filesystem::directory_iterator{folder.file("north.h5.parts")}, std::filesystem::directory_iterator{}));
    EXPECT_LE(files, 3);  // the lock, what came first, and the rest
    EXPECT_EQ(parts.finish(), digest(sample(all)));
}

TEST_F(PartsOfARun, TheWriterTellsOfItsFailureAtTheNextCallAndAtTheEnd) {
    Parts parts{path, this_run, false, false};
    ShardWriter writer{parts, std::chrono::milliseconds{0}};
    std::filesystem::remove_all(folder.file("north.h5.parts"));
    const auto add_until_told = [&] {
        for (std::int64_t replicate = 0; replicate < 100'000; ++replicate) {
            writer.add(sample({replicate}));
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
    };
    EXPECT_THROW(add_until_told(), IoError);
    EXPECT_THROW(writer.close(), IoError);
}

}  // namespace
}  // namespace segue::run
