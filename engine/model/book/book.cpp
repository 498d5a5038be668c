#include "engine/model/book/book.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "engine/core/math.hpp"
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
constexpr std::int32_t longest_booking = 365;
constexpr std::uint8_t no_usual = 0xFF;
static_assert(most_desks_of_a_line < no_usual);

Leaving first_way_out(const NeedKind& kind, bool worsening, const Words& luck) noexcept {
    Leaving first{WayOut::none, far};
    const auto consider = [&first](WayOut way, double per_day, std::uint32_t word) {
        const std::int32_t after = waiting_days(per_day, word, first.after_days);
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
      lines_(terms.lines.size()),
      totals_(terms.lines.size()),
      carried_(terms.desks.size()),
      delays_(terms.lines.practices) {}

void Book::foresee_leaving(const NeighbourhoodState& state, Request& request, const Words& luck) const noexcept {
    const Leaving leaving = first_way_out((*kinds_)[request.need], terms_->feedbacks.worsening, luck);
    request.way_out = static_cast<std::uint8_t>(leaving.way) & 3U;
    request.leaves = state.today.day + 1 + leaving.after_days;
}

void Book::take_place(NeighbourhoodState& state, RequestSlot slot) {
    Request& request = state.requests[slot];
    Queue& queue = lines_[request.line][request.priority];
    request.position = queue.base + static_cast<std::uint32_t>(queue.slots.size());
    request.joined = state.today.day;
    request.in_line = true;
    queue.slots.push_back(slot);
    ++queue.count;
    ++totals_[request.line].joined;
    ++state.tally.lines_joined;
    if (request.way_out != static_cast<std::uint8_t>(WayOut::none)) look_again(state, slot);
}

/// On the day of leaving, or in a week: most are served within it, and a calendar that held their day of leaving, months
/// ahead, would be full of people who no longer wait.
void Book::look_again(NeighbourhoodState& state, RequestSlot slot) {
    state.schedule(std::min(state.requests[slot].leaves, state.today.day + 7), Due::leaves_line, slot);
}

void Book::join(NeighbourhoodState& state) {
    arrivals_.clear();
    arrivals_.reserve(state.today.joining.size());
    asked_for_.fill(0);
    for (const RequestSlot slot : state.today.joining) {
        Request& request = state.requests[slot];
        // Nobody answers while the books are closed: the booking is made when they open.
        if (!terms_->is_open(request.asked)) request.asked = terms_->book.next_open(request.asked);
        request.line = terms_->lines.of(state.people.practice[request.row], request.role);
        asked_for_[request.role] += expected_minutes(state, request);
        request.prefers_usual = false;
        if (request.role == terms_->usual_role) choose_usual(state, request);
        const auto order = static_cast<std::uint32_t>(request.line * count_of<Priority> + index(request.priority));
        const Words luck = state.draw(request, Purpose::while_waiting);
        foresee_leaving(state, request, luck);
        arrivals_.push_back({order, request.asked.number(), luck[3], slot});
    }
    state.today.joining.clear();
    for (const Role role : all<Role>()) record_minutes(state, EventKind::minutes_offered, role, asked_for_[role]);
    const auto person = [&state](const Arrival& one) { return state.people.key[state.requests[one.slot].row]; };
    std::sort(arrivals_.begin(), arrivals_.end(), [&](const Arrival& a, const Arrival& b) {
        const auto place_a = std::tie(a.order, a.asked, a.tie);
        const auto place_b = std::tie(b.order, b.asked, b.tie);
        return place_a == place_b ? person(a) < person(b) : place_a < place_b;
    });
    for (const Arrival& arrival : arrivals_) take_place(state, arrival.slot);
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
        Request& request = state.requests[slot];
        if (!request.in_line || static_cast<std::uint8_t>(request.attempts) != entry.d)
            continue;  // it was served, and stands in line anew
        // Whoever is in a bed neither gives up nor goes to A&E: that may come when they are back.
        const bool heals = static_cast<WayOut>(request.way_out) == WayOut::heals;
        if (!heals && state.is_in_a_bed(request.row)) request.leaves = std::max(request.leaves, state.today.day + 1);
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
        state.unmet(slot, terms_->in_post[request.role] ? UnmetReason::gave_up : UnmetReason::no_role_in_post);
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
        request.count_attempt();
        state.today.asking.push_back(slot);
    }
}

void Book::forget(NeighbourhoodState& state, std::uint32_t row) {
    while (state.requests.first_of(row) != no_request) {
        const RequestSlot slot = state.requests.first_of(row);
        if (state.requests[slot].in_line) remove(state, slot);
        state.unmet(slot, UnmetReason::left_list);
    }
    if (row < usual_.size()) usual_[row] = no_usual;
}

void Book::record_minutes(NeighbourhoodState& state, EventKind kind, Role role, MinuteTenths minutes) const {
    if (minutes == 0) return;
    Event& event = state.events.blank(kind, state.today.day);
    event.role = static_cast<std::uint8_t>(role);
    event.value = static_cast<std::int32_t>(minutes);
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
    return {slot, minutes, mode, !misses, Seen::by_the_role, luck};
}

MinuteTenths Book::expected_minutes(const NeighbourhoodState& state, const Request& request) const noexcept {
    const NeedKind& kind = (*kinds_)[request.need];
    const RoleFit& fit = kind.roles[request.role];
    const Residence home = state.people.residence(PersonRow{request.row});
    const bool visited = home == Residence::housebound || home == Residence::care_home;
    const double telephone = kind.parameters.telephone_share;
    const double online = kind.parameters.video_or_online_share;
    const auto& ratio = terms_->mode_ratio;
    const double of_face_to_face = telephone * ratio[Mode::telephone] + online * ratio[Mode::video_or_online] +
                                   (1 - telephone - online) * ratio[visited ? Mode::home_visit : Mode::face_to_face];
    const double face_to_face = static_cast<double>(fit.suits ? fit.minutes : terms_->unsuitable_minutes);
    return static_cast<MinuteTenths>(face_to_face * of_face_to_face + 0.5);
}

/// Whether the request is for the usual clinician; and who that is, when the person has none yet. Each clinician's share
/// of people is that of their WTE: the least of exponential times whose rates are the WTEs is theirs with that chance
/// (weighted rendezvous hashing), so that somebody leaving moves nobody else's patients.
void Book::choose_usual(const NeighbourhoodState& state, Request& request) {
    const Words luck = state.draw(request, Purpose::continuity);
    request.prefers_usual = terms_->prefers_usual[(*kinds_)[request.need].parameters.group].happens(luck[0]);
    grow_to(usual_, state.people.rows(), no_usual);
    if (usual_[request.row] != no_usual) return;
    const std::uint32_t first = terms_->first_desk[request.line];
    const std::uint32_t past = terms_->first_desk[request.line + std::size_t{1}];
    const PersonKey person{state.people.key[request.row]};
    double soonest = 0;
    for (std::uint32_t desk = first; desk < past; ++desk) {
        const Desk& one = terms_->desks[desk];
        const Words word = Draws{state.twin, person, Purpose::usual_clinician, one.key}.words();
        const double time = -math::log(uniform(word[0])) / one.wte;
        if (desk > first && time >= soonest) continue;
        soonest = time;
        usual_[request.row] = static_cast<std::uint8_t>(desk - first);
    }
}

std::optional<std::size_t> Book::usual_of(std::uint32_t row) const noexcept {
    if (row >= usual_.size() || usual_[row] == no_usual) return std::nullopt;
    return usual_[row];
}

bool Book::waits_for_usual(const NeighbourhoodState& state, const Request& request) const noexcept {
    if (!request.prefers_usual || request.priority == Priority::urgent) return false;
    const NeedGroup group = (*kinds_)[request.need].parameters.group;
    return state.today.day - request.joined < terms_->waits_for_usual_days[group];
}

Book::Seat Book::seat_for(const NeighbourhoodState& state, const Request& request, MinuteTenths minutes) const {
    const DayMinutes& till = state.minutes;
    const std::size_t first = terms_->first_desk[request.line];
    const std::size_t past = terms_->first_desk[request.line + std::size_t{1}];
    if (const auto usual = usual_of(request.row); request.prefers_usual && usual && first + *usual < past) {
        if (till.left_at(first + *usual) >= minutes) return {Seat::Kind::found, first + *usual};
        if (waits_for_usual(state, request)) return {Seat::Kind::waits_for_usual, 0};
    }
    std::size_t fullest = first;
    std::uint32_t equals = 1;
    for (std::size_t desk = first + 1; desk < past; ++desk) {
        if (till.left_at(desk) == till.left_at(fullest)) ++equals;
        if (till.left_at(desk) > till.left_at(fullest)) {
            fullest = desk;
            equals = 1;
        }
    }
    if (till.left_at(fullest) < minutes) return {Seat::Kind::no_room, 0};
    if (equals > 1) {
        std::uint32_t nth = below(equals, state.draw(request, Purpose::continuity)[1]);
        const MinuteTenths most = till.left_at(fullest);
        for (fullest = first; till.left_at(fullest) != most || nth-- > 0;) ++fullest;
    }
    return {Seat::Kind::found, fullest};
}

/// Passes the places of those who left at the head, and frees them now and then.
void Book::drop_places(Queue& queue) {
    while (queue.head < queue.slots.size() && queue.slots[queue.head] == no_request) ++queue.head;
    if (queue.head > 64 && queue.head * 2 > queue.slots.size()) {
        queue.slots.erase(queue.slots.begin(), queue.slots.begin() + static_cast<std::ptrdiff_t>(queue.head));
        queue.base += static_cast<std::uint32_t>(queue.head);
        queue.head = 0;
    }
}

/// Places anew, the longest asked first: among those who stand in a line already are others who have waited for longer.
void Book::order_by_wait(NeighbourhoodState& state) {
    for (Line& line : lines_) {
        Queue& queue = line[Priority::routine];
        std::vector<RequestSlot> waiting;
        std::copy_if(queue.slots.begin() + static_cast<std::ptrdiff_t>(queue.head), queue.slots.end(),
                     std::back_inserter(waiting), [](RequestSlot slot) { return slot != no_request; });
        std::stable_sort(waiting.begin(), waiting.end(), [&state](RequestSlot a, RequestSlot b) {
            return state.requests[a].asked < state.requests[b].asked;
        });
        queue.slots = std::move(waiting);
        queue.head = 0;
        for (std::size_t place = 0; place < queue.slots.size(); ++place)
            state.requests[queue.slots[place]].position = queue.base + static_cast<std::uint32_t>(place);
    }
}

MinuteTenths Book::serve_queue(NeighbourhoodState& state, std::size_t line, Priority priority, MinuteTenths minutes) {
    Queue& queue = lines_[line][priority];
    const bool has_usual = role_of_line(line) == terms_->usual_role;
    MinuteTenths spent = 0;
    for (std::size_t place = queue.head; place < queue.slots.size(); ++place) {
        const RequestSlot slot = queue.slots[place];
        if (slot == no_request || state.is_in_a_bed(state.requests[slot].row)) continue;  // keeps its place
        Contact next = contact(state, slot);
        const Request& request = state.requests[slot];
        const Seat seat = seat_for(state, request, next.minutes);
        if (seat.kind == Seat::Kind::waits_for_usual) continue;
        if (seat.kind == Seat::Kind::no_room || spent + next.minutes > minutes ||
            !state.minutes.spend_at(line, seat.desk, MinuteUse::contacts, next.minutes)) {
            next_did_not_fit_ = true;
            break;
        }
        spent += next.minutes;
        next.desk = static_cast<std::uint16_t>(seat.desk - terms_->first_desk[line]);
        if (has_usual) {
            Delay& delay = delays_[state.people.practice[request.row]];
            delay.days += std::max(0, state.today.day - request.wanted);
            ++delay.contacts;
            const auto usual = usual_of(request.row);
            const bool is_theirs = usual && terms_->first_desk[line] + *usual == seat.desk;
            next.seen = is_theirs ? Seen::by_usual_clinician : Seen::by_another;
        }
        remove(state, slot);
        ++state.tally.contacts_served;
        make_room(state.today.contacts);
        state.today.contacts.push_back(next);
    }
    drop_places(queue);
    return spent;
}

void Book::open_day(NeighbourhoodState& state) {
    const Day today = state.today.day;
    state.minutes.open(terms_->lines, terms_->first_desk);
    if (weekday(today) == Weekday::monday) tell_how_easy_access_was(state);
    if (!terms_->is_open(today)) return;
    for (std::size_t desk = 0; desk < terms_->desks.size(); ++desk) {
        const MinuteTenths minutes = terms_->minutes_at(desk, today);
        if (minutes > 0) state.minutes.put(desk, minutes + carried_[desk]);
    }
}

void Book::tell_how_easy_access_was(NeighbourhoodState& state) {
    const InducedDemandParameters& law = terms_->induced_demand;
    if (!terms_->feedbacks.induced_demand || law.elasticity == 0) {
        state.presents_factor.clear();
    } else {
        state.presents_factor.resize(delays_.size(), 1.0);
        for (std::size_t practice = 0; practice < delays_.size(); ++practice) {
            const Delay& delay = delays_[practice];
            if (delay.contacts == 0) continue;  // nobody was seen: as easy as the week before
            const double mean = static_cast<double>(delay.days) / static_cast<double>(delay.contacts);
            state.presents_factor[practice] =
                math::exp(law.elasticity * (math::log1p(law.baseline_delay.value()) - math::log1p(mean)));
        }
    }
    delays_.assign(delays_.size(), Delay{});
}

void Book::record_move(NeighbourhoodState& state, const Request& request) {
    Event& event = state.events.about(state.people, request.row, EventKind::moved, state.today.day);
    event.role = static_cast<std::uint8_t>(request.role);
    event.need = request.need;
}

/// Bookings made before the last change, for today, that the minutes it took would have carried. They keep their place.
void Book::count_moved(NeighbourhoodState& state, std::size_t number) {
    const Day today = state.today.day;
    if (terms_cut_ == nullptr || today - cut_on_ > longest_booking) return;
    MinuteTenths lost = terms_cut_->minutes(number, today) - terms_->minutes(number, today);
    const Queue& queue = lines_[number][Priority::booked];
    for (std::size_t place = queue.head; place < queue.slots.size() && lost > 0; ++place) {
        const RequestSlot slot = queue.slots[place];
        if (slot == no_request) continue;
        const Request& request = state.requests[slot];
        if (request.joined != today || request.asked >= cut_on_) continue;
        lost -= contact(state, slot).minutes;
        if (lost >= 0) record_move(state, request);
    }
}

void Book::serve_line(NeighbourhoodState& state, std::size_t number) {
    DayMinutes& till = state.minutes;
    const std::size_t first = terms_->first_desk[number];
    const std::size_t past = terms_->first_desk[number + 1];
    const MinuteTenths minutes = till.left(number);
    const bool elastic = terms_->book.capacity == Capacity::elastic;
    const auto share_of = [](MinuteTenths whole, double share) {
        return static_cast<MinuteTenths>(static_cast<double>(whole) * share);
    };
    overtime_at_.clear();
    for (std::size_t desk = first; desk < past; ++desk)
        overtime_at_.push_back(elastic ? share_of(till.left_at(desk), terms_->book.overtime_share) : 0);
    const MinuteTenths overtime = std::accumulate(overtime_at_.begin(), overtime_at_.end(), MinuteTenths{0});
    MinuteTenths spent =
        serve_queue(state, number, Priority::urgent, share_of(minutes, terms_->book.urgent_carve_out_share));
    next_did_not_fit_ = false;  // those beyond the carve-out have another turn
    spent += serve_queue(state, number, Priority::booked, minutes - spent);
    spent += serve_queue(state, number, Priority::routine, minutes - spent);
    for (std::size_t desk = first; desk < past; ++desk) till.put(desk, overtime_at_[desk - first]);
    spent += serve_queue(state, number, Priority::urgent, minutes + overtime - spent);
    least_left_ = std::min(least_left_, till.left(number));
    MinuteTenths worked = overtime;
    for (std::size_t desk = first; desk < past; ++desk) {
        const MinuteTenths unused = std::min(overtime_at_[desk - first], till.left_at(desk));
        till.take_out(desk, unused);
        worked -= unused;
        // A line that ends its day with somebody waiting could not fit the next contact in: a thin one would never
        // serve anybody if it lost those minutes each day.
        if (terms_->minutes_at(desk, state.today.day) > 0) carried_[desk] = next_did_not_fit_ ? till.left_at(desk) : 0;
    }
    overtime_[role_of_line(number)] += worked;
}

void Book::serve(NeighbourhoodState& state) {
    const Day today = state.today.day;
    overtime_.fill(0);
    if (!terms_->is_open(today)) return;
    EnumArray<Role, MinuteTenths> available;
    for (std::size_t number = 0; number < lines_.size(); ++number) {
        const MinuteTenths minutes = terms_->minutes(number, today);
        if (minutes == 0) continue;
        serve_line(state, number);
        count_moved(state, number);
        available[role_of_line(number)] += minutes;
    }
    for (const Role role : all<Role>()) {
        available[role] += overtime_[role];
        record_minutes(state, EventKind::minutes_available, role, available[role]);
        state.tally.minutes_offered += available[role];
        record_minutes(state, EventKind::minutes_administration, role,
                       terms_->administration[role][index(weekday(today))]);
    }
}

void Book::change_terms(const Terms& terms) {
    terms_before_ = terms_;
    terms_ = &terms;
}

/// Clinicians who stay keep their patients and what their day had left; the patients of those who left choose again when
/// they next ask.
void Book::keep_who_stays(const NeighbourhoodState& state) {
    std::vector<MinuteTenths> carried(terms_->desks.size(), 0);
    std::vector<std::uint8_t> place_now(terms_before_->desks.size(), no_usual);
    for (std::size_t line = 0; line < lines_.size(); ++line) {
        for (std::size_t before = terms_before_->first_desk[line]; before < terms_before_->first_desk[line + 1];
             ++before) {
            for (std::size_t now = terms_->first_desk[line]; now < terms_->first_desk[line + 1]; ++now) {
                if (terms_->desks[now].key != terms_before_->desks[before].key) continue;
                carried[now] = carried_[before];
                place_now[before] = static_cast<std::uint8_t>(now - terms_->first_desk[line]);
            }
        }
    }
    carried_ = std::move(carried);
    for (std::size_t row = 0; row < usual_.size(); ++row) {
        if (usual_[row] == no_usual) continue;
        const std::uint16_t line = terms_before_->lines.of(state.people.practice[row], terms_before_->usual_role);
        const bool same_line = line == terms_->lines.of(state.people.practice[row], terms_->usual_role);
        usual_[row] = same_line ? place_now[terms_before_->first_desk[line] + usual_[row]] : no_usual;
    }
}

void Book::move_people(NeighbourhoodState& state) {
    if (terms_before_ == nullptr) return;
    keep_who_stays(state);
    terms_cut_ = terms_before_;
    cut_on_ = state.today.day;
    terms_before_ = nullptr;
    for (std::size_t number = 0; number < lines_.size(); ++number) {
        if (terms_->has_minutes(number)) continue;
        for (Queue& queue : lines_[number]) {
            for (std::size_t place = queue.head; place < queue.slots.size(); ++place) {
                const RequestSlot slot = queue.slots[place];
                if (slot == no_request) continue;
                remove(state, slot);
                Request& request = state.requests[slot];
                if (terms_cut_->has_minutes(number)) record_move(state, request);
                request.origin = RequestOrigin::moved;
                request.route_place = 0;
                request.count_attempt();
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
        const Queue& queue = line[Priority::urgent];
        for (std::size_t place = queue.head; place < queue.slots.size(); ++place) {
            const RequestSlot slot = queue.slots[place];
            if (slot == no_request || state.is_in_a_bed(state.requests[slot].row)) continue;
            remove(state, slot);
            state.today.told_nothing.push_back(slot);
        }
        drop_places(line[Priority::urgent]);
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
    std::size_t bytes = bytes_of(lines_, totals_, arrivals_, carried_, usual_, overtime_at_, delays_);
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
