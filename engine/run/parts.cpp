#include "engine/run/parts.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <array>
#include <fstream>
#include <string_view>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <set>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include "engine/core/errors.hpp"
#include "engine/results/digest.hpp"
#include "engine/results/durable.hpp"
#include "engine/results/file.hpp"
#include "engine/results/merge.hpp"

namespace segue::run {
namespace {

namespace fs = std::filesystem;

constexpr const char* lock_name = "lock";
constexpr const char* part_prefix = "part-";
constexpr const char* part_suffix = ".h5";

std::string system_says(int error) { return std::generic_category().message(error); }

[[noreturn]] void refuse(const std::string& path, std::string what, std::string advice) {
    Problems problems;
    problems.add({path, 0, 0}, std::move(what)).advice(std::move(advice));
    throw ScenarioError{problems.all()};
}

std::string text_of(const Provenance& provenance, std::string_view name) {
    const std::string* text = provenance.text(name);
    return text == nullptr ? std::string{} : *text;
}

RunIdentity identity_of(const Provenance& provenance) {
    const std::string seed = text_of(provenance, "seed");
    RunIdentity identity{text_of(provenance, "hash"), 0, text_of(provenance, "program_version")};
    std::from_chars(seed.data(), seed.data() + seed.size(), identity.seed);
    return identity;
}

/// Why two runs are not one; empty when they are.
std::string difference(const RunIdentity& theirs, const RunIdentity& ours) {
    if (theirs.hash != ours.hash) return "is of another scenario or other data";
    if (theirs.seed != ours.seed) return fmt::format("is of seed {}; this run has seed {}", theirs.seed, ours.seed);
    if (theirs.version != ours.version) return fmt::format("is of Segue {}; this is {}", theirs.version, ours.version);
    return {};
}

std::vector<fs::path> entries(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> paths;
    fs::directory_iterator entry{folder, error};
    while (!error && entry != fs::directory_iterator{}) {
        paths.push_back(entry->path());
        entry.increment(error);
    }
    if (error) throw IoError{folder.string(), "cannot read the folder: " + error.message()};
    std::sort(paths.begin(), paths.end());
    return paths;
}

bool is_part(const fs::path& path) {
    const std::string name = path.filename().string();
    return name.starts_with(part_prefix) && name.ends_with(part_suffix);
}

std::vector<std::string> parts_in(const std::string& folder) {
    std::vector<std::string> parts;
    for (const fs::path& path : entries(folder)) {
        if (is_part(path)) parts.push_back(path.string());
    }
    return parts;
}

void remove_file(const fs::path& path) {
    std::error_code error;
    fs::remove(path, error);
    if (error) throw IoError{path.string(), "cannot remove: " + error.message()};
}

/// What a killed run was writing when it died.
void remove_working_files(const fs::path& folder, const std::string& of) {
    for (const fs::path& path : entries(folder)) {
        if (is_working_name(path.filename().string(), of)) remove_file(path);
    }
}

std::string parent_of(const std::string& path) {
    const fs::path parent = fs::path{path}.parent_path();
    return parent.empty() ? "." : parent.string();
}

void make_folder(const std::string& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) throw IoError{folder, "cannot make the folder: " + error.message()};
}

/// HDF5 files begin with eight bytes of their own. Only such a file may be replaced, whoever asks.
bool is_hdf5(const std::string& path) {
    constexpr std::string_view signature{"\x89HDF\r\n\x1a\n", 8};
    std::array<char, 8> begin{};
    std::ifstream stream{path, std::ios::binary};
    stream.read(begin.data(), begin.size());
    return stream && std::string_view{begin.data(), begin.size()} == signature;
}

}  // namespace

