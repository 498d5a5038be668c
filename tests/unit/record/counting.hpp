/// \file
/// An output plan written in a line, and a buffer of records made by hand.
#pragma once
#include <string>
#include <vector>

#include "engine/record/counter.hpp"
#include "tests/support/scenario_folder.hpp"

namespace segue::test {

/// Outputs of one span, over two segments, practices and kinds of need.
class Counting {
public:
    explicit Counting(const std::string& outputs = {}, Span span = {to_day({2026, 4, 1}), to_day({2027, 3, 31})})
        : scenario_{read(outputs)},
          plan_{scenario_, span, {{"well", "ill"}, {"north", "south"}, {"cough", "back"}, appointments()}, problems_},
          counter_{plan_} {
        events.start(span.first);
    }

    /// A record about the person in `row`, who belongs to the first of everything.
    Event& record(EventKind kind, Date date, std::uint32_t row = 0) {
        Event& event = events.blank(kind, to_day(date));
        event.row = row;
        event.cell = demographic_cell(AgeBand::from_40, Sex::female, 3);
        return event;
    }
    /// Counts what has been recorded since the last time.
    void count() {
        counter_.count(events);
        events.start(events.first_day());
    }
    [[nodiscard]] std::size_t number(const std::string& output) const {
        std::size_t i = 0;
        while (plan_.outputs().at(i).name != output) ++i;
        return i;
    }
    [[nodiscard]] const std::vector<std::int64_t>& values(const std::string& output) const {
        return counter_.counts()[number(output)];
    }
    [[nodiscard]] std::int64_t sum(const std::string& output) const {
        std::int64_t total = 0;
        for (const std::int64_t value : values(output)) total += value;
        return total;
    }
    [[nodiscard]] const OutputPlan& plan() const noexcept { return plan_; }
    [[nodiscard]] Counter& counter() noexcept { return counter_; }
    [[nodiscard]] std::string problems() const {
        std::string told;
        for (const Problem& problem : problems_.all()) told += problem.what + "\n";
        return told;
    }

    EventBuffer events;

private:
    /// A back is seen by appointment, and by a GP; nothing else is one.
    static std::vector<bool> appointments() {
        std::vector<bool> pairs(2 * count_of<Role>);
        pairs[count_of<Role> + index(Role::gp)] = true;
        return pairs;
    }
    static Scenario read(const std::string& outputs) {
        const ScenarioFolder folder({});
        Problems warnings;
        return load(folder.write("counted/counted.toml", "format = 1\n" + outputs), Catalogue{}, {}, warnings);
    }

    Problems problems_;
    Scenario scenario_;
    OutputPlan plan_;
    Counter counter_;
};

inline std::string output(const std::string& name, const std::string& measure, const std::string& more = {}) {
    return "[[output]]\nname = \"" + name + "\"\nmeasure = \"" + measure + "\"\n" + more;
}

}  // namespace segue::test
