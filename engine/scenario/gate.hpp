/// \file
/// What stands between the disk and the parsers: only regular files inside the scenarios' tree, of a sane size, in
/// valid UTF-8, with lines and keys that no parser minds.
///
///   In     paths as people or files gave them; bytes
///   Out    the file's bytes, or one problem that says what was found instead
///   Holds  nothing here reads more than its limit, follows a link, or waits on a pipe or device
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/errors.hpp"

namespace segue {

inline constexpr std::size_t most_toml_bytes = 1'000'000;
inline constexpr std::size_t most_table_bytes = 64'000'000;
inline constexpr std::size_t most_toml_line_bytes = 16'384;
inline constexpr std::size_t most_table_line_bytes = 65'536;
inline constexpr std::size_t most_column_name_bytes = 80;
inline constexpr int most_key_parts = 16;
inline constexpr int most_nested_brackets = 32;
inline constexpr std::size_t most_text_bytes = 2'000;  ///< of one value or name: its line fits when written out escaped

/// Reads a regular file whole. A problem is reported at `asked_at`, where the path was named, as `subject` with what
/// was found: subject is "" when the place itself is the file.
[[nodiscard]] std::optional<std::string> read_regular_file(const std::string& path, std::size_t most_bytes,
                                                           const Place& asked_at, const std::string& subject,
                                                           Problems& problems);

/// The folder that no path of a scenario may leave: the nearest folder above the loaded file's own that holds a
/// `data` folder; failing that, the one above the file's own.
[[nodiscard]] std::string scenarios_root(const std::string& loaded_file);

/// `relative` as written in `naming_file`, as a path to open. Refuses what is absolute or leaves `root`.
[[nodiscard]] std::optional<std::string> resolve_path(const std::string& root, const std::string& naming_file,
                                                      const std::string& relative, const Place& asked_at,
                                                      Problems& problems);

/// Whether the text is UTF-8 in lines of at most `most_line_bytes`, without control characters but tab and the ends
/// of lines. The first fault is a problem at its line and column.
[[nodiscard]] bool is_clean_text(const std::string& file, std::string_view bytes, std::size_t most_line_bytes,
                                 Problems& problems);

/// Whether the TOML parser can be trusted with this clean text: keys of few parts, brackets not nested without end,
/// and nothing beyond ASCII outside quotes and comments, which TOML forbids and toml++ 3.3 does not survive.
[[nodiscard]] bool is_safe_toml(const std::string& file, std::string_view bytes, Problems& problems);

/// The bytes without the mark that some editors put before UTF-8.
[[nodiscard]] std::string_view without_byte_order_mark(std::string_view bytes) noexcept;

/// Characters of UTF-8 in `bytes`: what columns count.
[[nodiscard]] int characters(std::string_view bytes) noexcept;

}  // namespace segue