/// One run at a time in a folder. Goes with the process, however that ends.
class Parts::Lock {
public:
    explicit Lock(const std::string& folder) : path_{folder + "/" + lock_name} {
        // A run that was killed lets go within a moment, when the child that read a file for it has gone too.
        constexpr int tries = 40;
        constexpr std::chrono::milliseconds pause{50};
        for (int i = 0; i < tries; ++i) {
            if (take(folder)) return;
            std::this_thread::sleep_for(pause);
        }
        throw IoError{folder, "another run is writing these results"};
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock() {
        if (file_ >= 0) ::close(file_);
    }

private:
    bool take(const std::string& folder) {
        make_folder(folder);
        file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (file_ < 0 && errno != ENOENT) throw IoError{folder, "cannot write in the folder: " + system_says(errno)};
        if (file_ >= 0 && is_mine()) return true;
        if (file_ >= 0) ::close(std::exchange(file_, -1));
        return false;
    }

    /// Locked, and still the file of that name: the run before may have removed it, folder and all, on its way out.
    bool is_mine() {
        const bool locked = ::flock(file_, LOCK_EX | LOCK_NB) == 0;
        // Some shared file systems know no locks. Parts have names of their own, so that two runs do no harm.
        if (!locked && errno != ENOLCK && errno != ENOTSUP && errno != ENOSYS) return false;
        struct stat opened {};
        struct stat named {};
        return ::fstat(file_, &opened) == 0 && ::stat(path_.c_str(), &named) == 0 && opened.st_ino == named.st_ino;
    }

    std::string path_;
    int file_{-1};
};

Parts::Parts(std::string path, RunIdentity identity, bool resume, bool force)
    : path_{std::move(path)}, folder_{path_ + ".parts"}, identity_{std::move(identity)} {
    // Whoever else writes here is done once the lock is ours: what they wrote is then in the way.
    lock_ = std::make_unique<Lock>(folder_);
    try {
        look_at_file(force);
        look_at_folder(resume, force);
        remove_working_files(parent_of(path_), fs::path{path_}.filename().string());
    } catch (...) {
        remove_folder();
        throw;
    }
}

Parts::~Parts() {
    try {
        remove_folder();
    } catch (const IoError&) {
        // Nothing is lost by a folder that stays.
        return;
    }
}

void Parts::look_at_file(bool force) {
    const fs::file_status status = fs::symlink_status(path_);
    if (!fs::exists(status)) return;
    if (!fs::is_regular_file(status) || !is_hdf5(path_)) refuse(path_, "is no results file", "-o names another file");
    try {
        const Results results = read(path_);
        finished_ = {identity_of(results.provenance), replicates_of(results), digest(results)};
    } catch (const IoError& error) {
        if (!force) refuse(path_, "stands in the way: " + std::string{error.what()}, "--force replaces it");
        return;
    }
    if (finished_->identity.hash != identity_.hash && !force) {
        refuse(path_, "holds results of another scenario", "--force replaces them; -o names another file");
    }
}

void Parts::look_at_folder(bool resume, bool force) {
    const std::vector<std::string> parts = parts_in(folder_);
    if (!parts.empty() && !resume && !force) {
        refuse(folder_,
               fmt::format("an unfinished run left {} part{} here", parts.size(), parts.size() == 1 ? "" : "s"),
               "--resume goes on from there, --force begins again");
    }
    for (const fs::path& path : entries(folder_)) {
        if (path.filename() != lock_name && (!is_part(path) || !resume)) remove_file(path);
    }
    if (!resume) return;
    for (const std::string& part : parts) take_up(part, force);
}

void Parts::take_up(const std::string& part, bool force) {
    std::optional<Results> results;
    try {
        results = read(part);
    } catch (const IoError& error) {
        set_aside_.emplace_back(error.what());
        fs::rename(part, part + ".damaged");
        return;
    }
    const std::string another = difference(identity_of(results->provenance), identity_);
    if (another.empty()) {
        keep({part, replicates_of(*results)});
    } else if (force) {
        remove_file(part);
    } else {
        refuse(part, another, "--force begins again without it");
    }
}

void Parts::keep(Part part) {
    const std::lock_guard guard{mutex_};
    for (const std::int64_t replicate : part.replicates) part_of_.emplace(replicate, part.path);
    parts_.push_back(std::move(part));
}

bool Parts::has(std::int64_t replicate) const {
    const std::lock_guard guard{mutex_};
    return part_of_.contains(replicate);
}

std::vector<std::int64_t> Parts::done() const {
    const std::lock_guard guard{mutex_};
    std::vector<std::int64_t> replicates;
    for (const auto& [replicate, part] : part_of_) replicates.push_back(replicate);
    return replicates;
}

const std::vector<std::string>& Parts::set_aside() const noexcept { return set_aside_; }

const std::optional<FinishedFile>& Parts::finished() const noexcept { return finished_; }

bool Parts::is_there(std::span<const std::int64_t> replicates) const {
    if (!finished_ || finished_->identity != identity_) return false;
    const std::set<std::int64_t> there{finished_->replicates.begin(), finished_->replicates.end()};
    return std::all_of(replicates.begin(), replicates.end(), [&](std::int64_t one) { return there.contains(one); });
}

void Parts::write(Results results) {
    static std::atomic<unsigned> attempts{0};
    const std::vector<std::int64_t> replicates = replicates_of(results);
    if (replicates.empty()) throw std::invalid_argument{"a part has at least one replicate"};
    identify(results);
    // Ordered by its first replicate; made by this process, at this attempt.
    std::string name;
    do {
        name =
            fmt::format("{}/{}{:08}-{}-{}{}", folder_, part_prefix,
                        *std::min_element(replicates.begin(), replicates.end()), ::getpid(), attempts++, part_suffix);
    } while (fs::exists(name));
    segue::write(results, name);
    keep({name, replicates});
}

void Parts::identify(Results& results) const {
    results.provenance.set("hash", identity_.hash);
    results.provenance.set("seed", fmt::to_string(identity_.seed));
    results.provenance.set("program_version", identity_.version);
}

std::vector<Results> Parts::pieces() const {
    const std::lock_guard guard{mutex_};
    std::vector<Results> pieces;
    for (const Part& part : parts_) {
        std::vector<std::int64_t> first_here;
        for (const std::int64_t replicate : part.replicates) {
            if (part_of_.at(replicate) == part.path) first_here.push_back(replicate);
        }
        if (first_here.empty()) continue;
        Results piece = read(part.path);
        const bool all = first_here.size() == part.replicates.size();
        pieces.push_back(all ? std::move(piece) : select(piece, first_here));
    }
    return pieces;
}

std::string Parts::finish(std::optional<Provenance> provenance) {
    Results merged = merge(pieces());
    if (provenance) merged.provenance = std::move(*provenance);
    lists_ = list_trends(merged);
    for (const WaitingList list : all<WaitingList>()) {
        if (lists_[list]) merged.provenance.set(fmt::format("lists/{}", name_of(list)), trend_text(lists_[list]));
    }
    return put_in_place(merged);
}

std::string Parts::finish_with(Results whole) {
    identify(whole);
    return put_in_place(whole);
}

std::string Parts::put_in_place(const Results& whole) {
    std::string digest = segue::write(whole, path_);
    for (const fs::path& path : entries(folder_)) {
        if (path.filename() != lock_name) remove_file(path);
    }
    remove_folder();
    sync_folder(parent_of(path_));
    return digest;
}

/// Lets go, and takes the folder away when nothing is kept in it. Another run may make it anew at any moment.
void Parts::remove_folder() {
    if (!lock_) return;
    std::error_code error;
    if (fs::exists(folder_, error) && parts_in(folder_).empty()) {
        for (const fs::path& path : entries(folder_)) remove_file(path);
        fs::remove(folder_, error);
    }
    lock_.reset();
}

}  // namespace segue::run
