#include "engine/population/rule_parser.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "engine/population/rules.hpp"

namespace segue {
namespace {

constexpr std::size_t longest_rule = 4096;
constexpr int deepest_nesting = 64;
constexpr std::size_t most_tests = 1000;

enum class Kind { word, text, number, symbol, end };
struct Token {
    Kind kind{Kind::end};
    std::string_view text;  ///< without quotes
    std::size_t at{0};      ///< offset of its first character
};

/// Where the parser gives up: one problem a rule, at the first thing that cannot be read.
struct Refused {};

class Parser {
public:
    Parser(std::string_view text, const Place& place, Problems& problems)
        : text_{text}, place_{place}, problems_{problems} {}

    Rule parse() {
        advance();
        if (token_.kind == Kind::end) return {};
        const std::uint16_t start = disjunction(Rule::yes, Rule::no, 0);
        if (token_.kind != Kind::end)
            refuse(token_.at, fmt::format("'{}' follows a complete rule", token_.text), "and, or, or the end");
        return {std::move(tests_), start};
    }

private:
    [[noreturn]] void refuse(std::size_t at, std::string what, std::string expected, const std::string& advice = {}) {
        Place place = place_;
        for (const char c : text_.substr(0, at)) {
            if (c == '\n') {
                ++place.line;
                place.column = 1;
            } else {
                ++place.column;
            }
        }
        auto entry = problems_.add(place, "the rule cannot be read: " + std::move(what));
        entry.expected(std::move(expected));
        if (!advice.empty()) entry.advice(fmt::format("did you mean '{}'?", advice));
        throw Refused{};
    }

