#include "engine/results/file.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/stat.h>

#include "engine/core/contracts.hpp"
#include "engine/core/errors.hpp"
#include "engine/results/digest.hpp"
#include "engine/results/hdf5.hpp"
#include "engine/results/same.hpp"
#include "tests/unit/results/sample.hpp"

namespace segue {
namespace {

using test::Folder;
using test::sample;

/// What reading says about a file; empty when it reads.
std::string complaint_about(const std::string& path) {
    try {
        static_cast<void>(read(path));
        return {};
    } catch (const IoError& error) {
        return error.what();
    }
}

class ResultsFile : public ::testing::Test {
protected:
    Folder folder{"segue-results"};
    std::string path{folder.file("north.h5")};
};

TEST_F(ResultsFile, GivesBackExactlyWhatWasWritten) {
    const Results written = sample();
    const std::string sum = write(written, path);
    const Results back = read(path);
    EXPECT_EQ(same(written, back), std::nullopt);
    EXPECT_EQ(digest(back), sum);
    EXPECT_EQ(back.axes, written.axes);
    EXPECT_EQ(back.attributes, written.attributes);
    EXPECT_EQ(back.provenance, written.provenance);
    ASSERT_EQ(back.variables.size(), written.variables.size());
    for (std::size_t i = 0; i < back.variables.size(); ++i)
        EXPECT_EQ(back.variables[i].name, written.variables[i].name);
    EXPECT_EQ(folder.names(), std::vector<std::string>{"north.h5"});
}

TEST_F(ResultsFile, AddsTheAttributesThatReadersLookFor) {
    Results plain = sample();
    plain.attributes = {{"title", "plain"}};
    write(plain, path);
    const Attributes expected{{"title", "plain"}, {"Conventions", "CF-1.10"}, {"schema", "1"}};
    EXPECT_EQ(read(path).attributes, expected);
}

TEST_F(ResultsFile, IsTheSameBytesEachTime) {
    write(sample(), path);
    for (int again = 0; again < 3; ++again) {
        write(sample(), folder.file("again.h5"));
        EXPECT_EQ(test::slurp(path), test::slurp(folder.file("again.h5")));
    }
}

TEST_F(ResultsFile, HoldsLargeVariablesInPieces) {
    Results results = sample({0, 1});
    results.axes.push_back({"bin_wide", "bin", "1", {}, std::vector<std::int64_t>(3'000'000, 1), {}, {}});
    std::vector<std::int32_t> values(6'000'000);
    std::iota(values.begin(), values.end(), 0);
    results.variables.push_back({"wide", {"replicate", "bin_wide"}, "1", "many cells", {}, values});
    write(results, path);
    EXPECT_EQ(same(results, read(path)), std::nullopt);
}

TEST_F(ResultsFile, ReplacesAnOlderFileOnlyByAWholeOne) {
    write(sample({0}), path);
    Results impossible = sample();
    impossible.variables[0].dimensions[2] = "nobody";
    EXPECT_THROW(write(impossible, path), ContractError);
    EXPECT_EQ(read(path).axes[0].numbers, std::vector<std::int64_t>{0});
    write(sample(), path);
    EXPECT_EQ(read(path).axes[0].numbers.size(), 3);
}

TEST_F(ResultsFile, SaysWhatIsWrongWithResultsThatCannotBeWritten) {
    const auto refused = [&](auto spoil) -> std::string {
        Results results = sample();
        spoil(results);
        try {
            write(results, path);
        } catch (const ContractError& error) {
            return error.what();
        }
        return "written";
    };
    EXPECT_EQ(refused([](Results& r) { r.variables[0].units = "days"; }),
              "these results cannot be written: waiting is in \"days\", which readers take for a timedelta");
    EXPECT_EQ(refused([](Results& r) { std::get<0>(r.variables[0].values).pop_back(); }),
              "these results cannot be written: waiting has 11 values for 12 cells");
    EXPECT_EQ(refused([](Results& r) { r.variables[1].name = "waiting"; }),
              "these results cannot be written: waiting names two things");
    EXPECT_EQ(refused([](Results& r) {
                  r.variables[1].dimensions = {"month", "replicate"};
              }),
              "these results cannot be written: cost_pence does not have replicate as its first dimension");
    EXPECT_EQ(refused([](Results& r) { r.axes[2].labels[0] = "\xC3("; }),
              "these results cannot be written: role has a label that is not UTF-8 text");
    EXPECT_EQ(refused([](Results& r) { r.variables[0].long_name = ""; }),
              "these results cannot be written: waiting has no long name");
    EXPECT_EQ(refused([](Results& r) { r.attributes[2].second = "9"; }),
              "these results cannot be written: the file's schema is \"9\", not \"1\"");
    EXPECT_EQ(refused([](Results& r) { r.provenance.set("data", "both"); }),
              "these results cannot be written: provenance data is both a text and a folder");
    EXPECT_EQ(refused([](Results& r) { r.variables[0].attributes[0].second = std::string(70'000, 'x'); }),
              "these results cannot be written: waiting: attribute measure has 70000 bytes; at most 60000 fit");
}

TEST_F(ResultsFile, KeepsFailedResultsUnderANameThatSaysSo) {
    EXPECT_EQ(write_failed(sample(), path), folder.file("north.failed.h5"));
    EXPECT_EQ(read(folder.file("north.failed.h5")).axes, sample().axes);
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(ResultsFile, SaysWhereItCannotWrite) {
    const std::string nowhere = folder.file("no/such/folder/x.h5");
    try {
        write(sample(), nowhere);
        FAIL();
    } catch (const IoError& error) {
        EXPECT_EQ(error.what(), nowhere + ": cannot write: No such file or directory");
    }
    std::filesystem::create_directory(path);
    EXPECT_THROW(write(sample(), path), IoError);
    EXPECT_EQ(folder.names(), std::vector<std::string>{"north.h5"});
}

TEST_F(ResultsFile, SaysInOneLineWhyAFileIsNotResults) {
    EXPECT_EQ(complaint_about(path), path + ": cannot open: No such file or directory");
    test::spill(path, "");
    EXPECT_EQ(complaint_about(path), path + ": is empty, not a Segue results file");
    test::spill(path, "replicate,waiting\n0,12\n");
    EXPECT_EQ(complaint_about(path), path + ": is not a Segue results file (it is not HDF5)");
    EXPECT_EQ(complaint_about(folder.path()), folder.path() + ": is a folder, not a results file");
    const std::string pipe = folder.file("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(complaint_about(pipe), pipe + ": is not a regular file");
}

TEST_F(ResultsFile, KnowsHdf5OfAnotherKind) {
    {
        const Hdf5Session session;
        const Hdf5Handle file{H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose, "file"};
    }
    EXPECT_EQ(complaint_about(path), path + ": is not a Segue results file: it is HDF5 of another kind");
}

TEST_F(ResultsFile, NamesTheSchemaItCannotRead) {
    write(sample(), path);
    {
        const Hdf5Session session;
        const Hdf5Handle file{H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "file"};
        const Hdf5Handle attribute{H5Aopen(file.id(), "schema", H5P_DEFAULT), H5Aclose, "attribute"};
        const Hdf5Handle type{H5Aget_type(attribute.id()), H5Tclose, "type"};
        checked(H5Awrite(attribute.id(), type.id(), "7"), "attribute");
    }
    EXPECT_EQ(complaint_about(path), path + ": has results schema 7; this Segue reads schema 1");
}

TEST_F(ResultsFile, TruncatedAnywhereIsRefusedInOneLine) {
    write(sample(), path);
    const std::string whole = test::slurp(path);
    for (std::size_t length :
         {std::size_t{1}, std::size_t{8}, std::size_t{48}, whole.size() / 4, whole.size() / 2, whole.size() - 1}) {
        test::spill(folder.file("cut.h5"), whole.substr(0, length));
        const std::string complaint = complaint_about(folder.file("cut.h5"));
        EXPECT_NE(complaint, "") << length;
        EXPECT_EQ(complaint.find('\n'), std::string::npos) << complaint;
    }
    test::spill(folder.file("cut.h5"), whole.substr(0, whole.size() / 2));
    EXPECT_EQ(complaint_about(folder.file("cut.h5")),
              folder.file("cut.h5") + ": is truncated: the end of the file is missing");
}

}  // namespace
}  // namespace segue
