// The front door of the plain day: everybody who asks, in the order of their luck, one after the other.
#include <algorithm>
#include <tuple>

#include "bench/reference/reference.hpp"
#include "engine/rng/quantiles.hpp"

namespace segue::reference {

using front_door::ServiceOutcome;

bool Neighbourhood::has_online_access(const Need& need) const {
    return (std::uint32_t{people_.at(need.person).self.who.traits} >> index(Trait::online_access) & 1U) != 0;
}

void Neighbourhood::answer() {
    std::vector<Need> at_the_door;
    std::vector<Need> others;
    for (const Need& need : asking_) {
        const bool own = need.origin == RequestOrigin::onset || need.origin == RequestOrigin::returned ||
                         need.origin == RequestOrigin::worsened || need.origin == RequestOrigin::repeated ||
                         need.origin == RequestOrigin::recontact;
        (own && need.asked == today_ ? at_the_door : others).push_back(need);
    }
    asking_ = others;
    taken_online_.clear();
    const auto order = [this](const Need& need) {
        return std::tuple{draw(need, Purpose::front_door)[1], need.person, need.key};
    };
    std::sort(at_the_door.begin(), at_the_door.end(),
              [&](const Need& a, const Need& b) { return order(a) < order(b); });
    for (const Need& need : at_the_door) meet(need);
}

void Neighbourhood::meet(Need need) {
    const front_door::Channels& channels = door().channels;
    const Words luck = draw(need, Purpose::front_door);
    if (!channels.any() || kind_of(need).parameters.on_round) return let_in(need);
    const auto direct = door().direct_place[need.kind];
    if (direct && *direct >= need.route_place && door().direct_share.happens(luck[2]) && has_online_access(need)) {
        need.channel = Channel::direct;
        need.route_place = *direct;
        ++counts_.answered[need.channel];
        return let_in(need);
    }
    need.channel = channels.of(need.kind, has_online_access(need), draw(need.person, Purpose::channel, need.key, 0)[0]);
    const bool open =
        channels.is_open(need.channel, today_) &&
        (need.origin == RequestOrigin::repeated || channels.is_within_hours(need.channel, today_, luck[0]));
    const bool staffed = terms().is_open(today_);
    if (open && need.channel == Channel::one_one_one) {
        ++counts_.answered[need.channel];
        visit(need, UrgentService::one_one_one);
    } else if (open && staffed) {
        take(need);
    } else if (need.priority == Priority::urgent && !(open && need.channel == Channel::online)) {
        turn_away(need, Rebuff::closed);
    } else {
        ++need.attempts;
        need.asked = channels.next_day(need.channel, today_);
        promised_[need.asked].push_back(need);
    }
}

bool Neighbourhood::pays(std::size_t line, MinuteUse use, MinuteTenths minutes, double most_share) {
    Till& till = tills_[line];
    const auto most = static_cast<MinuteTenths>(static_cast<double>(till.morning) * most_share);
    const std::size_t first = terms().first_desk[line];
    if (till.spent[use] + minutes > most || first == terms().first_desk[line + 1]) return false;
    std::size_t fullest = first;
    for (std::size_t desk = first; desk < terms().first_desk[line + 1]; ++desk) {
        if (left_[desk] > left_[fullest]) fullest = desk;
    }
    if (minutes > left_[fullest]) return false;
    till.spent[use] += minutes;
    left_[fullest] -= minutes;
    return true;
}

void Neighbourhood::take(Need need) {
    const std::uint8_t practice = people_.at(need.person).self.practice;
    if (need.channel == Channel::online) {
        const auto most =
            door().channels.most(Channel::online, terms().shares[practice] * static_cast<double>(people_.size()));
        if (most && taken_online_[practice]++ >= *most) return turn_away(need, Rebuff::nothing_today);
    }
    const MinuteTenths minutes = door().door.call_handling ? door().channels.handling(need.channel) : 0;
    if (minutes > 0 &&
        !pays(terms().lines.of(practice, Role::call_handler), MinuteUse::calls, minutes, door().door.calls_most_share))
        return turn_away(need, Rebuff::no_answer);
    ++counts_.answered[need.channel];
    if (!is_triaged(need)) return let_in(need);
    const front_door::Triage& triage = door().triage;
    if (!pays(terms().lines.of(practice, triage.role), MinuteUse::triage, triage.minutes, triage.most_minutes_share))
        return turn_away(need, Rebuff::nothing_today);
    ++counts_.triaged;
    const Words luck = draw(need, Purpose::triage);
    if (triage.ends.happens(luck[1])) {
        ++counts_.met;
        if (kind_of(need).outpatient.happens(luck[3])) ++counts_.outpatient_referrals;
    } else {
        let_in(need);
    }
}

bool Neighbourhood::is_triaged(const Need& need) const {
    return door().triage.of[need.channel] && door().triage.needs[need.kind] &&
           door().triage.share.happens(draw(need, Purpose::triage)[0]);
}

void Neighbourhood::let_in(Need need) {
    if (need.wanted > today_) {
        need.priority = Priority::booked;
        promised_[need.wanted].push_back(need);
    } else {
        asking_.push_back(need);
    }
}

void Neighbourhood::turn_away(Need need, Rebuff rebuff) {
    const Words luck = draw(need, Purpose::turned_away);
    Recourse recourse = door().recourse(rebuff, need.priority == Priority::urgent, luck[0]);
    if (recourse <= Recourse::waits && (!door().repeats || need.attempts >= 200)) recourse = Recourse::gives_up;
    ++counts_.turned_away[recourse];
    if (recourse == Recourse::again_tomorrow) {
        ask_on(need, door().channels.next_day(need.channel, today_), RequestOrigin::repeated, luck[1]);
    } else if (recourse == Recourse::waits && rebuff == Rebuff::nothing_today) {
        need.origin = RequestOrigin::repeated;
        need.priority = Priority::routine;
        ++need.attempts;
        promised_[std::max(need.wanted, today_ + 1)].push_back(need);
    } else if (recourse == Recourse::waits) {
        ask_on(need, door().channels.next_day(need.channel, today_ + (door().waits_days - 1)), RequestOrigin::repeated,
               luck[1]);
    } else if (recourse == Recourse::pharmacy) {
        visit(need, UrgentService::community_pharmacy);
    } else if (recourse == Recourse::one_one_one) {
        visit(need, UrgentService::one_one_one);
    } else if (recourse == Recourse::accident_and_emergency) {
        ++counts_.met;
        arrive_at_ae(need);
    } else {
        ++counts_.unmet[UnmetReason::turned_away];
    }
}

void Neighbourhood::visit(Need need, UrgentService service) {
    const Words luck = draw(need, Purpose::urgent_service);
    const ServiceOutcome outcome = door().outcome(service, luck[0]);
    ++counts_.urgent_contacts[service];
    if (outcome == ServiceOutcome::urgent || outcome == ServiceOutcome::routine) {
        if (!door().sent_back) {
            ++counts_.unmet[UnmetReason::unresolved];
            return;
        }
        need.priority = outcome == ServiceOutcome::urgent ? Priority::urgent : Priority::routine;
        need.channel = Channel::direct;
        ask_on(need, terms().book.next_open(today_ + 1), RequestOrigin::sent_back, luck[1]);
        return;
    }
    ++counts_.met;
    if (outcome == ServiceOutcome::out_of_hours) ++counts_.urgent_contacts[UrgentService::out_of_hours];
    if (outcome == ServiceOutcome::ambulance) ++counts_.urgent_contacts[UrgentService::ambulance];
    if (outcome == ServiceOutcome::ambulance || outcome == ServiceOutcome::accident_and_emergency) arrive_at_ae(need);
}

void Neighbourhood::ask_on(Need need, Day day, RequestOrigin origin, std::uint32_t word) {
    const std::int32_t days = day - today_;
    if (waiting_days(kind_of(need).heals_per_day, word, days) < days) {
        ++counts_.unmet[UnmetReason::healed_while_waiting];
        return;
    }
    need.origin = origin;
    need.asked = day;
    ++need.attempts;
    promised_[day].push_back(need);
}

void Neighbourhood::tell_nothing_today() {
    if (!door().door.same_day_only || !terms().is_open(today_)) return;
    std::vector<Need> told;
    std::erase_if(waiting_, [&](const Need& need) {
        if (need.priority != Priority::urgent || is_in_a_bed(need.person)) return false;
        told.push_back(need);
        return true;
    });
    for (const Need& need : told) turn_away(need, Rebuff::nothing_today);
}

Chance Neighbourhood::navigation_error(const Need& need) const {
    const bool own = need.origin == RequestOrigin::onset || need.origin == RequestOrigin::returned ||
                     need.origin == RequestOrigin::worsened || need.origin == RequestOrigin::repeated;
    if (!own || !door().channels.any()) return navigation_error_;
    if (need.channel == Channel::direct) return Chance{};
    return is_triaged(need) ? door().triage.error : navigation_error_;
}

}  // namespace segue::reference
