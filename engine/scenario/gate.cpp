#include "engine/scenario/gate.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "engine/core/descriptor.hpp"

namespace segue {
namespace {

namespace fs = std::filesystem;

std::string kind_of(mode_t mode) {
    if (S_ISLNK(mode)) return "a symbolic link";
    if (S_ISDIR(mode)) return "a folder";
    if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
    if (S_ISFIFO(mode)) return "a pipe";
    return "a socket";
}

/// Everything up to one byte more than the limit: files of /proc say that they are empty and are not.
std::string read_up_to(const std::string& path, int descriptor, std::size_t most_bytes) {
    std::string bytes;
    std::string block(std::size_t{1} << 16U, '\0');
    while (bytes.size() <= most_bytes) {
        const ssize_t got = ::read(descriptor, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw IoError{path, std::strerror(errno)};
        if (got == 0) break;
        bytes.append(block.data(), static_cast<std::size_t>(got));
    }
    return bytes;
}

bool is_continuation(unsigned char byte) noexcept { return (byte & 0xC0U) == 0x80U; }

/// Bytes of the character at the front of `text`; 0 when it is not UTF-8 (overlong and surrogates included).
std::size_t character_bytes(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(static_cast<unsigned char>(text[i]))) return 0;
    }
    const unsigned second = byte(1);
    if (first == 0xE0 && second < 0xA0) return 0;
    if (first == 0xED && second > 0x9F) return 0;
    if (first == 0xF0 && second < 0x90) return 0;
    if (first == 0xF4 && second > 0x8F) return 0;
    return length;
}

/// Walks over TOML as far as strings and comments go, exactly as the parser does up to its first error.
class TomlScan {
public:
    TomlScan(const std::string& file, std::string_view text, Problems& problems)
        : file_{file}, text_{text}, problems_{problems} {}

    bool is_safe() {
        while (position_ < text_.size()) {
            if (!step()) return false;
        }
        return true;
    }

private:
    [[nodiscard]] bool sees(std::string_view token) const { return text_.substr(position_).starts_with(token); }

    Place here() const {
        const auto line = std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(position_), '\n');
        const std::size_t start = text_.rfind('\n', position_ == 0 ? 0 : position_ - 1);
        const bool first_line = line == 0;
        const std::size_t from = first_line ? 0 : start + 1;
        return {file_, static_cast<int>(line) + 1, characters(text_.substr(from, position_ - from)) + 1};
    }

    bool refuse(std::string what, std::string expected) {
        problems_.add(here(), std::move(what)).expected(std::move(expected));
        return false;
    }

    bool step() {
        const char c = text_[position_];
        if (static_cast<unsigned char>(c) >= 0x80) {
            return refuse("there is a letter beyond ASCII outside quotes", "quotes round such a name or text");
        }
        if (c == '#') return skip_comment();
        if (c == '"' || c == '\'') {
            // The parser takes such a quote for a letter of the word, and what follows it for no text.
            if (is_within_word()) return refuse("a quote stands within a word", "quotes round the whole of it");
            return skip_string(c);
        }
        if (c == '.' && ++dots_ >= most_key_parts) {
            return refuse("a key has too many parts", fmt::format("at most {}", most_key_parts));
        }
        if (c == '\n' || c == '=' || c == ',' || c == '[' || c == ']' || c == '{' || c == '}') dots_ = 0;
        if ((c == '[' || c == '{') && ++nested_ > most_nested_brackets) {
            return refuse("brackets are nested too deep", fmt::format("at most {}", most_nested_brackets));
        }
        if ((c == ']' || c == '}') && nested_ > 0) --nested_;
        ++position_;
        return true;
    }

