#include "engine/results/durable.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "engine/core/descriptor.hpp"
#include "engine/core/errors.hpp"

namespace segue {
namespace {

constexpr const char* working_suffix = ".writing";

[[noreturn]] void fail(const std::string& path, const char* doing, int error) {
    throw IoError{path, fmt::format("cannot {}: {}", doing, std::generic_category().message(error))};
}

/// A working file that goes with its owner unless it was renamed.
class WorkingFile {
public:
    /// Two processes, even on two machines with one process number, never get one name: creating is exclusive.
    explicit WorkingFile(const std::string& path) : path_{path} {
        static std::atomic<unsigned> attempts{0};
        for (;;) {
            name_ = fmt::format("{}.{}-{}{}", path, ::getpid(), attempts++, working_suffix);
            number_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (number_ >= 0) return;
            if (errno != EEXIST) fail(path_, "write", errno);
        }
    }
    WorkingFile(const WorkingFile&) = delete;
    WorkingFile& operator=(const WorkingFile&) = delete;
    ~WorkingFile() {
        if (number_ >= 0) ::close(number_);
        if (!name_.empty()) ::unlink(name_.c_str());
    }

    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    void fill(std::span<const std::byte> bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::write(number_, bytes.data(), std::min(bytes.size(), std::size_t{1} << 26U));
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail(path_, "write", errno);
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        if (::fsync(number_) != 0) fail(path_, "write", errno);
        // Some file systems report a full disk only here.
        if (::close(std::exchange(number_, -1)) != 0) fail(path_, "write", errno);
    }

    void rename() {
        if (std::rename(name_.c_str(), path_.c_str()) != 0) fail(path_, "write", errno);
        name_.clear();
    }

private:
    std::string path_;
    std::string name_;
    int number_{-1};
};

std::size_t regular_size(int file, const std::string& path) {
    struct stat status {};
    if (::fstat(file, &status) != 0) fail(path, "read", errno);
    if (S_ISDIR(status.st_mode)) throw IoError{path, "is a folder, not a results file"};
    if (!S_ISREG(status.st_mode)) throw IoError{path, "is not a regular file"};
    return static_cast<std::size_t>(status.st_size);
}

}  // namespace

Bytes read_whole(const std::string& path) {
    // Without waiting: opening a pipe for reading would wait for its writer.
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (file.number() < 0) fail(path, "open", errno);
    Bytes bytes(regular_size(file.number(), path));
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t got = ::read(file.number(), bytes.data() + filled, bytes.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(path, "read", errno);
        if (got == 0) throw IoError{path, "became shorter while it was read"};
        filled += static_cast<std::size_t>(got);
    }
    return bytes;
}

void sync_folder(const std::string& folder) {
    const Descriptor opened{::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (opened.number() < 0) fail(folder, "open the folder", errno);
    // EINVAL and EBADF: this file system has no syncing of folders, and there is nothing more to ask of it.
    if (::fsync(opened.number()) != 0 && errno != EINVAL && errno != EBADF) fail(folder, "sync the folder", errno);
}

void write_durably(const std::string& path, std::span<const std::byte> bytes,
                   const std::function<void(std::span<const std::byte>)>& verify) {
    WorkingFile working{path};
    working.fill(bytes);
    const Bytes on_disk = read_whole(working.name());
    if (!std::equal(on_disk.begin(), on_disk.end(), bytes.begin(), bytes.end())) {
        throw IoError{path, "cannot write: the disk gave back other bytes than it was given"};
    }
    try {
        verify(on_disk);
    } catch (const std::runtime_error& error) {
        throw IoError{path, fmt::format("cannot write: what was read back {}", error.what())};
    }
    working.rename();
    sync_folder(std::filesystem::path{path}.parent_path().string());
}

void write_durably(const std::string& path, std::string_view text) {
    write_durably(path, std::as_bytes(std::span{text}), [](std::span<const std::byte>) {});
}

bool is_working_name(const std::string& name, const std::string& of) {
    return name.size() > of.size() + std::string_view{working_suffix}.size() && name.starts_with(of + ".") &&
           name.ends_with(working_suffix);
}

}  // namespace segue
