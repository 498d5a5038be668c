#include "engine/day/steps.hpp"

#include <array>

#include "engine/core/memory.hpp"
#include "engine/day/neighbourhood.hpp"

namespace segue::day {

/// The steps reach into a neighbourhood; nobody else does.
struct Steps {
    static void sort_what_is_due(Neighbourhood& n) {
        Today& today = n.state_.today;
        today.requests_due.clear();
        for (auto* list : {&today.life_due, &today.leaving_lines, &today.discharges, &today.clocks_due,
                           &today.visits_due, &today.link_worker_due, &today.activities_due})
            list->clear();
        n.state_.calendar.take(today.day, [&today](const CalendarEntry& entry) {
            switch (entry.due) {
                case Due::request:
                    make_room(today.requests_due);
                    today.requests_due.push_back({entry.a, entry.b});
                    break;
                case Due::leaves_line: today.leaving_lines.push_back(entry); break;
                case Due::discharge: today.discharges.push_back(entry); break;
                case Due::clock: today.clocks_due.push_back(entry); break;
                case Due::visit: today.visits_due.push_back(entry); break;
                case Due::link_worker: today.link_worker_due.push_back(entry); break;
                case Due::activity: today.activities_due.push_back(entry); break;
                default: today.life_due.push_back(entry); break;
            }
        });
    }
    static void change_configuration(Neighbourhood& n) {
        const auto& all_configurations = n.plan_->configurations;
        const std::size_t next = n.configuration_ + 1;
        if (next >= all_configurations.size() || all_configurations[next]->from != n.state_.today.day) return;
        n.configuration_ = next;
        n.ledger_.change_prices(n.configuration().prices);
        n.book_.change_terms(n.configuration().terms);
        n.pathway_.change_terms(n.configuration().prescribing);
    }
    static void follow_late_changes(Neighbourhood& n) { n.life_.follow_late_changes(n.state_); }
    static void open_quarter(Neighbourhood& n) { n.onsets_.open_quarter_if_new(n.state_); }
    static void live(Neighbourhood& n) {
        n.life_.live_today(n.state_);
        for (const std::uint32_t row : n.state_.today.gone) {
            n.book_.forget(n.state_, row);
            n.hospital_.forget(n.state_, row);
            n.planned_care_.forget(n.state_, row);
            n.pathway_.forget(n.state_, row);
        }
    }
    static void move_people(Neighbourhood& n) { n.book_.move_people(n.state_); }
    static void follow_changes(Neighbourhood& n) { n.onsets_.follow_changes(n.state_); }
    static void needs_arise(Neighbourhood& n) {
        const front_door::FrontDoor& door = n.configuration().front_door;
        n.onsets_.onsets(n.state_, [&](std::uint32_t row, std::uint32_t key, std::uint8_t need, NeedOrigin origin) {
            door.receive(n.state_, row, key, need, origin);
            if (origin == NeedOrigin::onset) n.pathway_.self_refer(n.state_, row, key, need);
        });
    }
    static void promised_days(Neighbourhood& n) {
        Today& today = n.state_.today;
        today.asking.reserve(today.asking.size() + today.requests_due.size());
        for (const Promise& promise : today.requests_due) {
            if (!n.state_.requests.is_current(promise.slot, promise.serial)) continue;
            if (n.state_.is_in_a_bed(n.state_.requests[promise.slot].row)) {
                put_off(n.state_, promise.slot);
            } else {
                today.asking.push_back(promise.slot);
            }
        }
    }
    /// Somebody in a bed asks a day later, and would then have wanted to be seen a day later too.
    static void put_off(NeighbourhoodState& state, RequestSlot slot) {
        Request& request = state.requests[slot];
        const Day today = state.today.day;
        if (request.asked == today) ++request.asked;
        if (request.wanted == today) ++request.wanted;
        state.schedule(today + 1, Due::request, slot);
    }
    static void place_backlogs(Neighbourhood& n) {
        if (n.state_.today.day == n.world_->span().first) n.place_backlogs();
    }
    static void leave_lines(Neighbourhood& n) { n.book_.leave_lines(n.state_); }
    static void answer(Neighbourhood& n) { n.configuration().front_door.answer(n.state_); }
    static void navigate(Neighbourhood& n) { n.configuration().front_door.navigate(n.state_); }
    static void join_lines(Neighbourhood& n) {
        n.book_.join(n.state_);
        const day::World& world = *n.world_;
        if (!world.backlogs().empty() && n.state_.today.day == world.span().first) n.book_.order_by_wait(n.state_);
    }
    static void open_day(Neighbourhood& n) { n.book_.open_day(n.state_); }
    static void serve(Neighbourhood& n) {
        n.book_.serve(n.state_);
        for (const Role role : all<Role>()) n.ledger_.charge_overtime(n.state_, role, n.book_.overtime()[role]);
    }
    static void nothing_today(Neighbourhood& n) {
        const front_door::FrontDoor& door = n.configuration().front_door;
        if (!door.laws().door.same_day_only) return;
        n.book_.let_go_of_urgent(n.state_);
        door.send_away(n.state_);
    }
    static void link_workers(Neighbourhood& n) { n.pathway_.work(n.state_); }
    static void offers(Neighbourhood& n) { n.pathway_.offer(n.state_); }
    static void conclude(Neighbourhood& n) {
        const Configuration& now = n.configuration();
        contact::conclude(n.state_, n.world_->kinds(), now.aftercare,
                          [&](std::uint8_t need) -> const std::vector<Role>& { return now.front_door.route(need); });
    }
    static void hospital(Neighbourhood& n) {
        n.hospital_.discharge(n.state_);
        n.hospital_.receive(n.state_, n.world_->kinds());
    }
    static void planned_care(Neighbourhood& n) {
        n.planned_care_.work(n.state_, n.hospital_);
        n.planned_care_.start_clocks(n.state_);
    }
    static void money(Neighbourhood& n) {
        const money::Prices& prices = n.ledger_.prices();
        for (const std::uint32_t row : n.hospital_.attended_rows())
            n.ledger_.charge(n.state_, Setting::accident_and_emergency, prices.ae_attendance, row);
        for (const hospital::Admission& admission : n.hospital_.admitted_today()) {
            n.ledger_.charge(n.state_, Setting::inpatient_ward,
                             admission.short_stay ? prices.short_admission : prices.long_admission, admission.row);
        }
        for (const std::uint32_t row : n.planned_care_.attended_today())
            n.ledger_.charge(n.state_, Setting::outpatients, prices.outpatient, row);
        for (const hospital::Treatment& treatment : n.planned_care_.treated_today())
            n.ledger_.charge(n.state_, Setting::inpatient_ward, prices.treatment[treatment.stay], treatment.row);
        for (const std::uint32_t row : n.state_.today.prescriptions)
            n.ledger_.charge(n.state_, Setting::community_pharmacy, prices.prescription, row);
        for (const UrgentContact& contact : n.state_.today.urgent_contacts) {
            const bool pharmacy = contact.service == UrgentService::community_pharmacy;
            n.ledger_.charge(n.state_, pharmacy ? Setting::community_pharmacy : Setting::urgent_care,
                             prices.urgent_contact[contact.service], contact.row);
        }
        for (const PlacePaidFor& place : n.state_.today.places_paid_for)
            n.ledger_.charge(n.state_, Setting::voluntary_sector, place.cost, place.row);
        n.state_.today.places_paid_for.clear();
        n.state_.today.urgent_contacts.clear();
        n.state_.today.prescriptions.clear();
        n.ledger_.accrue_day(n.state_);
    }
    static void close(Neighbourhood& n) {
        People& people = n.state_.people;
        n.pathway_.close_day(n.state_, std::span{n.state_.events.events()}.subspan(n.kept_of_buffer_));
        n.keep_todays_events();  // before the rows of those who went today change hands
        for (const std::uint32_t row : n.state_.today.gone) people.release(PersonRow{row});
        n.state_.today.gone.clear();
        n.book_.close_day();
        n.planned_care_.close_day();
        n.person_days_ += static_cast<std::int64_t>(people.registered());
        n.close_holdings();
    }
};

std::span<const Step> steps() {
    static constexpr std::array table{
        Step{"what is due", "model/calendar", "the day's entries are dealt to the steps that they are for",
             Steps::sort_what_is_due},
        Step{"dated changes", "model/book", "a configuration holds for the whole of its first day",
             Steps::change_configuration},
        Step{"late changes", "model/life", "whom care changed yesterday is in another segment before anything else",
             Steps::follow_late_changes},
        Step{"a new quarter", "model/needs", "candidates are drawn for those registered when the quarter opens",
             Steps::open_quarter},
        Step{"life", "model/life", "who people are comes before what they need", Steps::live},
        Step{"moved people", "model/book",
             "those whose line a change closed ask again, once it is known who is still here", Steps::move_people},
        Step{"changed rates", "model/needs", "a rate that rose today counts from tomorrow", Steps::follow_changes},
        Step{"staff at work", "model/book", "calls and triage take minutes before the book gives the rest away",
             Steps::open_day},
        Step{"link workers", "model/prescribing",
             "those in the caseload are seen before the book gives link workers' minutes away; whoever is referred "
             "today "
             "waits until tomorrow",
             Steps::link_workers},
        Step{"needs arise", "model/needs, model/front_door", "onset does not depend on care, so it comes before it",
             Steps::needs_arise},
        Step{"promised days", "model/front_door", "those booked for today ask today", Steps::promised_days},
        Step{"leaving lines", "model/book", "who healed, worsened or gave up takes no minutes today",
             Steps::leave_lines},
        Step{"front door", "model/front_door", "who does not get through takes no minutes of anybody else",
             Steps::answer},
        Step{"navigation", "model/front_door", "everybody who asks today, new or again, is sent to a role",
             Steps::navigate},
        Step{"backlogs", "day", "on the first day of the results, those who wait already stand in line with today's",
             Steps::place_backlogs},
        Step{"joining lines", "model/book",
             "all of the day's requests are placed together, so that none is ahead by the order of asking",
             Steps::join_lines},
        Step{"the book", "model/book", "minutes go to those who wait", Steps::serve},
        Step{"nothing today", "model/book, model/front_door",
             "where urgent requests may not wait in line, those whom the day did not reach are told so in the evening",
             Steps::nothing_today},
        Step{"offers", "model/prescribing", "a referral is offered in a contact, before the contact is over",
             Steps::offers},
        Step{"after contacts", "model/contact", "what a contact leads to is due tomorrow at the earliest",
             Steps::conclude},
        Step{"hospital", "model/hospital", "A&E sees those whom every step before has sent", Steps::hospital},
        Step{"planned care", "model/hospital", "those in a bed are known, and all of the day's referrals are made",
             Steps::planned_care},
        Step{"money", "model/money", "all that the day cost is known", Steps::money},
        Step{"the day closes", "record", "stocks are as at the close of the day", Steps::close},
    };
    return table;
}

}  // namespace segue::day
