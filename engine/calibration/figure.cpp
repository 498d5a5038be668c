#include "engine/calibration/figure.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "engine/core/contracts.hpp"

namespace segue::calibration {
namespace {

constexpr std::size_t longest_figure = 2'000;
constexpr int deepest_nesting = 32;

bool is_space(char c) { return c == ' ' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
/// Labels are words of the scenario: "85+", "65-69", "gp".
bool is_label(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '+' || c == '.'; }

}  // namespace

/// Where the parser gives up: one problem a figure, at the first thing that cannot be read.
struct Refused {};

class FigureParser {
public:
    FigureParser(Figure& figure, Problems& problems) : figure_{figure}, text_{figure.text_}, problems_{problems} {}

    void parse() {
        if (text_.size() > longest_figure)
            refuse("it is too long", fmt::format("at most {} characters", longest_figure));
        sum(0);
        if (!at_end()) refuse(fmt::format("'{}' follows a complete figure", text_[next_]), "+, -, *, / or the end");
    }

private:
    [[noreturn]] void refuse(const std::string& what, const std::string& expected) {
        Place place = figure_.place_;
        if (place.line > 0) place.column += static_cast<int>(next_);
        problems_.add(place, "the figure cannot be read: " + what).expected(expected);
        throw Refused{};
    }
    bool at_end() {
        while (next_ < text_.size() && is_space(text_[next_])) ++next_;
        return next_ == text_.size();
    }
    bool accept(char symbol) {
        if (at_end() || text_[next_] != symbol) return false;
        ++next_;
        return true;
    }
    void require(char symbol) {
        if (!accept(symbol)) refuse(shown(), fmt::format("'{}'", symbol));
    }
    std::string shown() { return at_end() ? "it ends too early" : fmt::format("'{}' stands here", text_[next_]); }

    void sum(int depth) {
        if (depth > deepest_nesting) refuse("it is nested too deeply", fmt::format("at most {} levels", depth - 1));
        product(depth);
        for (;;) {
            if (accept('+')) {
                product(depth);
                figure_.program_.push_back({Figure::Step::add});
            } else if (accept('-')) {
                product(depth);
                figure_.program_.push_back({Figure::Step::subtract});
            } else {
                return;
            }
        }
    }
    void product(int depth) {
        factor(depth);
        for (;;) {
            if (accept('*')) {
                factor(depth);
                figure_.program_.push_back({Figure::Step::multiply});
            } else if (accept('/')) {
                factor(depth);
                figure_.program_.push_back({Figure::Step::divide});
            } else {
                return;
            }
        }
    }
    void factor(int depth) {
        if (accept('(')) {
            sum(depth + 1);
            require(')');
        } else if (!at_end() && is_digit(text_[next_])) {
            number();
        } else if (!at_end() && is_letter(text_[next_])) {
            term();
        } else {
            refuse(shown(), "an output, a number or '('");
        }
    }
    void number() {
        double value = 0;
        const char* first = text_.data() + next_;
        const auto [end, error] = std::from_chars(first, text_.data() + text_.size(), value);
        if (error != std::errc{}) refuse("a number is too large", "a number such as 1000 or 0.5");
        next_ += static_cast<std::size_t>(end - first);
        figure_.program_.push_back({Figure::Step::number, value});
    }
    std::string word(bool (*belongs)(char), const std::string& expected) {
        if (at_end() || !belongs(text_[next_])) refuse(shown(), expected);
        const std::size_t from = next_;
        while (next_ < text_.size() && belongs(text_[next_])) ++next_;
        return text_.substr(from, next_ - from);
    }
    void term() {
        Term made;
        made.place = figure_.place_;
        if (made.place.line > 0) made.place.column += static_cast<int>(next_);
        made.name = word([](char c) { return is_letter(c) || is_digit(c); }, "an output");
        if (accept('[')) {
            do made.choices.push_back(choice());
            while (accept(','));
            require(']');
        }
        for (std::size_t i = 0; i < made.choices.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (made.choices[i].dimension == made.choices[j].dimension)
                    refuse(fmt::format("{} is chosen twice", made.choices[i].dimension), "each dimension once");
            }
        }
        figure_.program_.push_back({Figure::Step::term, 0, figure_.terms_.size()});
        figure_.terms_.push_back(std::move(made));
    }
    Choice choice() {
        Choice made{word(is_letter, "a dimension such as role or age_band"), {}};
        require('=');
        do {
            std::string label = word(is_label, "a label such as gp or 65-69");
            if (std::find(made.labels.begin(), made.labels.end(), label) != made.labels.end())
                refuse(fmt::format("{} is chosen twice", label), "each label once");
            made.labels.push_back(std::move(label));
        } while (accept('|'));
        return made;
    }

    Figure& figure_;
    const std::string& text_;
    Problems& problems_;
    std::size_t next_{0};
};

bool same_cells(const Term& a, const Term& b) { return a.name == b.name && a.choices == b.choices; }

std::optional<Figure> Figure::parse(std::string text, const Place& place, Problems& problems) {
    Figure figure;
    figure.text_ = std::move(text);
    figure.place_ = place;
    try {
        FigureParser{figure, problems}.parse();
    } catch (const Refused&) {
        return std::nullopt;
    }
    return figure;
}

double Figure::value(const std::function<double(const Term&)>& of) const {
    std::vector<double> stack;
    for (const Instruction& one : program_) {
        if (one.step == Step::number) {
            stack.push_back(one.number);
            continue;
        }
        if (one.step == Step::term) {
            stack.push_back(of(terms_[one.term]));
            continue;
        }
        SEGUE_EXPECT(stack.size() >= 2);
        const double right = stack.back();
        stack.pop_back();
        double& left = stack.back();
        if (one.step == Step::add) left += right;
        if (one.step == Step::subtract) left -= right;
        if (one.step == Step::multiply) left *= right;
        if (one.step == Step::divide) left /= right;
    }
    return stack.back();
}

}  // namespace segue::calibration
