/// \file
/// Bytes that are on disk whole or not at all.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "engine/results/image.hpp"

namespace segue {

/// Every byte of a regular file. Throws an IoError when it cannot be read or is a folder, a pipe or a device; never waits.
[[nodiscard]] Bytes read_whole(const std::string& path);

/// Puts `bytes` at `path`: into a working file beside it, synced, read back, compared and shown to `verify` (which throws
/// when it is not content), then renamed, and the folder synced. Whatever was at `path` stays until the last moment. On
/// any failure the working file goes and an IoError says the path and what the system said.
void write_durably(const std::string& path, std::span<const std::byte> bytes,
                   const std::function<void(std::span<const std::byte>)>& verify);

/// The same for text, of which its bytes are all there is to verify.
void write_durably(const std::string& path, std::string_view text);

/// Syncs a folder, so that names made or taken away in it last.
void sync_folder(const std::string& folder);

/// Whether `name` is that of a working file which a killed process left beside the file called `of`.
[[nodiscard]] bool is_working_name(const std::string& name, const std::string& of);

}  // namespace segue
