/// \file
/// One line before one desk: a book with a single practice and role, and requests made by hand.
#pragma once
#include <vector>

#include "engine/model/book/book.hpp"
#include "tests/support/alike.hpp"

namespace segue::test {

/// A GP's book that is open every day, with room for so many contacts of ten minutes.
class Desk {
public:
    explicit Desk(std::int64_t contacts_a_day, double patience_days = 0) {
        kinds_.kinds.emplace_back();
        NeedKind& kind = kinds_.kinds.back();
        kind.name = "anything";
        kind.roles[Role::gp] = {true, Chance{1}, 100};
        if (patience_days > 0) kind.gives_up_per_day = 1 / patience_days;
        terms_.shares = {1.0};
        terms_.lines.practices = 1;
        staff({contacts_a_day});
        terms_.book.weekday_share = {1, 1, 1, 1, 1, 1, 1};
        terms_.book.open_on_bank_holidays = true;
        terms_.book.urgent_carve_out_share = 0;
        terms_.mode_ratio.fill(1);
        terms_.in_post[Role::gp] = true;
    }
    [[nodiscard]] book::Terms& terms() noexcept { return terms_; }
    /// Puts clinicians to work, every day, each with room for so many contacts.
    void staff(const std::vector<std::int64_t>& contacts_a_day) {
        std::vector<segue::Desk> desks;
        for (const std::int64_t contacts : contacts_a_day) {
            segue::Desk& one = desks.emplace_back();
            one.line = terms_.lines.of(0, Role::gp);
            one.key = static_cast<std::uint32_t>(desks.size());
            one.wte = 1;
            one.minutes.fill(contacts * 100);
        }
        terms_.seat(std::move(desks));
    }
    [[nodiscard]] const Kinds& kinds() const noexcept { return kinds_; }

    [[nodiscard]] static NeighbourhoodState state(std::uint32_t people, std::uint32_t seed = 1) {
        return people_alike(people, seed);
    }

    /// The person in `row` asks today.
    static RequestSlot ask(NeighbourhoodState& state, std::uint32_t row, Priority priority = Priority::routine) {
        const RequestSlot slot = state.requests.open(row);
        Request& request = state.requests[slot];
        request.key = request_key(state.today.day, 0, false, 0);
        request.asked = state.today.day;
        request.wanted = state.today.day;
        request.role = Role::gp;
        request.priority = priority;
        state.today.joining.push_back(slot);
        return slot;
    }
    /// One day at the desk; returns the rows of those served, whose needs are then met.
    static std::vector<std::uint32_t> work(NeighbourhoodState& state, book::Book& book) {
        state.today.leaving_lines.clear();
        state.calendar.take(state.today.day,
                            [&state](const CalendarEntry& entry) { state.today.leaving_lines.push_back(entry); });
        book.leave_lines(state);
        book.join(state);
        book.open_day(state);
        book.serve(state);
        book.close_day();
        std::vector<std::uint32_t> served;
        for (const Contact& contact : state.today.contacts) {
            served.push_back(state.requests[contact.slot].row);
            state.met(contact.slot);
        }
        state.today.contacts.clear();
        ++state.today.day;
        return served;
    }

private:
    Kinds kinds_;
    book::Terms terms_;
};

}  // namespace segue::test
