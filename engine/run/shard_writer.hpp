/// \file
/// Finished replicates on their way to disk: gathered, and written by one thread of their own, so that a thousand short
/// replicates do not become a thousand files.
#pragma once
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/run/parts.hpp"

namespace segue::run {

class ShardWriter {
public:
    /// Writes into `parts`, which must outlive it, at most once every `interval`.
    explicit ShardWriter(Parts& parts, std::chrono::milliseconds interval = std::chrono::seconds{2});
    ShardWriter(const ShardWriter&) = delete;
    ShardWriter& operator=(const ShardWriter&) = delete;
    ~ShardWriter();  ///< writes what is left, as close() does, but says nothing

    /// Takes over finished replicates. May be called from any thread. Throws what writing an earlier part threw.
    void add(Results results);

    /// Writes what is left and ends. Throws what writing threw; what was written before is kept.
    void close();

private:
    void write_until_closed();
    /// Waits for results to write; empty when there will be none.
    [[nodiscard]] std::vector<Results> next_batch();
    void end() noexcept;

    Parts& parts_;
    std::chrono::milliseconds interval_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Results> waiting_;
    std::exception_ptr error_;
    bool closing_{false};
    std::thread thread_;
};

}  // namespace segue::run
