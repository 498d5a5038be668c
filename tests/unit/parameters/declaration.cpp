#include "engine/parameters/declaration.hpp"

#include <gtest/gtest.h>

namespace segue {
namespace {

enum class Door : std::uint8_t { telephone, online, count_ };
constexpr auto names(Door) { return std::array<std::string_view, 2>{"telephone", "online"}; }

struct DoorParameters {
    Minutes call{3.5};
    int lines{4};
    bool open_on_saturday{false};
    Door door{Door::online};
    Date since{2026, 4, 1};
    std::vector<std::string> channels{"telephone"};
    static constexpr std::string_view prefix = "door";
    static auto declarations() {
        using Self = DoorParameters;
        const Source assumed{"assumption; no study found"};
        return std::tuple{parameter(&Self::call, "call_minutes", "Time one call takes", Range{1, 30},
                                    Uncertain::triangular(2, 3.5, 6), assumed, Certainty::C, Kind::evidence),
                          parameter(&Self::lines, "lines", "Calls at once", Range{1, 100}, Uncertain::known(), assumed,
                                    Certainty::C, Kind::policy),
                          parameter(&Self::open_on_saturday, "open_on_saturday", "Whether calls are taken on Saturdays",
                                    Range{0, 1}, Uncertain::known(), assumed, Certainty::C, Kind::policy),
                          parameter(&Self::door, "door", "How requests come", Range{0, 0}, Uncertain::known(), assumed,
                                    Certainty::C, Kind::policy),
                          parameter(&Self::since, "since", "First day", Range{0, 0}, Uncertain::known(), assumed,
                                    Certainty::C, Kind::policy),
                          parameter(&Self::channels, "channels", "Channels that are open",
                                    std::vector<std::string>{"telephone", "online"}, Uncertain::known(), assumed,
                                    Certainty::C, Kind::policy)};
    }
};

TEST(Declaration, CarriesKeyUnitRangeDefaultDoubtSourceAndKind) {
    const auto rows = declarations_of<DoorParameters>();
    ASSERT_EQ(rows.size(), 6U);
    const Declaration& call = rows[0];
    EXPECT_EQ(call.key, "door.call_minutes");
    EXPECT_EQ(call.form, Form::span);
    EXPECT_EQ(call.unit, "min");
    EXPECT_EQ(call.range.low, 1);
    EXPECT_EQ(call.range.high, 30);
    EXPECT_EQ(std::get<double>(call.default_value), 3.5);
    EXPECT_EQ(call.meaning, "Time one call takes");
    EXPECT_EQ(to_string(call.doubt), "triangular 2, 3.5, 6");
    EXPECT_EQ(call.source, "assumption; no study found");
    EXPECT_EQ(call.certainty, Certainty::C);
    EXPECT_EQ(call.kind, Kind::evidence);
}

TEST(Declaration, TakesItsFormFromTheMemberThatItFills) {
    const auto rows = declarations_of<DoorParameters>();
    EXPECT_EQ(rows[1].form, Form::integer);
    EXPECT_EQ(rows[2].form, Form::boolean);
    EXPECT_EQ(rows[3].form, Form::choice);
    EXPECT_EQ(rows[4].form, Form::date);
    EXPECT_EQ(rows[5].form, Form::texts);
}

TEST(Declaration, OffersTheWordsOfAChoice) {
    const auto rows = declarations_of<DoorParameters>();
    EXPECT_EQ(rows[3].choices, (std::vector<std::string>{"telephone", "online"}));
    EXPECT_EQ(rows[5].choices, (std::vector<std::string>{"telephone", "online"}));
    EXPECT_TRUE(rows[0].choices.empty());
}

template <class T>
void expect_unchanged(const T& value) {
    EXPECT_EQ(Convert<T>::from(Convert<T>::value(value)), value);
}

TEST(Convert, GivesBackWhatItWasGiven) {
    expect_unchanged(2.5);
    expect_unchanged(true);
    expect_unchanged(-7);
    expect_unchanged(std::uint8_t{200});
    expect_unchanged(Minutes{12.5});
    expect_unchanged(Pounds{0.1});
    expect_unchanged(std::string{"a b"});
    expect_unchanged(Date{2024, 2, 29});
    expect_unchanged(std::vector<double>{1, 2.5});
    expect_unchanged(std::vector<std::string>{"a", ""});
    expect_unchanged(Door::telephone);
}

TEST(Convert, TellsASpanOfTimeFromARateAndAnAmount) {
    EXPECT_EQ(Convert<Days>::form, Form::span);
    EXPECT_EQ(Convert<Years>::form, Form::span);
    EXPECT_EQ(Convert<PerYear>::form, Form::number);
    EXPECT_EQ(Convert<PerYear>::unit, "1/a");
    EXPECT_EQ(Convert<Pounds>::unit, "GBP");
}

TEST(Value, IsWrittenAsTomlSpellsIt) {
    EXPECT_EQ(to_string(Value{true}), "true");
    EXPECT_EQ(to_string(Value{std::int64_t{40'000}}), "40000");
    EXPECT_EQ(to_string(Value{9.0}), "9.0") << "a number keeps its point, or it would read back as a count";
    EXPECT_EQ(to_string(Value{0.1}), "0.1");
    EXPECT_EQ(to_string(Value{1e300}), "1e+300");
    EXPECT_EQ(to_string(Value{Date{2026, 4, 1}}), "2026-04-01");
    EXPECT_EQ(to_string(Value{std::string{"a \"b\"\\\n"}}), "\"a \\\"b\\\"\\\\\\u000a\"");
    EXPECT_EQ(to_string(Value{std::vector<double>{1, 0.5}}), "[1.0, 0.5]");
    EXPECT_EQ(to_string(Value{std::vector<std::string>{"a", "b"}}), "[\"a\", \"b\"]");
    EXPECT_EQ(to_string(Value{std::vector<double>{}}), "[]");
}

TEST(Value, ReadsBackToTheSameBits) {
    for (const double number : {0.1, 1.0 / 3, 2.5e-9, 123456789.125, -7.0}) {
        EXPECT_EQ(std::stod(to_string(Value{number})), number);
    }
}

TEST(Uncertain, SaysItsShapeInWords) {
    EXPECT_EQ(to_string(Uncertain::known()), "none stated");
    EXPECT_EQ(to_string(Uncertain::uniform(0.5, 2)), "uniform 0.5 to 2");
}

}  // namespace
}  // namespace segue
