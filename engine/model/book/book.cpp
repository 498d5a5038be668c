#include "engine/model/book/book.hpp"

#include <algorithm>
#include <tuple>

#include "engine/core/memory.hpp"
#include "engine/rng/quantiles.hpp"

namespace segue::book {
namespace {

/// Which of the ways out of a line comes first, if any does within the calendar's reach.
enum class WayOut : std::uint8_t { none, heals, worsens, gives_up };
struct Leaving {
    WayOut way{WayOut::none};
    std::int32_t after_days{0};
};
constexpr std::int32_t far = DayCalendar::horizon_days - 1;

Leaving first_way_out(const NeedKind& kind, bool worsening, const Words& luck) noexcept {
    Leaving first{WayOut::none, far};
    const auto consider = [&first](WayOut way, double per_day, std::uint32_t word) {
        const std::int32_t after = waiting_days(per_day, word, far);
        if (after < first.after_days) first = {way, after};
    };
    consider(WayOut::heals, kind.heals_per_day, luck[0]);
    if (worsening) consider(WayOut::worsens, kind.worsens_per_day, luck[1]);
    consider(WayOut::gives_up, kind.gives_up_per_day, luck[2]);
    return first;
}

std::size_t lead_band(std::int32_t lead_days) noexcept {
    if (lead_days <= 0) return 0;
    if (lead_days == 1) return 1;
    return lead_days <= 7 ? 2 : 3;
}

}  // namespace

Book::Book(const Kinds& kinds, const Terms& terms)
    : kinds_{&kinds},
      terms_{&terms},
      lines_(terms.full_day.size()),
      totals_(terms.full_day.size()),
      carried_(terms.full_day.size()) {}

void Book::take_place(NeighbourhoodState& state, RequestSlot slot, const Words& luck) {
    Request& request = state.requests[slot];
    Queue& queue = lines_[request.line][request.priority];
    request.position = queue.base + static_cast<std::uint32_t>(queue.slots.size());
    request.joined = state.today.day;
    request.in_line = true;
    queue.slots.push_back(slot);
    ++queue.count;
    ++totals_[request.line].joined;
    ++state.tally.lines_joined;
    const Leaving leaving = first_way_out((*kinds_)[request.need], terms_->feedbacks.worsening, luck);
    if (leaving.way == WayOut::none) return;
    request.leaves = state.today.day + 1 + leaving.after_days;
    request.way_out = static_cast<std::uint8_t>(leaving.way);
    look_again(state, slot);
}

/// On the day of leaving, or in a week: most are served within it, and a calendar that held their day of leaving, months
/// ahead, would be full of people who no longer wait.
void Book::look_again(NeighbourhoodState& state, RequestSlot slot) {
    state.schedule(std::min(state.requests[slot].leaves, state.today.day + 7), Due::leaves_line, slot);
}

void Book::join(NeighbourhoodState& state) {
    arrivals_.clear();
    for (const RequestSlot slot : state.today.joining) {
        Request& request = state.requests[slot];
        // Nobody answers while the books are closed: the booking is made when they open.
        if (!terms_->is_open(request.asked)) request.asked = terms_->book.next_open(request.asked);
        request.line = terms_->lines.of(state.people.practice[request.row], request.role);
        const auto order = static_cast<std::uint32_t>(request.line * count_of<Priority> + index(request.priority));
        arrivals_.push_back({order, request.asked.number(), state.people.key[request.row], slot,
                             state.draw(request, Purpose::while_waiting)});
    }
    state.today.joining.clear();
    std::sort(arrivals_.begin(), arrivals_.end(), [](const Arrival& a, const Arrival& b) {
        return std::tie(a.order, a.asked, a.luck[3], a.person) < std::tie(b.order, b.asked, b.luck[3], b.person);
    });
    for (const Arrival& arrival : arrivals_) take_place(state, arrival.slot, arrival.luck);
}

void Book::remove(NeighbourhoodState& state, RequestSlot slot) {
    Request& request = state.requests[slot];
    Queue& queue = lines_[request.line][request.priority];
    queue.slots[request.position - queue.base] = no_request;
    --queue.count;
    request.in_line = false;
    LineTotals& totals = totals_[request.line];
    ++totals.left;
    totals.days_waited_by_left += state.today.day - request.joined;
    ++state.tally.lines_left;
}

void Book::leave_lines(NeighbourhoodState& state) {
    for (const CalendarEntry& entry : state.today.leaving_lines) {
        const RequestSlot slot = entry.a;
        if (!state.requests.is_current(slot, entry.b)) continue;
        const Request& request = state.requests[slot];
        if (!request.in_line || request.attempts != entry.d) continue;  // it was served, and stands in line anew
        if (request.leaves > state.today.day) {
            look_again(state, slot);
        } else {
            leave(state, slot);
        }
    }
}

void Book::leave(NeighbourhoodState& state, RequestSlot slot) {
    remove(state, slot);
    Request& request = state.requests[slot];
    const auto way = static_cast<WayOut>(request.way_out);
    const Day today = state.today.day;
    if (way == WayOut::heals) {
        state.unmet(slot, UnmetReason::healed_while_waiting);
        return;
    }
    const bool worse = way == WayOut::worsens;
    Event& event =
        state.events.about(state.people, request.row, worse ? EventKind::worsened : EventKind::gave_up, today);
    event.role = static_cast<std::uint8_t>(request.role);
    event.need = request.need;
    event.lead = recorded_days(today - request.asked);
    if (!worse) {
        state.unmet(slot, UnmetReason::gave_up);
        return;
    }
    const Words luck = state.draw(request, Purpose::after_contact);
    if ((*kinds_)[request.need].worsens_to_ae.happens(luck[0])) {
        event.what = 1;
        state.today.ae_arrivals.push_back({request.row, request.key, request.need, request.attempts});
        state.met(slot);
    } else {
        request.priority = Priority::urgent;
        request.origin = RequestOrigin::worsened;
        request.asked = today;
        request.wanted = today;
        ++request.attempts;
        state.today.asking.push_back(slot);
    }
}

void Book::forget(NeighbourhoodState& state, std::uint32_t row) {
    while (state.requests.first_of(row) != no_request) {
        const RequestSlot slot = state.requests.first_of(row);
        if (state.requests[slot].in_line) remove(state, slot);
        state.unmet(slot, UnmetReason::left_list);
    }
}

Contact Book::contact(const NeighbourhoodState& state, RequestSlot slot) const {
    const Request& request = state.requests[slot];
    const NeedKind& kind = (*kinds_)[request.need];
    const RoleFit& fit = kind.roles[request.role];
    const Words luck = state.draw(request, Purpose::contact);
    const Mode mode = mode_of_contact(kind, state.people.residence(PersonRow{request.row}), luck[2]);
    const double face_to_face = static_cast<double>(fit.suits ? fit.minutes : terms_->unsuitable_minutes);
    const auto minutes =
        std::max<MinuteTenths>(1, static_cast<MinuteTenths>(face_to_face * terms_->mode_ratio[mode] + 0.5));
    const bool misses = terms_->missed[lead_band(state.today.day - request.asked)].happens(luck[0]);
    return {slot, minutes, mode, !misses, luck};
}

MinuteTenths Book::serve_queue(NeighbourhoodState& state, std::size_t line, Priority priority, MinuteTenths minutes) {
    Queue& queue = lines_[line][priority];
    MinuteTenths spent = 0;
    while (queue.head < queue.slots.size()) {
        const RequestSlot slot = queue.slots[queue.head];
        if (slot == no_request) {
            ++queue.head;
            continue;
        }
        const Contact next = contact(state, slot);
        if (spent + next.minutes > minutes || !state.minutes.spend(line, MinuteUse::contacts, next.minutes)) break;
        spent += next.minutes;
        ++queue.head;
        remove(state, slot);
        ++state.tally.contacts_served;
        state.today.contacts.push_back(next);
    }
    if (queue.head > 64 && queue.head * 2 > queue.slots.size()) {
        queue.slots.erase(queue.slots.begin(), queue.slots.begin() + static_cast<std::ptrdiff_t>(queue.head));
        queue.base += static_cast<std::uint32_t>(queue.head);
        queue.head = 0;
    }
    return spent;
}

void Book::open_day(NeighbourhoodState& state) {
    const Day today = state.today.day;
    state.minutes.open(terms_->lines);
    if (!terms_->is_open(today)) return;
    for (std::size_t number = 0; number < lines_.size(); ++number) {
        const MinuteTenths minutes = terms_->minutes(static_cast<std::uint16_t>(number), today);
        if (minutes > 0) state.minutes.put(number, minutes + carried_[number]);
    }
}

void Book::serve_line(NeighbourhoodState& state, std::size_t number) {
    DayMinutes& till = state.minutes;
    const MinuteTenths minutes = till.left(number);
    const auto share_of = [minutes](double share) {
        return static_cast<MinuteTenths>(static_cast<double>(minutes) * share);
    };
    const MinuteTenths overtime =
        terms_->book.capacity == Capacity::elastic ? share_of(terms_->book.overtime_share) : 0;
    MinuteTenths spent = serve_queue(state, number, Priority::urgent, share_of(terms_->book.urgent_carve_out_share));
    spent += serve_queue(state, number, Priority::booked, minutes - spent);
    spent += serve_queue(state, number, Priority::routine, minutes - spent);
    till.put(number, overtime);
    spent += serve_queue(state, number, Priority::urgent, minutes + overtime - spent);
    least_left_ = std::min(least_left_, till.left(number));
    till.take_out(number, std::min(overtime, till.left(number)));
    overtime_[role_of_line(number)] += std::max<MinuteTenths>(0, spent - minutes);
    // A line that ends its day with somebody waiting could not fit the next contact in: a thin one would never serve
    // anybody if it lost those minutes each day.
    carried_[number] = waiting_in(number) > 0 ? till.left(number) : 0;
}

void Book::serve(NeighbourhoodState& state) {
    const Day today = state.today.day;
    overtime_.fill(0);
    if (!terms_->is_open(today)) return;
    EnumArray<Role, MinuteTenths> offered;
    for (std::size_t number = 0; number < lines_.size(); ++number) {
        const MinuteTenths minutes = terms_->minutes(static_cast<std::uint16_t>(number), today);
        if (minutes == 0) continue;
        serve_line(state, number);
        offered[role_of_line(number)] += minutes;
    }
    for (const Role role : all<Role>()) {
        const MinuteTenths available = offered[role] + overtime_[role];
        if (available == 0) continue;
        Event& event = state.events.blank(EventKind::minutes_available, today);
        event.role = static_cast<std::uint8_t>(role);
        event.value = static_cast<std::int32_t>(available);
        state.tally.minutes_offered += available;
    }
}

void Book::change_terms(const Terms& terms) {
    terms_ = &terms;
    has_new_terms_ = true;
}

void Book::move_people(NeighbourhoodState& state) {
    if (!has_new_terms_) return;
    has_new_terms_ = false;
    for (std::size_t number = 0; number < lines_.size(); ++number) {
        if (terms_->full_day[number] > 0) continue;
        carried_[number] = 0;
        for (Queue& queue : lines_[number]) {
            for (std::size_t place = queue.head; place < queue.slots.size(); ++place) {
                const RequestSlot slot = queue.slots[place];
                if (slot == no_request) continue;
                remove(state, slot);
                Request& request = state.requests[slot];
                request.origin = RequestOrigin::moved;
                request.route_place = 0;
                ++request.attempts;
                state.today.asking.push_back(slot);
            }
            queue.base += static_cast<std::uint32_t>(queue.slots.size());
            queue.slots.clear();
            queue.head = 0;
        }
    }
}

void Book::let_go_of_urgent(NeighbourhoodState& state) {
    if (!terms_->is_open(state.today.day)) return;
    for (Line& line : lines_) {
        Queue& queue = line[Priority::urgent];
        for (std::size_t place = queue.head; place < queue.slots.size(); ++place) {
            const RequestSlot slot = queue.slots[place];
            if (slot == no_request) continue;
            remove(state, slot);
            state.today.told_nothing.push_back(slot);
        }
        queue.base += static_cast<std::uint32_t>(queue.slots.size());
        queue.slots.clear();
        queue.head = 0;
    }
}

void Book::close_day() {
    for (std::size_t number = 0; number < lines_.size(); ++number)
        totals_[number].waiting_at_day_ends += waiting_in(number);
}

std::int64_t Book::waiting_in(std::size_t line) const noexcept {
    std::int64_t count = 0;
    for (const Queue& queue : lines_[line]) count += queue.count;
    return count;
}

std::int64_t Book::waiting(Role role) const noexcept {
    std::int64_t count = 0;
    for (std::size_t number = index(role); number < lines_.size(); number += count_of<Role>)
        count += waiting_in(number);
    return count;
}

std::int64_t Book::waiting() const noexcept {
    std::int64_t count = 0;
    for (const Role role : all<Role>()) count += waiting(role);
    return count;
}

std::size_t Book::bytes() const noexcept {
    std::size_t bytes = bytes_of(lines_, totals_, arrivals_, carried_);
    for (const Line& line : lines_) {
        for (const Queue& queue : line) bytes += bytes_of(queue.slots);
    }
    return bytes;
}

std::int64_t Book::days_so_far(const NeighbourhoodState& state, std::size_t line, Day today) const {
    std::int64_t days = 0;
    for (const Queue& queue : lines_[line]) {
        for (std::size_t place = queue.head; place < queue.slots.size(); ++place) {
            if (queue.slots[place] != no_request) days += today - state.requests[queue.slots[place]].joined + 1;
        }
    }
    return days;
}

}  // namespace segue::book
