#include "engine/run/shard_writer.hpp"

#include <utility>

#include "engine/results/merge.hpp"

namespace segue::run {

ShardWriter::ShardWriter(Parts& parts, std::chrono::milliseconds interval)
    : parts_{parts}, interval_{interval}, thread_{[this] { write_until_closed(); }} {}

ShardWriter::~ShardWriter() { end(); }

void ShardWriter::add(Results results) {
    const std::lock_guard guard{mutex_};
    if (error_) std::rethrow_exception(error_);
    waiting_.push_back(std::move(results));
    changed_.notify_one();
}

void ShardWriter::close() {
    end();
    if (error_) std::rethrow_exception(error_);
}

void ShardWriter::end() noexcept {
    {
        const std::lock_guard guard{mutex_};
        closing_ = true;
        changed_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

std::vector<Results> ShardWriter::next_batch() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
    return std::exchange(waiting_, {});
}

void ShardWriter::write_until_closed() {
    try {
        for (std::vector<Results> batch = next_batch(); !batch.empty(); batch = next_batch()) {
            parts_.write(merge(batch));
            std::unique_lock lock{mutex_};
            changed_.wait_for(lock, interval_, [this] { return closing_; });
        }
    } catch (...) {
        const std::lock_guard guard{mutex_};
        error_ = std::current_exception();
    }
}

}  // namespace segue::run
