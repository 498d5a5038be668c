#include "engine/population/person_file.hpp"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>
#include <boost/iostreams/copy.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>

#include "tests/unit/population/made_people.hpp"

namespace segue {
namespace {

const PersonFileTerms terms{{"north", "south"}, {"old", "ill", "well"}, to_day({2026, 4, 1})};
constexpr const char* whole =
    "id,birth_date,sex,deprivation,practice,household,residence,frailty,conditions,segment\n"
    "a1,1950-02-28,female,1,south,h2,own_home,mild,diabetes;copd,old\n"
    "b2,1990-12-01,male,5,,h1,,,,\n"
    "c3,2020-05-05,female,3,north,h1,,,\"\",well\n";

PersonFile parse(std::string_view text) {
    Problems problems;
    auto file = parse_person_file("people.csv", text, terms, problems);
    problems.raise_if_any();
    return file;
}

std::vector<Problem> problems_of(std::string_view text) {
    Problems problems;
    static_cast<void>(parse_person_file("people.csv", text, terms, problems));
    return problems.all();
}

const KnownPerson& person(const PersonFile& file, std::string_view id) {
    return *std::find_if(file.people.begin(), file.people.end(),
                         [&](const auto& one) { return one.key == person_file_key(id); });
}

std::string gzipped(const std::string& text) {
    std::istringstream plain{text};
    std::ostringstream packed;
    boost::iostreams::filtering_istream stream;
    stream.push(boost::iostreams::gzip_compressor{});
    stream.push(plain);
    boost::iostreams::copy(stream, packed);
    return packed.str();
}

TEST(PersonFile, IsReadColumnByColumn) {
    const PersonFile file = parse(whole);
    ASSERT_EQ(file.people.size(), 3U);
    const KnownPerson& first = person(file, "a1");
    EXPECT_EQ(first.birth, to_day({1950, 2, 28}));
    EXPECT_EQ(first.sex, Sex::female);
    EXPECT_EQ(first.quintile, 1);
    EXPECT_EQ(first.practice, 1);
    EXPECT_EQ(first.frailty, Frailty::mild);
    EXPECT_TRUE(first.conditions->has(Condition::copd));
    EXPECT_EQ(first.conditions->count(), 2);
    EXPECT_EQ(first.segment, 0);
    const KnownPerson& second = person(file, "b2");
    EXPECT_FALSE(second.practice || second.frailty || second.conditions || second.segment || second.residence);
    EXPECT_EQ(second.household, person(file, "c3").household);
    EXPECT_NE(second.household, first.household);
    EXPECT_EQ(file.name, "people.csv");
    EXPECT_EQ(file.sha256.size(), 64U);
}

TEST(PersonFile, IsReadGzippedAndWithForeignLineEnds) {
    const PersonFile plain = parse(whole);
    const PersonFile packed = parse(gzipped(whole));
    std::string windows = "\xEF\xBB\xBF";
    for (const char* c = whole; *c != '\0'; ++c) windows += *c == '\n' ? std::string{"\r\n"} : std::string{*c};
    for (const PersonFile& other : {packed, parse(windows)}) {
        ASSERT_EQ(other.people.size(), plain.people.size());
        for (std::size_t i = 0; i < plain.people.size(); ++i) {
            EXPECT_EQ(other.people[i].key, plain.people[i].key);
            EXPECT_EQ(other.people[i].birth, plain.people[i].birth);
        }
    }
    EXPECT_NE(packed.sha256, plain.sha256);
}

TEST(PersonFile, GivesTheSamePeopleInAnyOrderOfRows) {
    std::string header = std::string{whole}.substr(0, std::string{whole}.find('\n') + 1);
    const PersonFile other = parse(header +
                                   "c3,2020-05-05,female,3,north,h1,,,,well\n"
                                   "b2,1990-12-01,male,5,,h1,,,,\n"
                                   "a1,1950-02-28,female,1,south,h2,own_home,mild,copd;diabetes,old\n");
    const PersonFile file = parse(whole);
    const Synthesis synthesis{test::shipped_laws()};
    for (std::size_t i = 0; i < 3; ++i) {
        const Person a = synthesis.known(Twin{1, 0}, file.people[i], terms.start);
        const Person b = synthesis.known(Twin{1, 0}, other.people[i], terms.start);
        EXPECT_EQ(a.key, b.key);
        EXPECT_EQ(a.household, b.household);
        EXPECT_EQ(a.conditions, b.conditions);
        EXPECT_EQ(a.traits, b.traits);
        EXPECT_EQ(a.health_bin, b.health_bin);
    }
}

TEST(PersonFile, SaysWhereItIsWrong) {
    struct Case {
        const char* text;
        int line;
        int column;
        const char* says;
    };
    for (const Case& one : {
             Case{"id,birth_date,sex\nx,1950-01-01,male\n", 1, 1, "no column deprivation"},
             Case{"id,birth_date,sex,deprivation,shoe\nx,1950-01-01,male,1,4\n", 1, 31,
                  "column 5 of the header is unknown"},
             Case{"id,birth_date,sex,deprivation,id\nx,1950-01-01,male,1,x\n", 1, 31, "twice"},
             Case{"id,birth_date,sex,deprivation\nx,2026-04-02,male,1\n", 2, 3, "birth_date"},
             Case{"id,birth_date,sex,deprivation\nx,1850-04-02,male,1\n", 2, 3, "birth_date"},
             Case{"id,birth_date,sex,deprivation\nx,1950-02-30,male,1\n", 2, 3, "birth_date"},
             Case{"id,birth_date,sex,deprivation\nx,1950-02-03,man,1\n", 2, 14, "sex"},
             Case{"id,birth_date,sex,deprivation\nx,1950-02-03,male,poor\n", 2, 19, "deprivation"},
             Case{"id,birth_date,sex,deprivation\nx,1950-02-03,male,\n", 2, 19, "deprivation is empty"},
             Case{"id,birth_date,sex,deprivation\nx,1950-02-03,male,1\nx,1951-02-03,male,1\n", 3, 1, "line 2 already"},
             Case{"id,birth_date,sex,deprivation\nx,1950-02-03,male\n", 2, 1, "3 cells"},
             Case{"id,birth_date,sex,deprivation\nx,\"1950-02-03,male,1\n", 2, 1, "quote"},
             Case{"id,birth_date,sex,deprivation,conditions\nx,1950-02-03,male,1,gout\n", 2, 21, "conditions"},
             Case{"id,birth_date,sex,deprivation,practice\nx,1950-02-03,male,1,west\n", 2, 21, "practice"},
             Case{"", 1, 1, "no header"},
             Case{"id,birth_date,sex,deprivation\n", 0, 0, "nobody"},
         }) {
        const auto found = problems_of(one.text);
        ASSERT_EQ(found.size(), 1U) << one.text;
        EXPECT_EQ(found[0].place.line, one.line) << one.text;
        EXPECT_EQ(found[0].place.column, one.column) << one.text;
        EXPECT_NE(found[0].what.find(one.says), std::string::npos) << found[0].what;
    }
}

TEST(PersonFile, NeverShowsWhatStandsInIt) {
    const std::string secret = "zebedee";
    for (const std::string& text : {
             secret + "," + secret + ",3\n" + secret + ",1950-01-01,male\n",
             "id,birth_date,sex,deprivation\n" + secret + "," + secret + "," + secret + "," + secret + "\n",
             "id,birth_date,sex,deprivation\n" + secret + ",1950-01-01,male,1\n" + secret + ",1950-01-01,male,1\n",
             "id,birth_date,sex,deprivation,practice,residence,conditions,segment\nx,1950-01-01,male,1," + secret +
                 "," + secret + "," + secret + "," + secret + "\n",
             "id,birth_date,sex,deprivation\n\"" + secret + ",1950-01-01,male,1\n",
         }) {
        const auto found = problems_of(text);
        EXPECT_FALSE(found.empty());
        for (const Problem& problem : found)
            EXPECT_EQ(to_string(problem).find(secret), std::string::npos) << to_string(problem);
    }
}

TEST(PersonFile, RefusesDamageAndExcess) {
    const std::string packed = gzipped(whole);
    ASSERT_EQ(problems_of(packed.substr(0, packed.size() / 2)).size(), 1U);
    std::string flipped = packed;
    flipped[packed.size() / 2] = static_cast<char>(flipped[packed.size() / 2] ^ 0x55);
    EXPECT_FALSE(problems_of(flipped).empty());
    for (std::size_t bytes = 2; bytes < packed.size(); ++bytes)
        EXPECT_FALSE(problems_of(packed.substr(0, bytes)).empty()) << bytes;
    EXPECT_EQ(problems_of(gzipped("")).size(), 1U);
    const auto long_line = problems_of("id,birth_date,sex,deprivation\n" + std::string(10'000, 'x') + "\n");
    ASSERT_FALSE(long_line.empty());
    EXPECT_NE(long_line[0].what.find("too long"), std::string::npos);
    std::string many = "id,birth_date,sex,deprivation\n";
    for (int i = 0; i < 10'000; ++i) many += "x,y,z,w\n";
    EXPECT_LE(problems_of(many).size(), 51U);
}

TEST(PersonFile, KeysAreHashesOfIds) {
    // SHA-256 of "segue person\na1", first 16 hexadecimal digits.
    EXPECT_EQ(person_file_key("a1"), PersonKey{0x3307bf35fa0c3059U});
    EXPECT_NE(person_file_key("a1"), person_file_key("a2"));
}

}  // namespace
}  // namespace segue
