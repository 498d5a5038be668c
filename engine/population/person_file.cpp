#include "engine/population/person_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <span>

#include <fmt/format.h>
#include <boost/iostreams/device/array.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>
#include <boost/iostreams/stream.hpp>

#include "engine/core/sha256.hpp"
#include "engine/scenario/gate.hpp"

namespace segue {
namespace {

constexpr std::size_t longest_line = 4096;
constexpr std::size_t longest_id = 128;
constexpr std::size_t most_problems = 50;
constexpr std::size_t most_people = 10'000'000;
constexpr int oldest_years = 125;

enum class Column : std::uint8_t {
    id,
    birth_date,
    sex,
    deprivation,
    practice,
    household,
    residence,
    frailty,
    conditions,
    segment,
    count_
};
constexpr auto names(Column) {
    return std::array<std::string_view, 10>{"id",        "birth_date", "sex",     "deprivation", "practice",
                                            "household", "residence",  "frailty", "conditions",  "segment"};
}
constexpr std::size_t required_columns = 4;

std::string sha256(std::string_view bytes) {
    Sha256 sum;
    sum.bytes(std::as_bytes(std::span{bytes}));
    return sum.hex();
}

bool is_gzip(std::string_view bytes) { return bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b'; }

/// Reader of one line at a time, whose length is limited before it is kept.
class Lines {
public:
    explicit Lines(std::istream& stream) : stream_{stream} {}
    enum class Found { line, too_long, end };
    Found next(std::string& line) {
        line.clear();
        ++number_;
        std::streambuf* buffer = stream_.rdbuf();
        bool any = false;
        for (int c = buffer->sbumpc(); c != std::char_traits<char>::eof(); c = buffer->sbumpc()) {
            any = true;
            if (c == '\n') break;
            if (line.size() <= longest_line) line += static_cast<char>(c);
        }
        if (!any) return Found::end;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        return line.size() > longest_line ? Found::too_long : Found::line;
    }
    [[nodiscard]] int number() const noexcept { return number_; }

private:
    std::istream& stream_;
    int number_{0};
};

struct Cell {
    std::string text;
    int at;  ///< where it begins in its line, from 1
};

/// Cells of a line by RFC 4180; nothing when a quote is never closed or followed by more text.
std::optional<std::vector<Cell>> cells_of(const std::string& line) {
    std::vector<Cell> cells;
    std::size_t i = 0;
    while (true) {
        Cell cell{{}, static_cast<int>(i) + 1};
        if (i < line.size() && line[i] == '"') {
            ++i;
            while (i < line.size() && (line[i] != '"' || (i + 1 < line.size() && line[i + 1] == '"'))) {
                i += line[i] == '"' ? 1U : 0U;
                cell.text += line[i++];
            }
            if (i == line.size()) return std::nullopt;
            ++i;
            if (i < line.size() && line[i] != ',') return std::nullopt;
        } else {
            while (i < line.size() && line[i] != ',') cell.text += line[i++];
        }
        cells.push_back(std::move(cell));
        if (i >= line.size()) return cells;
        ++i;
    }
}

class Reader {
public:
    Reader(std::string path, const PersonFileTerms& terms, Problems& problems)
        : path_{std::move(path)}, terms_{terms}, problems_{problems} {}

    std::vector<KnownPerson> read(std::istream& stream) {
        Lines lines{stream};
        std::string line;
        Lines::Found found = lines.next(line);
        while (found == Lines::Found::line && line.rfind('#', 0) == 0) found = lines.next(line);
        if (found != Lines::Found::line || !read_header(line, lines.number())) {
            if (found != Lines::Found::line) refuse(lines.number(), 0, "has no header line", header_text());
            return {};
        }
        std::vector<KnownPerson> people;
        while ((found = lines.next(line)) != Lines::Found::end && !is_full()) {
            if (found == Lines::Found::too_long) {
                refuse(lines.number(), 0, "the line is too long", fmt::format("at most {} characters", longest_line));
            } else if (!line.empty()) {
                if (auto person = read_row(line, lines.number())) people.push_back(std::move(*person));
            }
            if (people.size() > most_people) {
                refuse(lines.number(), 0, "has too many people", fmt::format("at most {}", most_people));
                break;
            }
        }
        number_households(people);
        refuse_doubles(people);
        std::sort(people.begin(), people.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
        return people;
    }

private:
    static std::string header_text() {
        return "id, birth_date, sex, deprivation; and any of practice, household, residence, frailty, conditions, "
               "segment";
    }
    bool is_full() const { return refused_ > most_problems; }
    void refuse(int line, int at, std::string what, std::string expected) {
        if (++refused_ > most_problems) {
            if (refused_ == most_problems + 1) {
                problems_.add({path_, line, 1},
                              fmt::format("the person file has more than {} problems", most_problems));
            }
            return;
        }
        problems_.add({path_, line, std::max(at, 1)}, "person file: " + std::move(what)).expected(std::move(expected));
    }

    bool read_header(std::string line, int number) {
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (line.rfind(byte_order_mark, 0) == 0) line.erase(0, byte_order_mark.size());
        const auto cells = cells_of(line);
        if (!cells) {
            refuse(number, 0, "the header cannot be read: a quote is not closed", header_text());
            return false;
        }
        bool good = true;
        for (const Cell& cell : *cells) {
            const auto column = from_name<Column>(cell.text);
            // The text itself stays unsaid: without a header the first line is somebody.
            if (!column)
                refuse(number, cell.at, fmt::format("column {} of the header is unknown", columns_.size() + 1),
                       header_text());
            if (column && std::find(columns_.begin(), columns_.end(), *column) != columns_.end()) {
                refuse(number, cell.at, fmt::format("the column {} stands there twice", name_of(*column)), "each once");
                good = false;
            }
            good = good && column.has_value();
            columns_.push_back(column.value_or(Column::count_));
        }
        for (std::size_t i = 0; i < required_columns; ++i) {
            if (std::find(columns_.begin(), columns_.end(), static_cast<Column>(i)) != columns_.end()) continue;
            refuse(number, 0, fmt::format("there is no column {}", name_of(static_cast<Column>(i))), header_text());
            good = false;
        }
        return good;
    }

    std::optional<KnownPerson> read_row(const std::string& line, int number) {
        const auto cells = cells_of(line);
        if (!cells) {
            refuse(number, 0, "a quote is not closed, or is followed by more", "cells by RFC 4180, one person a line");
            return std::nullopt;
        }
        if (cells->size() != columns_.size()) {
            refuse(number, 0, fmt::format("the row has {} cells", cells->size()),
                   fmt::format("{}, as the header", columns_.size()));
            return std::nullopt;
        }
        const std::size_t refused_before = refused_;
        KnownPerson person;
        for (std::size_t i = 0; i < cells->size(); ++i) {
            const Cell& cell = (*cells)[i];
            const bool is_required = index(columns_[i]) < required_columns;
            if (cell.text.empty()) {
                if (is_required) refuse(number, cell.at, fmt::format("{} is empty", name_of(columns_[i])), "a value");
                continue;
            }
            const std::string expected = read_cell(columns_[i], cell.text, person);
            if (!expected.empty())
                refuse(number, cell.at, fmt::format("{} cannot be read", name_of(columns_[i])), expected);
        }
        if (refused_ != refused_before) return std::nullopt;
        lines_.push_back(number);
        return person;
    }

    /// Empty when the cell was understood; otherwise what was expected.
    std::string read_cell(Column column, const std::string& text, KnownPerson& person) {
        switch (column) {
            case Column::id: return read_id(text, person);
            case Column::birth_date: return read_birth(text, person);
            case Column::sex: return read_word<Sex>(text, [&](Sex sex) { person.sex = sex; });
            case Column::deprivation: return read_quintile(text, person);
            case Column::practice:
                return read_name(text, terms_.practices, "practice",
                                 [&](std::uint8_t place) { person.practice = place; });
            case Column::household:
                homes_.emplace(text, 0);
                home_of_.push_back({lines_.size(), text});
                return {};
            case Column::residence: return read_word<Residence>(text, [&](Residence home) { person.residence = home; });
            case Column::frailty: return read_word<Frailty>(text, [&](Frailty frailty) { person.frailty = frailty; });
            case Column::conditions: return read_conditions(text, person);
            default:
                return read_name(text, terms_.segments, "segment", [&](std::uint8_t place) { person.segment = place; });
        }
    }
    std::string read_id(const std::string& text, KnownPerson& person) {
        if (text.size() > longest_id) return fmt::format("at most {} characters", longest_id);
        person.key = person_file_key(text);
        return {};
    }
    std::string read_birth(const std::string& text, KnownPerson& person) {
        const auto date = parse_date(text);
        if (!date) return "a date such as 1958-03-21";
        person.birth = to_day(*date);
        if (person.birth > terms_.start)
            return fmt::format("a day not after the start, {}", to_string(to_date(terms_.start)));
        if (age_years(person.birth, terms_.start) > oldest_years)
            return fmt::format("at most {} years before the start", oldest_years);
        return {};
    }
    std::string read_quintile(const std::string& text, KnownPerson& person) {
        if (text.size() != 1 || text[0] < '1' || text[0] > '5') return "1 (most deprived) to 5";
        person.quintile = text[0] - '0';
        return {};
    }
    std::string read_conditions(std::string_view text, KnownPerson& person) {
        ConditionSet conditions;
        while (!text.empty()) {
            const std::size_t end = std::min(text.find(';'), text.size());
            std::string_view word = text.substr(0, end);
            while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
            const auto condition = from_name<Condition>(word);
            if (!condition)
                return fmt::format("names separated by ; from {}", fmt::join(segue::names(Condition{}), ", "));
            conditions.add(*condition);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        person.conditions = conditions;
        return {};
    }
    template <class E, class Set>
    std::string read_word(std::string_view text, Set set) {
        const auto word = from_name<E>(text);
        if (!word) return fmt::format("one of {}", fmt::join(segue::names(E{}), ", "));
        set(*word);
        return {};
    }
    template <class Set>
    std::string read_name(const std::string& text, const std::vector<std::string>& known, std::string_view what,
                          Set set) {
        const auto found = std::find(known.begin(), known.end(), text);
        if (found == known.end())
            return fmt::format("the name of a {} of the scenario: {}", what, fmt::join(known, ", "));
        set(static_cast<std::uint8_t>(found - known.begin()));
        return {};
    }

    /// Numbers homes by the order of their names, whatever the order of rows.
    void number_households(std::vector<KnownPerson>& people) {
        std::uint32_t next = 0;
        for (auto& [name, number] : homes_) number = next++;
        for (const auto& [person, name] : home_of_) {
            if (person < people.size()) people[person].household = homes_[name];
        }
    }
    void refuse_doubles(const std::vector<KnownPerson>& people) {
        std::map<PersonKey, int> line_of;
        for (std::size_t i = 0; i < people.size(); ++i) {
            const auto [first, is_new] = line_of.emplace(people[i].key, lines_[i]);
            if (!is_new)
                refuse(lines_[i], 0, fmt::format("the id stands in line {} already", first->second), "each id once");
        }
    }

    std::string path_;
    const PersonFileTerms& terms_;
    Problems& problems_;
    std::vector<Column> columns_;
    std::vector<int> lines_;  ///< of each person read
    std::map<std::string, std::uint32_t> homes_;
    std::vector<std::pair<std::size_t, std::string>> home_of_;
    std::size_t refused_{0};
};

/// Nothing, and a problem, where the bytes cannot be unpacked.
std::optional<std::string> decompressed(const std::string& path, std::string_view bytes, Problems& problems) {
    // A list of ten million people is smaller; a bomb is not unpacked further.
    constexpr std::streamsize most_bytes = std::streamsize{4} << 30U;
    std::string text;
    try {
        boost::iostreams::filtering_istream stream;
        stream.push(boost::iostreams::gzip_decompressor{});
        stream.push(boost::iostreams::array_source{bytes.data(), bytes.size()});
        std::array<char, 1U << 16U> block;
        while (stream.read(block.data(), block.size()), stream.gcount() > 0) {
            text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
            if (static_cast<std::streamsize>(text.size()) > most_bytes) {
                problems.add({path, 0, 0}, "the person file unpacks to too much").expected("at most 4 GiB");
                return std::nullopt;
            }
        }
        if (stream.bad()) throw std::ios_base::failure{"damaged"};
    } catch (const std::ios_base::failure&) {
        problems.add({path, 0, 0}, "the person file is damaged: it cannot be unpacked").expected("a whole gzip file");
        return std::nullopt;
    }
    return text;
}

}  // namespace

PersonKey person_file_key(std::string_view id) {
    const std::string digest = sha256(fmt::format("segue person\n{}", id));
    std::uint64_t key = 0;
    std::from_chars(digest.data(), digest.data() + 16, key, 16);
    return PersonKey{key};
}

PersonFile parse_person_file(const std::string& path, std::string_view bytes, const PersonFileTerms& terms,
                             Problems& problems) {
    PersonFile file;
    file.name = path.substr(path.find_last_of('/') + 1);
    file.size_bytes = bytes.size();
    file.sha256 = sha256(bytes);
    std::optional<std::string> text;
    if (is_gzip(bytes)) {
        text = decompressed(path, bytes, problems);
        if (!text) return file;
        bytes = *text;
    }
    boost::iostreams::stream<boost::iostreams::array_source> stream{bytes.data(), bytes.size()};
    file.people = Reader{path, terms, problems}.read(stream);
    if (file.people.empty() && !problems.has_errors()) {
        problems.add({path, 0, 0}, "the person file has nobody in it").expected("at least one row");
    }
    return file;
}

PersonFile read_person_file(const std::string& path, const PersonFileTerms& terms, const Place& asked_at,
                            Problems& problems) {
    const auto bytes =
        read_regular_file(path, most_person_file_bytes, asked_at, fmt::format("person file {}", path), problems);
    return bytes ? parse_person_file(path, *bytes, terms, problems) : PersonFile{};
}

}  // namespace segue