    /// Whether the quote here follows something other than a mark that a text may follow. After a dot it begins a part of
    /// a key, but not of a number.
    [[nodiscard]] bool is_within_word() const {
        const std::string_view before = text_.substr(0, position_);
        const std::string_view word = before.substr(before.find_last_of(" \t\r\n=,[{") + 1);  // npos + 1 is the start
        if (word.empty()) return false;
        return !word.ends_with('.') || std::string_view{"+-0123456789"}.find(word.front()) != std::string_view::npos;
    }

    bool skip_comment() {
        position_ = std::min(text_.find('\n', position_), text_.size());
        return true;
    }

    bool skip_string(char quote) {
        const std::string three(3, quote);
        if (sees(three)) {
            position_ += 3;
            return skip_long_string(quote, three);
        }
        ++position_;
        return skip_short_string(quote);
    }

    bool skip_short_string(char quote) {
        while (position_ < text_.size()) {
            const char c = text_[position_];
            if (c == '\n') return refuse("a text does not end on its line", fmt::format("a closing {}", quote));
            if (c == '\\' && quote == '"') {
                if (!skip_escape()) return false;
                continue;
            }
            ++position_;
            if (c == quote) return true;
        }
        return refuse("a text does not end", fmt::format("a closing {}", quote));
    }

    bool skip_long_string(char quote, const std::string& three) {
        while (position_ < text_.size()) {
            if (sees(three)) {
                // Up to two quotes may stand before the closing three.
                std::size_t run = 3;
                while (run < 5 && position_ + run < text_.size() && text_[position_ + run] == quote) ++run;
                position_ += run;
                return true;
            }
            if (text_[position_] == '\\' && quote == '"') {
                if (!skip_escape()) return false;
                continue;
            }
            ++position_;
        }
        return refuse("a text does not end", fmt::format("a closing {}", three));
    }

    /// A backslash, what it escapes, and the blanks that a line-ending one swallows.
    bool skip_escape() {
        ++position_;
        if (position_ >= text_.size()) return true;
        const bool ends_line = std::string_view{" \t\r\n"}.find(text_[position_]) != std::string_view::npos;
        if (ends_line) {
            position_ = std::min(text_.find_first_not_of(" \t\r\n", position_), text_.size());
        }
        if (position_ < text_.size() && static_cast<unsigned char>(text_[position_]) >= 0x80) {
            return refuse("a letter beyond ASCII follows a backslash", "another first letter after it");
        }
        if (!ends_line) ++position_;
        return true;
    }

    const std::string& file_;
    std::string_view text_;
    Problems& problems_;
    std::size_t position_{0};
    int dots_{0};
    int nested_{0};
};

/// Where a path leads once links among its folders are followed; the last name is kept as it is.
fs::path real_place(const fs::path& path) {
    std::error_code error;
    const fs::path absolute = fs::absolute(path, error).lexically_normal();
    const fs::path folder = fs::weakly_canonical(absolute.parent_path(), error);
    return (error ? absolute.parent_path() : folder) / absolute.filename();
}

bool is_within(const fs::path& root, const fs::path& path) {
    const auto [root_end, unused] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
    return root_end == root.end();
}

}  // namespace

std::optional<std::string> read_regular_file(const std::string& path, std::size_t most_bytes, const Place& asked_at,
                                             const std::string& subject, Problems& problems) {
    const std::string start = subject.empty() ? "" : subject + " ";
    const auto refuse = [&](const std::string& what) {
        problems.add(asked_at, start + what).expected("a file");
        return std::nullopt;
    };
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) {
        return refuse(errno == ENOENT ? "does not exist" : fmt::format("cannot be opened ({})", std::strerror(errno)));
    }
    if (!S_ISREG(found.st_mode)) return refuse("is " + kind_of(found.st_mode));
    const Descriptor descriptor{::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)};
    if (descriptor.number() < 0) return refuse(fmt::format("cannot be opened ({})", std::strerror(errno)));
    // Asked again of the open file: between the two, the name may have been given to something else.
    if (::fstat(descriptor.number(), &found) != 0 || !S_ISREG(found.st_mode)) return refuse("is not a regular file");
    const auto too_large = [&] {
        problems
            .add(asked_at,
                 start + fmt::format("has {} bytes",
                                     std::max<long long>(found.st_size, static_cast<long long>(most_bytes) + 1)))
            .expected(fmt::format("at most {}", most_bytes));
        return std::nullopt;
    };
    if (found.st_size > static_cast<off_t>(most_bytes)) return too_large();
    std::string bytes = read_up_to(path, descriptor.number(), most_bytes);
    if (bytes.size() > most_bytes) return too_large();
    return bytes;
}