    static bool is_word(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

    void take(Kind kind, std::size_t from, std::size_t to) {
        token_ = {kind, text_.substr(from, to - from), from};
        next_ = to;
    }
    void advance() {
        while (next_ < text_.size() && is_space(text_[next_])) ++next_;
        const std::size_t from = next_;
        if (from == text_.size()) return take(Kind::end, from, from);
        const char c = text_[from];
        if (c == '\'' || c == '"') {
            const std::size_t close = text_.find(c, from + 1);
            if (close == std::string_view::npos) refuse(from, "a quote is never closed", "a word in quotes");
            token_ = {Kind::text, text_.substr(from + 1, close - from - 1), from};
            next_ = close + 1;
            return;
        }
        std::size_t to = from + 1;
        if (is_digit(c)) {
            while (to < text_.size() && (is_digit(text_[to]) || text_[to] == '.')) ++to;
            return take(Kind::number, from, to);
        }
        if (is_word(c)) {
            while (to < text_.size() && is_word(text_[to])) ++to;
            return take(Kind::word, from, to);
        }
        if (to < text_.size() && text_[to] == '=' && (c == '<' || c == '>' || c == '=' || c == '!')) ++to;
        if (std::string_view{"<>=(),!"}.find(c) == std::string_view::npos) {
            refuse(from, "a character that means nothing here",
                   "names, numbers, words in quotes, comparisons, parentheses");
        }
        take(Kind::symbol, from, to);
    }
    bool is(std::string_view what) const {
        return (token_.kind == Kind::word || token_.kind == Kind::symbol) && token_.text == what;
    }
    bool accept(std::string_view what) {
        if (!is(what)) return false;
        advance();
        return true;
    }
    void require(std::string_view what) {
        if (!accept(what)) refuse(token_.at, shown(), fmt::format("'{}'", what));
    }
    std::string shown() const {
        return token_.kind == Kind::end ? "it ends too early" : fmt::format("'{}'", token_.text);
    }

    std::uint16_t add(const Rule::Test& test) {
        if (tests_.size() == most_tests)
            refuse(token_.at, "it asks too much", fmt::format("at most {} comparisons", most_tests));
        tests_.push_back(test);
        return static_cast<std::uint16_t>(tests_.size() - 1);
    }

    // Each part is told where to go when it holds and when not, and says where it starts. Where the rest of a chain
    // starts is known only after reading it, so a part is given a stand-in that is put right afterwards.
    static constexpr std::uint16_t first_stand_in = 0x8000;
    std::uint16_t stand_in() { return static_cast<std::uint16_t>(first_stand_in + stand_ins_++); }
    void put_right(std::uint16_t stand_in, std::uint16_t place, std::size_t from) {
        for (std::size_t i = from; i < tests_.size(); ++i) {
            if (tests_[i].if_true == stand_in) tests_[i].if_true = place;
            if (tests_[i].if_false == stand_in) tests_[i].if_false = place;
        }
    }
    /// A chain of parts joined by `word`; `and` goes on when a part holds, `or` when it does not.
    template <class Part>
    std::uint16_t chain(std::string_view word, bool on_true, std::uint16_t if_true, std::uint16_t if_false, Part part) {
        const std::size_t from = tests_.size();
        std::uint16_t rest = stand_in();
        std::uint16_t start = on_true ? part(rest, if_false) : part(if_true, rest);
        while (accept(word)) {
            const std::uint16_t further = stand_in();
            const std::uint16_t next = on_true ? part(further, if_false) : part(if_true, further);
            put_right(rest, next, from);
            if (start == rest) start = next;
            rest = further;
        }
        const std::uint16_t last = on_true ? if_true : if_false;
        put_right(rest, last, from);
        return start == rest ? last : start;
    }
    std::uint16_t disjunction(std::uint16_t if_true, std::uint16_t if_false, int depth) {
        if (depth > deepest_nesting)
            refuse(token_.at, "it is nested too deeply", fmt::format("at most {} levels", deepest_nesting));
        return chain("or", false, if_true, if_false,
                     [&](std::uint16_t yes, std::uint16_t no) { return conjunction(yes, no, depth); });
    }
    std::uint16_t conjunction(std::uint16_t if_true, std::uint16_t if_false, int depth) {
        return chain("and", true, if_true, if_false,
                     [&](std::uint16_t yes, std::uint16_t no) { return negation(yes, no, depth); });
    }
    std::uint16_t negation(std::uint16_t if_true, std::uint16_t if_false, int depth) {
        while (accept("not")) std::swap(if_true, if_false);
        if (accept("(")) {
            const std::uint16_t start = disjunction(if_true, if_false, depth + 1);
            require(")");
            return start;
        }
        return question(if_true, if_false);
    }
    std::uint16_t question(std::uint16_t if_true, std::uint16_t if_false) {
        if (token_.kind != Kind::word) refuse(token_.at, shown(), "the name of an attribute");
        const Token name = token_;
        advance();
        if (name.text == "true") return if_true;
        if (name.text == "false") return if_false;
        if (const auto condition = from_name<Condition>(name.text))
            return flag(name, Rule::Ask::condition, index(*condition), if_true, if_false);
        if (const auto trait = from_name<Trait>(name.text))
            return flag(name, Rule::Ask::trait, index(*trait), if_true, if_false);
        if (const auto state = from_name<Passing>(name.text))
            return flag(name, Rule::Ask::passing, index(*state), if_true, if_false);
        if (const auto number = from_name<RuleNumber>(name.text)) return comparison(*number, if_true, if_false);
        refuse(name.at, fmt::format("'{}' is no attribute of a person", name.text),
               "one of " + fmt::format("{}", fmt::join(rule_attributes(), ", ")),
               nearest(name.text, rule_attributes()));
    }
    std::uint16_t flag(const Token& name, Rule::Ask ask, std::size_t bit, std::uint16_t if_true,
                       std::uint16_t if_false) {
        if (token_.kind == Kind::symbol && token_.text != ")" && token_.text != "(") {
            refuse(token_.at, fmt::format("'{}' is compared, but is yes or no", name.text),
                   fmt::format("'{0}' or 'not {0}'", name.text));
        }
        Rule::Test test;
        test.ask = ask;
        test.attribute = static_cast<std::uint8_t>(bit);
        test.if_true = if_true;
        test.if_false = if_false;
        return add(test);
    }
    std::uint16_t comparison(RuleNumber attribute, std::uint16_t if_true, std::uint16_t if_false) {
        Rule::Test test;
        test.attribute = static_cast<std::uint8_t>(index(attribute));
        test.if_true = if_true;
        test.if_false = if_false;
        if (accept("not")) {
            std::swap(test.if_true, test.if_false);
            if (!is("in")) refuse(token_.at, shown(), "'in'");
        }
        if (accept("in")) {
            test.compare = Rule::Compare::in;
            list(attribute, test);
        } else {
            test.compare = comparator();
            test.value = value(attribute, test.compare);
        }
        return add(test);
    }
    Rule::Compare comparator() {
        constexpr std::array<std::string_view, 7> symbols{"=", "==", "!=", "<", "<=", ">", ">="};
        constexpr std::array<Rule::Compare, 7> meanings{
            Rule::Compare::equal,   Rule::Compare::equal, Rule::Compare::unequal, Rule::Compare::less,
            Rule::Compare::at_most, Rule::Compare::more,  Rule::Compare::at_least};
        for (std::size_t i = 0; i < symbols.size(); ++i) {
            if (accept(symbols[i])) return meanings[i];
        }
        refuse(token_.at, shown(), "a comparison: = != < <= > >= in, not in");
    }
    void list(RuleNumber attribute, Rule::Test& test) {
        require("(");
        do {
            const std::size_t at = token_.at;
            const std::int32_t found = value(attribute, Rule::Compare::in);
            if (found < 0 || found > 127) refuse(at, "a list holds whole numbers and words", "0 to 127");
            (found < 64 ? test.set : test.set_high) |= std::uint64_t{1} << (found % 64);
        } while (accept(","));
        require(")");
    }
    std::int32_t value(RuleNumber attribute, Rule::Compare compare) {
        switch (attribute) {
            case RuleNumber::sex: return word<Sex>(attribute, compare, false);
            case RuleNumber::frailty: return word<Frailty>(attribute, compare, true);
            case RuleNumber::residence: return word<Residence>(attribute, compare, false);
            default: return figure(attribute, compare);
        }
    }
    template <class E>
    std::int32_t word(RuleNumber attribute, Rule::Compare compare, bool ordered) {
        const auto& words = names(E{});
        const std::vector<std::string> all{words.begin(), words.end()};
        const auto quoted = fmt::format("'{}'", fmt::join(all, "', '"));
        if (token_.kind != Kind::text) refuse(token_.at, shown(), quoted);
        const auto found = from_name<E>(token_.text);
        if (!found)
            refuse(token_.at, fmt::format("{} is never '{}'", name_of(attribute), token_.text), quoted,
                   nearest(token_.text, all));
        if (!ordered && compare != Rule::Compare::equal && compare != Rule::Compare::unequal &&
            compare != Rule::Compare::in) {
            refuse(token_.at, fmt::format("{} has no order", name_of(attribute)), "= != in, not in");
        }
        advance();
        return static_cast<std::int32_t>(index(*found));
    }
    std::int32_t figure(RuleNumber attribute, Rule::Compare compare) {
        if (token_.kind != Kind::number) refuse(token_.at, shown(), "a number");
        const bool fractions = attribute == RuleNumber::wellbeing;
        if (fractions && compare == Rule::Compare::in)
            refuse(token_.at, "wellbeing is not counted in whole numbers", "< <= > >=");
        const std::int32_t found = thousandths();
        if (found < 0)
            refuse(token_.at, fmt::format("'{}' is no number that this can be", token_.text),
                   "0 to 999, with at most three decimals");
        if (!fractions && found % 1000 != 0)
            refuse(token_.at, fmt::format("{} is a whole number", name_of(attribute)), "a whole number");
        advance();
        return fractions ? found : found / 1000;
    }
    /// The number at hand in thousandths; negative when it is malformed or too large.
    std::int32_t thousandths() const {
        std::int32_t whole = 0;
        std::int32_t scale = 0;  // 0 before the point, then the next decimal's worth
        for (const char c : token_.text) {
            if (c == '.') {
                if (scale != 0) return -1;
                scale = 1000;
                whole *= 1000;
            } else if (scale == 0) {
                whole = whole * 10 + (c - '0');
                if (whole > 999) return -1;
            } else {
                scale /= 10;
                if (scale == 0) return -1;
                whole += (c - '0') * scale;
            }
        }
        return scale == 0 ? whole * 1000 : whole;
    }

    std::string_view text_;
    Place place_;
    Problems& problems_;
    Token token_;
    std::size_t next_{0};
    std::vector<Rule::Test> tests_;
    std::uint16_t stand_ins_{0};
};

}  // namespace

Rule compile_rule(std::string_view text, const Place& place, Problems& problems) {
    const Rule nobody{{}, Rule::no};
    if (text.size() > longest_rule) {
        problems.add(place, "the rule is too long").expected(fmt::format("at most {} characters", longest_rule));
        return nobody;
    }
    try {
        return Parser{text, place, problems}.parse();
    } catch (const Refused&) {
        return nobody;
    }
}

std::vector<std::string> rule_attributes() {
    std::vector<std::string> all;
    for (const std::string_view name : names(RuleNumber{})) all.emplace_back(name);
    for (const std::string_view name : names(Condition{})) all.emplace_back(name);
    for (const std::string_view name : names(Trait{})) all.emplace_back(name);
    for (const std::string_view name : names(Passing{})) all.emplace_back(name);
    return all;
}

}  // namespace segue
