/// \file
/// The finished replicates of a run that is not finished: verified files in FILE.h5.parts/, later merged into FILE.h5.
///
///   In     results of some replicates
///   Out    one file, the folder gone; or a folder from which a run goes on
///   Holds  what is on disk under a part's own name is whole; two runs never write one folder
///          a part of another scenario, data, seed or version is never merged
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/results/list_trend.hpp"
#include "engine/results/results.hpp"

namespace segue::run {

/// What two parts must share to be parts of one run. Kept in provenance as hash, seed and program_version.
struct RunIdentity {
    std::string hash;  ///< of the resolved scenario and its data
    std::uint32_t seed{0};
    std::string version;
    friend bool operator==(const RunIdentity&, const RunIdentity&) = default;
};

/// A results file that stands where a run is to write.
struct FinishedFile {
    RunIdentity identity;
    std::vector<std::int64_t> replicates;
    std::string digest;
};

class Parts {
public:
    /// Takes the folder `path`.parts for this run alone, makes it where it is not there, and reads what it holds.
    /// Throws a ScenarioError when `path` holds results of another scenario (unless `force`), when an unfinished run
    /// left parts there (unless `resume` or `force`) or parts of another run (unless `force`); an IoError when another
    /// run has the folder or the folder cannot be made.
    Parts(std::string path, RunIdentity identity, bool resume, bool force);
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    ~Parts();  ///< a folder without parts goes

    [[nodiscard]] bool has(std::int64_t replicate) const;  ///< done and verified
    [[nodiscard]] std::vector<std::int64_t> done() const;  ///< ascending
    [[nodiscard]] const std::vector<std::string>& set_aside()
        const noexcept;  ///< what was wrong with damaged parts, one line each

    /// Trends of the lists over all replicates of the file that `finish` wrote.
    [[nodiscard]] const ListTrends& lists() const noexcept { return lists_; }

    /// The results file that stood at `path` when the run began, if Segue can read it.
    [[nodiscard]] const std::optional<FinishedFile>& finished() const noexcept;
    /// Whether that file is of this very run and holds all of `replicates`: then there is nothing to do.
    [[nodiscard]] bool is_there(std::span<const std::int64_t> replicates) const;

    /// Keeps some replicates, whole or not at all, under a name that no other attempt uses. May be called from any
    /// thread. Throws an IoError.
    void write(Results results);

    /// Merges all parts into one file at `path`, removes the folder, and returns the digest. Where two parts hold one
    /// replicate (a task that ran twice) the first serves. `provenance`, where given, replaces that of the parts; trends of
    /// the lists join it, since only now are all replicates together.
    std::string finish(std::optional<Provenance> provenance = {});
    /// Writes `whole` at `path` in their place, for a caller that put them together himself, under the identity of the run.
    std::string finish_with(Results whole);

    /// Each replicate once, from the part that is first on record for it.
    [[nodiscard]] std::vector<Results> pieces() const;

private:
    class Lock;
    struct Part {
        std::string path;
        std::vector<std::int64_t> replicates;
    };

    void look_at_file(bool force);
    void look_at_folder(bool resume, bool force);
    void take_up(const std::string& part, bool force);
    void keep(Part part);
    void identify(Results& results) const;
    std::string put_in_place(const Results& whole);
    void remove_folder();

    std::string path_;
    std::string folder_;
    RunIdentity identity_;
    std::optional<FinishedFile> finished_;
    std::vector<std::string> set_aside_;
    std::vector<Part> parts_;
    std::map<std::int64_t, std::string> part_of_;
    ListTrends lists_;
    mutable std::mutex mutex_;
    std::unique_ptr<Lock> lock_;
};

}  // namespace segue::run