std::string scenarios_root(const std::string& loaded_file) {
    const fs::path folder = real_place(loaded_file).parent_path();
    std::error_code error;
    for (fs::path above = folder.parent_path(); above != above.root_path(); above = above.parent_path()) {
        if (fs::is_directory(above / "data", error)) return above.string();
    }
    return folder.parent_path().string();
}

std::optional<std::string> resolve_path(const std::string& root, const std::string& naming_file,
                                        const std::string& relative, const Place& asked_at, Problems& problems) {
    const auto refuse = [&](const std::string& what, const std::string& expected) {
        problems.add(asked_at, fmt::format("the path \"{}\" {}", relative, what)).expected(expected);
        return std::nullopt;
    };
    if (relative.empty() || std::any_of(relative.begin(), relative.end(), [](char c) { return c >= 0 && c < 0x20; })) {
        return refuse("is not a name of a file", "a path relative to this file");
    }
    if (relative.size() > 1000) return refuse("is too long", "a path relative to this file");
    const fs::path named{relative};
    if (named.is_absolute()) return refuse("is absolute", "a path relative to this file");
    const fs::path path = (fs::path{naming_file}.parent_path() / named).lexically_normal();
    if (!is_within(root, real_place(path))) {
        return refuse("leaves the scenarios' folder", fmt::format("a file under {}", root));
    }
    return path.string();
}

bool is_clean_text(const std::string& file, std::string_view bytes, std::size_t most_line_bytes, Problems& problems) {
    int line = 1;
    std::size_t line_start = 0;
    const auto here = [&](std::size_t position) {
        return Place{file, line, characters(bytes.substr(line_start, position - line_start)) + 1};
    };
    for (std::size_t position = 0; position < bytes.size();) {
        const auto byte = static_cast<unsigned char>(bytes[position]);
        if (position == line_start) {
            const std::size_t line_bytes = std::min(bytes.find('\n', position), bytes.size()) - position;
            if (line_bytes > most_line_bytes) {
                problems.add({file, line, 1}, fmt::format("the line has {} bytes", line_bytes))
                    .expected(fmt::format("at most {}", most_line_bytes));
                return false;
            }
        }
        const std::size_t length = character_bytes(bytes.substr(position));
        if (length == 0) {
            problems.add(here(position), fmt::format("byte 0x{:02X} is not UTF-8", byte)).expected("UTF-8 text");
            return false;
        }
        const bool line_end =
            byte == '\n' || (byte == '\r' && position + 1 < bytes.size() && bytes[position + 1] == '\n');
        if ((byte < 0x20 || byte == 0x7F) && byte != '\t' && !line_end) {
            problems.add(here(position), fmt::format("byte 0x{:02X} is a control character", byte)).expected("text");
            return false;
        }
        position += length;
        if (byte == '\n') {
            ++line;
            line_start = position;
        }
    }
    return true;
}

bool is_safe_toml(const std::string& file, std::string_view bytes, Problems& problems) {
    return TomlScan{file, bytes, problems}.is_safe();
}

std::string_view without_byte_order_mark(std::string_view bytes) noexcept {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    return bytes;
}

int characters(std::string_view bytes) noexcept {
    return static_cast<int>(std::count_if(bytes.begin(), bytes.end(),
                                          [](char c) { return !is_continuation(static_cast<unsigned char>(c)); }));
}

}  // namespace segue
