#include "bench/reference/reference.hpp"

#include <algorithm>
#include <tuple>

#include "engine/core/math.hpp"
#include "engine/model/contact_parameters.hpp"
#include "engine/model/front_door/navigation_parameters.hpp"
#include "engine/rng/quantiles.hpp"

namespace segue::reference {
namespace {

constexpr std::int32_t longest_wait = 365;
constexpr std::int32_t never_leaves = DayCalendar::horizon_days - 1;

}  // namespace

Neighbourhood::Neighbourhood(const day::World& world, Twin twin, const Members& first_list)
    : world_{world},
      configuration_{*world.neighbourhoods().front().configurations.front()},
      twin_{twin},
      navigation_error_{world.scenario().read<NavigationParameters>().error_share},
      today_{world.warm_up_start() - 1} {
    for (const Role role : all<Role>()) {
        if (terms().in_post[role]) in_post_.push_back(role);
    }
    for (const auto& [key, member] : first_list) people_[key].self = member;
}

void Neighbourhood::advance(const Morning& morning) {
    ++today_;
    for (const auto& [key, member] : morning.changed_late) people_[key].self = member;
    in_a_bed_ = morning.in_a_bed;
    admitted_.clear();
    open_quarter();
    live(morning);
    needs_arise();
    ask_as_promised();
    leave_lines();
    open_tills();
    answer();
    navigate();
    serve();
    tell_nothing_today();
    for (const Contact& contact : contacts_) conclude(contact);
    contacts_.clear();
}

Words Neighbourhood::draw(std::uint64_t person, Purpose purpose, std::uint32_t when, std::uint32_t block) const {
    return Draws{twin_, PersonKey{person}, purpose, when}.words(block);
}

void Neighbourhood::open_quarter() {
    const Date date = to_date(today_);
    const int of_year = (date.month - 1) / 3;
    if (date.year * 4 + of_year == quarter_) return;
    quarter_ = date.year * 4 + of_year;
    quarter_first_ = to_day({date.year, of_year * 3 + 1, 1});
    quarter_after_ = of_year == 3 ? to_day({date.year + 1, 1, 1}) : to_day({date.year, of_year * 3 + 4, 1});
    for (auto& [key, person] : people_) draw_tile(key, person, today_);
}

void Neighbourhood::live(const Morning& morning) {
    for (const std::uint64_t key : morning.gone) {
        people_.erase(key);
        const auto is_theirs = [key](const Need& need) { return need.person == key; };
        counts_.unmet[UnmetReason::left_list] += static_cast<std::int64_t>(std::erase_if(waiting_, is_theirs));
        for (auto& [day, needs] : promised_)
            counts_.unmet[UnmetReason::left_list] += static_cast<std::int64_t>(std::erase_if(needs, is_theirs));
    }
    for (const auto& [key, member] : morning.changed_late) draw_strips(key, people_[key], today_);
    for (const auto& [key, member] : morning.changed) {
        const auto [place, entered] = people_.try_emplace(key);
        Person& person = place->second;
        person.self = member;
        if (entered) {
            draw_tile(key, person, today_ + 1);
        } else {
            draw_strips(key, person, today_ + 1);
        }
    }
}

void Neighbourhood::draw_tile(std::uint64_t key, Person& person, Day from) {
    world_.rates().rates(person.self.who, person.self.level_rank, person.bounds);
    const auto days = static_cast<std::uint32_t>(quarter_after_ - quarter_first_);
    for (std::uint32_t stream = 0; stream < world_.rates().streams(); ++stream) {
        const float bound = person.bounds[stream] * world_.rates().season_bound(quarter_ % 4, stream);
        const std::uint32_t word =
            draw(key, Purpose::onset_count, static_cast<std::uint32_t>(quarter_), stream / 4)[stream % 4];
        const int count = poisson_count(static_cast<double>(bound) * days, word);
        for (std::uint32_t nth = 0; nth < static_cast<std::uint32_t>(count); ++nth) {
            const Words luck = draw(key, Purpose::onset_day, static_cast<std::uint32_t>(quarter_) << 8U | nth, stream);
            Day day = quarter_first_ + static_cast<std::int32_t>(below(days, luck[0]));
            if (world_.rates().is_on_round(stream)) day = round_day(person.self.household, day);
            if (day < from) continue;
            candidates_[day].push_back({key, stream, request_key(day, stream, false, nth),
                                        bound * static_cast<float>(uniform(luck[1])), NeedOrigin::onset});
        }
    }
}

void Neighbourhood::draw_strips(std::uint64_t key, Person& person, Day from) {
    needs::RateTables::Rates now;
    world_.rates().rates(person.self.who, person.self.level_rank, now);
    const std::int32_t left = quarter_after_ - from;
    const auto when = static_cast<std::uint32_t>(today_.number());
    for (std::uint32_t stream = 0; stream < world_.rates().streams(); ++stream) {
        if (now[stream] <= person.bounds[stream]) continue;
        const float season = world_.rates().season_bound(quarter_ % 4, stream);
        const float floor = person.bounds[stream] * season;
        const float height = now[stream] * season - floor;
        person.bounds[stream] = now[stream];
        if (left <= 0) continue;
        const std::uint32_t word = draw(key, Purpose::onset_strip_count, when, stream / 4)[stream % 4];
        const int count = poisson_count(static_cast<double>(height) * left, word);
        for (std::uint32_t nth = 0; nth < static_cast<std::uint32_t>(count); ++nth) {
            const Words luck = draw(key, Purpose::onset_strip_day, when, stream << 8U | nth);
            Day day = from + static_cast<std::int32_t>(below(static_cast<std::uint32_t>(left), luck[0]));
            if (world_.rates().is_on_round(stream)) day = round_day(person.self.household, day);
            candidates_[day].push_back({key, stream, request_key(day, stream, true, nth),
                                        floor + height * static_cast<float>(uniform(luck[1])), NeedOrigin::onset});
        }
    }
}

void Neighbourhood::needs_arise() {
    const int month = to_date(today_).month;
    for (const Candidate& candidate : candidates_[today_]) {
        const auto person = people_.find(candidate.person);
        if (person == people_.end()) continue;
        const bool waits = (person->second.self.who.passing >> index(Passing::awaiting_hospital) & 1U) != 0;
        if (candidate.origin == NeedOrigin::while_waiting) {
            if (waits) receive(candidate);
            continue;
        }
        needs::RateTables::Rates rates;
        world_.rates().rates(person->second.self.who, person->second.self.level_rank, rates);
        if (candidate.threshold >= rates[candidate.stream] * world_.rates().season(month, candidate.stream)) continue;
        if (waits) may_bring_another(candidate);
        receive(candidate);
    }
    candidates_.erase(today_);
}

void Neighbourhood::may_bring_another(const Candidate& arisen) {
    const Words luck = draw(arisen.person, Purpose::need_while_waiting, arisen.key, 0);
    if (!world_.rates().more_while_waiting(arisen.stream).happens(luck[0])) return;
    const Day day = today_ + 1 + static_cast<std::int32_t>(below(28, luck[1]));
    const bool strip = (arisen.key & 0x100U) != 0;
    const std::uint32_t ordinal = (arisen.key & 0xFFU) | OnsetCandidate::while_waiting;
    candidates_[day].push_back({arisen.person, arisen.stream,
                                request_key(day, static_cast<std::uint32_t>(arisen.stream), strip, ordinal),
                                arisen.threshold, NeedOrigin::while_waiting});
}

void Neighbourhood::receive(const Candidate& candidate) {
    Need need;
    need.person = candidate.person;
    need.key = candidate.key;
    need.kind = world_.rates().kind_of(candidate.stream);
    need.asked = today_;
    need.wanted = today_;
    const NeedKind& kind = kind_of(need);
    const Words luck = draw(need, Purpose::presents);
    ++counts_.needs[candidate.origin];
    if (is_in_a_bed(need.person)) {
        ++counts_.met;
    } else if (!kind.presents.happens(luck[0])) {
        ++counts_.unmet[UnmetReason::never_sought];
    } else if (kind.straight_to_ae.happens(luck[1])) {
        ++counts_.met;
        arrive_at_ae(need);
    } else {
        const BookingPurpose& purpose = world_.kinds().purposes[kind.purposes.of(luck[2])];
        if (purpose.urgent) need.priority = Priority::urgent;
        need.wanted = today_ + day_between(purpose.wanted_from, purpose.wanted_to, luck[3]);
        asking_.push_back(need);
    }
}

void Neighbourhood::ask_as_promised() {
    for (Need need : promised_[today_]) {
        if (is_in_a_bed(need.person)) {
            if (need.asked == today_) need.asked = today_ + 1;
            if (need.wanted == today_) need.wanted = today_ + 1;
            promised_[today_ + 1].push_back(need);
        } else {
            asking_.push_back(need);
        }
    }
    promised_.erase(today_);
}

void Neighbourhood::leave_lines() {
    std::vector<Need> staying;
    for (Need& need : waiting_) {
        if (need.leaves == today_ && need.way != WayOut::heals && is_in_a_bed(need.person)) need.leaves = today_ + 1;
        if (need.way == WayOut::none || need.leaves != today_) {
            staying.push_back(need);
        } else if (need.way == WayOut::heals) {
            ++counts_.unmet[UnmetReason::healed_while_waiting];
        } else if (need.way == WayOut::gives_up) {
            ++counts_.gave_up[need.role];
            ++counts_.unmet[terms().in_post[need.role] ? UnmetReason::gave_up : UnmetReason::no_role_in_post];
        } else if (++counts_.worsened; kind_of(need).worsens_to_ae.happens(draw(need, Purpose::after_contact)[0])) {
            ++counts_.met;
            arrive_at_ae(need);
        } else {
            need.priority = Priority::urgent;
            need.origin = RequestOrigin::worsened;
            need.asked = today_;
            need.wanted = today_;
            ++need.attempts;
            asking_.push_back(need);
        }
    }
    waiting_ = staying;
}

void Neighbourhood::navigate() {
    for (Need& need : asking_) {
        const std::vector<Role>& roles = configuration_.front_door.route(need.kind);
        const Words luck = draw(need, Purpose::navigation);
        need.role = roles.empty() ? configuration_.front_door.first_choice(need.kind)
                                  : roles[std::min(need.route_place, roles.size() - 1)];
        if (!roles.empty() && navigation_error(need).happens(luck[0]))
            need.role = in_post_[below(static_cast<std::uint32_t>(in_post_.size()), luck[1])];
        ++counts_.requests[need.origin];
        join(need);
    }
    asking_.clear();
}

void Neighbourhood::join(Need need) {
    const NeedKind& kind = kind_of(need);
    const Words luck = draw(need, Purpose::while_waiting);
    if (!terms().is_open(need.asked)) need.asked = terms().book.next_open(need.asked);
    need.line = terms().lines.of(people_.at(need.person).self.practice, need.role);
    need.joined = today_;
    need.prefers_usual = false;
    if (need.role == terms().usual_role) choose_usual(need);
    need.tie = luck[3];
    need.way = WayOut::none;
    std::int32_t soonest = never_leaves;
    const auto consider = [&](WayOut way, double per_day, std::uint32_t word) {
        const std::int32_t after = waiting_days(per_day, word, never_leaves);
        if (after >= soonest) return;
        soonest = after;
        need.way = way;
        need.leaves = today_ + 1 + after;
    };
    consider(WayOut::heals, kind.heals_per_day, luck[0]);
    if (terms().feedbacks.worsening) consider(WayOut::worsens, kind.worsens_per_day, luck[1]);
    consider(WayOut::gives_up, kind.gives_up_per_day, luck[2]);
    waiting_.push_back(need);
}

void Neighbourhood::open_tills() {
    tills_.clear();
    left_.clear();
    for (std::size_t desk = 0; desk < terms().desks.size(); ++desk) {
        const MinuteTenths at_work = terms().minutes_at(desk, today_);
        if (at_work == 0) continue;
        left_[desk] = at_work + carried_[desk];
        tills_[terms().desks[desk].line].morning += left_[desk];
    }
}

void Neighbourhood::serve() {
    if (!terms().is_open(today_)) return;
    std::sort(waiting_.begin(), waiting_.end(), [](const Need& a, const Need& b) {
        return std::tie(a.joined, a.asked, a.tie, a.person) < std::tie(b.joined, b.asked, b.tie, b.person);
    });
    for (std::size_t line = 0; line < terms().lines.size(); ++line) {
        if (terms().minutes(line, today_) == 0) continue;
        const std::size_t first = terms().first_desk[line];
        const std::size_t past = terms().first_desk[line + 1];
        std::map<std::size_t, MinuteTenths> overtime;
        MinuteTenths minutes = 0;
        MinuteTenths most = 0;
        for (std::size_t desk = first; desk < past; ++desk) {
            if (terms().book.capacity == Capacity::elastic) {
                overtime[desk] =
                    static_cast<MinuteTenths>(static_cast<double>(left_[desk]) * terms().book.overtime_share);
            }
            minutes += left_[desk];
            most += left_[desk] + overtime[desk];
        }
        const double carve_out = static_cast<double>(minutes) * terms().book.urgent_carve_out_share;
        MinuteTenths spent = serve(line, Priority::urgent, static_cast<MinuteTenths>(carve_out));
        did_not_fit_ = false;
        spent += serve(line, Priority::booked, minutes - spent);
        spent += serve(line, Priority::routine, minutes - spent);
        for (std::size_t desk = first; desk < past; ++desk) left_[desk] += overtime[desk];
        spent += serve(line, Priority::urgent, most - spent);
        MinuteTenths& available = counts_.minutes_available[static_cast<Role>(line % count_of<Role>)];
        available += terms().minutes(line, today_);
        for (std::size_t desk = first; desk < past; ++desk) {
            const MinuteTenths unused = std::min(left_[desk], overtime[desk]);
            available += overtime[desk] - unused;
            if (terms().minutes_at(desk, today_) > 0) carried_[desk] = did_not_fit_ ? left_[desk] - unused : 0;
        }
    }
    std::erase_if(waiting_, [](const Need& need) { return need.served; });
}

MinuteTenths Neighbourhood::serve(std::size_t line, Priority priority, MinuteTenths minutes) {
    MinuteTenths spent = 0;
    for (Need& need : waiting_) {
        if (need.line != line || need.priority != priority || need.served || is_in_a_bed(need.person)) continue;
        Contact next = contact(need);
        bool waits = false;
        const auto desk = desk_for(need, next.minutes, waits);
        if (waits) continue;
        if (!desk || spent + next.minutes > minutes) {
            did_not_fit_ = true;
            break;
        }
        if (need.role == terms().usual_role)
            next.seen = people_.at(need.person).usual == desk ? Seen::by_usual_clinician : Seen::by_another;
        left_[*desk] -= next.minutes;
        spent += next.minutes;
        need.served = true;
        contacts_.push_back(next);
    }
    return spent;
}

MinuteTenths Neighbourhood::left(std::size_t desk) const {
    const auto found = left_.find(desk);
    return found == left_.end() ? 0 : found->second;
}

std::optional<std::size_t> Neighbourhood::desk_for(const Need& need, MinuteTenths minutes, bool& waits) const {
    const auto usual = people_.at(need.person).usual;
    if (need.prefers_usual && usual) {
        if (left(*usual) >= minutes) return usual;
        const NeedGroup group = kind_of(need).parameters.group;
        waits = need.priority != Priority::urgent && today_ - need.joined < terms().waits_for_usual_days[group];
        if (waits) return std::nullopt;
    }
    std::vector<std::size_t> fullest;
    for (std::size_t desk = terms().first_desk[need.line]; desk < terms().first_desk[need.line + 1]; ++desk) {
        if (!fullest.empty() && left(desk) > left(fullest[0])) fullest.clear();
        if (fullest.empty() || left(desk) == left(fullest[0])) fullest.push_back(desk);
    }
    if (left(fullest[0]) < minutes) return std::nullopt;
    return fullest[below(static_cast<std::uint32_t>(fullest.size()), draw(need, Purpose::continuity)[1])];
}

void Neighbourhood::choose_usual(Need& need) {
    need.prefers_usual =
        terms().prefers_usual[kind_of(need).parameters.group].happens(draw(need, Purpose::continuity)[0]);
    Person& person = people_.at(need.person);
    if (person.usual) return;
    double soonest = 0;
    for (std::size_t desk = terms().first_desk[need.line]; desk < terms().first_desk[need.line + 1]; ++desk) {
        const std::uint32_t word = draw(need.person, Purpose::usual_clinician, terms().desks[desk].key, 0)[0];
        const double time = -math::log(uniform(word)) / terms().desks[desk].wte;
        if (!person.usual || time < soonest) {
            person.usual = desk;
            soonest = time;
        }
    }
}

Neighbourhood::Contact Neighbourhood::contact(const Need& need) const {
    const NeedKind& kind = kind_of(need);
    const Words luck = draw(need, Purpose::contact);
    const Residence home = people_.at(need.person).self.residence();
    const Mode mode = mode_of_contact(kind, home, luck[2]);
    const RoleFit& fit = kind.roles[need.role];
    const double face_to_face = static_cast<double>(fit.suits ? fit.minutes : terms().unsuitable_minutes);
    return {need, mode, Seen::by_the_role,
            std::max<MinuteTenths>(1, static_cast<MinuteTenths>(face_to_face * terms().mode_ratio[mode] + 0.5)), luck};
}

void Neighbourhood::conclude(const Contact& contact) {
    Need need = contact.need;
    need.served = false;
    const NeedKind& kind = kind_of(need);
    const contact::Aftercare& aftercare = configuration_.aftercare;
    const Words after = draw(need, Purpose::after_contact);
    const std::int32_t lead = std::max(0, today_ - need.asked);
    counts_.minutes[need.role] += contact.minutes;
    counts_.lead_days += lead;
    counts_.delay_days += std::max(0, today_ - need.wanted);
    if (terms().missed[lead == 0 ? 0 : lead == 1 ? 1 : lead <= 7 ? 2 : 3].happens(contact.luck[0])) {
        ++counts_.missed[need.role];
        if (aftercare.feedbacks.rebooking && aftercare.rebooks.happens(contact.luck[1])) {
            ask_again(need, RequestOrigin::rebooked, day_between(Days{1}, Days{7}, after[1]), Priority::routine);
        } else {
            ++counts_.unmet[UnmetReason::missed];
        }
        return;
    }
    ++counts_.contacts[need.role];
    ++counts_.modes[contact.mode];
    if (contact.seen == Seen::by_usual_clinician) ++counts_.saw_usual_clinician;
    if (kind.outpatient.happens(after[2])) ++counts_.outpatient_referrals;
    if (kind.admission.happens(after[3])) admit(need);
    if (kind.roles[need.role].resolves.happens(contact.luck[1])) {
        ++counts_.met;
        if (!aftercare.feedbacks.follow_ups || need.follow_ups >= kind.parameters.follow_ups_most ||
            !kind.follow_up.happens(after[0])) {
            const contact::Recontact& again = aftercare.recontact[contact.seen];
            const Words luck = draw(need, Purpose::recontact);
            if (!aftercare.feedbacks.recontact || !Chance{again.share}.happens(luck[0])) return;
            ++counts_.needs[NeedOrigin::recontact];
            ask_again(need, RequestOrigin::recontact, 1 + waiting_days(1 / again.days, luck[1], longest_wait - 1),
                      Priority::routine);
            return;
        }
        ++counts_.needs[NeedOrigin::follow_up];
        ++need.follow_ups;
        ask_again(need, RequestOrigin::follow_up,
                  day_between(kind.parameters.follow_up_from, kind.parameters.follow_up_to, after[1]),
                  Priority::booked);
        return;
    }
    const std::vector<Role>& route = configuration_.front_door.route(need.kind);
    const bool suits = kind.roles[need.role].suits;
    const bool is_astray = !suits && route.at(std::min(need.route_place, route.size() - 1)) != need.role;
    if (aftercare.feedbacks.handoffs && (is_astray || need.route_place + 1 < route.size())) {
        if (aftercare.lost_at_handoff.happens(after[0])) {
            ++counts_.unmet[UnmetReason::lost_at_handoff];
        } else {
            if (!is_astray) ++need.route_place;
            ask_again(need, suits ? RequestOrigin::handoff : RequestOrigin::wrong_role, aftercare.handoff_in_days,
                      Priority::routine);
        }
    } else if (aftercare.feedbacks.returns && kind.returns.happens(after[0])) {
        need.route_place = 0;
        ask_again(need, RequestOrigin::returned,
                  1 + waiting_days(1 / kind.parameters.returns_in.value(), after[1], longest_wait - 1),
                  Priority::routine);
    } else {
        ++counts_.unmet[UnmetReason::unresolved];
    }
}

void Neighbourhood::ask_again(Need need, RequestOrigin origin, std::int32_t in_days, Priority priority) {
    need.origin = origin;
    need.priority = priority;
    need.wanted = today_ + std::clamp(in_days, std::int32_t{1}, longest_wait);
    need.asked = origin == RequestOrigin::returned || origin == RequestOrigin::recontact ? need.wanted : today_;
    ++need.attempts;
    promised_[need.wanted].push_back(need);
}

void Neighbourhood::arrive_at_ae(const Need& need) {
    ++counts_.ae_attendances;
    const NeedKind& kind = kind_of(need);
    const Words patience = draw(need, Purpose::left_unseen);
    if (!Chance{world_.hospital().left_unseen_share}.happens(patience[0])) {
        if (kind.ae_admission.happens(draw(need, Purpose::hospital)[0])) admit(need);
        return;
    }
    if (!world_.feedbacks().returns || !kind.returns.happens(patience[1])) return;
    ++counts_.needs[NeedOrigin::recontact];
    Need again;
    again.person = need.person;
    again.key = need.key;
    again.kind = need.kind;
    again.attempts = need.attempts;
    ask_again(again, RequestOrigin::recontact,
              1 + waiting_days(1 / kind.parameters.returns_in.value(), patience[2], longest_wait - 1),
              Priority::routine);
}

void Neighbourhood::admit(const Need& need) {
    if (is_in_a_bed(need.person) || admitted_.count(need.person) > 0) return;
    const HospitalParameters& hospital = world_.hospital();
    const Words luck = draw(need, Purpose::hospital);
    const std::array<double, count_of<Frailty>> ratios{
        1, hospital.long_stay_ratio_mild, hospital.long_stay_ratio_moderate, hospital.long_stay_ratio_severe};
    std::int32_t nights = 0;
    if (Chance{hospital.short_stay_share}.happens(luck[1])) {
        nights = Chance{hospital.overnight_share_of_short}.happens(luck[2]) ? 1 : 0;
    } else {
        const auto frailty = static_cast<std::size_t>(people_.at(need.person).self.who.frailty_residence >> 2U);
        const double beyond = hospital.long_stay.value() * ratios[frailty] - 2;
        nights = 2;
        if (beyond > 0) nights += waiting_days(rate_of_waiting(beyond), luck[3], longest_wait);
        nights = std::min(longest_wait, nights);
    }
    ++counts_.emergency_admissions;
    counts_.nights += nights;
    if (nights > 0) admitted_.insert(need.person);
}

}  // namespace segue::reference
